"""PO files: bytes <-> units.

https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html has the format. polib reads and
writes it: it knows the line of each unit, those that stand there twice, and what the original said
before, which Babel does not. Both take what is badly written for something else, a string without
its end among it, so each line is looked at first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import polib
from msgspec import Struct, field

from briefing.problems import Collector, Place, Problem, mistake, raise_if_any
from briefing.syntax.text import Text, decode_text

_EXPORTED = "exported: "
"""Begins the comment with the mark of what the translation was when the file was written."""
_STRING = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(rf"(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)[ \t]*)?{_STRING}")
"""A line of a unit: a keyword with a string, or more of the string."""
_CHARSET = re.compile(rb"charset=([A-Za-z0-9._:-]+)")
_PLACE_OF_ERROR = re.compile(r"\(line (\d+)\)")
_REPAIR = "open it in the program it comes from, and save it again"


class PoUnit(Struct, frozen=True, kw_only=True):
    """A unit of a PO file."""

    context: str
    source: str
    translation: str = ""
    is_fuzzy: bool = False
    is_obsolete: bool = False
    """Whether the file has it for the record alone."""
    exported: str | None = None
    """The mark of what the translation was when the file was written; None: not known."""
    comments: tuple[str, ...] = ()
    """For the translator, from the program."""
    notes: str = ""
    """What translators noted."""
    previous: str = ""
    """What `source` was when the translation was made; "" where it is the same."""
    place: Place | None = None
    """Where the original stands."""
    line: int = 1
    """Of the unit in the PO file; of the translation in it is `translation_line`."""
    translation_line: int = 1


class PoFile(Struct, frozen=True, kw_only=True):
    """A PO file."""

    path: str
    header: Mapping[str, str]
    units: tuple[PoUnit, ...] = field(default=())

    @property
    def language(self) -> str:
        """The language that it is translated into, as a code of BCP 47; "" if it has none."""
        return self.header.get("Language", "").strip().replace("_", "-").partition(".")[0]


def po_bytes(file: PoFile) -> bytes:
    """Return the bytes of a PO file."""
    written = polib.POFile(wrapwidth=0)
    written.metadata = dict(file.header)
    written.extend(map(_entry, file.units))
    return f"{str(written).rstrip()}\n".encode()


def _entry(unit: PoUnit) -> polib.POEntry:
    exported = [f"{_EXPORTED}{unit.exported}"] if unit.exported is not None else []
    return polib.POEntry(
        msgctxt=unit.context,
        msgid=unit.source,
        msgstr=unit.translation,
        comment="\n".join([*unit.comments, *exported]),
        tcomment=unit.notes,
        occurrences=[(unit.place.path, str(unit.place.line))] if unit.place else [],
        flags=["fuzzy"] if unit.is_fuzzy else [],
        previous_msgid=unit.previous or None,
        obsolete=unit.is_obsolete,
    )


def read_po(path: str, data: bytes) -> PoFile:
    """Return a PO file; `path` is told in problems. Raises Problems with all that is wrong."""
    collector = Collector()
    text = decode_text(path, _as_utf8(path, data), collector)
    collector.add(_broken_lines(text))
    collector.done()
    try:
        # A text that is no path: the library reads what it is given if there is no such file.
        file = polib.pofile(f"\n{text.text}\n")
    except OSError as error:
        found = _PLACE_OF_ERROR.search(str(error))
        place = Place(path, _line(int(found[1]) if found else 0))
        raise mistake(place, "is not written as a PO file is", _REPAIR) from None
    lines = text.text.split("\n")
    units = tuple(_unit(entry, lines) for entry in file)
    raise_if_any([*_refused(path, file), *_repeated(path, units)])
    return PoFile(path=path, header=file.metadata, units=units)


def _as_utf8(path: str, data: bytes) -> bytes:
    """Return the bytes of a file in UTF-8, from the encoding that it names. Raises Problems."""
    named = _CHARSET.search(data)
    charset = named[1].decode() if named else "UTF-8"
    if charset.upper() in {"UTF-8", "UTF8", "CHARSET"}:
        return data
    try:
        return data.decode(charset).encode()
    except (LookupError, UnicodeError):
        message = f"its text is not in the encoding that it names, {charset}"
        raise mistake(Place(path), message, "save it as UTF-8") from None


def _broken_lines(text: Text) -> Iterator[Problem]:
    """Yield a problem for each line that is neither a comment nor a string from end to end.

    So is a unit without a `msgstr`: the library would leave it out.
    """
    waiting, is_context = 0, False
    for number, written in enumerate([*text.text.split("\n"), "#"], 1):
        line = written.strip().removeprefix("#~").strip()
        found = _LINE.fullmatch(line)
        begins = line.startswith("#") or (found and found[1] in {"msgctxt", "msgid"})
        if begins and waiting and not (found and found[1] == "msgid" and is_context):
            yield Problem(Place(text.path, waiting), "the unit has no `msgstr`", _REPAIR)
            waiting = 0
        if line and not line.startswith(("#", "|")) and not found:
            message = "is no line of a PO file: `msgid`, `msgstr` or a text in quotation marks"
            yield Problem(Place(text.path, number), message, _REPAIR)
            waiting = 0
        if found and found[1]:
            is_context = found[1] == "msgctxt"
            waiting = 0 if found[1].startswith("msgstr") else waiting or number


def _line(number: int | None) -> int:
    """Return the line of a file by that of the library, which was given one more before it."""
    return max((number or 0) - 1, 1)


def _unit(entry: polib.POEntry, lines: list[str]) -> PoUnit:
    line = _line(entry.linenum)
    comments = entry.comment.split("\n") if entry.comment else []
    marks = [each.removeprefix(_EXPORTED) for each in comments if each.startswith(_EXPORTED)]
    found = (n for n in range(line, len(lines) + 1) if "msgstr" in lines[n - 1].partition('"')[0])
    return PoUnit(
        context=entry.msgctxt or "",
        source=entry.msgid,
        translation=entry.msgstr.replace("\r\n", "\n").replace("\r", "\n"),
        is_fuzzy=entry.fuzzy,
        is_obsolete=bool(entry.obsolete),
        exported=marks[0].strip() if marks else None,
        comments=tuple(each for each in comments if not each.startswith(_EXPORTED)),
        notes=entry.tcomment,
        previous=entry.previous_msgid or "",
        line=line,
        translation_line=next(found, line),
    )


def _refused(path: str, file: Iterable[polib.POEntry]) -> Iterator[Problem]:
    """Yield a problem for each unit with plural forms, which no text of ours has."""
    for entry in file:
        if entry.msgid_plural or entry.msgstr_plural:
            message = "the unit has plural forms, and a text has none"
            yield Problem(Place(path, _line(entry.linenum)), message, "take the unit away")


def _repeated(path: str, units: Iterable[PoUnit]) -> Iterator[Problem]:
    """Yield a problem for each unit that stands in the file twice."""
    first: dict[tuple[str, str], int] = {}
    for unit in units:
        if unit.is_obsolete:
            continue
        key = (unit.context, unit.source)
        if key in first:
            message = f"the unit of line {first[key]} stands here again"
            yield Problem(Place(path, unit.line), message, "keep the one that is right")
        first.setdefault(key, unit.line)
