"""What CLDR (https://cldr.unicode.org) knows: locales, plural forms, units, countries, time zones.

Babel has the data. `briefing.rendering.i18n` writes texts by them.
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

DATE_PATTERNS = {"month": "MMMM y", "day": "d MMMM y", "minute": "d MMMM y, HH:mm"}
"""The date patterns by name; a words file may set others (`Language.patterns`)."""
_TIME = "duration-"
"""The prefix of CLDR's units of time."""


@cache
def babel_locale(tag: str) -> babel.Locale:
    """Return Babel's locale of a BCP 47 tag.

    Raises ValueError for a text that is no tag, and UnknownLocaleError if CLDR has no such locale.
    """
    return babel.Locale.parse(tag.replace("-", "_"))


def find_locale(tag: str) -> str | None:
    """Return Babel's name of the locale of a BCP 47 tag (`en_GB`), or None if CLDR has none."""
    if not _TAG.fullmatch(tag):
        return None
    try:
        return str(babel_locale(tag))
    except (babel.UnknownLocaleError, ValueError):
        return None


_TAG = re.compile(r"(?!und)[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.ASCII | re.IGNORECASE)
"""A BCP 47 tag but for `und`: Babel would take `en_US.UTF-8` too, and `und` for `en_US`."""


def text_direction(locale: str) -> Literal["ltr", "rtl"]:
    """Return the writing direction of a locale."""
    return "rtl" if babel_locale(locale).text_direction == "rtl" else "ltr"


@cache
def with_territory(locale: str) -> str:
    """Return a locale with a country, as Open Graph writes it: for `vi` the likeliest, `vi_VN`.

    https://ogp.me/#optional, https://unicode.org/reports/tr35/#Likely_Subtags
    """
    parsed = babel_locale(locale)
    known = babel.core.get_global("likely_subtags")
    likely = known.get(str(parsed)) or known.get(parsed.language) or parsed.language
    territory = parsed.territory or babel.core.parse_locale(likely)[1]
    is_country = territory and territory.isalpha()
    return f"{parsed.language}_{territory if is_country else parsed.language.upper()}"


def plural_forms(locale: str) -> frozenset[str]:
    """Return the CLDR plural categories of a locale, `other` included."""
    return frozenset(babel_locale(locale).plural_form.tags) | {"other"}


def is_country(code: str) -> bool:
    """Whether a code is a country of ISO 3166-1, or a union of countries such as EU."""
    letters = code.isalpha() and code.isupper()
    return letters and code in babel_locale("en").territories and code not in _NO_COUNTRIES


_NO_COUNTRIES = {"EZ", "QO", "XA", "XB", "ZZ"}
"""Territories of CLDR that are none: the Eurozone, Outlying Oceania, pseudo-locales, unknown."""


def is_time_zone(name: str) -> bool:
    """Whether a name is that of a place in the IANA time zone database (`Asia/Ho_Chi_Minh`)."""
    try:
        return "/" in name and bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def is_unit(name: str, *, of_time: bool) -> bool:
    """Whether CLDR has a unit by that name; `of_time`: whether it must be a unit of time."""
    return unit_id(f"{_TIME}{name}" if of_time else name) is not None


@cache
def unit_id(name: str) -> str | None:
    """Return CLDR's id of a unit, or None: `length-kilometer` for itself and for `kilometer`."""
    for locale in ("root", "en"):  # what all locales have is quicker to read than English
        ids: Iterable[str] = babel.Locale(locale).unit_display_names
        if match := next((id for id in ids if name in (id, id.partition("-")[2])), None):
            return match
    return None


def is_date_pattern(pattern: str) -> bool:
    """Whether a text is a CLDR date pattern (https://unicode.org/reports/tr35/tr35-dates.html).

    It must work in every language at every hour: `b` has no word for the night in Vietnamese.
    So it is tried in Afar (`aa`), for which CLDR has little more than the root locale.
    """
    hours = [datetime(2025, 3, 18, hour, tzinfo=UTC) for hour in range(24)]
    try:
        return all(dates.format_datetime(hour, pattern, locale="aa") for hour in hours)
    except (KeyError, ValueError):
        return False
