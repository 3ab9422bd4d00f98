"""Markdown -> prose: by `fast` where a text is plain, and by `commonmark` where it is not."""

from __future__ import annotations

from briefing.model.prose import Prose
from briefing.problems import mistake
from briefing.syntax.markdown.fast import parse_plain
from briefing.syntax.text import Text

MAX_MARKDOWN = 100_000
"""Characters of one text, some 16,000 words; more are refused, which bounds the time of a hostile
one."""


def parse_markdown(source: Text) -> Prose:
    """Return the prose of a text in CommonMark with tables and strikethrough.

    Raises Problems for HTML that is not escaped, images, links of other schemes and the like,
    and for more than MAX_MARKDOWN characters.
    """
    if len(source.text) > MAX_MARKDOWN:
        message = f"more than {MAX_MARKDOWN:,} characters of Markdown"
        raise mistake(source.place(0), message, "make it shorter, or two texts of it")
    if (blocks := parse_plain(source)) is not None:
        return Prose(blocks)
    from briefing.syntax.markdown.commonmark import parse_commonmark  # noqa: PLC0415 — most runs never need it

    return parse_commonmark(source)
