"""A new PO file, with what translators had written into the one that was there before."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from briefing.commands.translate.po.po_file import PoUnit
from briefing.commands.translate.po.renamed import (
    renamed_context,
    says_the_same,
    with_links_of,
)
from briefing.commands.translate.po.units import as_exported
from briefing.model.site import Redirects


class Merged(Struct, frozen=True, kw_only=True):
    """The units of a new PO file, in which what translators wrote is kept."""

    units: tuple[PoUnit, ...]
    waiting: int
    """How many of them have a translation that the site does not have yet."""


def merge(units: Iterable[PoUnit], before: Iterable[PoUnit], redirects: Redirects) -> Merged:
    """Return new units with what translators wrote into those that were there before.

    What belongs to no new unit stays, marked as obsolete. redirects: what was renamed since.
    """
    old = {renamed_context(unit.context, redirects): unit for unit in before if unit.source}
    merged, waiting = [], 0
    for unit in units:
        was = old.get(unit.context)
        if was is None or not says_the_same(was.source, unit.source):
            merged.append(unit)
            continue
        del old[unit.context]
        kept = _kept(unit, was)
        merged.append(kept)
        waiting += (kept.translation, kept.is_fuzzy) != (unit.translation, unit.is_fuzzy)
    gone = [unit for unit in old.values() if unit.is_obsolete or is_written(unit)]
    obsolete = [
        replace(unit, is_obsolete=True, comments=(), exported=None, place=None) for unit in gone
    ]
    return Merged(units=(*merged, *obsolete), waiting=waiting)


def _kept(unit: PoUnit, was: PoUnit) -> PoUnit:
    """Return a new unit with what was written into the same one before."""
    noted = replace(unit, notes=was.notes)
    written = with_links_of(was.translation, was.source, unit.source)
    if was.is_obsolete or not written:
        return noted
    if written == unit.translation:  # one that was looked through stays so
        return replace(noted, is_fuzzy=unit.is_fuzzy and was.is_fuzzy)
    if not is_written(was):
        return noted
    as_then = as_exported(with_links_of(unit.translation, unit.source, was.source))
    return replace(
        noted,
        translation=written,
        is_fuzzy=was.is_fuzzy,
        exported=unit.exported if was.exported == as_then else was.exported,
    )


def is_written(unit: PoUnit) -> bool:
    """Whether a translator has written into a unit since it was exported."""
    written = unit.translation.strip()
    return bool(written) and as_exported(written) != unit.exported
