"""The texts of a language in a PO file, in which the programs of translators find no mistake."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po as read_as_babel_does

from briefing.commands.main import main
from support.disk import found, plant
from support.new_sites import init
from support.po_files import edit_units, exported, gettext, run, says, take, units
from support.sites import Sources

Said = pytest.CaptureFixture[str]
CALL = "content/trump-putin-call-2025-03/topic.vi.md"
OF_LANGUAGES = (
    *("acronyms", "doublewords", "long", "musttranslatewords", "notranslatewords", "numbers"),
    *("puncspacing", "sentencecount", "short", "simplecaps", "spellcheck", "startcaps"),
    *("doublequoting", "singlequoting", "startpunc", "endpunc"),
)
"""Checks of pofilter for how a language writes: quotation marks, days (18/3 is 18 March)."""


@pytest.fixture
def project(own: Sources, tmp_path: Path) -> Path:
    """The content of this project."""
    plant(tmp_path / "site", own)
    return tmp_path / "site"


def pofilter(path: Path) -> list[str]:
    """Give what the checks of translate-toolkit say of a file."""
    told = path.parent / "told.po"
    excluded = [f"--excludefilter={each}" for each in OF_LANGUAGES]
    command = ["-m", "translate.filters.pofilter", "--progress=none", "--nofuzzy", "--language=en"]
    subprocess.run(
        [sys.executable, *command, *excluded, str(path), str(told)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return re.findall(r"\(pofilter\) (.*)", told.read_text("utf-8")) if told.exists() else []


def test_the_file_of_the_real_content_passes_the_checks_of_pofilter(project: Path) -> None:
    """And they would find what is wrong: a link that is gone, an empty translation."""
    path = exported(project, "en")
    assert len(units(path)) > 50
    assert pofilter(path) == []

    edit_units(path, says("  "), units(path)[2].msgid)
    edit_units(path, says("Four articles (three"), units(path)[-2].msgid)
    assert pofilter(path) != []


def test_gettext_takes_the_file_and_merges_it(project: Path, tmp_path: Path) -> None:
    """`msgfmt --check` has nothing to say; `msgmerge` leaves every translation as it is."""
    path = exported(project, "en")
    said = gettext("msgfmt", "--check", "--verbose", "--output-file=/dev/null", str(path))
    assert re.fullmatch(r"\d+ translated messages\.\n", said)

    template = tmp_path / "new.pot"
    template.write_bytes(path.read_bytes())
    edit_units(template, says(""))
    gettext("msgmerge", "--quiet", "--update", str(path), str(template))
    before = found(project)
    assert take(project, path) == 0
    assert found(project) == before


@pytest.mark.parametrize("languages", ["vi,en", "en,ar", "zh-Hans,ja,es", "fr,ru"])
def test_gettext_takes_the_files_of_new_sites(tmp_path: Path, languages: str) -> None:
    """In every script."""
    init(tmp_path / "site", languages)
    path = exported(tmp_path / "site", languages.split(",")[1])
    gettext("msgfmt", "--check", "--output-file=/dev/null", str(path))


def test_other_readers_of_po_files_find_the_same_units(project: Path) -> None:
    """Babel, and translate-toolkit, on which Weblate is built."""
    from translate.storage.factory import getobject  # noqa: PLC0415 — it takes long to load

    path = exported(project, "en")
    ours = [(each.msgctxt, each.msgid, each.msgstr) for each in units(path)]
    with path.open("rb") as file:
        babel = [
            (each.context, each.id, each.string) for each in read_as_babel_does(file) if each.id
        ]
    toolkit = [
        (unit.getcontext(), str(unit.source), str(unit.target))
        for unit in getobject(str(path)).units
        if not unit.isheader()
    ]
    assert babel == ours
    assert toolkit == ours


def test_a_unit_says_what_and_where_it_is(project: Path) -> None:
    """The place in the file, the page, and what of it stays as it is."""
    path = exported(project, "en")
    (unit,) = [each for each in units(path) if "halt-agreed" in each.msgid]
    lines = (project / CALL).read_text("utf-8").split("\n")

    assert unit.msgctxt.startswith(f"{CALL} ")
    ((name, line),) = unit.occurrences
    assert name == CALL
    assert lines[int(line) - 1] == unit.msgid
    what, kept, mark = unit.comment.split("\n")
    address = "https://example.org/briefing/vi/trump-putin-call-2025-03/"
    assert re.fullmatch(rf"Paragraph 1 of \d+: {address}#_p1", what)
    assert kept.startswith("Leave as they are: (point:halt-agreed) (point:settlement)")
    assert re.fullmatch("exported: [0-9a-f]{8}", mark)


def test_the_name_of_a_unit_stays_when_other_paragraphs_change(project: Path) -> None:
    """One that is put before it, and one that is changed."""
    before = Counter(each.msgctxt for each in units(exported(project, "en")))
    text = (project / CALL).read_text("utf-8")
    head, body = text.split("\n---\n")
    first, second, rest = body.split("\n\n", 2)
    (project / CALL).write_text(
        f"{head}\n---\nMới.\n\n{first}\n\n{second} Thêm.\n\n{rest}", "utf-8"
    )

    after = Counter(each.msgctxt for each in units(exported(project, "en")))

    assert len(before - after) == 1
    assert len(after - before) == 2
    assert not [name for name, count in after.items() if count > 1]


def test_paragraphs_with_the_same_words_are_units_of_their_own(project: Path, capsys: Said) -> None:
    """Each has its translation."""
    for language, word in (("vi", "Hết."), ("en", "The end.")):
        path = project / f"content/about.{language}.md"
        path.write_text(f"{path.read_text('utf-8').rstrip()}\n\n{word}\n\n{word}\n", "utf-8")
    assert run(project, "ack", "content/about.en.md") == 0
    file = exported(project, "en")
    one, other = [each for each in units(file) if each.msgid == "Hết."]
    assert other.msgctxt == f"{one.msgctxt} 2"
    entries = polib.pofile(str(file))
    next(each for each in entries if each.msgctxt == other.msgctxt).msgstr = "That was the end."
    entries.save()

    assert take(project, file) == 0
    text = (project / "content/about.en.md").read_text("utf-8")
    assert text.endswith("\n\nThe end.\n\nThat was the end.\n")


def test_a_second_export_is_the_same_file(
    project: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without `--output` it stands beside site.yaml, and is no source of the site."""
    before = found(project)
    monkeypatch.chdir(project)
    assert run(project, "translate", "--po", "en") == 0
    assert capsys.readouterr().out == "en.po: 55 units, 55 translated\n"
    path = project / "en.po"
    assert set(found(project)) - set(before) == {"en.po"}
    first = path.read_bytes()
    assert run(project, "translate", "--po", "en") == 0
    assert path.read_bytes() == first
    assert ", as it was" in capsys.readouterr().out
    assert run(project, "check") == 0


def test_an_export_keeps_what_is_not_taken_yet(project: Path, capsys: Said) -> None:
    """With the notes of translators; of an original that has changed it is kept for the record."""
    path = exported(project, "en")
    first, second = [each.msgid for each in units(path) if each.msgid.startswith("## ")][:2]
    edit_units(path, says("## Voices count"), first)
    edit_units(path, lambda entry: setattr(entry, "tcomment", "Ask the editor."), first)
    edit_units(path, says("## Computed"), second)
    about = project / "content/about.vi.md"
    about.write_text(about.read_text("utf-8").replace(second, f"{second}!"), "utf-8")
    capsys.readouterr()

    exported(project, "en")

    assert "1 translations in it are not in the site yet" in capsys.readouterr().out
    (kept,) = [each for each in units(path) if each.msgid == first]
    assert (kept.msgstr, kept.tcomment) == ("## Voices count", "Ask the editor.")
    (gone,) = polib.pofile(str(path)).obsolete_entries()
    assert (gone.msgid, gone.msgstr) == (second, "## Computed")
    assert take(project, path) == 0
    assert "## Voices count\n" in (project / "content/about.en.md").read_text("utf-8")
    capsys.readouterr()
    exported(project, "en")
    assert "not in the site yet" not in capsys.readouterr().out
    assert polib.pofile(str(path)).obsolete_entries()
    assert take(project, path) == 0
    assert capsys.readouterr().out == f"{path}: nothing in it is new\n"


def test_what_was_looked_through_stays_so_when_the_file_is_written_again(
    project: Path, capsys: Said
) -> None:
    """And is noted when it is taken."""
    text = (project / CALL).read_text("utf-8")
    (project / CALL).write_text(text.replace("title: ", "title: Mới, ", 1), "utf-8")
    text = (project / CALL).read_text("utf-8").replace('title: Mới, "', 'title: "Mới, ')
    (project / CALL).write_text(text, "utf-8")
    path = exported(project, "en")
    (stale,) = [each for each in units(path) if each.fuzzy]
    edit_units(path, lambda entry: entry.flags.clear(), stale.msgid)
    exported(project, "en")
    assert not [each for each in units(path) if each.fuzzy]
    capsys.readouterr()
    assert take(project, path) == 0
    assert "topic.en.md: 1 noted as right" in capsys.readouterr().out


def test_drafts_are_left_out_until_they_are_translated(project: Path, capsys: Said) -> None:
    """And that is told."""
    text = project / "content/alaska-summit-2025-08/vietnamplus.vi.md"
    text.write_text(text.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    other = text.with_name("vietnamplus.en.md")
    assert any("vietnamplus" in each.msgctxt for each in units(exported(project, "en")))
    other.unlink()
    capsys.readouterr()

    path = exported(project, "en")

    assert not any("vietnamplus" in each.msgctxt for each in units(path))
    told = f"left out: {text.relative_to(project)}, which is a draft"
    assert told in capsys.readouterr().out


def test_what_a_machine_made_is_said_to_be_that(project: Path) -> None:
    """Until a person has reviewed it."""
    text = project / "content/alaska-summit-2025-08/vietnamplus.en.md"
    written = text.read_text("utf-8")
    for state, count in (("true", 7), ("reviewed", 0)):
        text.write_text(written.replace("---\n", f"---\nmachine: {state}\n", 1), "utf-8")
        said = [each.comment for each in units(exported(project, "en"))]
        assert sum("A machine has translated this" in each for each in said) == count


@pytest.mark.parametrize(
    ("words", "says_what"),
    [
        (("--po", "xx"), "no language `xx`"),
        (("--po", "en", "--output", "no/such/en.po"), "is no folder"),
        (("--take", "no-such.po"), "cannot be read"),
        (("--take", "."), "cannot be read"),
    ],
)
def test_what_cannot_be_is_told(
    project: Path, capsys: Said, words: tuple[str, ...], says_what: str
) -> None:
    """With nothing written."""
    before = found(project)
    assert run(project, "translate", *words) == 1
    assert says_what in capsys.readouterr().err
    assert found(project) == before


def test_another_file_is_not_written_over(project: Path, capsys: Said) -> None:
    """One in another language, or one that is no PO file."""
    path = project / "en.po"
    for content, told in (
        ('msgid ""\nmsgstr "Language: vi\\n"\n', "language `en`"),
        ("a\n", "no line"),
    ):
        path.write_text(content, "utf-8")
        assert run(project, "translate", "--po", "en") == 1
        assert told in capsys.readouterr().err
        assert path.read_text("utf-8") == content


@pytest.mark.parametrize(
    "words",
    [
        ("--po", "en", "--take", "en.po"),
        ("content/about.vi.md", "en", "--po", "en"),
        ("--output", "en.po"),
        ("--take", "en.po", "--output", "vi.po"),
        ("--po",),
    ],
)
def test_one_thing_is_asked_for_at_a_time(words: tuple[str, ...]) -> None:
    """As the help says."""
    with pytest.raises(SystemExit):
        main(["translate", *words])
