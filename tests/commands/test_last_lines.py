"""What an editor must not miss stands in the last lines of `build` and `publish`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT, parse_arguments
from briefing.commands.main import main
from briefing.commands.up_to_date import up_to_date
from support.built import settle
from support.disk import plant
from support.edits import edited
from support.sites import Sources

COUNT, VOTE = "content/vote/count.vi.md", "content/vote/topic.vi.md"
DRAFT = "1 text is a draft, which readers do not see"
HELD = "1 text is held back until 2030-01-01"
UNDATED = "1 topic is in no feed: nothing says when the text was written"
UNPROVED = "1 locator is not proved by the kept texts"
DETAILS = "`python build.py check` has the details"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, small: Sources) -> Path:
    """The small site, old enough for the clock of the disk."""
    folder = tmp_path / "project"
    plant(folder, small)
    settle()
    return folder


def last_lines(project: Path, said: Said, *more: str) -> list[str]:
    """Build; give what is said after the line that counts the files."""
    said.readouterr()
    assert main(["--root", str(project), *more]) == 0
    first, *rest = said.readouterr().out.splitlines()
    assert first.startswith(f"{project / 'output'}: ")
    return rest


def keep(project: Path, text: str) -> None:
    """Keep a text of an article."""
    plant(project, {".sources/vote/count.txt": text.encode()})
    settle()


def test_a_build_ends_with_what_is_to_be_known(project: Path, capsys: Said) -> None:
    """Whether there was something to do or not; `check` names each place."""
    assert last_lines(project, capsys) == [DRAFT, HELD, UNDATED, DETAILS]
    assert last_lines(project, capsys) == [DRAFT, HELD, UNDATED, DETAILS]
    main(["check", "--root", str(project)])
    told = capsys.readouterr().out

    draft = "content/river-talks/river-daily.en.md"
    assert f"note: {draft}:4:1: a draft, which readers do not see\n" in told
    assert f"    `show {draft}` when they may\n" in told
    assert "note: content/vote/later.vi.md:9:1: held back until 2030-01-01\n" in told
    assert f"warning: {VOTE}:4:1: it is in no feed" in told


def test_an_article_with_a_wrong_year_does_not_vanish_in_silence(
    project: Path, small: Sources, capsys: Said
) -> None:
    """A build says how many are held back, and until when."""
    plant(project, edited(small, COUNT, "published: 2025", "published: 2052"))

    lines = last_lines(project, capsys)
    assert (
        lines[1] == "2 texts are held back, the first until 2030-01-01, the last until 2052-05-02"
    )
    assert lines[2] == "1 article is dated in the future"
    main(["check", "--root", str(project)])
    assert f"warning: {COUNT}:4:12: published: 2052-05-02" in capsys.readouterr().out


def test_a_site_with_nothing_to_say_of_it_has_one_line(
    project: Path, small: Sources, capsys: Said
) -> None:
    """As it was."""
    plant(project, edited(small, COUNT, "checked:", "accessed: 2025-06-01\nchecked:"))
    (project / "content/vote/later.vi.md").unlink()
    (project / "content/river-talks/river-daily.en.md").unlink()

    assert last_lines(project, capsys) == []
    assert last_lines(project, capsys) == []


def test_a_locator_that_is_not_in_its_kept_text_is_said(project: Path, capsys: Said) -> None:
    """Also if nothing but the kept text has changed since the last build."""
    last_lines(project, capsys)
    keep(project, "Có hơn 60 phần trăm cử tri đi bầu.")
    assert UNPROVED not in last_lines(project, capsys)
    keep(project, "Có hơn 70 phần trăm cử tri đi bầu.")
    for _ in range(3):
        assert last_lines(project, capsys) == [DRAFT, HELD, UNPROVED, UNDATED, DETAILS]
    # A change elsewhere does not make it forgotten.
    text = project / "content/river-talks/gazette.en.md"
    text.write_text(text.read_text() + "\nMore.\n")
    assert UNPROVED in last_lines(project, capsys)
    text = project / COUNT
    text.write_text(text.read_text().replace("at: hơn 60 phần trăm", "at: hơn 70 phần trăm"))
    assert UNPROVED not in last_lines(project, capsys)
    (project / ".sources/vote/count.txt").unlink()
    assert last_lines(project, capsys) == [DRAFT, HELD, UNDATED, DETAILS]


def test_a_kept_text_that_cannot_be_read_is_counted_and_stops_no_build(
    project: Path, capsys: Said
) -> None:
    """It is the `check` that says what is wrong with it."""
    (project / ".sources/vote").mkdir(parents=True)
    (project / ".sources/vote/count.txt").symlink_to("/dev/zero")

    assert UNPROVED in last_lines(project, capsys)
    assert main(["check", "--root", str(project)]) == 1
    assert ".sources/vote/count.txt" in capsys.readouterr().err


def test_what_is_said_at_the_end_needs_no_library(project: Path, capsys: Said) -> None:
    """Where nothing has changed it is read from what the last build left."""
    last_lines(project, capsys)
    settle()
    message, _ = up_to_date(parse_arguments(["--root", str(project)]))
    assert message is not None
    assert message.splitlines()[1:] == [DRAFT, HELD, UNDATED, DETAILS]
    run = "from briefing.commands.main import main; main(sys.argv[1:])"
    code = f"import sys; sys.argv[0] = 'build.py'; {run}; print('msgspec' in sys.modules)"
    line = [sys.executable, "-c", code, "--root", str(project)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == [DRAFT, HELD, UNDATED, DETAILS, "False"]


def test_a_text_that_appears_is_held_back_no_more(project: Path, capsys: Said) -> None:
    """What was said holds as long as the site is the same."""
    assert HELD in last_lines(project, capsys, "--as-of", "2029-12-31")
    assert HELD not in last_lines(project, capsys, "--as-of", "2030-01-02")
    assert HELD in last_lines(project, capsys)


def test_a_withdrawn_topic_says_what_goes_with_it(
    project: Path, small: Sources, tmp_path: Path, capsys: Said
) -> None:
    """The addresses of its feeds, its mail, its data and the files that cite it."""
    last_lines(project, capsys)
    listed = tmp_path / "manifest.txt"
    listed.write_bytes((project / "output/manifest.txt").read_bytes())
    for path in ("topic.vi.md", "topic.yaml", "count.vi.md", "later.vi.md"):
        (project / "content/vote" / path).unlink()
    (project / "content/vote").rmdir()
    for text in (project / "content/river-talks").glob("topic.*.md"):
        text.write_text(text.read_text().replace("(topic:vote)", "(topic:river-talks)"))
    (project / "redirects.yaml").write_text("withdrawn: [vote, vote/count]\n")
    said = last_lines(project, capsys, "--manifest", str(listed))
    assert said == [
        DRAFT,
        "`vote` is withdrawn, and with it 8 addresses of its feeds, mail, references and data",
        DETAILS,
    ]


def test_the_note_of_a_draft_is_at_its_line(project: Path, small: Sources, capsys: Said) -> None:
    """Of a text without Markdown, too; and what is said of that is on a line of its file."""
    text = b"---\ntitle: A\ndraft: true\n---\n"
    plant(project, edited(small, VOTE, small[VOTE].decode(), text.decode()))
    main(["check", "--root", str(project)])
    assert f"note: {VOTE}:3:1: a draft, which readers do not see\n" in capsys.readouterr().out
    plant(project, {VOTE: text.replace(b"draft: true\n", b"")})
    main(["check", "--root", str(project)])
    assert f"warning: {VOTE}:3:1: it is in no feed" in capsys.readouterr().out
