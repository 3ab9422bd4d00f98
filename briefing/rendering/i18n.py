"""What a language does to words, numbers, dates and lists.

The facts are CLDR's (https://cldr.unicode.org), by way of Babel, which has its
one home here. A language may bring date patterns of its own: the long date of
CLDR is not how Vietnamese newspapers write one.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import babel
from babel import dates, lists, numbers, units
from markupsafe import Markup, escape

from briefing.model.article import Localized
from briefing.model.site import Language, Point, Unit
from briefing.model.values import (
    MAX_DECIMALS,
    Choice,
    Form,
    Moment,
    Period,
    Precision,
    Quantity,
    Value,
)
from briefing.syntax.cldr import DATE_PATTERNS, babel_locale, unit_id
from briefing.syntax.placeholders import PLACEHOLDER, split_at_placeholders


class UnknownWordError(LookupError):
    """A template asked for a word that the words file does not have, or not in that way."""


class Words:
    """The words of one language: `words("silent")`, `words.day(…)`, `words.value(…)`."""

    def __init__(self, language: Language, time_zone: str) -> None:
        self.language = language
        self._locale = babel_locale(language.locale)
        self._zone = ZoneInfo(time_zone)
        self._plain = {
            key: word
            for key, word in language.words.items()
            if isinstance(word, str) and not PLACEHOLDER.search(word)
        }
        self._moments: dict[Moment, str] = {}
        self._named: dict[str, str] = {}
        self._names = {babel_locale(tag): name for tag, name in language.languages.items()}

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
        parts = list(split_at_placeholders(str(escape(word)) if markup else word))
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
        return own or str(babel_locale("en").territories[code])

    def language_name(self, tag: str) -> str:
        """Name a language by its BCP 47 tag, as itself where CLDR knows no other name."""
        if (name := self._named.get(tag)) is None:
            named = babel_locale(tag)
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
        written = self.language.patterns.get(pattern, DATE_PATTERNS[pattern])
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
    id, number = unit_id(unit), Decimal(written)
    assert id is not None, "CLDR has the unit, by its reader"
    for length in _LENGTHS:
        with suppress(units.UnknownUnitError):
            found = units.format_unit(number, id, length, format=pattern, locale=locale)
            if id not in found:
                return found
    return units.format_unit(number, id, format=pattern, locale="en")


_LENGTHS: tuple[Literal["long", "short", "narrow"], ...] = ("long", "short", "narrow")


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
