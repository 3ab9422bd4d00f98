"""`override`, and an upgrade of the engine under what a site has in place of the theme's files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT, SOURCES
from briefing.commands.main import main
from briefing.commands.serve.live_site import LiveSite
from support.built import settle
from support.disk import found, plant
from support.sites import AS_OF, Sources

DAY = ("--as-of", "2026-01-01")
MARK = "parts/mark.html"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def bare(tmp_path: Path, small: Sources) -> Path:
    """A folder with the small site, which has no templates/."""
    root = tmp_path / "site"
    plant(root, {path: small[path] for path in small if not path.startswith("templates/")})
    return root


def run(root: Path, *words: str) -> int:
    return main([*words, "--root", str(root)])


def test_a_site_folder_needs_no_templates(bare: Path, small: Sources, tmp_path: Path) -> None:
    """It is built as with a full copy of them, and again only when something has changed."""
    plant(tmp_path / "copy", small)
    assert run(bare, "build", *DAY) == run(tmp_path / "copy", "build", *DAY) == 0

    assert found(bare / "output") == found(tmp_path / "copy/output")


def test_a_build_of_a_site_without_templates_has_nothing_to_do_twice(
    bare: Path, capsys: Said
) -> None:
    """The files of the theme are looked at as all others are."""
    run(bare, "build")
    settle()
    run(bare, "build")
    capsys.readouterr()

    assert run(bare, "build") == 0
    assert "nothing has changed" in capsys.readouterr().out


def test_a_file_is_copied_with_its_origin(bare: Path, capsys: Said) -> None:
    """As it is, so that the site stays the same until somebody changes it."""
    theirs = (ROOT / "templates" / MARK).read_bytes()

    assert run(bare, "override", f"theme/{MARK}") == 0
    assert found(bare / "templates") == {MARK: theirs, f".theme/{MARK}": theirs}
    assert f"change templates/{MARK}; take it away to" in capsys.readouterr().out
    assert run(bare, "override", MARK) == 1
    assert "is there already" in capsys.readouterr().err


def test_words_are_copied_one_by_one(bare: Path) -> None:
    """Into one file, and what is in it stays."""
    assert run(bare, "override", "words/en.yaml", "latest") == 0
    path = bare / "templates/words/en.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Latest", "New"), encoding="utf-8")
    assert run(bare, "override", "words/en.yaml", "enter") == 0

    assert path.read_text(encoding="utf-8") == 'words:\n  enter: Enter\n  latest: "New:"\n'
    origin = bare / "templates/.theme/words/en.yaml"
    assert origin.read_text(encoding="utf-8") == 'words:\n  enter: Enter\n  latest: "Latest:"\n'


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["pages/hom.html"], "did you mean `pages/home.html`? it has: base.html assets/"),
        (["../site.yaml"], "the theme has no such file"),
        (["words/en.yaml"], "name the words to change: `override words/en.yaml "),
        (["words/en.yaml", "lates"], "did you mean `latest`?"),
        (["words/en.yaml", "they differ"], "these say it: `section_differ`, "),
        ([MARK, "latest"], "is no words file, so it has no `latest`"),
        ([MARK, "--diff"], f"`override {MARK}` copies the theme's"),
        ([MARK, "--accept"], f"`override {MARK}` copies the theme's"),
    ],
)
def test_what_cannot_be_overridden_is_told_with_what_can(
    bare: Path, capsys: Said, words: list[str], told: str
) -> None:
    """And nothing is written."""
    assert run(bare, "override", *words) == 1

    assert told in capsys.readouterr().err
    assert not (bare / "templates").exists()


def test_without_a_name_the_files_of_the_theme_are_listed(bare: Path, capsys: Said) -> None:
    """Those that a site can have in their place."""
    assert run(bare, "override") == 0

    said = capsys.readouterr().out
    assert "pages/about.html, pages/article.html" in said
    assert "README" not in said


def test_the_repository_of_the_engine_has_nothing_to_override(capsys: Said) -> None:
    """Its templates/ are the theme."""
    assert run(ROOT, "override", MARK) == 1

    assert "templates:1:1: is the theme itself" in capsys.readouterr().err


def test_the_preview_shows_an_override_and_its_end(bare: Path) -> None:
    """At each save: a copy, a change in it, and the theme's file again."""
    site = LiveSite(bare, SOURCES, lambda: AS_OF, None)
    assert not site.open().problems
    before = site.pages
    run(bare, "override", "base.html")
    own = bare / "templates/base.html"
    assert site.rebuild(["templates/base.html"]).pages == frozenset()

    own.write_bytes(b'{% extends "!theme/base.html" %}{% block colophon %}OURS{% endblock %}')
    site.rebuild(["templates/base.html"])
    assert b"OURS" in site.pages["en/index.html"]

    plant(bare, {"templates/assets/icon.svg": b"<svg/>"})
    site.rebuild(["templates/assets/icon.svg"])
    assert site.pages["assets/icon.svg"] == b"<svg/>"

    shutil.rmtree(bare / "templates")
    assert not site.rebuild(["templates"]).problems
    assert site.pages == before


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """A folder with an engine of its own, whose theme can change."""
    folder = tmp_path / "engine"
    for name in ("briefing", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", folder / "build.py")
    return folder


def said_by(engine: Path, root: Path, *words: str) -> tuple[int, str]:
    """Give the exit status of a command of an engine, and all that it said."""
    command = [sys.executable, str(engine / "build.py"), *words, "--root", str(root)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_an_upgrade_of_the_engine_is_told_and_breaks_nothing(bare: Path, engine: Path) -> None:
    """With one template and one word overridden: what changed, and how to compare; then no more."""
    said_by(engine, bare, "override", MARK)
    said_by(engine, bare, "override", "words/en.yaml", "latest")
    change(bare / "templates" / MARK, 'width="14" height="14" aria', 'width="16" height="16" aria')
    change(bare / "templates/words/en.yaml", "Latest:", "Just in:")
    change(engine / "templates" / MARK, "<symbol id", "<symbol  id")
    change(engine / "templates/words/en.yaml", 'latest: "Latest:"', 'latest: "Last:"')

    status, said = said_by(engine, bare, "build", *DAY)
    assert status == 0, said
    assert b"Just in:" in (bare / "output/index.html").read_bytes()
    status, said = said_by(engine, bare, "check")
    assert status == 0
    assert (
        f"warning: templates/{MARK}:1:1: the theme's file has changed since it was copied" in said
    )
    assert "latest: the theme says “Last:” now; it said “Latest:” when this was written" in said
    status, said = said_by(engine, bare, "override", MARK, "--diff")
    assert "\n+<symbol  id" in said
    assert "16" not in said.splitlines()[2]

    said_by(engine, bare, "override", MARK, "--accept")
    said_by(engine, bare, "override", "words/en.yaml", "--accept")
    assert "the theme" not in said_by(engine, bare, "check")[1]


def test_a_template_that_can_no_longer_work_stops_the_build(bare: Path, engine: Path) -> None:
    """At its line, with a cure, and the last good site stays."""
    said_by(engine, bare, "override", "pages/home.html")
    change(bare / "templates/pages/home.html", "{% block main %}", "{% block main %}\n")
    assert said_by(engine, bare, "build", *DAY)[0] == 0
    before = found(bare / "output")
    (engine / "templates/parts/lead.html").unlink()
    for path in (engine / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8").replace("parts/lead.html", "parts/mark.html")
        path.write_text(text, encoding="utf-8")

    status, said = said_by(engine, bare, "build", *DAY)
    assert status == 1
    assert "templates/pages/home.html:" in said
    assert "no template `parts/lead.html`\n    mend the template there" in said
    assert found(bare / "output") == before
