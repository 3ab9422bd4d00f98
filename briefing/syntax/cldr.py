"""Facts of CLDR: locales, plural forms, units, countries, time zones.

They come by way of Babel: https://cldr.unicode.org
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import babel
from babel import dates

PATTERNS = {"month": "MMMM y", "day": "d MMMM y", "minute": "d MMMM y, HH:mm"}
"""The date patterns a words file may set, and what stands where it does not."""
_TIME = "duration-"


@cache
def babel_locale(tag: str) -> babel.Locale:
    """Return the locale of a BCP 47 tag. Raises what Babel raises for one it does not know."""
    return babel.Locale.parse(tag.replace("-", "_"))


def locale_of(tag: str) -> str | None:
    """Give Babel's name of the locale of a BCP 47 tag, or None if CLDR has none."""
    if not _TAG.fullmatch(tag):
        return None
    try:
        return str(babel_locale(tag))
    except (babel.UnknownLocaleError, ValueError):
        return None


_TAG = re.compile(r"(?!und)[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.ASCII | re.IGNORECASE)
"""Babel takes `en_US.UTF-8` too, and `und` for American English."""


def direction(locale: str) -> Literal["ltr", "rtl"]:
    """Which way the script of a locale runs."""
    return "rtl" if babel_locale(locale).text_direction == "rtl" else "ltr"


@cache
def with_territory(locale: str) -> str:
    """Give a locale as the Open Graph protocol writes it: with where it is spoken most (`vi_VN`).

    https://ogp.me/#optional, https://unicode.org/reports/tr35/#Likely_Subtags
    """
    found = babel_locale(locale)
    known = babel.core.get_global("likely_subtags")
    likely = known.get(str(found)) or known.get(found.language) or found.language
    territory = found.territory or babel.core.parse_locale(likely)[1]
    is_country = territory and territory.isalpha()
    return f"{found.language}_{territory if is_country else found.language.upper()}"


def plural_forms(locale: str) -> frozenset[str]:
    """The plural categories a locale tells apart, `other` included."""
    return frozenset(babel_locale(locale).plural_form.tags) | {"other"}


def is_country(code: str) -> bool:
    """Whether a code is a country of ISO 3166-1, or the union of some."""
    letters = code.isalpha() and code.isupper()
    return letters and code in babel_locale("en").territories and code not in _NO_COUNTRIES


_NO_COUNTRIES = {"EZ", "QO", "XA", "XB", "ZZ"}
"""What CLDR lists beside the countries: an economy, the far islands, accents to test with."""


def is_time_zone(name: str) -> bool:
    """Whether a name is a place in the IANA time zone database."""
    try:
        return "/" in name and bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def is_unit(name: str, *, of_time: bool) -> bool:
    """Whether CLDR can write numbers of a unit, or of a unit of time."""
    return unit_id(f"{_TIME}{name}" if of_time else name) is not None


@cache
def unit_id(name: str) -> str | None:
    """Give CLDR's id of a unit: `length-kilometer` for itself, and for `kilometer`."""
    for locale in ("root", "en"):  # what all locales have is quicker to read than English
        ids: Iterable[str] = babel.Locale(locale).unit_display_names
        if found := next((id for id in ids if name in (id, id.partition("-")[2])), None):
            return found
    return None


def is_pattern(pattern: str) -> bool:
    """Whether a text is a CLDR date pattern (https://unicode.org/reports/tr35/tr35-dates.html).

    It must be one in any language at any hour: in Vietnamese `b` has no word for the night.
    Afar is a language of which CLDR has little more than what all have.
    """
    hours = [datetime(2025, 3, 18, hour, tzinfo=UTC) for hour in range(24)]
    try:
        return all(dates.format_datetime(hour, pattern, locale="aa") for hour in hours)
    except (KeyError, ValueError):
        return False
