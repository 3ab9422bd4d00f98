"""How `build` is typed."""

from __future__ import annotations

from briefing.commands.options import usage
from briefing.commands.options.usage import Add, Usage


def _add_options(add: Add) -> None:
    usage.add_output(add)
    usage.add_moment(add)
    usage.add_address(add)
    usage.add_manifest(add)
    usage.add_annotate(add)


BUILD = Usage(
    summary="build the site; what is done where no command is named",
    example="build --as-of 2026-01-01",
    add_options=_add_options,
    wrong=usage.wrong_address,
)
