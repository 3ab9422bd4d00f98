"""The preview, with faults of the program: each is there as long as a file of its name is.

It is run as build.py is: `python tests/support/faulty_preview.py serve --root FOLDER`.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.commands import process
from briefing.commands.arguments import INPUTS, parse_arguments
from briefing.commands.options.serve import EDITOR
from briefing.commands.process import print_safely
from briefing.commands.serve.handlers import Address
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.server import PreviewServer
from briefing.commands.serve.state import PreviewMessage, PreviewState
from briefing.commands.serve.watcher import Watcher
from briefing.content.publication import AS_EDITED
from briefing.content.values import read_moment
from briefing.model.values import Moment

OPTIONS = parse_arguments()


def fail(name: str) -> None:
    """Have a fault, if it is to be there."""
    if (OPTIONS.root / name).exists():
        raise LookupError(f"the {name} is broken")


def now() -> Moment:
    """Tell the time, which the topics are looked through with, and the site is made with."""
    fail("clock")
    return read_moment("2026-01-01")


class FaultySite(LiveSite):
    """Has no address, where that is broken."""

    @property
    def base_path(self) -> str:
        """The path of the address of the site."""
        fail("address")
        return super().base_path


class FaultyState(PreviewState):
    """Cannot tell how the sources are, where it is broken."""

    def message_since(self, serial: int) -> PreviewMessage:
        """Give the state, with what has changed since it had a serial."""
        fail("board")
        return super().message_since(serial)


class FaultyWatcher(Watcher):
    """Cannot watch, where the eye is broken."""

    def _watch(self, *paths: Path, recursive: bool) -> Generator[set[str]]:
        for found in super()._watch(*paths, recursive=recursive):
            if recursive:
                fail("eye")
            yield found


def main() -> int:
    """Serve as build.py does."""
    process.libraries_are_loaded()
    root = OPTIONS.root
    site = FaultySite(root, INPUTS, now, None if OPTIONS.published else AS_EDITED)
    state, watcher = FaultyState(site, EDITOR), FaultyWatcher(root, INPUTS)
    server = PreviewServer(site, watcher, state, partial(print_safely, stream=sys.stdout))
    server.serve(Address(port=0))
    return 0


if __name__ == "__main__":
    sys.exit(process.run(main))
