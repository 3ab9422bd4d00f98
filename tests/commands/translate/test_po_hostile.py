"""PO files as other programs and accidents leave them: taken, or refused with a line."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.commands.translate.po.po_file import PoFile, PoUnit, po_bytes, read_po
from briefing.problems import Problems
from support.disk import found
from support.new_sites import init
from support.nightly import examples
from support.po_files import edit_units, exported, says, take, units

HEADER = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
UNIT = 'msgctxt "content/a.vi.md title"\nmsgid "Một"\nmsgstr "One"\n'
FIRST = HEADER.count("\n") + 1
"""The line after the header."""
Said = pytest.CaptureFixture[str]


def told(text: str | bytes) -> list[str]:
    """Give what is told of a PO file, as `line message`."""
    try:
        read_po("en.po", text if isinstance(text, bytes) else text.encode())
    except Problems as problems:
        return [f"{each.place.line} {each.message}" for each in problems]
    return []


@pytest.mark.parametrize(
    ("unit", "line", "message"),
    [
        ('msgid "a"\nmsgstr "b\n', 1, "is no line of a PO file"),
        ('msgid "a"\nmsgstr "b"c"\n', 1, "is no line of a PO file"),
        ('msgid "a"\nmsgstr "b\\"\n', 1, "is no line of a PO file"),
        ('msgid "a"\nmsgstr “b”\n', 1, "is no line of a PO file"),
        ('msgid "a"\n', 0, "the unit has no `msgstr`"),
        ('msgctxt "c"\nmsgid "a"\n', 0, "the unit has no `msgstr`"),
        ('msgid "a"\n\n#. next\nmsgid "b"\nmsgstr ""\n', 0, "the unit has no `msgstr`"),
        ('msgstr "b"\n', 0, "is not written as a PO file is"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 2, "is not written as a PO file is"),
        ('msgid "a"\nmsgstr "b"\n<<<<<<< ours\n', 2, "a merge was left unfinished"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 3, "stands here again"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "c"\n', 0, "has plural forms"),
        ('msgid "a"\nmsgstr "b\u202e"\n', 1, "is not allowed"),
        ('msgid "a"\nmsgstr "b\u2028c"\n', 1, "is not allowed"),
        ("---\ntitle: a\n---\n", 0, "is no line of a PO file"),
    ],
)
def test_what_is_no_po_file_is_told_with_its_line(unit: str, line: int, message: str) -> None:
    """A library would leave some of it out in silence."""
    first, *_ = told(HEADER + unit)
    assert first.startswith(f"{FIRST + line} ")
    assert message in first


def test_all_that_is_wrong_is_told_in_one_run() -> None:
    """In the order of the file."""
    wrong = f'{HEADER}msgid "a"\nmsgstr "b\n\nmsgid "c"\n\n{UNIT}msgid x\n'
    assert [each.partition(" ")[0] for each in told(wrong)] == ["7", "9", "14"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("UTF-8", "utf-8").encode(),
        lambda text: (
            text.replace("UTF-8", "UTF-16").replace("Một", "Mot").encode("ascii")[:0]
            or text.replace("UTF-8", "windows-1258")
            .replace("Một", "M\u00f4\u0323t")
            .encode("cp1258")
        ),
        lambda text: text.replace("charset=UTF-8", "charset=CHARSET").encode(),
        lambda text: text.replace('"One"', '""\n"On"\n"e"').encode(),
        lambda text: text.replace("msgid", "  msgid").encode(),
        lambda text: (text + '\n#~ msgid "Cũ"\n#~ msgstr "Old"\n\n#~| msgid "x"\n').encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["crlf", "bom", "lower", "legacy", "template", "wrapped", "indented", "obsolete", "no-end"],
)
def test_what_other_programs_write_is_read(change: object) -> None:
    """Line ends, marks, encodings, wrapped lines, and units for the record."""
    assert callable(change)
    file = read_po("en.po", change(HEADER + UNIT))
    (unit,) = [each for each in file.units if not each.is_obsolete]
    assert (unit.source, unit.translation) == ("Một", "One")
    assert file.language == "en"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig-of-some", "rot13", "us-ascii"])
def test_an_encoding_that_cannot_be_is_refused(encoding: str) -> None:
    """What the file says that it is written in must be so."""
    text = (HEADER + UNIT).replace("UTF-8", encoding)
    data = text.encode("utf-16") if encoding == "utf-16" else text.encode()
    assert told(data) != []


def test_a_file_of_another_site_or_language_is_told(tmp_path: Path, capsys: Said) -> None:
    """Nothing of it is taken."""
    site = tmp_path / "site"
    init(site, "vi,en")
    before, path = found(site), tmp_path / "x.po"
    path.write_text(HEADER + UNIT.replace("content/a.vi.md title", "menu"), "utf-8")
    assert take(site, path) == 0
    assert f"{path}:{FIRST + 2}:1: is no unit of this site" in capsys.readouterr().out
    path.write_text(HEADER + UNIT, "utf-8")
    assert take(site, path) == 0
    assert "is no longer there" in capsys.readouterr().out
    for header in (HEADER.replace("Language: en", "Language: xx"), HEADER.replace("Language", "X")):
        path.write_text(header + UNIT, "utf-8")
        assert take(site, path) == 1
        assert "language" in capsys.readouterr().err
    assert found(site) == before


def test_a_translation_that_was_taken_out_stays_in_the_site(tmp_path: Path, capsys: Said) -> None:
    """It is told; a file that lacks units takes the others."""
    site = tmp_path / "site"
    init(site, "vi,en")
    before, path = found(site), exported(site, "en")
    first, second, *_ = [each for each in units(path) if each.msgstr]
    edit_units(path, says(""), first.msgid)
    assert take(site, path) == 0
    assert "has no translation any more" in capsys.readouterr().out
    path.write_bytes(path.read_bytes().split(b"\n\n")[0] + b"\n")
    assert take(site, path) == 0
    assert found(site) == before
    assert second.msgstr


def test_without_the_marks_of_the_program_what_is_other_is_taken(
    tmp_path: Path, capsys: Said
) -> None:
    """Some programs drop the comments."""
    site = tmp_path / "site"
    init(site, "vi,en")
    before, path = found(site), exported(site, "en")
    edit_units(path, lambda entry: setattr(entry, "comment", ""))
    assert take(site, path) == 0
    assert found(site) == before
    edit_units(path, says("Another title"), units(path)[0].msgid)
    assert take(site, path) == 0
    changed = [name for name, data in found(site).items() if before.get(name) != data]
    assert len([name for name in changed if "/.translated/" not in name]) == 1


TEXTS = st.text(
    st.one_of(
        st.sampled_from('"\\\n\t #~|[]()%{}'),
        st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S"]),
    ),
    max_size=30,
).filter(
    lambda text: (
        not told(
            po_bytes(PoFile(path="", header={}, units=(PoUnit(context="c", source=f"a{text}"),)))
        )
    )
)


@examples(150)
@given(TEXTS, TEXTS, st.booleans())
@example('\\"\\\\n', "\n\n", True)
def test_what_is_written_is_read_again(source: str, translation: str, fuzzy: bool) -> None:
    """Quotation marks, backslashes and line ends, in the text and before it."""
    unit = PoUnit(
        context="c",
        source=f"a{source}",
        translation=translation,
        is_fuzzy=fuzzy,
        comments=("One.", "Two: “b”"),
        exported="none",
        previous="x\ny" if fuzzy else "",
    )
    header = {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}
    (read,) = read_po("en.po", po_bytes(PoFile(path="", header=header, units=(unit,)))).units

    fields = ("context", "source", "translation", "is_fuzzy", "comments", "exported", "previous")
    for name in fields:
        wanted = getattr(unit, name)
        assert getattr(read, name) == (
            normalize("NFC", wanted) if isinstance(wanted, str) else wanted
        )


@examples(300)
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    'msgid "a"',
                    'msgstr "b"',
                    'msgctxt "c"',
                    '"more"',
                    "#, fuzzy",
                    "#. note",
                    "#| x",
                ),
                *(
                    '#~ msgid "o"',
                    '#~ msgstr "p"',
                    "",
                    'msgid ""',
                    'msgstr[0] "d"',
                    "#",
                    "#~",
                    "##",
                ),
                *(
                    'msgid_plural "e"',
                    '"',
                    "msgid",
                    "#: a.md:x",
                    "#, ",
                    '#| msgid "z"',
                    "#~| msgid",
                ),
            ]
        ),
        max_size=12,
    )
)
def test_lines_in_any_order_are_read_or_refused(lines: list[str]) -> None:
    """Nothing but Problems is raised."""
    assert isinstance(told("\n".join([HEADER, *lines])), list)
