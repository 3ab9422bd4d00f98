"""What CLDR (https://cldr.unicode.org) knows: locales, plural forms, units, countries, time zones.

Babel has the data. `briefing.rendering.i18n` writes texts by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import chain, product
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

import babel
from babel import dates
from babel.units import UnknownUnitError, format_unit

from briefing.problems import closest_known
from briefing.syntax.names import closest_name

DATE_PATTERNS = {"year": "y", "month": "MMMM y", "day": "d MMMM y", "time": "HH:mm"}
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


def english_name(tag: str) -> str:
    """Return the English name of a language by its BCP 47 tag, for messages; else the tag."""
    return babel_locale(tag).get_display_name("en") or tag


def primary_language(tag: str) -> str:
    """Return the language of a BCP 47 tag, without script and country: `zh` of `zh-Hans`."""
    return tag.partition("-")[0].lower()


def with_broader(tag: str) -> Iterator[str]:
    """Yield a BCP 47 tag in small letters and those of broader languages: `fr-ca`, then `fr`.

    The script comes before the language alone: `zh-cn` is written as `zh-hans`, and `zh-tw` is
    not (https://unicode.org/reports/tr35/#Likely_Subtags).
    """
    yield tag
    locale = babel_locale(tag)
    likely: Mapping[str, str] = babel.core.get_global("likely_subtags")
    found = likely.get(str(locale)) or likely.get(locale.language, locale.language)
    if script := locale.script or babel.core.parse_locale(found)[2]:
        yield f"{locale.language}-{script}".lower()
    while "-" in tag:
        tag = tag.rpartition("-")[0]
        yield tag


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


def country_names() -> Mapping[str, str]:
    """Return the English name of each country by its code, as `is_country` knows them."""
    names: Mapping[str, str] = babel_locale("en").territories
    return {code: names[code] for code in sorted(names) if is_country(code)}


def time_zone_names() -> list[str]:
    """Return the names of all time zones that `is_time_zone` knows."""
    return sorted(name for name in available_timezones() if "/" in name or name == "UTC")


def all_units(*, of_time: bool) -> list[str]:
    """Return the names of all units that `is_unit` knows, the short ones first."""
    names = {f"{id}" for each in ("root", "en") for id in babel.Locale(each).unit_display_names}
    if of_time:
        return sorted(name.removeprefix(_TIME) for name in names if name.startswith(_TIME))
    return [*sorted({name.partition("-")[2] for name in names}), *sorted(names)]


def suggest_language(tag: str) -> str | None:
    """Return the tag that is probably meant by one that is none, or None.

    `zh-CN` for `zh_CN`, `vi` for the country `vn` and for `Vietnamese`.
    """
    if find_locale(hyphens := tag.replace("_", "-")):
        return hyphens
    if is_country(country := tag.upper()):
        likely: Mapping[str, str] = babel.core.get_global("likely_subtags")
        # English is left out there: it is what is likely where nothing is known.
        return likely.get(f"und_{country}", "en").partition("_")[0]
    named = _codes_by_name("languages").get(tag.casefold())
    return named.replace("_", "-") if named else None


def suggest_country(code: str) -> str | None:
    """Return the code that is probably meant by one that is none, or None: `GB` for `UK`."""
    upper = code.upper()
    others = babel.core.get_global("territory_aliases").get(upper, ())
    named = _codes_by_name("territories").get(code.casefold(), "")
    return next((other for other in (upper, *others, named) if is_country(other)), None)


@cache
def _codes_by_name(kind: Literal["languages", "territories"]) -> dict[str, str]:
    """Return the codes of languages or territories by their English names, in small letters."""
    return {name.casefold(): code for code, name in getattr(babel_locale("en"), kind).items()}


_NO_COUNTRIES = {"EZ", "QO", "XA", "XB", "ZZ"}
"""Territories of CLDR that are none: the Eurozone, Outlying Oceania, pseudo-locales, unknown."""


def is_time_zone(name: str) -> bool:
    """Whether a name is UTC or a place in the IANA time zone database (`Asia/Ho_Chi_Minh`)."""
    try:
        return ("/" in name or name == "UTC") and bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def suggest_time_zone(name: str) -> str | None:
    """Return the name that is probably meant by one that is none, or None.

    It may be written in other letters (`asia/ho chi minh`), without its continent or misspelt.
    """
    if name.upper() in {"GMT", "Z", "ZULU", "UTC", "UTC+0", "GMT+0"}:
        return "UTC"
    zones = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in _CONTINENTS)
    plain = name.casefold().replace(" ", "_")
    named = (zone for zone in zones if plain in {zone.casefold(), zone.casefold().split("/")[-1]})
    return next(named, None) or closest_known(name, zones)


_CONTINENTS = {
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe"),
    *("Indian", "Pacific"),
}
"""The first parts of the names of time zones."""


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


def suggest_unit(name: str, locales: Iterable[str], *, of_time: bool) -> str | None:
    """Return the unit that is probably meant by a name that is none, or None.

    `kilometer-per-hour` for `km/h`, `day` for `days`; locales: in whose words it may be written.
    """
    by_name = _units_by_name(tuple(dict.fromkeys(("en", *locales))), of_time=of_time)
    written = _plain_unit(name)
    tried = (written, written.replace("/", ""), _SPELLED.get(written, ""), written.rstrip("s"))
    if found := next((by_name[each] for each in tried if each and each in by_name), None):
        return found
    ids = [id.partition("-")[2] for id in _unit_ids(of_time=of_time)]
    if near := closest_name(name, ids):
        return near
    # Among signs of a few letters each is like another.
    near = closest_known(written, by_name) if len(written) > LONGEST_SIGN else None
    return by_name[near] if near else None


LONGEST_SIGN = 3
"""Letters of a sign for a unit; what has more is a word, which may be misspelt."""
_SPELLED = {"kph": "km/h", "pct": "%"}
"""Signs that CLDR does not know, in small letters, and those it has for the same."""


@cache
def _unit_ids(*, of_time: bool) -> tuple[str, ...]:
    """Return the ids of units, those of time first: `phút` is one of time and one of angles."""
    ids = [str(id) for id in babel_locale("en").unit_display_names]
    others = [] if of_time else [id for id in ids if not id.startswith(_TIME)]
    return (*(id for id in ids if id.startswith(_TIME)), *others)


@cache
def _units_by_name(locales: tuple[str, ...], *, of_time: bool) -> dict[str, str]:
    """Return units by how locales write them, with and without strokes; narrow ones come last."""
    units: dict[str, str] = {}
    for lengths in _LENGTHS:
        for id, locale, length in product(_unit_ids(of_time=of_time), locales, lengths):
            for name in _names(locale, length, id):
                units.setdefault(name, id.partition("-")[2])
    for name in [*units]:
        units.setdefault(name.replace("/", ""), units[name])
    units.pop("", None)
    return units


def _names(locale: str, length: _Length, id: str) -> frozenset[str]:
    """Return how a locale writes one and several of a unit."""
    try:
        written = [format_unit(n, id, length, locale=locale) for n in (1, 2)]
    except UnknownUnitError:
        return frozenset()
    return frozenset(map(_plain_unit, written))


_Length = Literal["short", "long", "narrow"]
_LENGTHS: tuple[tuple[_Length, ...], ...] = (("long", "short"), ("narrow",))


def _plain_unit(written: str) -> str:
    """Return a unit in small letters, without a number, spaces and hyphens: `km²` for `km2`."""
    raised = re.sub(r"(?<=[^\W\d])[23]$", lambda match: "²³"[int(match[0]) - 2], written.strip())
    return re.sub(r"[^\w%‰°/]|[\d_]", "", raised.replace("º", "°")).casefold()


def is_currency(name: str, locales: Iterable[str]) -> bool:
    """Whether a word of a name is a currency, by its ISO 4217 code, its sign or its name."""
    words = {name.casefold(), *name.casefold().split()}
    for locale in map(babel_locale, dict.fromkeys(("en", *locales))):
        signs = (*locale.currencies, *locale.currency_symbols.values())
        if not words.isdisjoint(text.casefold() for text in (*signs, *locale.currencies.values())):
            return True
    return False


@cache
def currency_name(tag: str, code: str) -> str | None:
    """Return the name of a currency (ISO 4217) in the language of a BCP 47 tag; None: unknown."""
    if not find_locale(tag):
        return None
    name: str | None = babel_locale(tag).currencies.get(code)
    return name


@cache
def unit_names(tag: str, unit: str) -> frozenset[str]:
    """Return how the language of a BCP 47 tag writes a unit, by CLDR's name, in small letters."""
    id = unit_id(unit)
    if id is None or not find_locale(tag):
        return frozenset()
    locale = tag.replace("-", "_")
    return frozenset().union(*(_names(locale, length, id) for length in chain(*_LENGTHS))) - {""}


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


@cache
def month_names(tag: str) -> Mapping[str, int]:
    """Return the numbers of the months by name, in full and short, in the language of a BCP 47 tag.

    {} for a language that CLDR does not know. Names keep their capitals, and lose their points.
    """
    if not find_locale(tag):
        return {}
    names = babel_locale(tag).months
    forms = product(("format", "stand-alone"), ("wide", "abbreviated"))
    named = ((name, n) for form, width in forms for n, name in names[form][width].items())
    return {name.replace(".", ""): n for name, n in named if not name[0].isdigit()}


@cache
def unit_of_time_names(tag: str, unit: str) -> frozenset[str]:
    """Return how the language of a BCP 47 tag writes a unit of time, in small letters."""
    if not find_locale(tag):
        return frozenset()
    locale, lengths = tag.replace("-", "_"), chain.from_iterable(_LENGTHS)
    return frozenset().union(*(_names(locale, length, _TIME + unit) for length in lengths))
