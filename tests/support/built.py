"""A project in a folder that is built again, and the site that it makes."""

from __future__ import annotations

import time
from pathlib import Path

from briefing.commands.build import BuildRequest
from briefing.content.values import read_moment
from briefing.engine.build import build
from briefing.engine.sources import SourceTree
from briefing.model.values import Moment
from briefing.outputs.cards.draw import render_card
from briefing.storage.output_changes import BUILD_MANIFEST
from briefing.storage.stat_cache import CLOCK_TICK
from support.faults import snapshot
from support.sites import Sources

TEXT = "content/vote/topic.vi.md"
DAY = read_moment("2026-01-01")


def order(root: Path, as_of: Moment = DAY) -> BuildRequest:
    return BuildRequest(root=root, output=root / "output", as_of=as_of)


def made(files: Sources, as_of: Moment) -> Sources:
    """Give the site that a build makes, its cards drawn."""
    return dict(build(SourceTree.of(files), as_of, draw_card=render_card).outputs)


def settle() -> None:
    """Let the last change be some ticks ago: a stamp holds only for what has settled."""
    time.sleep(2 * CLOCK_TICK / 1e9)


def site(project: Path) -> Sources:
    """Give the files of the site but for the manifest, which names them."""
    files = snapshot(project / "output")
    return {p: e.data for p, e in files.items() if not e.mode & 0o40000 and p != BUILD_MANIFEST}
