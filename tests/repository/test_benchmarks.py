"""That the benchmarks still run, and would notice a site that is not whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus.briefing_sources import write_briefing
from benchmarks.support.environment import cards_environment
from benchmarks.support.report import write_between_marks
from benchmarks.verify.site import IncompleteSiteError, verify_briefing
from briefing.commands.arguments import INPUTS, ROOT
from briefing.storage.read_sources import read_tree
from build import make_site
from support.disk import plant

PAGES = 20
"""Summary pages of the smallest corpus, which is one topic."""
COMMANDS = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py") if path.stem[0] != "_")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_starts(command: str) -> None:
    words = [sys.executable, "-m", f"benchmarks.{command}", "--help"]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)

    assert said.returncode == 0, said.stderr
    assert f"benchmarks.{command}" in (ROOT / "docs/performance.md").read_text(encoding="utf-8")


def test_a_site_of_the_corpus_holds_all_of_it(tmp_path: Path) -> None:
    """A site that lacks a file, or a word of it, is measured by no benchmark."""
    write_briefing(tmp_path / "sources", PAGES)
    site = tmp_path / "site"
    plant(site, made := make_site(read_tree(tmp_path / "sources", *INPUTS)))
    verify_briefing(site, PAGES)

    for path in ("data/topic-0.csv", "vi/topic-0/article-3/index.html", "sitemap.xml"):
        (site / path).unlink()
        with pytest.raises(IncompleteSiteError, match=path.rpartition("/")[0] or path):
            verify_briefing(site, PAGES)
        plant(site, {path: made[path]})
    mute = made["en/topic-0/index.html"].replace(b"claim_value", b"claim")
    plant(site, {"en/topic-0/index.html": mute})
    with pytest.raises(IncompleteSiteError, match="instead of"):
        verify_briefing(site, PAGES)


def test_builds_that_are_measured_draw_no_cards_unless_asked(tmp_path: Path) -> None:
    """Hugo draws none, and a build with Pillow would."""
    look = "import importlib.util as u; print(u.find_spec('PIL') is not None)"

    def has_pillow(variables: dict[str, str]) -> str:
        command = [sys.executable, "-c", look]
        return subprocess.check_output(command, env={**os.environ, **variables}, text=True).strip()

    assert has_pillow(cards_environment(tmp_path, sys.executable, cards=False)) == "False"
    assert has_pillow(cards_environment(tmp_path, sys.executable, cards=True)) == "True"


def test_a_report_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text("a\n<!-- save -->\nold\n<!-- /save -->\nb\n", encoding="utf-8")
    for report in ("new", "newer"):
        write_between_marks(document, report, "save")

    text = document.read_text(encoding="utf-8")
    assert text == "a\n<!-- save -->\n\nnewer\n\n<!-- /save -->\nb\n"
    with pytest.raises(ValueError, match="no <!-- other -->"):
        write_between_marks(document, report, "other")
