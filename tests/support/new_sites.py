"""Sites that `init` has made, with what they need to be built."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from briefing.commands.arguments import INPUTS
from briefing.commands.main import main
from briefing.storage.read_sources import read_tree
from briefing.storage.theme_folder import theme_folder
from briefing.syntax.cldr import babel_locale, plural_forms
from support.disk import found, plant
from support.sites import Sources

EXAMPLE = "content/belora-bridge"


def init(folder: Path, languages: str, *options: str) -> None:
    """Make a new site; fail if that is refused."""
    assert main(["init", str(folder), "--languages", languages, *options]) == 0


def with_theme(folder: Path) -> dict[str, bytes]:
    """Put the theme below a new site, with English words where it has none; give all sources."""
    theme = {f"templates/{path}": data for path, data in found(theme_folder()).items()}
    site = yaml.safe_load((folder / "site.yaml").read_text(encoding="utf-8"))
    english = yaml.safe_load(theme["templates/words/en.yaml"])["words"]
    for code in site["languages"]:
        if (path := f"templates/words/{code}.yaml") not in theme:
            theme[path] = json.dumps({"words": _in_forms(english, code)}).encode()
    plant(folder, theme)
    return read_tree(folder, *INPUTS)


def _in_forms(words: dict[str, str | dict[str, str]], code: str) -> dict[str, object]:
    """Give English words in the plural forms of a language."""
    forms = plural_forms(str(babel_locale(code)))
    return {
        key: dict.fromkeys(forms, word["other"]) if isinstance(word, dict) else word
        for key, word in words.items()
    }


def content(files: Sources) -> Sources:
    """Give the files of a site without its templates."""
    return {path: data for path, data in files.items() if not path.startswith("templates/")}
