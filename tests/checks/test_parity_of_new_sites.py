"""The example of a new site says the same in all its languages, and nothing else is told of it."""

from __future__ import annotations

from itertools import permutations

import pytest

from briefing.checks.parity.translations import translations_say_the_same
from briefing.commands.arguments import ROOT
from briefing.commands.init.site_files import NewSite, Theme, site_files
from briefing.content.parse import parse_site
from briefing.storage.read_sources import read_tree
from briefing.storage.theme_folder import theme_folder

PACKAGE = ROOT / "briefing/commands/init"
LANGUAGES = sorted(path.stem for path in (PACKAGE / "sample").iterdir())
DATA = read_tree(PACKAGE, "files", "sample")
WORDS = {
    code: theme_folder().joinpath(f"words/{code}.yaml").read_bytes() for code in [*LANGUAGES, "en"]
}
THEME = Theme(frozenset(WORDS), WORDS["en"])


def told_of_new_site(*languages: str) -> list[str]:
    """Give what is told of the versions of a new site; the first article is in the first."""
    asked = NewSite(languages=languages, title=None, address="https://a.example/", version="1")
    files = site_files(asked, DATA, THEME)
    files |= {f"templates/words/{code}.yaml": WORDS[code] for code in languages}
    told = translations_say_the_same(
        parse_site(dict(files)), lambda paths: {path: files[path] for path in paths}
    )
    return [f"{problem.place}: {problem.message}" for problem in told]


@pytest.mark.parametrize("first", LANGUAGES)
def test_nothing_is_told_of_a_new_site_in_any_two_languages(first: str) -> None:
    """In both orders, which decide what is the original."""
    pairs = [pair for pair in permutations(LANGUAGES, 2) if pair[0] == first]

    assert {pair: told_of_new_site(*pair) for pair in pairs} == {pair: [] for pair in pairs}


def test_nothing_is_told_of_a_new_site_in_all_languages() -> None:
    """Each article has seven translations."""
    assert told_of_new_site(*LANGUAGES) == []
