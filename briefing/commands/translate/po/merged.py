"""A new PO file, with what translators had written into the one that was there before."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from briefing.commands.translate.po.po_file import PoUnit
from briefing.commands.translate.po.units import as_exported


class Merged(Struct, frozen=True, kw_only=True):
    """The units of a new PO file, in which what translators wrote is kept."""

    units: tuple[PoUnit, ...]
    waiting: int
    """How many of them have a translation that the site does not have yet."""


def merge(units: Iterable[PoUnit], before: Iterable[PoUnit]) -> Merged:
    """Return new units with what translators wrote into those that were there before.

    What belongs to no new unit stays, marked as obsolete.
    """
    old = {(unit.context, unit.source): unit for unit in before}
    merged, waiting = [], 0
    for unit in units:
        was = old.pop((unit.context, unit.source), None)
        merged.append(replace(unit, notes=was.notes) if was else unit)
        if was and not was.is_obsolete and is_written(was) and was.translation != unit.translation:
            merged[-1] = replace(
                merged[-1],
                translation=was.translation,
                is_fuzzy=was.is_fuzzy,
                exported=was.exported,
            )
            waiting += 1
    gone = [unit for unit in old.values() if unit.is_obsolete or is_written(unit)]
    obsolete = [
        replace(unit, is_obsolete=True, comments=(), exported=None, place=None) for unit in gone
    ]
    return Merged(units=(*merged, *obsolete), waiting=waiting)


def is_written(unit: PoUnit) -> bool:
    """Whether a translator has written into a unit since it was exported."""
    written = unit.translation.strip()
    return bool(written) and as_exported(written) != unit.exported
