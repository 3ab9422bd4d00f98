"""How `publish` is typed."""

from __future__ import annotations

from briefing.commands.options import usage
from briefing.commands.options.usage import Add, Usage


def _add_options(add: Add) -> None:
    add("--remote", default="origin", help="(default: %(default)s)")
    add("--branch", default="gh-pages", help="(default: %(default)s)")
    add("--dry-run", action="store_true", help="say what would be published")
    usage.add_output(add)
    usage.add_moment(add)
    usage.add_address(add)
    usage.add_annotate(add)


PUBLISH = Usage(
    summary="build the site, commit it to a branch and push that",
    example="publish --dry-run",
    add_options=_add_options,
    wrong=usage.wrong_address,
)
