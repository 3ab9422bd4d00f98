"""Words, numbers, dates, lists and values -> texts in one language: the `Translator`.

The words are those of the words file of the language, the formats are those of CLDR
(https://cldr.unicode.org), through Babel. A language may have date patterns of its own: the long
date of CLDR is not how Vietnamese newspapers write one. See `cldr_formats` for numbers and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property, reduce
from zoneinfo import ZoneInfo

from babel import dates
from markupsafe import Markup

from briefing.model.article import Localized
from briefing.model.html import escape, to_html
from briefing.model.site import Language, Point, PointKind
from briefing.model.values import (
    SECONDS_OF_UNIT,
    Choice,
    Form,
    Moment,
    Period,
    Precision,
    Quantity,
    Value,
)
from briefing.rendering.bidi import isolated
from briefing.rendering.cldr_formats import (
    decimal_pattern,
    format_duration,
    format_list,
    format_number,
    format_unit,
    plural_form,
)
from briefing.syntax.cldr import DATE_PATTERNS, babel_locale
from briefing.syntax.placeholders import PLACEHOLDER, split_at_placeholders


class UnknownWordError(LookupError):
    """Raised for a word that the words file does not have, or that needs other values."""


class Translator:
    """Writes texts in one language: `words("silent")`, `words.day(…)` in templates."""

    def __init__(self, language: Language, time_zone: str) -> None:
        """Take the language, and the IANA name of the time zone that times are written in."""
        self.language = language
        self._locale = babel_locale(language.locale)
        self._zone = ZoneInfo(time_zone)
        self._zones = (time_zone,)
        self._texts = {
            key: word
            for key, word in language.words.items()
            if isinstance(word, str) and not PLACEHOLDER.search(word)
        }
        self._moments: dict[tuple[Moment, tuple[str, ...]], str] = {}
        self._language_names: dict[str, str] = {}
        self._own_names = {babel_locale(tag): name for tag, name in language.languages.items()}

    @cached_property
    def _decimals(self) -> str:
        # Loading a locale takes long, and a build may write nothing in a language of the site.
        return decimal_pattern(self._locale)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of the word `key`, with `values` in the places of `{name}`.

        `n` chooses the plural form. Numbers are written as the language writes them. If any value
        is `Markup`, the text and the other values are escaped and the result is `Markup`.
        Raises UnknownWordError for a word or a value that is missing.
        """
        # Nearly all words have no placeholders, and are looked up only.
        if not values and (text := self._texts.get(key)) is not None:
            return text
        if (word := self.language.words.get(key)) is None:
            raise UnknownWordError(f"no word `{key}` in {self.language.code}")
        if not isinstance(word, str):
            if not isinstance(n := values.get("n"), int):
                raise UnknownWordError(f"`{key}` has plural forms and needs `n`")
            word = word[self._plural_form(n)]
        return self._fill(key, word, values)

    def of(self, prefix: str, member: StrEnum, **values: object) -> str:
        """Return the word of a member of an enumeration, `<prefix>_<member>`, with `values`.

        Raises UnknownWordError as a call does.
        """
        return self(word_key(prefix, member), **values)

    def _plural_form(self, n: int | Decimal) -> str:
        """Return the CLDR plural category of a number in this language."""
        return plural_form(str(n), self._locale)

    def _fill(self, key: str, word: str, values: dict[str, object]) -> str:
        """Return a word with values in its placeholders, all escaped if one of them is markup.

        A text in the other direction is isolated, see `briefing.rendering.bidi`.
        """
        markup = Markup in map(type, values.values())
        parts = list(_parts(word, escaped=markup))
        for at in range(1, len(parts), 2):
            if (name := parts[at]) not in values:
                raise UnknownWordError(f"`{key}` needs `{name}`")
            value = values[name]
            if isinstance(value, int | Decimal):
                value = self.number(value)
            elif type(value) is str:  # markup has elements, which isolate by styles
                value = isolated(value, self.language.dir)
            parts[at] = to_html(value) if markup else str(value)
        filled = "".join(parts)
        return Markup(filled) if markup else filled  # noqa: S704 — escaped just above

    def text(self, texts: Localized) -> str:
        """Return the one of `texts` that is in this language."""
        return texts[self.language.code]

    def number(self, number: int | Decimal) -> str:
        """Return a number with all its decimals: 28,7 in Vietnamese, 28.7 in English."""
        return format_number(number, self._decimals, self._locale)

    def numbers(self, numbers: Iterable[int]) -> str:
        """Return numbers as signs for things, which is no sentence: "2, 4"."""
        return self.joined("listed", map(self.number, numbers))

    def country(self, code: str) -> str:
        """Return the name of a country by its ISO 3166-1 code, in English if CLDR has no other."""
        own = self.language.countries.get(code) or self._locale.territories.get(code)
        return own or str(babel_locale("en").territories[code])

    def language_name(self, tag: str) -> str:
        """Return the name of a language by its BCP 47 tag.

        Where CLDR has no name for it in this language, that is its name in the language itself.
        """
        if (name := self._language_names.get(tag)) is None:
            locale = babel_locale(tag)
            own, cldr = self._own_names.get(locale), locale.get_display_name(self._locale)
            name = self._language_names[tag] = own or cldr or locale.get_display_name() or tag
        return name

    def language_names(self, tags: Iterable[str]) -> str:
        """Return a list of languages by tag, each once: "Vietnamese, English and Chinese"."""
        return self.listing(self.language_name(tag) for tag in dict.fromkeys(tags))

    def listing(self, items: Iterable[str]) -> str:
        """Return items as in a sentence: "A, B and C"; if one is `Markup`, all is."""
        listed = tuple(items)
        if Markup not in map(type, listed):
            return format_list(listed, "standard", self._locale)
        escaped = tuple(to_html(item) for item in listed)
        return Markup(format_list(escaped, "standard", self._locale))  # noqa: S704 — just above

    def joined(self, sign: str, texts: Iterable[str]) -> str:
        """Return texts with a sign of the language between them, "" for none.

        sign: the word of two texts with it, as `semicolon`: `{a}; {b}`. If one text is `Markup`,
        all is.
        """
        parts = tuple(texts)
        return reduce(lambda a, b: self(sign, a=a, b=b), parts) if parts else ""

    def moment(self, moment: Moment, zones: tuple[str, ...] = ()) -> str:
        """Return a moment as precisely as it is known.

        zones: IANA names of the zones that a time is told in, with their cities; for none it is
        told in that of the site. A month and a day have no zone.
        """
        if (written := self._moments.get((moment, zones))) is None:
            written = self._moments[moment, zones] = self._moment(moment, zones)
        return written

    def _moment(self, moment: Moment, zones: tuple[str, ...]) -> str:
        """Return a moment as `moment` does, without the cache."""
        if moment.precision is not Precision.MINUTE:
            return self._format(moment.at, moment.precision.value, UTC)
        return self._times(Period(moment, moment), zones)

    def day(self, moment: Moment) -> str:
        """Return the day of a moment in the zone of the site, or the month if no day is known."""
        if moment.precision is not Precision.MINUTE:
            return self.moment(moment)
        return self._format(moment.at, "day", self._zone)

    def _times(self, period: Period, zones: tuple[str, ...]) -> str:
        """Return the times of a period in each zone, after which each day is told once."""
        by_day: dict[str, list[str]] = {}
        first, last = period.first, period.last
        for name in zones or self._zones:
            day, last_day = (self._format(m.at, "day", ZoneInfo(name)) for m in (first, last))
            if day != last_day:
                return self("form_between", a=self.moment(first, zones), b=self.moment(last, zones))
            by_day.setdefault(day, []).append(self._clock(period, name))
        days = (
            self("times_on_day", times=self.joined("listed", times), day=day)
            for day, times in by_day.items()
        )
        return self.joined("semicolon", days)

    def _clock(self, period: Period, zone: str) -> str:
        """Return the times of a period of one day in a zone, by the name of its city."""
        moments = (period.first, period.last)
        first, last = (self._format(m.at, "time", ZoneInfo(zone)) for m in moments)
        span = first if first == last else self("form_between", a=first, b=last)
        city = self.language.cities.get(zone)
        if city is None and zone == "UTC":
            return f"{span} UTC"
        if city is None and zone.startswith("Etc/"):  # no place has such a name
            at = period.first.at.astimezone(ZoneInfo(zone))
            return f"{span} {dates.get_timezone_gmt(at, 'long', self._locale)}"
        city = city or dates.get_timezone_location(zone, locale=self._locale, return_city=True)
        return self("time_in", time=span, city=city)

    def duration(self, span: timedelta) -> str:
        """Return the length of a time, without its sign, to the minute: "26 hours 5 minutes"."""
        minutes = Decimal(round(abs(span).total_seconds()) // 60)
        return format_duration(
            60 * minutes, days=minutes >= _LONG, pattern=self._decimals, locale=self._locale
        )

    def rfc3339(self, moment: Moment) -> str:
        """Return the beginning of a moment in RFC 3339, in the zone of the site."""
        return moment.begins(self._zone).astimezone(self._zone).isoformat(timespec="seconds")

    def _format(self, at: datetime, pattern: str, zone: tzinfo) -> str:
        """Return a time in a zone by the date pattern of that name."""
        written = self.language.patterns.get(pattern, DATE_PATTERNS[pattern])
        return dates.format_datetime(at.astimezone(zone), written, locale=self._locale)

    def value(self, point: Point, value: Value, zones: tuple[str, ...] = ()) -> str:
        """Return the value of a claim on a `point`, with the labels and the unit of the point.

        zones: those that times are told in, as for `moment`.
        """
        match value:
            case Quantity():
                return self._quantity(value, point)
            case Period():
                return self._period(value, zones)
            case Choice():
                options = (o for o in point.options.values() if o.id in value.options)
                return self.joined("listed", (self.text(o.label) for o in options))
            case _:
                return self.text(value.texts)

    def _period(self, period: Period, zones: tuple[str, ...]) -> str:
        """Return a moment, or "… to …"."""
        if period.first.precision is period.last.precision is Precision.MINUTE:
            return self._times(period, zones)
        first, last = self.moment(period.first, zones), self.moment(period.last, zones)
        return first if first == last else self("form_between", a=first, b=last)

    def _quantity(self, quantity: Quantity, point: Point) -> str:
        """Return a quantity in the form it was written in: "almost 180 minutes"."""
        first, last = quantity.numbers[0], quantity.numbers[-1]
        key = word_key("form", quantity.form)
        match quantity.form:
            case Form.EXACT:
                return self._counted(last, point)
            case Form.BETWEEN:
                return self._between(key, first, last, point)
            case _:
                return self(key, a=self._counted(last, point))

    def _between(self, key: str, low: Decimal, high: Decimal, point: Point) -> str:
        """Return the word `key` with two ends in it; a unit stands once, after the second."""
        first = self._counted(low, point) if point.in_hours else self.number(low)
        return self(key, a=first, b=self._counted(high, point))

    def extent(self, point: Point, value: Value) -> str:
        """Return what a value allows, in words: "from 162 to under 180 minutes" for almost 180.

        "" where `value` has said so already.
        """
        match value:
            case Quantity(form, _, interval) if form in EXTENDED_FORMS:
                low, high = interval.low, interval.high
                assert low is not None, "a rough number has two ends"
                assert high is not None, "a rough number has two ends"
                same = low == high
                return "" if same else self._between(word_key("extent", form), low, high, point)
            case Period():
                return self._extent_of_period(point, value)
        return ""

    def _extent_of_period(self, point: Point, period: Period) -> str:
        """Return the days of times where days are compared; of days, that they are any zone's."""
        exact = Precision.MINUTE in (period.first.precision, period.last.precision)
        if point.kind is PointKind.DATETIME and period.last.precision is not Precision.MINUTE:
            return self("extent_any_zone")
        if point.kind is not PointKind.DATE or not exact:
            return ""
        ends = (period.days.low, period.days.high)
        days = [self._format(_midnight(day), "day", UTC) for day in ends if day is not None]
        told = self.value(point, period)
        if all(re.search(rf"(?<!\d){re.escape(day)}(?!\d)", told) for day in days):
            return ""
        return days[0] if days[0] == days[-1] else self("form_between", a=days[0], b=days[-1])

    def _counted(self, number: Decimal, point: Point) -> str:
        """Return a number with its unit, of CLDR or of the point's own texts."""
        if (unit := point.unit) is None:
            return self.number(number)
        size = SECONDS_OF_UNIT.get(unit.cldr or "", 0) if point.in_hours else 0
        if size and number >= 0:
            return format_duration(
                number * size, days=size >= DAY, pattern=self._decimals, locale=self._locale
            )
        if unit.texts is None:
            assert unit.cldr is not None, "a unit has a CLDR name or texts"
            return format_unit(str(number), unit.cldr, self._decimals, self._locale)
        forms = unit.texts[self.language.code]
        form = forms.get(self._plural_form(number), forms["other"])
        return form.replace("{n}", self.number(number))


EXTENDED_FORMS = (Form.ALMOST, Form.OVER, Form.ABOUT)
"""The forms of numbers that do not say themselves what they allow."""
DAY = SECONDS_OF_UNIT["duration-day"]
_LONG = 2 * 24 * 60
"""Minutes from which on the time since an event is told in days."""


@cache
def _parts(word: str, *, escaped: bool) -> tuple[str, ...]:
    """Return the texts and placeholder names of a word in turn, escaped for HTML or as it is."""
    return split_at_placeholders(escape(word) if escaped else word)


def _midnight(day: date) -> datetime:
    """Return the beginning of a day in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def word_key(prefix: str, member: StrEnum) -> str:
    """Return the key of the word for a member of an enumeration: `mode_to_negotiate`."""
    return f"{prefix}_{member.value.replace('-', '_')}"
