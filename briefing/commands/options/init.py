"""How `init` is typed."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from briefing.commands.options import usage
from briefing.commands.options.usage import Add, Usage

DEFAULT_LANGUAGES = "vi,en"
DEFAULT_ADDRESS = "https://example.org/"
"""The address of a site that does not know yet where it will stand."""


def _add_options(add: Add) -> None:
    add(
        "--languages",
        default=DEFAULT_LANGUAGES,
        metavar="CODES",
        help="those of the site, in their order (default: %(default)s)",
    )
    add("--title", help="the name of the site")
    usage.add_address(add)
    add("--among-others", action="store_true", help="in a folder that holds other files, too")


def _wrong(options: Namespace) -> str:
    if len(options.what) != 1:
        return "write: init FOLDER"
    options.folder = Path(options.what[0])
    return usage.wrong_address(options)


INIT = Usage(
    summary="make a new site, with an example in it",
    example='init my-briefing --languages vi,en --title "Who said what"',
    add_options=_add_options,
    words="FOLDER",
    wrong=_wrong,
    needs_site=False,
)
