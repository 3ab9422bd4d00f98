"""Sites that `init` has made."""

from __future__ import annotations

from pathlib import Path

from briefing.commands.arguments import SOURCES
from briefing.commands.main import main
from briefing.storage.site_sources.read import read_site_sources

EXAMPLE = "content/belora-bridge"


def init(folder: Path, languages: str, *options: str) -> None:
    """Make a new site; fail if that is refused."""
    assert main(["init", str(folder), "--languages", languages, *options]) == 0


def sources(folder: Path) -> dict[str, bytes]:
    """Give the sources of a site, with the theme of the engine."""
    return read_site_sources(folder, *SOURCES)
