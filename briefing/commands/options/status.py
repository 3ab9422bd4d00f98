"""How `status` is typed."""

from __future__ import annotations

from briefing.commands.options import usage
from briefing.commands.options.usage import Add, Usage


def _add_options(add: Add) -> None:
    add("--json", action="store_true", help="as JSON, for a program")
    usage.add_moment(add)


STATUS = Usage(
    summary="show which texts are missing, stale or drafts, and what to do next",
    example="status my-topic",
    add_options=_add_options,
    words="[TOPIC …]",
)
