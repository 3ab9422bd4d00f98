"""How `hide`, `show` and `withdraw` are typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage


def _add_language(add: Add) -> None:
    add("--lang", default="", help="its text in one language, instead of all")


def _add_reason(add: Add) -> None:
    _add_language(add)
    reason = "why, for readers: en=…, once for each language of the site"
    add("--reason", action="append", default=[], metavar="LANG=TEXT", help=reason)


def _wrong(command: str, options: Namespace, most: int | None = None) -> str:
    """Return what is wrong, "" for nothing; most: how many may be named, None for any number."""
    is_right = options.what and (most is None or len(options.what) <= most)
    return "" if is_right else f"write: {command} TOPIC, or TOPIC/ARTICLE, or a path"


HIDE = Usage(
    summary="make texts, articles or topics drafts, and name what readers find then",
    example="hide my-topic/my-article",
    add_options=_add_language,
    words="(TOPIC | TOPIC/ARTICLE | PATH) …",
    wrong=lambda options: _wrong("hide", options),
)
SHOW = Usage(
    summary="let readers see what is a draft, or was withdrawn",
    example="show my-topic/my-article",
    add_options=_add_language,
    words="(TOPIC | TOPIC/ARTICLE | PATH) …",
    wrong=lambda options: _wrong("show", options),
)
WITHDRAW = Usage(
    summary="take back what was published; its address says when and why",
    example='withdraw my-topic/my-article --reason en="It was a hoax."',
    add_options=_add_reason,
    words="(TOPIC | TOPIC/ARTICLE | PATH)",
    wrong=lambda options: _wrong("withdraw", options, most=1),
)
