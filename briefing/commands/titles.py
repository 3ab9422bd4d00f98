"""Titles as they are typed: that of a site, and that of a topic."""

from __future__ import annotations

from briefing.problems import Collector
from briefing.syntax.text import decode_text


def read_title(text: str) -> str:
    """Return a title, with single spaces.

    Raises ValueError if it is empty, or has characters that no file may have.
    """
    collector = Collector()
    title = ""
    with collector.collect():
        title = " ".join(decode_text("--title", text.encode(), collector).text.split())
    for problem in collector.found:
        raise ValueError(f"{problem.message}; {problem.cure}")
    if not title:
        raise ValueError("it is empty; write one, or leave the option out")
    return title
