"""The command `prove`: what was found in the kept texts is noted in the articles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.commands.main import main
from support.disk import found, plant
from support.sites import Sources

TALKS = """Hai hội đồng họp tại Huế lúc 3 giờ sáng, không ai nhắc đến lệ phí.
Không khí nồng ấm: ai cũng nói mình sống bên cùng một dòng sông.
Các con đập sẽ mở vào tháng 5, để có nước và cá.
"""
COUNT = "Đã có hơn 60 phần trăm đi bầu."
STATEMENT, LEAD = "river-talks/statement", "content/river-talks/statement.vi.md"
VOTE = "content/vote/count.vi.md"
NOTED = re.compile(
    rb"^proved: \{on: 20\d\d-\d\d-\d\d, text: [0-9a-f]{12}, passages: \[.*\]\}$", re.MULTILINE
)
DAY = ("--as-of", "2026-01-01")
Said = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, small: Sources) -> Path:
    """The small site, with the texts of two articles."""
    texts = {f".sources/{STATEMENT}.txt": TALKS, ".sources/vote/count.txt": COUNT}
    plant(tmp_path, small | {path: text.encode() for path, text in texts.items()})
    return tmp_path


def run(project: Path, command: str, *words: str) -> int:
    return main([command, "--root", str(project), *words])


def locators(project: Path, capsys: Said) -> str:
    """Give what `check` says of the locators."""
    capsys.readouterr()
    assert run(project, "check", *DAY) == 0
    return capsys.readouterr().out.partition("locators: ")[2].splitlines()[0]


def forget_texts(project: Path) -> None:
    """Leave the sources as a fresh clone has them."""
    for path in (project / ".sources").rglob("*.txt"):
        path.unlink()


def test_what_is_found_is_noted_and_all_else_stays(project: Path, capsys: Said) -> None:
    """One line, the last of the front matter; without the texts it is proved as well."""
    before = found(project)
    assert run(project, "prove") == 0
    said = capsys.readouterr().out
    after = found(project)
    assert "note: .sources/river-talks/gazette.txt is not kept" in said
    assert "2 articles noted, 0 noted already" in said
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {LEAD, VOTE}
    for path in changed:
        (line,) = NOTED.findall(after[path])
        assert after[path].replace(line + b"\n", b"") == before[path]
        assert after[path].split(line)[1].startswith(b"\n---\n")
    assert "8 of 25 proved here; 17 never proved" in locators(project, capsys)
    forget_texts(project)
    counts = r"8 of 25 proved on 20\d\d-\d\d-\d\d, unchanged since; 17 never proved"
    assert re.fullmatch(counts, locators(project, capsys))


def test_the_same_again_changes_nothing(project: Path, capsys: Said) -> None:
    """Not the day either."""
    assert run(project, "prove") == 0
    lead = project / LEAD
    written = re.sub(rb"on: 20\d\d-\d\d-\d\d", b"on: 2025-12-01", lead.read_bytes())
    lead.write_bytes(written)
    capsys.readouterr()
    assert run(project, "prove", STATEMENT) == 0
    assert "7 of 7 passages found; 0 articles noted, 1 noted already" in capsys.readouterr().out
    assert lead.read_bytes() == written


def test_what_is_not_found_is_told_and_not_noted(project: Path, capsys: Said) -> None:
    """The others are; readers are told of no proof of such an article."""
    text = project / f".sources/{STATEMENT}.txt"
    text.write_text(TALKS.replace("tại Huế", "tại Vinh"), encoding="utf-8")
    assert run(project, "prove", "river-talks") == 0
    said = capsys.readouterr().out
    assert f"warning: {LEAD}:14:35: at: `tại Huế` is not in the kept text" in said
    assert "6 of 7 passages found" not in said  # the other articles of the topic are counted too
    assert "6 of " in said
    (line,) = NOTED.findall((project / LEAD).read_bytes())
    assert line.count(b",") == 2 + 5
    assert not NOTED.findall((project / VOTE).read_bytes())


def test_a_locator_that_is_changed_loses_its_proof(project: Path, capsys: Said) -> None:
    """That is told where no text is kept; proved again, the old note gives way."""
    assert run(project, "prove") == 0
    lead = project / LEAD
    lead.write_bytes(
        lead.read_bytes().replace("at: nồng ấm".encode(), "at: Không khí nồng ấm".encode())
    )
    forget_texts(project)
    assert "7 of 25 proved on" in locators(project, capsys)
    assert "1 changed since it was proved" in locators(project, capsys)
    plant(project, {f".sources/{STATEMENT}.txt": TALKS.encode()})
    assert run(project, "prove", STATEMENT) == 0
    assert len(NOTED.findall(lead.read_bytes())) == 1
    forget_texts(project)
    assert "8 of 25 proved on" in locators(project, capsys)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"checked: all", b"# note\nchecked: all  # yes"),
        lambda data: data.replace("hơn".encode(), "ho\u031bn".encode()),
        lambda data: data.replace(
            b"claims:\n",
            b"proved: {on: 2025-01-01, text: 0123456789ab, passages: []}  # old\nclaims:\n",
        ),
    ],
)
def test_all_other_bytes_stay_in_whatever_way_a_file_is_written(
    project: Path, small: Sources, change: object
) -> None:
    """Line ends, a mark at the start, comments, Unicode forms, and a note that was there."""
    assert callable(change)
    lead = project / VOTE
    lead.write_bytes(change(small[VOTE]))
    before = lead.read_bytes()
    assert run(project, "prove", "vote/count") == 0
    note = re.compile(rb"proved: \{[^}]*\}")
    after = lead.read_bytes()
    assert len(note.findall(after)) == 1
    if note.search(before):
        assert note.sub(b"", after) == note.sub(b"", before)
    else:
        assert re.sub(rb"proved: [^\n]*\n", b"", after) == before
    assert run(project, "check", *DAY) == 0


def test_front_matter_in_braces_takes_a_note(project: Path) -> None:
    """As its first field."""
    lead = project / VOTE
    claim = "{point: turnout, says: over 60, by: ministry, at: hơn 60 phần trăm}"
    matter = f"{{title: Xong, outlet: ministry, published: 2025-05-02, claims: [{claim}]}}"
    lead.write_text(f"---\n{matter}\n---\nĐã kiểm phiếu.\n", encoding="utf-8")
    assert run(project, "prove", "vote/count") == 0
    assert lead.read_text(encoding="utf-8").startswith("---\n{proved: {on: ")


@pytest.mark.parametrize(
    ("files", "words", "told"),
    [
        ({}, ["river-talks/statment"], "did you mean `river-talks/statement`?"),
        ({}, ["vote", "no-such-topic"], "there is no topic or article `no-such-topic`"),
        ({LEAD: b"---\ntitle: [\n---\n"}, [], LEAD),
    ],
)
def test_what_cannot_be_is_told_and_nothing_written(
    project: Path, capsys: Said, files: dict[str, bytes], words: list[str], told: str
) -> None:
    """An unknown name, or mistakes in the content: every file is as it was."""
    plant(project, files)
    before = found(project)
    assert run(project, "prove", *words) == 1
    assert told in capsys.readouterr().err
    assert found(project) == before


def test_a_note_that_somebody_has_rewritten_is_left_alone(project: Path, capsys: Said) -> None:
    """What stands in it may be meant."""
    lead = project / VOTE
    note = "proved:\n  on: 2025-01-01  # by me\n  text: 0123456789ab\n  passages: []\n"
    lead.write_text(
        lead.read_text(encoding="utf-8").replace("claims:\n", f"{note}claims:\n"), encoding="utf-8"
    )
    before = found(project)
    assert run(project, "prove") == 1
    assert "proved: is not as the command `prove` writes it" in capsys.readouterr().err
    assert found(project) == before


def test_a_site_may_demand_that_all_is_proved(project: Path, capsys: Said) -> None:
    """`check` then fails, with each locator that is not; `build` does not."""
    config = project / "site.yaml"
    config.write_bytes(config.read_bytes() + b"proof: required\n")
    assert run(project, "check", *DAY) == 1
    told = capsys.readouterr().err
    assert told.count(" was never proved") == 17
    assert "keep the text of the article as .sources/river-talks/gazette.txt" in told
    assert run(project, "build", *DAY) == 0
    assert run(project, "prove") == 0
    forget_texts(project)
    capsys.readouterr()
    assert run(project, "check", *DAY) == 1
    assert capsys.readouterr().err.count(" was never proved") == 17


def test_readers_see_on_what_day_passages_were_checked(project: Path) -> None:
    """Of articles of which all were found; the data say so too."""
    assert run(project, "build", *DAY) == 0
    page = project / "output/vi/river-talks/statement/index.html"
    assert "Đoạn trích dẫn" not in page.read_text(encoding="utf-8")
    assert run(project, "prove") == 0
    lead = project / LEAD
    lead.write_bytes(re.sub(rb"on: 20\d\d-\d\d-\d\d", b"on: 2025-12-01", lead.read_bytes()))
    assert run(project, "build", *DAY) == 0
    said = "đã đối chiếu ngày 1/12/2025 với văn bản chúng tôi đọc"
    assert said in page.read_text(encoding="utf-8")
    data = (project / "output/data/river-talks.json").read_text(encoding="utf-8")
    assert data.count('"proved": "2025-12-01"') == 1
    gazette = project / "output/vi/river-talks/gazette/index.html"
    assert "đã đối chiếu" not in gazette.read_text(encoding="utf-8")
