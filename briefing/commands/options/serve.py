"""How `serve` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options import usage
from briefing.commands.options.usage import Add, Usage

MAX_PORT = 65_535
"""The last port there is: https://www.rfc-editor.org/rfc/rfc6335#section-6."""
EDITOR = "vscode://file/{path}:{line}:{column}"
"""The URL that opens a place of a file in Visual Studio Code."""


def _add_options(add: Add) -> None:
    add("--host", default="127.0.0.1", help="default: this machine only")
    add("--port", type=int, default=4000, help="the next free one from here on")
    add("--allow-host", action="append", default=[], help="another name of it")
    add("--open", action="store_true", help="open a browser")
    add("--published", action="store_true", help="show what readers see only")
    usage.add_moment(add)
    add("--poll", action="store_true", help="look for saves, where no system tells of them")
    add("--follow", action="store_true", help="go to the page that is edited")
    add("--editor", default=EDITOR, help="what opens a file (default: %(default)s)")


def _wrong(options: Namespace) -> str:
    if 0 <= options.port <= MAX_PORT:
        return ""
    return f"argument --port: {options.port} is no port: from 0 (any free one) to {MAX_PORT}"


SERVE = Usage(
    summary="preview in a browser, built again at each save",
    example="serve --open --follow",
    add_options=_add_options,
    wrong=_wrong,
)
