"""Dates as pages write them -> moments, as precise as the page gives them and not more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from msgspec import Struct

from briefing.model.values import Moment, Precision
from briefing.numerals.dates import PartialDate, dates_in

_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})"
    r"(?:[T\s]+(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?\d{2}(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?"
)
_ISO_BEGIN = re.compile(r"\d{4}-?\d{2}-?\d{2}(?!\d)")
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_MILLISECONDS = 13
_OFFSET = re.compile(r"(?:GMT|UTC|UCT)\s*([+\-−]\s*\d{1,2})(?::?(\d{2}))?\b", re.IGNORECASE)
_BARE_OFFSET = re.compile(r"(?<=\d)\s*([+\-−]\d{2}):?(\d{2})\b")
_HOURS = {
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "ICT": 7,
    "WIB": 7,
    "HKT": 8,
    "SGT": 8,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
"""Hours from UTC of zones by the letters that mean one alone: `CST` may be American or Chinese,
and `ET` is with or without summer time."""
_BY_NAME = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_HOURS)})(?![^\W\d_])")
_CITIES = {
    **dict.fromkeys(("giờ Hà Nội", "giờ Việt Nam", "Giờ Việt Nam"), 7),
    **dict.fromkeys(("北京时间", "北京時間", "台北時間"), 8),
    "日本時間": 9,
    **dict.fromkeys(("بتوقيت مكة المكرمة", "بتوقيت مكة", "بتوقيت السعودية"), 3),
    **dict.fromkeys(("بتوقيت غرينتش", "بتوقيت جرينتش"), 0),
}
_JAPANESE_ERA = re.compile(r"(令和|平成)\s*(\d{1,2}|元)\s*年")
_ERA_BEGAN = {"令和": 2018, "平成": 1988}
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])\s*(?:[:h時时點点]|\.(?=\d\d\s*(?:น|Uhr)))\s*"
    r"(?P<minute>[0-5]\d)(?!\d)\s*(?:分|:\d\d)?\s*(?P<half>[ap]\.?m\b|م(?!\w)|ص(?!\w)|مساء|صباحا)?",
    re.IGNORECASE,
)
_NOON = 12
_LEVANTINE = {
    "كانون الثاني": "يناير",
    "شباط": "فبراير",
    "آذار": "مارس",
    "نيسان": "أبريل",
    "أيار": "مايو",
    "حزيران": "يونيو",
    "تموز": "يوليو",
    "آب": "أغسطس",
    "أيلول": "سبتمبر",
    "تشرين الأول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
}
"""The names of months of the Levant, by those that CLDR has for Arabic."""
_MONTH_TWICE = re.compile(r"(?<=\s)([\u0620-\u064a]+)\s?[/-]\s?\1(?=\s)")
_IN_PATH = re.compile(r"/(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=\D)")
_MONTH_FIRST = {"en-us", "en-ph"}
_DAY_FIRST = re.compile(r"en-(?:gb|au|nz|ie|in|za|sg|my|hk)", re.IGNORECASE)


class PageDate(Struct, frozen=True):
    """A date that a page gives: its day, and its minute and zone where it gives them."""

    at: datetime
    """Without a zone where the page gives none; midnight where it gives no time."""
    has_time: bool

    @property
    def moment(self) -> Moment:
        """The moment to write: to the minute if the zone is known, else the day alone."""
        if self.has_time and self.at.tzinfo:
            return Moment(Precision.MINUTE, self.at.replace(second=0, microsecond=0))
        day = datetime(self.at.year, self.at.month, self.at.day, tzinfo=UTC)
        return Moment(Precision.DAY, day)


def read_date(text: str, language: str) -> PageDate | None:
    """Return the date that a text gives, in whatever form; None if it gives no whole one.

    language: that in which the day or the month stands first, with the country if it is known.
    """
    plain = unicodedata.normalize("NFKC", " ".join(text.split()))
    plain = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in plain)
    if _ISO_BEGIN.match(plain):
        if found := _iso(plain):
            return found
    elif _EPOCH.fullmatch(plain):
        seconds = int(plain) / (1_000 if len(plain) == _MILLISECONDS else 1)
        return PageDate(datetime.fromtimestamp(seconds, UTC), has_time=True)
    else:
        with suppress(ValueError, TypeError, IndexError):
            if re.match(r"[A-Za-z]{3},? \d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", plain):
                return PageDate(parsedate_to_datetime(plain), has_time=True)
    return _in_words(plain, language)


def date_in_path(path: str) -> PageDate | None:
    """Return the day that an address names, `/2025/03/19/` or `-20250319`; None for none."""
    match = _IN_PATH.search(f"{path}/") or re.search(
        r"[/_-](20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\d{0,8}(?:\D|$))", path
    )
    with suppress(ValueError):
        if match:
            year, month, day = map(int, match.groups())
            return PageDate(datetime(year, month, day), has_time=False)  # noqa: DTZ001
    return None


def most_precise(dates: Iterable[PageDate]) -> PageDate | None:
    """Return the first of some dates, or of those of about the same day one to the minute.

    Those that come first are the more reliable; None if there are none.
    """
    found = list(dates)
    if not found:
        return None
    first = found[0]
    same = [date for date in found if abs(_naive(date) - _naive(first)) <= timedelta(days=1)]
    to_the_minute = [date for date in same if date.has_time and date.at.tzinfo]
    return to_the_minute[0] if to_the_minute else first


def _naive(date: PageDate) -> datetime:
    return date.at.replace(tzinfo=None)


def _iso(text: str) -> PageDate | None:
    """Return a date in ISO 8601, also with spaces in it; the zone may stand behind it in words."""
    if not (match := _ISO.match(text)):
        return None
    numbers = [int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute")]
    rest = text[match.end() :]
    with suppress(ValueError):
        zone = _zone(f"0 {match['zone']}" if match["zone"] else rest)
        if match["zone"] in {"Z", "UTC", "GMT"}:
            zone = UTC
        at = datetime(*numbers, tzinfo=zone)  # type: ignore[misc,arg-type]
        if match["hour"] is None and (clock := _clock(rest)):
            return PageDate(at.replace(hour=clock[0], minute=clock[1]), has_time=True)
        return PageDate(at, has_time=match["hour"] is not None)
    return None


def _in_words(text: str, language: str) -> PageDate | None:
    """Return the first whole date in a text, with the hour and the zone that stand beside it."""
    plain = _JAPANESE_ERA.sub(_common_year, text)
    if language.startswith("ar"):
        for name, common in _LEVANTINE.items():
            plain = re.sub(rf"(?<!\w){name}(?!\w)", common, plain)
        plain = _MONTH_TWICE.sub(r"\1", plain)
    for mention in filter(lambda mention: mention.sure, dates_in(plain, language)):
        days = [day for day in mention.readings if day.year and day.month and day.day]
        if (day := _meant(days, language)) is None:
            continue
        around = (
            f"{plain[max(0, mention.start - 40) : mention.start]} | {plain[mention.end :][:60]}"
        )
        clock = _clock(around)
        with suppress(ValueError):
            at = datetime(day.year or 0, day.month or 0, day.day or 0, tzinfo=_zone(around))
            if clock:
                return PageDate(at.replace(hour=clock[0], minute=clock[1]), has_time=True)
            return PageDate(at.replace(tzinfo=None), has_time=False)
    return None


def _meant(days: list[PartialDate], language: str) -> PartialDate | None:
    """Return which day is meant; None if it may be one or another: `03/04/2025` in English.

    days: the readings, first that in which the day stands before the month.
    """
    if len(days) < 2:  # noqa: PLR2004 — there is one reading
        return days[0] if days else None
    if language.lower() in _MONTH_FIRST:
        return days[1]
    is_day_first = not language.lower().startswith("en") or _DAY_FIRST.match(language)
    return days[0] if is_day_first else None


def _common_year(match: re.Match[str]) -> str:
    number = 1 if match[2] == "元" else int(match[2])
    return f"{_ERA_BEGAN[match[1]] + number}年"


def _clock(text: str) -> tuple[int, int] | None:
    """Return the first hour and minute in a text; None if there is none."""
    if not (match := _CLOCK.search(text)):
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    if half := match["half"]:
        after_noon = half[0].lower() in "pم"
        hour = hour % _NOON + _NOON * after_noon if hour <= _NOON else hour
    return hour, minute


def _zone(text: str) -> timezone | None:
    """Return the zone that a text names; None if it names none, or one that may be several."""
    if match := _OFFSET.search(text) or _BARE_OFFSET.search(text):
        hours = int(match[1].replace("−", "-").replace(" ", ""))
        minutes = int(match[2] or 0)
        with suppress(ValueError):
            return timezone(timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes))
    for name, hours in _CITIES.items():
        if name in text:
            return timezone(timedelta(hours=hours))
    if named := _BY_NAME.search(text):
        return timezone(timedelta(hours=_HOURS[named[0]]))
    return None


def dates_of(texts: Iterable[str], language: str) -> Iterator[PageDate]:
    """Yield the date of each text that gives one."""
    for text in texts:
        if date := read_date(text, language):
            yield date
