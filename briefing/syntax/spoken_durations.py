"""Hours and minutes as people write them -> as the content format does: `5h20` for `5:20`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from briefing.model.values import SECONDS_OF_UNIT
from briefing.syntax.cldr import suggest_unit

LONGEST = 100
"""Characters of a duration in words; what has more is something else."""
_CLOCK = re.compile(r"(\d{1,3})\s*[:：]\s*([0-5]\d)")
_AMOUNT = re.compile(r"(?P<number>\d{1,9}(?:\.\d{1,9})?)\s*(?P<word>[^\W\d_]+|['’′\"″])?")
_SIGNS = {
    **dict.fromkeys("hHgG", "duration-hour"),
    **dict.fromkeys("mMpP'’′", "duration-minute"),
    **dict.fromkeys('s"″', "duration-second"),
}
"""Units by one sign: as in English and Vietnamese, and those of angles, taken for minutes."""


def seconds_of(written: str, locales: Sequence[str]) -> Decimal | None:
    """Return the seconds of a duration with units: `5:20`, `5 h 20`, `5 hours 20 minutes`, `5h75`.

    None for what is none. locales: in whose words the units may be.
    """
    if len(written) > LONGEST or not re.match(r"\d", written):
        return None
    if match := _CLOCK.fullmatch(written):
        return Decimal(int(match[1]) * 3600 + int(match[2]) * 60)
    total, last = Decimal(0), ""
    for amount in _AMOUNT.finditer(written):
        unit = _unit(amount["word"], last, locales)
        if unit not in SECONDS_OF_UNIT:
            return None
        total, last = total + Decimal(amount["number"]) * SECONDS_OF_UNIT[unit], unit
    return total


def _unit(word: str | None, last: str, locales: Sequence[str]) -> str:
    """Return the unit of a number by the word after it; without one, what follows `last`.

    "" for none.
    """
    if word is None:
        return "duration-minute" if last == "duration-hour" else ""
    if sign := _SIGNS.get(word):
        return sign
    return f"duration-{suggest_unit(word.casefold(), locales, of_time=True)}"


def in_hours_and_minutes(seconds: Decimal) -> str | None:
    """Return whole minutes as the content format has them (`5h20`); None for others."""
    if seconds % 60:
        return None
    hours, minutes = divmod(int(seconds) // 60, 60)
    return f"{hours}h{minutes:02}" if minutes else f"{hours}h"
