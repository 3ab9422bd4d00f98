"""The units of a PO file -> those that are taken, and what is told of those that are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from briefing.commands.translate.po.merged import is_written
from briefing.commands.translate.po.po_file import PoFile, PoUnit
from briefing.commands.translate.po.renamed import (
    renamed_context,
    says_the_same,
    with_links_of,
)
from briefing.commands.translate.po.units import Unit, as_exported
from briefing.model.site import Redirects
from briefing.problems import Place, Problem
from briefing.translation.changes import Part
from briefing.translation.digests import digest_of_words


class Taken(Struct, frozen=True, kw_only=True):
    """A unit whose translation is taken from a PO file."""

    unit: Unit
    translation: str
    """That of the unit itself, if it was only looked through."""
    place: Place
    """Where the translation stands in the PO file."""

    @property
    def is_new(self) -> bool:
        """Whether it is another than the site has."""
        return self.translation != self.unit.translation


Decision = Taken | Problem | None
"""None: nothing was done to the unit."""


def decisions(
    file: PoFile, units: Mapping[str, Unit], redirects: Redirects
) -> Iterator[Taken | Problem]:
    """Yield what is taken of a PO file, and a problem for each translation that is not.

    units: those of the site, by context. redirects: what was renamed in it.
    """
    for po in file.units:
        if po.is_obsolete or not po.source:
            continue
        unit = units.get(po.context) or units.get(renamed_context(po.context, redirects))
        if (decision := _decide(file.path, po, unit)) is not None:
            yield decision


def _decide(path: str, po: PoUnit, unit: Unit | None) -> Decision:
    """Return what becomes of a unit of the PO file at `path`; `unit`: the same of the site."""
    place, written = Place(path, po.translation_line), po.translation.strip()
    if not written:
        return _emptied(place, po)
    if unit is None or not _is_of_today(po, unit):
        return _out_of_date(place, po, unit) if is_written(po) else None
    translation = unit.translation.strip()
    is_changed = is_written(po) if po.exported is not None else written != translation
    written = with_links_of(written, po.source, unit.source)
    if po.is_fuzzy:
        message = "is marked as fuzzy (needs editing), and is not taken"
        cure = "take the mark away once it is right, then take the file again"
        return Problem(place, message, cure) if is_changed and written != translation else None
    if written == translation or not is_changed:
        looked_through = unit.is_stale and written == translation
        return (
            Taken(unit=unit, translation=unit.translation, place=place) if looked_through else None
        )
    as_then = with_links_of(translation, unit.source, po.source)
    if po.exported not in (None, as_exported(translation), as_exported(as_then)):
        return _changed_in_both(place, unit)
    return Taken(unit=unit, translation=written, place=place)


def _is_of_today(po: PoUnit, unit: Unit) -> bool:
    """Whether the original says what it said when the PO file was written."""
    if unit.part is Part.TEXT:
        return says_the_same(po.source, unit.source)
    return digest_of_words(po.source) == digest_of_words(unit.source)


def _emptied(place: Place, po: PoUnit) -> Problem | None:
    """Return what is told of a unit without a translation; None if it had none."""
    if po.exported in (None, "none"):
        return None
    cure = "to take a paragraph out, delete it in the file of the text"
    return Problem(place, "has no translation any more; the site keeps the one it has", cure)


def _out_of_date(place: Place, po: PoUnit, unit: Unit | None) -> Problem:
    """Return what is told of a translation whose original is not as it was."""
    path, _, key = po.context.partition(" ")
    if unit is None and not key:
        message = "is no unit of this site, and is not taken"
        return Problem(place, message, "write the file by `translate --po` first")
    gone = "is no longer there, or has other words" if unit is None else "has other words today"
    message = f"the original, of {path}, {gone}; the translation is not taken"
    cure = "write the file again by `translate --po`, which keeps it, and look it through"
    return Problem(place, message, cure)


def _changed_in_both(place: Place, unit: Unit) -> Problem:
    path = unit.place.path
    message = f"the translation of this part of {path} was changed in the site, too, since the file"
    shown = unit.translation if len(unit.translation) <= 80 else f"{unit.translation[:80]}…"  # noqa: PLR2004
    cure = f"it says `{shown}` there: make both the same, or delete the line `exported:` above"
    return Problem(place, f"{message} was written, and is not taken", cure)
