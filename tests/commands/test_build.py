"""The whole program: from files to files, and from the command line to the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest

from briefing.commands.arguments import ROOT
from briefing.commands.main import main
from briefing.storage.read_sources import read_tree
from build import make_site
from support.sites import AS_OF, TESTS

GOLDEN = TESTS / "golden"
TEXTS = (".html", ".xml", ".json", ".csv", ".txt", ".bib")


def test_the_small_site_is_as_accepted(
    small: dict[str, bytes], request: pytest.FixtureRequest
) -> None:
    """Every text of the site is as it was when last looked at and accepted."""
    made = {path: data for path, data in make_site(small, AS_OF).items() if path.endswith(TEXTS)}
    if request.config.getoption("--update-golden"):
        for path, data in made.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(data)

    accepted = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.*")}
    assert made.keys() == accepted
    for path, data in made.items():
        assert data.decode() == (GOLDEN / path).read_bytes().decode(), path


def test_the_same_sources_give_the_same_bytes(small: dict[str, bytes]) -> None:
    """The order in which files are read, and what was built before, change nothing."""
    turned = dict(reversed(small.items()))

    assert make_site(turned, AS_OF) == make_site(small, AS_OF)


def test_every_page_is_html_without_a_mistake(small: dict[str, bytes]) -> None:
    """A parser as strict as the standard finds nothing to mend."""
    for path, data in make_site(small, AS_OF).items():
        if path.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(data.decode())


def test_a_draft_and_what_is_held_back_leak_nowhere(small: dict[str, bytes]) -> None:
    """No file of the site has a word, an id or a claim of what is not released."""
    everything = b"\n".join(
        [data for path, data in make_site(small, AS_OF).items() if path.endswith(TEXTS)]
    ).decode()

    for secret in ("SECRET-DRAFT-TEXT", "A copy of a paper", "SECRET-HELD-TEXT", "Bài đăng sau"):
        assert secret not in everything
    assert "later" not in {path.split("/")[-2] for path in make_site(small, AS_OF) if "/" in path}
    assert "twelve percent" not in everything


def test_what_was_held_back_appears_on_its_day(small: dict[str, bytes]) -> None:
    """At the end of time nothing is held back any more."""
    assert "vi/vote/later/index.html" in make_site(small)
    assert "vi/vote/later/index.html" not in make_site(small, AS_OF)


@pytest.fixture
def project(tmp_path: Path, small: dict[str, bytes]) -> Path:
    """A folder with the small site in it."""
    for path, data in small.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


def test_a_build_writes_the_site_and_says_what_changed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first build adds every file, the second changes none."""
    assert main(["--root", str(project), "--as-of", "2026-01-01"]) == 0
    assert "added" in capsys.readouterr().out
    assert main(["--root", str(project), "--as-of", "2026-01-01"]) == 0

    assert "0 added, 0 changed, 0 removed" in capsys.readouterr().out


def test_a_failed_build_leaves_the_last_good_site(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With mistakes the exit status is 1, they are told, and no byte of the site changes."""
    main(["--root", str(project), "--as-of", "2026-01-01"])
    before = read_tree(project, "output")
    (project / "content/vote/topic.yaml").write_text("event: {start: 2025-13}\n", encoding="utf-8")

    assert main(["--root", str(project), "--as-of", "2026-01-01"]) == 1

    told = capsys.readouterr().err
    assert "content/vote/topic.yaml:1:16:" in told
    assert "nothing written" in told
    assert read_tree(project, "output") == before


def test_check_lists_warnings_and_proofs_and_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` says what could be better, how many locators are proved and how many not."""
    kept = project / ".sources/vote/count.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("Có hơn 60 phần trăm cử tri đi bầu.", encoding="utf-8")

    assert main(["check", "--root", str(project)]) == 0

    said = capsys.readouterr().out
    assert "the translation is older than its original" in said
    assert "content/vote/count.en.md:1:1: no translation" in said
    assert "locators: 1 of" in said
    assert "never proved; 1 not noted yet" in said
    assert not (project / "output").exists()


def test_wrong_usage_is_exit_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake on the command line is told apart from a mistake in the content."""
    with pytest.raises(SystemExit) as stopped:
        main(["--as-of", "tomorrow"])

    assert stopped.value.code == 2
    assert "--as-of" in capsys.readouterr().err


def test_the_script_runs_from_anywhere(project: Path) -> None:
    """`build.py` is a program of its own, in whatever locale and folder it is started."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "--root", str(project)],
        cwd=project.parent,
        env={**os.environ, "LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert (project / "output/en/river-talks/index.html").is_file()
