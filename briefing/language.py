"""What a language does to words, numbers, dates and lists.

The facts are CLDR's (https://cldr.unicode.org), by way of Babel, which has its
one home here. A language may bring date patterns of its own: the long date of
CLDR is not how Vietnamese newspapers write one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import babel
from babel import dates, lists, numbers, units
from markupsafe import Markup, escape

from briefing.model import Language, Localized, Plural, Point, Unit
from briefing.values import (
    MAX_DECIMALS,
    Choice,
    Form,
    Moment,
    Period,
    Precision,
    Quantity,
    Value,
)

PATTERNS = {"month": "MMMM y", "day": "d MMMM y", "minute": "d MMMM y, HH:mm"}
"""The date patterns a words file may set, and what stands where it does not."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def _parts(word: str) -> tuple[str, ...]:
    """Split a word into text and names, in turn; it begins and ends with text."""
    return tuple(_PLACEHOLDER.split(word))


class UnknownWordError(LookupError):
    """A template asked for a word that the words file does not have, or not in that way."""


class Words:
    """The words of one language: `words("silent")`, `words.day(…)`, `words.value(…)`."""

    def __init__(self, language: Language, time_zone: str) -> None:
        self.language = language
        self._locale = _locale(language.locale)
        self._zone = ZoneInfo(time_zone)
        self._plain = {
            key: word
            for key, word in language.words.items()
            if isinstance(word, str) and not _PLACEHOLDER.search(word)
        }
        self._moments: dict[Moment, str] = {}
        self._named: dict[str, str] = {}
        self._names = {_locale(tag): name for tag, name in language.languages.items()}

    @cached_property
    def _decimals(self) -> str:
        # The facts of a locale are much to read, and for a language of the site may not be wanted.
        return _all_decimals(self._locale)

    def __call__(self, key: str, /, **values: object) -> str:
        """Give the text of a word, with `{name}` filled in and its plural form chosen by `n`.

        Values are escaped if any of them is markup, and numbers are written as the
        language writes them. Raises UnknownWordError.
        """
        if not values and (plain := self._plain.get(key)) is not None:
            return plain
        if (word := self.language.words.get(key)) is None:
            raise UnknownWordError(f"no word `{key}` in {self.language.code}")
        if not isinstance(word, str):
            if not isinstance(n := values.get("n"), int):
                raise UnknownWordError(f"`{key}` has plural forms and needs `n`")
            word = word[self._plural_form(n)]
        return self._fill(key, word, values)

    def of(self, prefix: str, member: StrEnum, **values: object) -> str:
        """Name a member of an enumeration by its word, `<prefix>_<member>`."""
        return self(word_key(prefix, member), **values)

    def _plural_form(self, n: int | Decimal) -> str:
        return _plural_form(str(n), self._locale)

    def _fill(self, key: str, word: str, values: dict[str, object]) -> str:
        """Put values into the places of a word, all escaped if one of them is markup."""
        markup = any(type(value) is Markup for value in values.values())
        parts = list(_parts(str(escape(word)) if markup else word))
        for at in range(1, len(parts), 2):
            if (name := parts[at]) not in values:
                raise UnknownWordError(f"`{key}` needs `{name}`")
            value = values[name]
            if isinstance(value, int | Decimal):
                value = self.number(value)
            parts[at] = str(escape(value)) if markup else str(value)
        filled = "".join(parts)
        return Markup(filled) if markup else filled  # noqa: S704  escaped just above

    def text(self, texts: Localized) -> str:
        """Give the text of this language."""
        return texts[self.language.code]

    def number(self, number: int | Decimal) -> str:
        """Write a number, with all its decimals: 28,7 in Vietnamese, 28.7 in English."""
        return _written(number, self._decimals, self._locale)

    def country(self, code: str) -> str:
        """Name a country by its ISO 3166-1 code, in English where CLDR knows no other name."""
        own = self.language.countries.get(code) or self._locale.territories.get(code)
        return own or str(_locale("en").territories[code])

    def language_name(self, tag: str) -> str:
        """Name a language by its BCP 47 tag, as itself where CLDR knows no other name."""
        if (name := self._named.get(tag)) is None:
            named = _locale(tag)
            own, here = self._names.get(named), named.get_display_name(self._locale)
            name = self._named[tag] = own or here or named.get_display_name() or tag
        return name

    def language_names(self, tags: Iterable[str]) -> str:
        """Name languages, each once: "Vietnamese, English and Chinese"."""
        return self.listing(self.language_name(tag) for tag in dict.fromkeys(tags))

    def listing(self, items: Iterable[str]) -> str:
        """Join items as in a sentence: "A, B and C"."""
        return _listed(tuple(items), "standard", self._locale)

    def moment(self, moment: Moment) -> str:
        """Write a moment as precisely as it is known; a time in the zone of the site."""
        if (written := self._moments.get(moment)) is None:
            written = self._moments[moment] = self._moment(moment)
        return written

    def _moment(self, moment: Moment) -> str:
        if moment.precision is not Precision.MINUTE:
            return self._format(moment.at, moment.precision.value, UTC)
        offset = dates.get_timezone_gmt(moment.at.astimezone(self._zone), "long", self._locale)
        return f"{self._format(moment.at, 'minute', self._zone)} ({offset})"

    def day(self, moment: Moment) -> str:
        """Write the day of a moment by the clock of the site, or the month, if no more is known."""
        if moment.precision is not Precision.MINUTE:
            return self.moment(moment)
        return self._format(moment.at, "day", self._zone)

    def moment_in(self, moment: Moment, zone: str) -> str:
        """Write a time in a zone, with the city it is named after; a day is the same in all."""
        if moment.precision is not Precision.MINUTE:
            return self.moment(moment)
        city = self.language.cities.get(zone) or dates.get_timezone_location(
            zone, locale=self._locale, return_city=True
        )
        return f"{self._format(moment.at, 'minute', ZoneInfo(zone))} ({city})"

    def rfc3339(self, moment: Moment) -> str:
        """Write when a moment begins by the clock of the site, as machines do (RFC 3339)."""
        return moment.begins(self._zone).astimezone(self._zone).isoformat(timespec="seconds")

    def _format(self, at: datetime, pattern: str, zone: tzinfo) -> str:
        written = self.language.patterns.get(pattern, PATTERNS[pattern])
        return dates.format_datetime(at.astimezone(zone), written, locale=self._locale)

    def value(self, point: Point, value: Value) -> str:
        """Write what a claim says, through the labels and the unit of its point."""
        match value:
            case Quantity():
                return self._quantity(value, point.unit)
            case Period():
                return self._period(value)
            case Choice():
                options = (o for o in point.options.values() if o.id in value.options)
                return _listed(tuple(self.text(o.label) for o in options), "unit", self._locale)
            case _:
                return self.text(value.texts)

    def _period(self, period: Period) -> str:
        first, last = self.moment(period.first), self.moment(period.last)
        return first if first == last else self("form_between", a=first, b=last)

    def _quantity(self, quantity: Quantity, unit: Unit | None) -> str:
        counted = self._counted(quantity.numbers[-1], unit)
        key = word_key("form", quantity.form)
        match quantity.form:
            case Form.EXACT:
                return counted
            case Form.BETWEEN:
                return self(key, a=self.number(quantity.numbers[0]), b=counted)
            case _:
                return self(key, a=counted)

    def _counted(self, number: Decimal, unit: Unit | None) -> str:
        if unit is None:
            return self.number(number)
        if unit.texts is None:
            assert unit.cldr is not None, "a unit has a name or words, by its reader"
            return _in_unit(str(number), unit.cldr, self._decimals, self._locale)
        forms = unit.texts[self.language.code]
        form = forms.get(self._plural_form(number), forms["other"])
        return form.replace("{n}", self.number(number))


@lru_cache(maxsize=10_000)
def _plural_form(number: str, locale: babel.Locale) -> str:
    """Give the plural form that goes with a number, which is not the same for 1 and for 1.0."""
    return str(locale.plural_form(Decimal(number)))


@lru_cache(maxsize=10_000)
def _listed(
    items: tuple[str, ...], style: Literal["standard", "unit"], locale: babel.Locale
) -> str:
    return lists.format_list(items, style=style, locale=locale)


@lru_cache(maxsize=10_000)
def _in_unit(written: str, unit: str, pattern: str, locale: babel.Locale) -> str:
    """Write a number with a unit of CLDR, by its English name where a locale has none.

    Some have units in short form only: Babel then refuses the long form, or puts the id
    of the unit (`duration-day`) in its place.
    """
    id, number = _unit_id(unit), Decimal(written)
    assert id is not None, "CLDR has the unit, by its reader"
    for length in _LENGTHS:
        with suppress(units.UnknownUnitError):
            found = units.format_unit(number, id, length, format=pattern, locale=locale)
            if id not in found:
                return found
    return units.format_unit(number, id, format=pattern, locale="en")


_LENGTHS: tuple[Literal["long", "short", "narrow"], ...] = ("long", "short", "narrow")
_TIME = "duration-"


def _all_decimals(locale: babel.Locale) -> str:
    """Give the number pattern of a locale with room for as many decimals as a claim can have."""
    pattern: str = locale.decimal_formats[None].pattern
    return pattern.replace(".###", f".{'#' * MAX_DECIMALS}")


@lru_cache(maxsize=10_000, typed=True)
def _written(number: int | Decimal, pattern: str, locale: babel.Locale) -> str:
    return numbers.format_decimal(number, pattern, locale=locale)


def word_key(prefix: str, member: StrEnum) -> str:
    """Give the key of the word for a member: `mode_to_negotiate`."""
    return f"{prefix}_{member.value.replace('-', '_')}"


@cache
def _locale(tag: str) -> babel.Locale:
    return babel.Locale.parse(tag.replace("-", "_"))


def locale_of(tag: str) -> str | None:
    """Give Babel's name of the locale of a BCP 47 tag, or None if CLDR has none."""
    if not _TAG.fullmatch(tag):
        return None
    try:
        return str(_locale(tag))
    except (babel.UnknownLocaleError, ValueError):
        return None


_TAG = re.compile(r"(?!und)[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.ASCII | re.IGNORECASE)
"""Babel takes `en_US.UTF-8` too, and `und` for American English."""


def direction(locale: str) -> Literal["ltr", "rtl"]:
    """Which way the script of a locale runs."""
    return "rtl" if _locale(locale).text_direction == "rtl" else "ltr"


@cache
def with_territory(locale: str) -> str:
    """Give a locale as the Open Graph protocol writes it: with where it is spoken most (`vi_VN`).

    https://ogp.me/#optional, https://unicode.org/reports/tr35/#Likely_Subtags
    """
    found = _locale(locale)
    known = babel.core.get_global("likely_subtags")
    likely = known.get(str(found)) or known.get(found.language) or found.language
    territory = found.territory or babel.core.parse_locale(likely)[1]
    is_country = territory and territory.isalpha()
    return f"{found.language}_{territory if is_country else found.language.upper()}"


def plural_forms(locale: str) -> frozenset[str]:
    """The plural categories a locale tells apart, `other` included."""
    return frozenset(_locale(locale).plural_form.tags) | {"other"}


def placeholders(word: str | Plural) -> frozenset[str]:
    """The names between braces in a text or in its plural forms; `n` is free in those."""
    if isinstance(word, str):
        return frozenset(_PLACEHOLDER.findall(word))
    return frozenset(name for form in word.values() for name in _PLACEHOLDER.findall(form)) | {"n"}


def is_country(code: str) -> bool:
    """Whether a code is a country of ISO 3166-1, or the union of some."""
    letters = code.isalpha() and code.isupper()
    return letters and code in _locale("en").territories and code not in _NO_COUNTRIES


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
    return _unit_id(f"{_TIME}{name}" if of_time else name) is not None


@cache
def _unit_id(name: str) -> str | None:
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
