"""How `override` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage


def _add_options(add: Add) -> None:
    add("--diff", action="store_true", help="show what the theme has changed since")
    add("--accept", action="store_true", help="say that the file fits the theme of today")


def _wrong(options: Namespace) -> str:
    if options.diff and options.accept:
        return "write --diff or --accept: look first, then say that it fits"
    if (options.diff or options.accept) and len(options.what) != 1:
        return "name one file of the theme"
    return ""


OVERRIDE = Usage(
    summary="copy a file of the theme into templates/, to change it there",
    example="override parts/mark.html",
    add_options=_add_options,
    words="[FILE [WORD ...]]",
    wrong=_wrong,
)
