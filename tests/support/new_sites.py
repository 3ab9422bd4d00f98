"""Sites that `init` has made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefing.commands.arguments import SOURCES
from briefing.commands.main import main
from briefing.storage.site_sources.read import read_site_sources
from build import make_site
from support.sites import AS_OF

LANGUAGES = ("vi,en", "en,fr", "ar,en", "zh-Hans,ja,es")
"""Those of the new sites whose pages are looked at."""
EXAMPLE = "content/belora-bridge"


def init(folder: Path, languages: str, *options: str) -> None:
    """Make a new site; fail if that is refused."""
    assert main(["init", str(folder), "--languages", languages, *options]) == 0


def new_site(folder: Path, languages: str) -> Mapping[str, bytes]:
    """Make a new site; give all files that are built of it."""
    init(folder, languages)
    return make_site(sources(folder), AS_OF)


def sources(folder: Path) -> dict[str, bytes]:
    """Give the sources of a site, with the theme of the engine."""
    return read_site_sources(folder, *SOURCES)
