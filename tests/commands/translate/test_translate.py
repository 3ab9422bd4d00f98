"""The translator's commands: what is behind is told where it is, and what is right is noted."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from briefing.commands.arguments import INPUTS
from briefing.commands.main import main
from briefing.content.parse import parse_site
from briefing.storage.read_sources import read_tree
from support.disk import found
from support.sites import Sources
from support.translated import (
    KEPT,
    ORIGINAL,
    PATH,
    TALKS,
    TEXT,
    behind_in,
    plant_translated,
)

Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path, small: Sources, capsys: Said) -> Path:
    """A site in which the translation of a text of four paragraphs is right."""
    folder = tmp_path / "site"
    plant_translated(folder, small)
    capsys.readouterr()
    return folder


def run(site: Path, *words: str) -> int:
    return main([*words, "--root", str(site)])


def edit(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_bytes().decode()
    assert old in text
    (site / path).write_bytes(text.replace(old, new, 1).encode())


def behind(site: Path, path: str = PATH) -> list[str]:
    """Give what `check` tells of a translation that is behind, each on one line."""
    return [" ".join(str(each).split()) for each in behind_in(site, path)]


def commit(site: Path) -> None:
    git(site, "add", "-A")
    git(site, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "change")


def git(site: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(site), *words], check=True, capture_output=True, timeout=60)


def numbers(told: list[str]) -> list[str]:
    """Give what changed in a number, as `paragraph 1: 30 300`."""
    pattern = r"(paragraph \d+) of the original .*?: number `(\w+)` is now `(\w+)` follow"
    return [f"{m[1]}: {m[2]} {m[3]}" for each in told if (m := re.search(pattern, each))]


def test_a_changed_number_is_told_of_exactly_one_paragraph(site: Path, capsys: Said) -> None:
    """At its line, with the number then and now, and with the command that ends it."""
    edit(site, ORIGINAL, "30 ngày", "300 ngày")

    (told,) = behind(site)
    capsys.readouterr()
    assert run(site, "check") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.count("of the original") == 1
    assert f"warning: {told}" in said

    line = (site / PATH).read_text("utf-8").split("\n").index("One side says 30 days.") + 1
    there = (site / ORIGINAL).read_text("utf-8").split("\n").index("Một bên nói 300 ngày.") + 1
    assert told == (
        f"{PATH}:{line}:1: paragraph 1 of the original ({ORIGINAL}:{there}) has changed: "
        f"number `30` is now `300` follow it here, then `ack {PATH} 1`"
    )


def test_a_clone_without_history_knows_the_words(site: Path, tmp_path: Path, capsys: Said) -> None:
    """One of depth 1, as a workflow has it."""
    git(site, "init", "-q")
    commit(site)
    edit(site, ORIGINAL, "30 ngày", "300 ngày")
    commit(site)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", site.as_uri(), str(clone))

    assert numbers(behind(clone)) == ["paragraph 1: 30 300"]


def test_a_zip_of_the_site_knows_the_words(site: Path, tmp_path: Path, capsys: Said) -> None:
    """What was translated is in it."""
    edit(site, ORIGINAL, "30 ngày", "300 ngày")
    archive = shutil.make_archive(str(tmp_path / "site"), "zip", site)
    with zipfile.ZipFile(archive) as file:
        file.extractall(tmp_path / "unpacked")

    assert numbers(behind(tmp_path / "unpacked")) == ["paragraph 1: 30 300"]


def test_after_a_rebase_the_same_is_told(site: Path, capsys: Said) -> None:
    """No commit is named anywhere."""
    git(site, "init", "-q", "-b", "main")
    commit(site)
    git(site, "switch", "-qc", "edit")
    edit(site, ORIGINAL, "30 ngày", "300 ngày")
    commit(site)
    git(site, "switch", "-q", "main")
    edit(site, "site.yaml", "title:", "# A comment.\ntitle:")
    commit(site)
    git(site, "switch", "-q", "edit")
    git(site, "-c", "user.name=a", "-c", "user.email=a@b.c", "rebase", "-q", "main")

    assert numbers(behind(site)) == ["paragraph 1: 30 300"]


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("article", "river-talks/statement", "told"), f"{TALKS}/told.en.md"),
        (("topic", "river-talks", "rivers"), "content/rivers/statement.en.md"),
    ],
)
def test_after_a_rename_the_same_is_told(
    site: Path, capsys: Said, words: tuple[str, ...], path: str
) -> None:
    """What is kept goes along, and nothing is told of links."""
    edit(site, ORIGINAL, "Hết.", "Hết [lời](article:statement).")
    assert run(site, "ack", PATH) == 0
    assert run(site, "rename", *words) == 0
    assert behind(site, path) == []

    edit(site, path.replace(".en.", ".vi."), "30 ngày", "300 ngày")
    assert numbers(behind(site, path)) == ["paragraph 1: 30 300"]
    assert not (site / KEPT).exists()
    folders = [it for it in (site / "content").rglob("*") if it.is_dir()]
    assert all(any(folder.iterdir()) for folder in folders), "no empty folder is left"


def test_where_nothing_was_kept_the_words_come_from_git(site: Path, capsys: Said) -> None:
    """From the last version that has them."""
    shutil.rmtree(site / TALKS / ".translated")
    git(site, "init", "-q")
    commit(site)
    for number in ("300", "400"):
        edit(site, ORIGINAL, "Một bên", f"Một bên {number}")
        commit(site)

    assert numbers(behind(site)) == []
    (told,) = behind(site)
    assert "number `400 300` is new" in told


def test_where_there_is_no_git_either_it_is_told_that_the_words_are_not_known(site: Path) -> None:
    """And still, which paragraph it is."""
    shutil.rmtree(site / TALKS / ".translated")
    edit(site, ORIGINAL, "Một bên", "Một bên 400 300")

    (told,) = behind(site)

    assert told.startswith(f"{PATH}:9:1: paragraph 1 of the original")
    assert "has changed; what it said is not known, now it is: `Một bên 400 300 nói" in told


def test_one_digest_of_the_whole_is_still_read(site: Path, capsys: Said) -> None:
    """With git, the paragraphs are found by it."""
    articles = {each.id: each for each in parse_site(read_tree(site, *INPUTS)).topics[0].articles}
    summary = articles["statement"].summaries["vi"]
    text = (site / PATH).read_text("utf-8")
    (site / PATH).write_text(re.sub("(?m)^of: .*$", f"of: {summary.digest}", text), "utf-8")
    assert behind(site) == []
    git(site, "init", "-q")
    commit(site)
    edit(site, ORIGINAL, "30 ngày", "300 ngày")

    assert numbers(behind(site)) == ["paragraph 1: 30 300"]
    assert run(site, "ack", PATH, "1") == 0
    assert behind(site) == []


def test_one_digest_of_the_whole_is_all_there_is_without_git(site: Path) -> None:
    """Then nobody knows which paragraph has changed."""
    text = (site / PATH).read_text("utf-8")
    (site / PATH).write_text(re.sub("(?m)^of: .*$", "of: 000000000000", text), "utf-8")

    (told,) = behind(site)

    assert "the translation is older than its original in `vi`" in told
    assert run(site, "ack", PATH, "1") == 1


def test_what_is_acknowledged_is_told_no_more(site: Path, capsys: Said) -> None:
    """Paragraph by paragraph, and then all of it; no other byte of the file changes."""
    edit(site, ORIGINAL, "30 ngày", "300 ngày")
    edit(site, ORIGINAL, "không đồng ý", "đồng ý")
    edit(site, ORIGINAL, "title: Bộ nói", "title: Bộ cho biết")
    assert len(behind(site)) == 3
    before = found(site)

    assert run(site, "ack", PATH, "2", "title") == 0
    said = capsys.readouterr().out
    assert said == f"{PATH}: noted that paragraph 2 and title says what {ORIGINAL} says today\n"
    assert numbers(behind(site)) == ["paragraph 1: 30 300"]
    assert len(behind(site)) == 1

    assert run(site, "ack", PATH) == 0
    assert behind(site) == []
    after = found(site)
    assert {path for path in after if after[path] != before[path]} == {PATH, KEPT}
    without = re.compile(rb"(?m)^of: .*$")
    assert without.sub(b"", after[PATH]) == without.sub(b"", before[PATH])


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (["{b}", "{a}", "{c}", "{d}"], ["of the original", "move it here, too"]),
        (["{a}", "{b}", "Mới.", "{c}", "{d}"], ["paragraph 3 of the original", "is new: `Mới.`"]),
        (["{a}", "{c}", "{d}"], ["paragraph 2 is gone from the original: `Bên kia"]),
        (["{a}", "{b} {d}", "{c}"], []),
        (["{a} {b}", "{c}", "{d}"], ["what was paragraphs 1 and 2", "is paragraph 1 today"]),
    ],
)
def test_paragraphs_that_moved_are_told_as_that(
    site: Path, capsys: Said, now: list[str], said: list[str]
) -> None:
    """New ones, those that are gone, and those that are one now."""
    a, b, c, d = TEXT.strip().split("\n\n")
    text = "\n\n".join(now).format(a=a, b=b, c=c, d=d)
    edit(site, ORIGINAL, TEXT, f"{text}\n")

    told = behind(site)

    assert all(any(words in each for each in told) for words in said)
    assert len(told) == 1 or not said
    assert run(site, "ack", PATH) == 0
    assert behind(site) == []


def test_a_part_that_has_not_changed_cannot_be_acknowledged(site: Path, capsys: Said) -> None:
    """What has is named, and nothing is written."""
    edit(site, ORIGINAL, "30 ngày", "300 ngày")
    before = found(site)

    assert run(site, "ack", PATH, "2", "dek", "9") == 1

    said = capsys.readouterr().err
    assert said.count("has not changed\n    changed: 1\n") == 3
    assert found(site) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ack", ORIGINAL), "it translates nothing"),
        (("ack", f"{TALKS}/statment.en.md"), "there is no such text"),
        (("translate", f"{TALKS}/statment.vi.md", "en"), "there is no such text"),
        (("translate", ORIGINAL, "xx"), "no language `xx`"),
    ],
)
def test_what_cannot_be_is_told(
    site: Path, capsys: Said, words: tuple[str, ...], says: str
) -> None:
    """With nothing written."""
    before = found(site)

    assert run(site, *words) == 1
    assert says in capsys.readouterr().err
    assert found(site) == before


@pytest.mark.parametrize("words", [("ack",), ("ack", PATH, "first"), ("translate", PATH)])
def test_words_that_are_missing_or_wrong_are_told(site: Path, words: tuple[str, ...]) -> None:
    """As with every command."""
    with pytest.raises(SystemExit):
        run(site, *words)


def test_translate_shows_what_is_behind_beside_the_translation(site: Path, capsys: Said) -> None:
    """Only the paragraphs that are, with both texts; where none is, it says so."""
    assert run(site, "translate", ORIGINAL, "en") == 0
    assert capsys.readouterr().out == f"{PATH} says what {ORIGINAL} says today\n"
    edit(site, ORIGINAL, "30 ngày", "300 ngày")

    assert run(site, "translate", ORIGINAL, "en") == 0

    said = capsys.readouterr().out
    assert "number `30` is now `300`" in said
    assert "  original     Một bên nói 300 ngày.\n" in said
    assert "  translation  One side says 30 days.\n" in said
    assert "không" not in said


def test_translate_writes_a_new_translation_as_a_draft(site: Path, capsys: Said) -> None:
    """And keeps what it was made from, so that it can be told what changes."""
    (site / PATH).unlink()
    assert run(site, "translate", ORIGINAL, "en") == 0
    written = (site / PATH).read_text("utf-8")
    assert "\ndraft: true\n" in written
    assert written.endswith(TEXT)
    edit(site, ORIGINAL, "30 ngày", "300 ngày")

    assert numbers(behind(site)) == ["paragraph 1: 30 300"]


@pytest.mark.parametrize(
    "of",
    [
        "of: {title: 00000000,\n  text: [00000000]}",
        "of:\n  title: 00000000\n  text:\n    - 00000000\n    - 00000000",
        "of: '000000000000' # by hand",
        "of:   000000000000",
    ],
)
def test_digests_are_replaced_however_they_are_written(site: Path, capsys: Said, of: str) -> None:
    """Comments and all other lines stay."""
    text = (site / PATH).read_text("utf-8")
    (site / PATH).write_text(re.sub("(?m)^of: .*$", of, text), "utf-8")
    assert behind(site) != []

    assert run(site, "ack", PATH) == 0

    now = (site / PATH).read_text("utf-8")
    assert now.replace(" # by hand", "").replace("of:   {", "of: {") == text
    assert ("by hand" in now) == ("by hand" in of)


def test_line_ends_of_other_systems_stay(site: Path, capsys: Said) -> None:
    """And `of:` is put after `translates:` where there is none."""
    text = re.sub("(?m)^of: .*\n", "", (site / PATH).read_text("utf-8"))
    (site / PATH).write_bytes(text.replace("\n", "\r\n").encode())

    assert run(site, "ack", PATH) == 0

    now = (site / PATH).read_bytes()
    assert now.count(b"\n") == now.count(b"\r\n")
    assert re.search(rb"translates: vi\r\nof: \{title: ", now)
    assert behind(site) == []
