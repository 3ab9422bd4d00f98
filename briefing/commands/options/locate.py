"""How `locate` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage


def _add_options(add: Add) -> None:
    add("--at-only", action="store_true", help="print `at: …` alone, for a claim that is there")
    add("--lang", help="the language of the words, if it is not that of the article")


def _wrong(options: Namespace) -> str:
    if len(options.what) > 1 and any(map(str.strip, options.what[1:])):
        return ""
    return "write: locate TOPIC/ARTICLE WORDS"


LOCATE = Usage(
    summary="find words in the kept text of an article, and print the claim that points there",
    example='locate my-topic/my-article "trong 30 ngay"',
    add_options=_add_options,
    words="TOPIC/ARTICLE WORDS",
    wrong=_wrong,
)
