"""The command line -> options. The standard library only; next: `up_to_date`, then `run`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from briefing.commands.process import flush_streams
from briefing.syntax.urls import SITE_URL_CURE, site_url_mistake, url_cure

ROOT = Path(__file__).parents[2]
"""The folder of the program: the root of the site that is built where no other is named."""
INPUTS = ("site.yaml", "redirects.yaml", "content", "static", "templates")
"""The files and folders of a root from which its site is built."""
COMMANDS = ("build", "check", "serve", "publish", "rename")
RENAMED = ("topic", "article")
"""What `rename` can give another id."""
MAX_PORT = 65_535
"""The last port there is: https://www.rfc-editor.org/rfc/rfc6335#section-6."""
EDITOR = "vscode://file/{path}:{line}:{column}"
"""The URL that opens a place of a file in Visual Studio Code."""


class _Parser(argparse.ArgumentParser):
    """Parses the command line; says what is wrong in one line, without all the options."""

    def error(self, message: str) -> NoReturn:
        """Print a message, and exit with status 2."""
        self.exit(2, f"{self.prog}: error: {message}\n    see {self.prog} --help\n")


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line; exit with status 2 for wrong usage, with 0 for `--help`.

    `argv` is without the name of the program; None: that of this process. `output` of the
    result is always set; `what` has three words for `rename`, and none for other commands.
    """
    parser = _Parser(description="Build the briefing.")
    _add_options(parser)
    _add_options_of_publish(parser)
    _add_options_of_serve(parser)
    try:
        options = parser.parse_intermixed_args(argv)
        if mistake := _usage_mistake(options):
            parser.error(mistake)
    finally:
        flush_streams()
    options.output = options.output or options.root / "output"
    return options


def _add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("command", nargs="?", choices=COMMANDS, default="build")
    add("what", nargs="*", help="of rename: topic OLD NEW, article TOPIC/OLD NEW")
    add("--root", type=Path, default=ROOT, help="the folder of site.yaml")
    add("--output", type=Path, help="where the site goes (default: output/)")
    add("--among-others", action="store_true", help="to a folder that holds other files, too")
    add("--as-of", help="a day, or a time with its zone")
    add("--address", help="where the site will stand, if not as site.yaml says")
    listed = "a list of addresses that were published and must not vanish"
    add("--manifest", type=Path, help=listed)
    add("--published-data", type=Path, help="data that were published, for check to compare")
    add("--annotate", action="store_true", help="tell problems to GitHub, too")
    add("--summary", type=Path, help="a file that check adds the status to")
    add("--timings", action="store_true", help="say how long each stage took")


def _add_options_of_publish(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("of publish").add_argument
    add("--remote", default="origin", help="(default: %(default)s)")
    add("--branch", default="gh-pages", help="(default: %(default)s)")
    add("--dry-run", action="store_true", help="say what would be published")


def _add_options_of_serve(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("of serve").add_argument
    add("--host", default="127.0.0.1", help="default: this machine only")
    add("--port", type=int, default=4000, help="the next free one from here on")
    add("--allow-host", action="append", default=[], help="another name of it")
    add("--open", action="store_true", help="open a browser")
    add("--published", action="store_true", help="show what readers see only")
    add("--poll", action="store_true", help="look for saves, where no system tells of them")
    add("--follow", action="store_true", help="go to the page that is edited")
    add("--editor", default=EDITOR, help="what opens a file (default: %(default)s)")


def _usage_mistake(options: argparse.Namespace) -> str:
    """Return what is wrong with options that could be parsed; "" if nothing is."""
    if options.what and options.command != "rename":
        return f"{options.command} takes no `{options.what[0]}`"
    is_whole = len(options.what) == 3 and options.what[0] in RENAMED  # noqa: PLR2004
    if options.command == "rename" and not is_whole:
        return "write: rename topic OLD NEW, or: rename article TOPIC/OLD NEW"
    if options.address is not None and (wrong := site_url_mistake(options.address)):
        cure = url_cure(options.address, SITE_URL_CURE)
        return f"argument --address: `{options.address}` {wrong}; {cure}"
    if not 0 <= options.port <= MAX_PORT:
        return f"argument --port: {options.port} is no port: from 0 (any free one) to {MAX_PORT}"
    return ""
