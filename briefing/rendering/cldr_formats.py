"""Numbers and lists -> texts by the formats of a CLDR locale; each result is cached.

The pages of a site have the same numbers and lists again and again. The `Translator` in
`briefing.rendering.i18n` calls these functions; arguments are texts and tuples, to be hashed.
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import babel
from babel import lists, numbers, units

from briefing.model.values import MAX_DECIMALS
from briefing.syntax.cldr import unit_id


def plural_form(number: str, locale: babel.Locale) -> str:
    """Return the CLDR plural category of a decimal number, which may differ for `1` and `1.0`."""
    return str(locale.plural_form(Decimal(number)))


@lru_cache(maxsize=10_000)
def format_list(
    items: tuple[str, ...], style: Literal["standard", "unit"], locale: babel.Locale
) -> str:
    """Return `items` as in a sentence ("A, B and C"), or by the style `unit` ("A, B, C")."""
    return lists.format_list(items, style=style, locale=locale)


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
