"""Where the engine's own theme is found."""

from __future__ import annotations

from briefing.commands.arguments import ROOT
from briefing.storage.theme_folder import theme_folder


def test_the_theme_of_the_repository_is_its_templates() -> None:
    assert theme_folder() == ROOT / "templates"
