"""How `translate` is typed."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from briefing.commands.options.usage import Add, Usage

_FORMS = "write: translate PATH LANGUAGE, or: translate --po LANGUAGE, or: translate --take FILE.po"


def _add_options(add: Add) -> None:
    add("--po", metavar="LANGUAGE", help="write the texts of a language to a PO file")
    add("--output", dest="po_file", type=Path, help="that file, or its folder (LANGUAGE.po)")
    add("--take", metavar="FILE", type=Path, help="take the translations of a PO file")


def _wrong(options: Namespace) -> str:
    forms = [len(options.what) == 2, options.po is not None, options.take is not None]  # noqa: PLR2004
    if sum(forms) != 1 or (options.what and not forms[0]):
        return _FORMS
    return "--output goes with --po" if options.po_file and options.po is None else ""


TRANSLATE = Usage(
    summary="write a new translation, show what of one is behind, or work with PO files",
    example="translate content/my-topic/topic.vi.md en",
    add_options=_add_options,
    words="PATH LANGUAGE",
    wrong=_wrong,
)
