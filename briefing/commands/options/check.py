"""How `check` is typed."""

from __future__ import annotations

from pathlib import Path

from briefing.commands.options import usage
from briefing.commands.options.usage import Add, Usage


def _add_options(add: Add) -> None:
    usage.add_moment(add)
    usage.add_address(add)
    usage.add_manifest(add)
    add("--published-data", type=Path, help="data that were published, to be compared")
    usage.add_annotate(add)
    add("--summary", type=Path, help="a file to which the status of the site is added")


CHECK = Usage(
    summary="report problems, and what could be better; write nothing",
    example="check --summary status.md",
    add_options=_add_options,
    wrong=usage.wrong_address,
)
