"""Numbers and lists -> texts by the formats of a CLDR locale; each result is cached.

The pages of a site have the same numbers and lists again and again. The `Translator` in
`briefing.rendering.i18n` calls these functions; arguments are texts and tuples, to be hashed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import babel
from babel import numbers, units

from briefing.model.values import MAX_DECIMALS, SECONDS_OF_UNIT
from briefing.syntax.cldr import unit_id


@lru_cache(maxsize=10_000)
def plural_form(number: str, locale: babel.Locale) -> str:
    """Return the CLDR plural category of a decimal number, which may differ for `1` and `1.0`."""
    return str(locale.plural_form(Decimal(number)))


@lru_cache(maxsize=10_000)
def format_list(
    items: tuple[str, ...], style: Literal["standard", "unit-narrow"], locale: babel.Locale
) -> str:
    """Return `items` as in a sentence ("A, B and C"), or as one measure ("5 hours 20 minutes").

    `unit-narrow` is the style of one measure in several units. Babel's own
    function fails in most locales on a style of which CLDR notes only what differs from another.
    """
    match items:
        case () | (_,):
            return "".join(items)
        case (_, _):
            return _joined(items, style, "2", locale)
    text = _joined(items[:2], style, "start", locale)
    for item in items[2:-1]:
        text = _joined((text, item), style, "middle", locale)
    return _joined((text, items[-1]), style, "end", locale)


def _joined(pair: tuple[str, ...], style: str, part: str, locale: babel.Locale) -> str:
    """Return two parts of a list in one, by the pattern of a style or of the ones it inherits.

    part: start, middle, end or 2, as CLDR names them.
    https://unicode.org/reports/tr35/tr35-general.html#ListPatterns
    """
    for name in (style, "unit-short", "standard"):
        pattern = locale.list_patterns.get(name, {}).get(part, "")
        if pattern.count("{0}") == 1 == pattern.count("{1}"):
            before, between, after = re.split(r"\{[01]\}", pattern)
            return f"{before}{pair[0]}{between}{pair[1]}{after}"
    return ", ".join(pair)


@lru_cache(maxsize=10_000)
def format_unit(number: str, unit: str, pattern: str, locale: babel.Locale) -> str:
    """Return a decimal number with a unit of CLDR, in English where the locale has no such unit.

    pattern: that of the number, by `decimal_pattern`. Some locales have units in short form only:
    Babel then raises for the long form, or puts the id of the unit (`duration-day`) in its place.
    """
    id, value = unit_id(unit), Decimal(number)
    assert id is not None, "CLDR has the unit: `read_points` asks for it"
    for length in _LENGTHS:
        with suppress(units.UnknownUnitError):
            text = units.format_unit(value, id, length, format=pattern, locale=locale)
            if id not in text:
                return text
    return units.format_unit(value, id, format=pattern, locale="en")


def format_duration(seconds: Decimal, *, days: bool, pattern: str, locale: babel.Locale) -> str:
    """Return a duration in hours, minutes and seconds, without those of which there are none.

    seconds: not negative; shown to a thousandth. days: whether 24 hours are shown as a day.
    pattern: that of numbers, by `decimal_pattern`.
    """
    rest = round(seconds, 3)
    parts: list[str] = []
    for unit, size in _SIZES.items():
        if unit == "duration-day" and not days:
            continue
        count, rest = divmod(rest, size) if size > 1 else (rest, Decimal(0))
        if count:
            written = f"{count.normalize():f}"
            parts.append(format_unit(written, unit, pattern, locale))
    return format_list(
        tuple(parts) or (format_unit("0", "duration-minute", pattern, locale),),
        "unit-narrow",
        locale,
    )


_SIZES = {
    unit: SECONDS_OF_UNIT[unit]
    for unit in ("duration-day", "duration-hour", "duration-minute", "duration-second")
}
"""Units of time by their seconds, the longest first."""
_LENGTHS: tuple[Literal["long", "short", "narrow"], ...] = ("long", "short", "narrow")
"""The forms of a unit, in the order they are tried."""


def decimal_pattern(locale: babel.Locale) -> str:
    """Return the number pattern of a locale with MAX_DECIMALS decimals; CLDR's has three."""
    pattern: str = locale.decimal_formats[None].pattern
    return pattern.replace(".###", f".{'#' * MAX_DECIMALS}")


@lru_cache(maxsize=10_000, typed=True)
def format_number(number: int | Decimal, pattern: str, locale: babel.Locale) -> str:
    """Return a number by a `pattern` of `decimal_pattern`, with the separators of the locale."""
    return numbers.format_decimal(number, pattern, locale=locale)
