"""The command `serve`: a preview in a browser, built again at each save until it is stopped."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from functools import partial

from briefing.commands.arguments import INPUTS, SOURCES
from briefing.commands.process import print_safely
from briefing.commands.serve.file_systems import silent_file_system
from briefing.commands.serve.handlers import Address
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.server import PreviewServer
from briefing.commands.serve.state import PreviewState
from briefing.commands.serve.watcher import Watcher
from briefing.content.publication import AS_EDITED
from briefing.model.values import Moment

NOT_TOLD = (
    "the folder of the site is on a file system ({}) that does not tell of every save\n"
    "    if a save does not appear, stop this, and begin again with --poll"
)


def serve(options: Namespace, as_of: Moment | None, now: Callable[[], Moment]) -> str:
    """Serve the site of `options.root` until a signal stops it; return that it was stopped.

    `as_of`: what readers see then; None: what is edited, or what readers see at the time that
    `now` returns if `options.published`. Raises OSError if no port is free.
    """
    shown = None if options.published or as_of else AS_EDITED
    site = LiveSite(options.root, SOURCES, lambda: as_of or now(), shown)
    state = PreviewState(site, options.editor, follows=options.follow)
    watcher = Watcher(options.root, INPUTS, polls=options.poll)
    say = partial(print_safely, stream=sys.stdout)
    if not options.poll and (kind := silent_file_system(options.root)):
        say(NOT_TOLD.format(kind))
    server = PreviewServer(site, watcher, state, say)
    address = Address(host=options.host, port=options.port, allowed=tuple(options.allow_host))
    server.serve(address, opens=options.open)
    return "stopped"
