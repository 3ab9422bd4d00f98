"""A file by which no page could be meant does not stop the site: it is left out, and told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.commands.arguments import INPUTS
from briefing.commands.main import main
from briefing.commands.rename.rename import rename_topic
from briefing.commands.serve.live_site import LiveSite
from briefing.content.classify import stray_files
from build import make_site
from support.disk import plant
from support.renames import after
from support.sites import AS_OF, Sources

STRAY = (
    "content/Untitled.md",
    "content/notes.md",
    "content/notes.txt",
    "content/pictures/a.jpg",
    "content/river-talks/2025/photo.jpg",
    "content/river-talks/Pasted image 20250601.png",
    "content/river-talks/Untitled 1.md",
    "content/river-talks/plan.yaml",
    "content/vote/Sổ tay.md",
)
LITTER = (
    "content/README.md",
    "content/river-talks/4913",
    "content/river-talks/README",
    "content/river-talks/README.en.md",
    "content/vote/readme.txt",
    "content/pictures/README.md",
)
LANGUAGES = {"vi", "en"}


def test_a_stray_file_is_left_out_and_told_of(small: Sources) -> None:
    """The site is the same as without it, and the cure leads to a state that is accepted."""
    files = small | dict.fromkeys(STRAY + LITTER, b"x")

    assert make_site(files, AS_OF) == make_site(small, AS_OF)
    told = list(stray_files(files, LANGUAGES))
    assert [problem.place.path for problem in told] == sorted(STRAY)
    assert {(problem.message, problem.cure) for problem in told} == {
        (
            "not a file of the content, and left out",
            "move it out of content/, or begin its name with a dot",
        )
    }
    assert list(stray_files(small, LANGUAGES)) == []


def test_an_article_may_be_called_readme(small: Sources) -> None:
    """In small letters and with its language it is a text as any other."""
    text = small["content/vote/count.vi.md"]
    site = make_site(small | {"content/vote/readme.vi.md": text}, AS_OF)

    assert "vi/vote/readme/index.html" in site


@pytest.mark.parametrize("path", STRAY)
def test_check_warns_of_a_stray_file(
    tmp_path: Path, small: Sources, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It builds, and `check` says what to do."""
    plant(tmp_path, {**small, path: b"x", LITTER[0]: b"x"})

    assert main(["--root", str(tmp_path)]) == 0
    assert path not in capsys.readouterr().out
    assert main(["check", "--root", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert f"warning: {path}:1:1: not a file of the content, and left out\n" in said
    assert "README" not in said


def test_the_preview_warns_of_stray_files_wherever_they_are(tmp_path: Path, small: Sources) -> None:
    """Once, beside what it says of topics; and no more when they are gone."""
    plant(tmp_path, {**small, **dict.fromkeys(STRAY + LITTER, b"x")})
    site = LiveSite(tmp_path, INPUTS, lambda: AS_OF)
    assert not site.open().problems

    def told() -> list[str]:
        notes = [site.topic_notes(folder) for folder in site.topic_folders]
        warnings = [problem for topic in notes for _, problem in topic.warnings]
        return [each.place.path for each in warnings if "left out" in each.message]

    assert told() == sorted(STRAY)
    (tmp_path / STRAY[3]).unlink()
    site.rebuild([STRAY[3]])
    assert told() == sorted(set(STRAY) - {STRAY[3]})


def test_stray_files_go_with_their_topic(small: Sources) -> None:
    """When it is renamed, nothing is left in a folder of its old name."""
    files = small | dict.fromkeys(STRAY + LITTER, b"x")
    new = after(files, rename_topic(files, "river-talks", "talks"))

    assert not [path for path in new if path.startswith("content/river-talks/")]
    assert {"content/talks/2025/photo.jpg", "content/talks/README.en.md"} < new.keys()
