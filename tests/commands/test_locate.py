"""The command `locate`: words of an article, as they are typed, to the line of a claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.commands.main import main
from support.disk import found, plant
from support.sites import Sources

TEXT = """Bộ Sông ngòi họp tại Huế lúc 3 giờ sáng.

Các con đập sẽ mở vào tháng 5, để có nước và cá; và lại mở vào tháng 9.
Bản dịch: the dams will open: in May.
"""
STATEMENT = "river-talks/statement"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, small: Sources) -> Path:
    """The small site, with the text of an article."""
    plant(tmp_path, small | {f".sources/{STATEMENT}.txt": TEXT.encode()})
    return tmp_path


def locate(project: Path, *words: str) -> int:
    return main(["locate", "--root", str(project), *words])


def test_words_become_the_line_of_a_claim(project: Path, capsys: Said) -> None:
    """However they were typed; beside the line stands where it is."""
    before = found(project)
    assert locate(project, STATEMENT, "CON DAP se mo") == 0
    assert capsys.readouterr().out == (
        ".sources/river-talks/statement.txt:3: Các »con đập sẽ mở« vào tháng 5, để có nước và cá;"
        " và lại mở vào …\n"
        "  - {point: …, says: …, at: con đập sẽ mở}\n"
    )
    assert found(project) == before


def test_the_locator_alone_is_printed_for_a_claim_that_is_there(
    project: Path, capsys: Said
) -> None:
    """Words need no quotes, and an article may be named by a file of it."""
    for name in (STATEMENT, f"content/{STATEMENT}.vi.md", f".sources/{STATEMENT}.txt"):
        assert locate(project, name, "tai", "hue", "--at-only") == 0
        assert capsys.readouterr().out.splitlines()[1:] == ["    at: tại Huế"]


def test_every_place_is_shown_with_a_locator_of_its_own(project: Path, capsys: Said) -> None:
    """Whoever looks chooses."""
    assert locate(project, STATEMENT, "mở vào tháng") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1::2] == [
        "  - {point: …, says: …, at: {start: mở vào tháng, after: 5}}",
        "  - {point: …, says: …, at: {start: mở vào tháng, after: 9}}",
    ]


def test_the_language_of_the_words_may_be_another(project: Path, capsys: Said) -> None:
    """As of a translation that is printed with the article; it is a language that there is."""
    assert locate(project, STATEMENT, "in may", "--lang", "en") == 0
    assert "at: {start: in May, lang: en}}" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        locate(project, STATEMENT, "in may", "--lang", "klingon")
    assert stopped.value.code == 2


def test_words_that_are_nowhere_are_told_with_the_nearest(project: Path, capsys: Said) -> None:
    """Nothing is guessed."""
    assert locate(project, STATEMENT, "mơ vàoo thang 5") == 1
    told = capsys.readouterr().err
    assert ".sources/river-talks/statement.txt:1:1: `mơ vàoo thang 5` is not in the text" in told
    assert "nearest to it: Các con đập sẽ »mở vào tháng 5«" in told
    assert "(line 3)" in told


@pytest.mark.parametrize(
    ("article", "told"),
    [
        ("river-talks/gazette", ".sources/river-talks/gazette.txt:1:1: the text of"),
        ("river-talks/statment", "did you mean `river-talks/statement`?"),
        ("nothing", "there is no article `nothing`"),
    ],
)
def test_an_article_without_a_text_is_told_with_the_cure(
    project: Path, capsys: Said, article: str, told: str
) -> None:
    """So is one that is not there."""
    assert locate(project, article, "mở") == 1
    assert told in capsys.readouterr().err


def test_half_written_claims_are_in_nobody_s_way(project: Path, capsys: Said) -> None:
    """That is when words are looked for: a line was pasted, and is not filled in yet."""
    lead = project / f"content/{STATEMENT}.vi.md"
    written = lead.read_text(encoding="utf-8")
    lead.write_text(written.replace("point: began", "point: …"), encoding="utf-8")
    assert locate(project, STATEMENT, "tai hue") == 0
    assert "at: tại Huế" in capsys.readouterr().out


@pytest.mark.parametrize("words", [(), (STATEMENT,), (STATEMENT, " ")])
def test_without_words_the_usage_is_said(project: Path, words: tuple[str, ...]) -> None:
    """Exit status 2, as for any wrong usage."""
    with pytest.raises(SystemExit) as stopped:
        locate(project, *words)
    assert stopped.value.code == 2
