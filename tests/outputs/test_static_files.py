"""Files of static/ go out byte for byte; links find them, and what is gone is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.commands.arguments import INPUTS
from briefing.commands.build import build_to_disk
from briefing.commands.main import main
from briefing.commands.serve.live_site import LiveSite
from briefing.problems import Problems
from build import make_site
from support.built import order, settle, site
from support.disk import plant
from support.preview import TEXT
from support.sites import AS_OF, Sources

ICON = bytes(range(256))
PAPER, MAP = "static/papers/river.pdf", "static/papers/map.pdf"
STATIC = {
    "static/favicon.ico": ICON,
    "static/.well-known/security.txt": b"Contact: https://example.org/\r\n",
    "static/admin/index.html": b"<!doctype html><p>{{ not a template }}\n",
    PAPER: b"%PDF-",
    MAP: b"%PDF-",
}
COPIES = {path.removeprefix("static/"): data for path, data in STATIC.items()}


def linked(small: Sources) -> Sources:
    """Give a site of which two texts link to a file of static/."""
    paper, map = (
        b"\n\n[It](https://example.org/small/papers/" + name + b")\n"
        for name in (b"river.pdf", b"map.pdf")
    )
    about = b"---\ntitle: About\n---\nA site." + map
    return {**small, **STATIC, TEXT: small[TEXT] + paper, "content/about.en.md": about}


def test_they_go_out_as_they_are(small: Sources) -> None:
    """No byte of them is read as anything, and no list of pages has them."""
    made = make_site({**small, **STATIC}, AS_OF)

    assert {path: made[path] for path in COPIES} == COPIES
    assert {path: made[path] for path in made if path not in COPIES} == make_site(small, AS_OF)
    for path in ("sitemap.xml", "manifest.txt"):
        assert b"admin" not in made[path]


def test_a_link_of_a_text_leads_to_them(small: Sources) -> None:
    """By the address at which they stand; one to a file that is not there is told of."""
    files = linked(small)
    page = make_site(files, AS_OF)["en/river-talks/gazette/index.html"]
    assert b'papers/river.pdf"' in page

    with pytest.raises(Problems, match=r"river\.pdf leads nowhere"):
        make_site({path: files[path] for path in files if path != PAPER}, AS_OF)


def test_a_build_writes_what_changed_and_takes_away_what_is_gone(
    tmp_path: Path, small: Sources, state: Path
) -> None:
    """Each time the site is that of a build from nothing."""
    for files in ({**small, **STATIC}, {**small, **STATIC, PAPER: b"%PDF-2"}, small):
        for path in STATIC.keys() - files.keys():
            (tmp_path / path).unlink()
        plant(tmp_path, files)
        settle()
        build_to_disk(order(tmp_path, AS_OF))
        built, made = site(tmp_path), make_site(files, AS_OF)
        assert {path: built.get(path) for path in COPIES} == {p: made.get(p) for p in COPIES}
        assert built.keys() == made.keys()


def test_a_file_that_is_linked_and_taken_away_is_told_of(
    tmp_path: Path, small: Sources, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the texts that link to it are as they were."""
    plant(tmp_path, linked(small))
    line = ["--root", str(tmp_path), "--as-of", "2026-01-01"]
    assert main(line) == 0
    for path in (PAPER, MAP):
        (tmp_path / path).unlink()

    assert main(line) == 1
    told = capsys.readouterr().err
    assert "content/about.en.md" in told
    assert TEXT in told


def test_a_save_of_one_shows_in_the_preview(tmp_path: Path, small: Sources) -> None:
    """New, changed, linked to and gone; a wrong name leaves the last good pages."""
    plant(tmp_path, small)
    shop = LiveSite(tmp_path, INPUTS, lambda: AS_OF, None)
    assert not shop.open().problems
    files = {**small, **STATIC}
    plant(tmp_path, STATIC)
    assert not shop.rebuild(["static"]).problems
    assert shop.pages == make_site(files, AS_OF)

    plant(tmp_path, {PAPER: b"%PDF-2"})
    assert shop.rebuild([PAPER]).pages == {"papers/river.pdf"}
    assert shop.pages["papers/river.pdf"] == b"%PDF-2"

    plant(tmp_path, {"static/.htaccess": b"x"})
    assert "begins with a dot" in str(Problems(shop.rebuild(["static/.htaccess"]).problems))
    (tmp_path / "static/.htaccess").unlink()
    assert not shop.rebuild(["static/.htaccess"]).problems

    plant(tmp_path, files := linked(small))
    assert not shop.rebuild(["content", "static"]).problems
    assert shop.pages == make_site(files, AS_OF)
    for path in (PAPER, MAP):
        (tmp_path / path).unlink()
    told = str(Problems(shop.rebuild(["static"]).problems))
    assert "content/about.en.md" in told
    assert TEXT in told


def test_what_systems_and_editors_leave_there_is_passed_over_and_links_are_refused(
    tmp_path: Path, small: Sources, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As everywhere among the sources."""
    left = dict.fromkeys((".DS_Store", "a/._b", "a/Thumbs.db", ".gitkeep", "x.txt~"), b"x")
    plant(tmp_path, {**small, **{f"static/{path}": data for path, data in left.items()}})
    assert main(["--root", str(tmp_path), "--as-of", "2026-01-01"]) == 0
    assert site(tmp_path).keys() == make_site(small, AS_OF).keys()

    (tmp_path / "static/link.txt").symlink_to(tmp_path / "site.yaml")
    assert main(["check", "--root", str(tmp_path)]) == 1
    assert "static/link.txt:1:1: is a link; no link is followed" in capsys.readouterr().err
