"""The type of a command as it is typed, and the options that several commands take."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from briefing.syntax.urls import SITE_URL_CURE, site_url_mistake, url_cure

Add = Callable[..., Any]
"""Adds an option, as `ArgumentParser.add_argument` does."""


class Usage(NamedTuple):
    """How a command is typed. It is a tuple, as msgspec is not loaded yet."""

    summary: str
    """What the command does, in a few words for the list of commands."""
    example: str
    """Words and options after the name of the program."""
    add_options: Callable[[Add], None]
    words: str = ""
    """The words that the command takes after its name, for a reader; "": none."""
    wrong: Callable[[Namespace], str] = lambda _: ""
    """Returns what is wrong with options that could be parsed; "" if nothing is."""
    needs_site: bool = True
    """Whether the command works on a site folder that is there, which `--root` names."""


def add_output(add: Add) -> None:
    """Add the options on where a site is written to."""
    add("--output", type=Path, help="where the site goes (default: output/)")
    add("--among-others", action="store_true", help="to a folder that holds other files, too")
    add("--timings", action="store_true", help="say how long each stage took")


def add_moment(add: Add) -> None:
    """Add the option on the time that a site is built for."""
    add("--as-of", help="leave out what is dated later: a day, or a time with its zone")


def add_address(add: Add) -> None:
    """Add the option on the address of a site."""
    add("--address", help="where the site will stand, if not as site.yaml says")


def add_manifest(add: Add) -> None:
    """Add the option on the addresses that must not vanish."""
    listed = "a list of addresses that were published and must not vanish"
    add("--manifest", type=Path, help=listed)


def add_annotate(add: Add) -> None:
    """Add the option on annotations."""
    add("--annotate", action="store_true", help="tell problems to GitHub, too")


def wrong_address(options: Namespace) -> str:
    """Return what is wrong with `--address`; "" if nothing is."""
    if options.address is not None and (wrong := site_url_mistake(options.address)):
        cure = url_cure(options.address, SITE_URL_CURE)
        return f"argument --address: `{options.address}` {wrong}; {cure}"
    return ""
