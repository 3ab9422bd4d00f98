"""The command line -> options. The standard library only; next: `up_to_date`, then `run`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from briefing.commands.options.ack import ACK
from briefing.commands.options.build import BUILD
from briefing.commands.options.check import CHECK
from briefing.commands.options.init import INIT
from briefing.commands.options.locate import LOCATE
from briefing.commands.options.new import NEW
from briefing.commands.options.override import OVERRIDE
from briefing.commands.options.prove import PROVE
from briefing.commands.options.publish import PUBLISH
from briefing.commands.options.rename import RENAME
from briefing.commands.options.schema import SCHEMA
from briefing.commands.options.serve import SERVE
from briefing.commands.options.status import STATUS
from briefing.commands.options.translate import TRANSLATE
from briefing.commands.options.usage import Usage
from briefing.commands.options.visibility import HIDE, SHOW, WITHDRAW
from briefing.commands.process import (
    OWN_PROGRAM,
    as_typed,
    flush_streams,
    print_safely,
    program_name,
)
from briefing.commands.site_folder import current_site
from briefing.version import VERSION

ROOT = Path(__file__).parents[2]
"""The folder that holds the package; in the repository the site that build.py builds."""
INPUTS = ("site.yaml", "redirects.yaml", "content", "static", "templates")
"""The files and folders of a root from which its site is built."""
SOURCES = (*INPUTS, "theme")
"""The same, and the theme of the engine, which is elsewhere (`storage/site_sources/folders`)."""
COMMANDS: Mapping[str, Usage] = {
    "init": INIT,
    "new": NEW,
    "translate": TRANSLATE,
    "ack": ACK,
    "build": BUILD,
    "status": STATUS,
    "check": CHECK,
    "locate": LOCATE,
    "prove": PROVE,
    "serve": SERVE,
    "publish": PUBLISH,
    "rename": RENAME,
    "hide": HIDE,
    "show": SHOW,
    "withdraw": WITHDRAW,
    "override": OVERRIDE,
    "schema": SCHEMA,
}
"""Each command by its name; `run` knows what carries it out."""
DEFAULT = "build"
"""The command that is meant where none is named."""
_ABSENT = {
    "root": None,
    "output": None,
    "among_others": False,
    "address": None,
    "manifest": None,
    "annotate": False,
}
"""What stands for an option that the command does not take."""
_NO_SITE = """\
there is no site.yaml here, nor in a folder above
    `{init}` makes a site; `--root FOLDER` names the folder of one"""


class _Parser(argparse.ArgumentParser):
    """Parses the command line; says what is wrong in one line, without all the options."""

    def error(self, message: str) -> NoReturn:
        """Print a message, and exit with status 2."""
        self.exit(2, f"{self.prog}: error: {message}\n    see {self.prog} --help\n")


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line; exit with status 2 for wrong usage, with 0 for `--help`.

    `argv` is without the name of the program; None: that of this process. In the result `what`
    has the words after the command; of a command that needs a site, `root` and `output` are set.
    """
    words = sys.argv[1:] if argv is None else argv
    try:
        options = _parse_options(_command_of(words), words)
        if COMMANDS[options.command].needs_site:
            options.root = options.root or _default_root()
            options.output = options.output or options.root / "output"
    finally:
        flush_streams()
    return options


def _parse_options(command: str, words: list[str]) -> argparse.Namespace:
    """Return the options of a command. Exits with status 2 for wrong usage, with 0 for `--help`."""
    usage, parser = COMMANDS[command], _parser_of(command)
    options, unknown = parser.parse_known_intermixed_args(words)
    if unknown:  # before the words: one of them may be what the option is given
        parser.error(_unknown_option(unknown[0], command))
    if options.command != command:
        known, parser.prog = ", ".join(COMMANDS), program_name()
        parser.error(f"there is no command `{options.command}`: write one of {known}")
    if options.what and not usage.words:
        parser.error(f"{command} takes no `{options.what[0]}`")
    if wrong := usage.wrong(options):
        parser.error(wrong)
    return options


def _parser_of(command: str) -> _Parser:
    usage, program = COMMANDS[command], program_name()
    parser = _Parser(
        prog=f"{program} {command}",
        usage=" ".join(filter(None, (program, command, usage.words, "[options]"))),
        description=f"{usage.summary[0].upper()}{usage.summary[1:]}.",
        epilog=f"example:\n  {as_typed(usage.example)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(**_ABSENT)
    # Suppressed: they stand in `usage` already.
    parser.add_argument("command", nargs="?", default=command, help=argparse.SUPPRESS)
    parser.add_argument("what", nargs="*", help=argparse.SUPPRESS)
    if usage.needs_site:
        parser.add_argument("--root", type=Path, help="the folder of site.yaml")
    usage.add_options(parser.add_argument)
    return parser


def _command_of(words: list[str]) -> str:
    """Return the command that `words` name, which may stand behind options; else the default.

    Exits with status 0 for `--help` and `--version` where no command is named.
    """
    if words and words[0] in COMMANDS:
        return words[0]
    if any(word in COMMANDS for word in words):  # or it is what an option is given
        found, _ = _parser_of_all().parse_known_intermixed_args(words)
        return next((word for word in found.what[:1] if word in COMMANDS), DEFAULT)
    if told := _told_of_program(words):
        print_safely(told, sys.stdout)
        sys.exit(0)
    return DEFAULT


def _told_of_program(words: list[str]) -> str:
    """Return what `words` ask of the program itself: its help, its version; "" for neither."""
    if "-h" in words or "--help" in words:
        return _overview()
    return f"who-said-what {VERSION}" if "--version" in words else ""


def _parser_of_all() -> _Parser:
    """Return a parser that knows the options of all commands, so that it finds the words."""
    parser = _Parser(prog=program_name(), conflict_handler="resolve")
    parser.add_argument("--root")
    parser.add_argument("what", nargs="*")
    for usage in COMMANDS.values():
        usage.add_options(parser.add_argument)
    parser.add_argument("-h", "--help", action="store_true")  # it is the command that shows it
    return parser


def _overview() -> str:
    """Return the help on the program: its commands."""
    program, width = program_name(), max(map(len, COMMANDS))
    return "\n".join(
        [
            f"usage: {program} [command] [options]",
            "",
            "Build a news briefing that shows who said what.",
            "",
            "commands:",
            *(f"  {name:{width}}  {usage.summary}" for name, usage in COMMANDS.items()),
            "",
            "To see the options of a command, and an example:",
            f"  {as_typed('COMMAND --help')}",
            "To see the version:",
            f"  {as_typed('--version')}",
        ]
    )


def _unknown_option(option: str, command: str) -> str:
    """Return what is wrong with an option that `command` does not take."""
    name, takers = option.partition("=")[0], []
    for other, usage in COMMANDS.items():
        flags: list[str] = []
        usage.add_options(lambda *names, into=flags, **_: into.extend(names))
        takers += [other] * (name in flags)
    if takers:
        listed = " and ".join(filter(None, (", ".join(takers[:-1]), takers[-1])))
        return f"`{name}` is an option of {listed}, not of {command}"
    return f"there is no option `{name}`"


def _default_root() -> Path:
    """Return the folder of the site where no `--root` names one.

    It is that of build.py; for the installed program the current folder or its nearest parent
    with a site.yaml. Exits with status 2 if there is none.
    """
    if program_name() == OWN_PROGRAM:
        return ROOT
    if root := current_site():
        return root
    message = _NO_SITE.format(init=as_typed("init FOLDER"))
    print_safely(f"{program_name()}: error: {message}", sys.stderr)
    sys.exit(2)
