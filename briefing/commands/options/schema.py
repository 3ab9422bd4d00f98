"""How `schema` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage


def _add_options(_add: Add) -> None:
    pass


def _wrong(options: Namespace) -> str:
    return "write: schema [FOLDER]" if len(options.what) > 1 else ""


SCHEMA = Usage(
    summary="write what an editor needs to complete and check the files of the site",
    example="schema",
    add_options=_add_options,
    words="[FOLDER]",
    wrong=_wrong,
)
