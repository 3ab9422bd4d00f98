"""Durations, dates, hours and days in running text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from briefing.numerals.clock_times import clock_times_in
from briefing.numerals.dates import PartialDate, dates_in
from briefing.numerals.durations import UNITS, durations_in
from briefing.numerals.relative_days import knows_days, relative_days_in
from support.nightly import examples

LAW = examples(150)
TEXTS = st.text(
    st.sampled_from("0123456789 .,:-/hgiờ rưỡi半点月日年三十 May am pm ngày tháng"), max_size=30
)


@pytest.mark.parametrize(
    ("language", "text", "unit", "count"),
    [
        ("vi", "gần ba tiếng", "minute", "180"),
        ("vi", "ba tiếng rưỡi", "minute", "210"),
        ("vi", "1h30", "minute", "90"),
        ("vi", "1 giờ 30", "minute", "90"),
        ("vi", "1 giờ 30 phút", "minute", "90"),
        ("vi", "trong 1,5 giờ", "minute", "90"),
        ("vi", "nửa tiếng", "minute", "30"),
        ("vi", "hai tuần", "day", "14"),
        ("vi", "mười năm", "year", "10"),
        ("vi", "một thập kỷ", "year", "10"),
        ("vi", "hai năm rưỡi", "month", "30"),
        ("en", "an hour and a half", "minute", "90"),
        ("en", "two and a half hours", "minute", "150"),
        ("en", "half an hour", "minute", "30"),
        ("en", "a three-hour call", "minute", "180"),
        ("en", "a day-long strike", "hour", "24"),
        ("en", "two decades", "year", "20"),
        ("en", "1 hour and 30 minutes", "minute", "90"),
        ("zh", "两个半小时", "minute", "150"),
        ("zh", "半小时", "minute", "30"),
        ("zh", "3小时", "minute", "180"),
        ("zh", "一年半", "month", "18"),
        ("zh", "一个多小时", "minute", "60"),
        ("zh-Hant", "兩週", "day", "14"),
        ("de", "3 Stunden", "minute", "180"),
        ("ru", "2 года", "month", "24"),
    ],
)
def test_durations_are_read_in_any_unit(language: str, text: str, unit: str, count: str) -> None:
    """In the words of three languages, and with the units of CLDR in the others."""
    (duration,) = durations_in(text, language)

    assert duration.counts(UNITS[unit])[0] == Decimal(count)


def test_the_first_end_of_a_range_has_the_unit_of_the_second() -> None:
    """`2 to 3 hours` are two durations."""
    found = durations_in("từ 2 đến 3 giờ", "vi")

    assert [duration.counts(UNITS["minute"]) for duration in found] == [
        (Decimal(120),),
        (Decimal(180),),
    ]


def test_months_are_no_number_of_days() -> None:
    """A month is as long as it is."""
    (duration,) = durations_in("một tháng", "vi")

    assert duration.counts(UNITS["day"]) == ()


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("vi", "ngày 18/3", [(None, 3, 18)]),
        ("vi", "ngày 18-3, sáng 12-9", [(None, 3, 18), (None, 9, 12)]),
        ("vi", "ngày 18 tháng 3 năm 2025", [(2025, 3, 18)]),
        ("vi", "ngày mười tám tháng ba", [(None, 3, 18)]),
        ("vi", "18.3.2025", [(2025, 3, 18)]),
        (
            "vi",
            "ngày 18, tháng Tư, tháng giêng",
            [(None, None, 18), (None, 4, None), (None, 1, None)],
        ),
        ("vi", "17-18/3", [(None, 3, 17), (None, 3, 18)]),
        ("vi", "tháng 3/2025, năm 2024", [(2025, 3, None), (2024, None, None)]),
        (
            "en",
            "18 March 2025; March 18; 18th of March",
            [(2025, 3, 18), (None, 3, 18), (None, 3, 18)],
        ),
        ("en", "Mar. 18, Sept. 5, 2024", [(None, 3, 18), (2024, 9, 5)]),
        ("en", "March 18-19; 18 and 19 March", [(None, 3, 18), (None, 3, 19)] * 2),
        ("en", "on the 18th", [(None, None, 18)]),
        ("en", "it may march", []),
        ("en", "May 2025", [(2025, 5, None)]),
        ("en", "2025-03-18", [(2025, 3, 18)]),
        ("zh", "3月18日，十八日，18号", [(None, 3, 18), (None, None, 18), (None, None, 18)]),
        ("zh", "二〇二五年三月十八日", [(2025, 3, 18)]),
        ("zh", "三个月", []),
        ("ja", "3月18日", [(None, 3, 18)]),
        ("de", "am 18. März", [(None, 3, 18)]),
        ("fr", "le 1er mai", [(None, 5, 1)]),
        ("es", "18 de marzo de 2025", [(2025, 3, 18)]),
        ("ru", "18 марта", [(None, 3, 18)]),
    ],
)
def test_dates_are_read_in_the_forms_of_a_language(
    language: str, text: str, dates: list[tuple[int | None, int | None, int | None]]
) -> None:
    """Whole, or as far as they are named; the names of months are those of CLDR."""
    found = [mention.readings[0] for mention in dates_in(text, language)]

    assert found == [PartialDate(year=y, month=m, day=d) for y, m, d in dates]


def test_day_and_month_may_change_places_but_in_vietnamese() -> None:
    """`3/4` is in March in America."""
    (vietnamese,), (english,) = dates_in("ngày 3/4", "vi"), dates_in("on 3/4", "en")

    assert [each.month for each in vietnamese.readings] == [4]
    assert [each.month for each in english.readings] == [4, 3]


@LAW
@given(
    st.dates(date(1000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["vi", "en", "zh", "de", "fr", "es", "it", "pt", "ru", "uk", "pl", "ja", "nl"]),
    st.sampled_from(["long", "medium"]),
)
def test_a_date_as_cldr_writes_it_is_read_back(day: date, language: str, style: str) -> None:
    """In full, and short where the month has a name."""
    text = format_date(day, style, locale=language)
    readings = [each for mention in dates_in(text, language) for each in mention.readings]

    assert any((each.month, each.day) == (day.month, day.day) for each in readings), text


@pytest.mark.parametrize(
    ("language", "text", "hour", "minute"),
    [
        ("vi", "21 giờ", 21, 0),
        ("vi", "21h", 21, 0),
        ("vi", "21h30", 21, 30),
        ("vi", "9 giờ tối", 21, 0),
        ("vi", "chín giờ sáng", 9, 0),
        ("vi", "8 giờ 30 phút sáng", 8, 30),
        ("vi", "10 giờ kém 15 sáng", 9, 45),
        ("vi", "0 giờ", 0, 0),
        ("en", "9 p.m.", 21, 0),
        ("en", "9:30 pm", 21, 30),
        ("en", "9.30pm", 21, 30),
        ("en", "10am", 10, 0),
        ("en", "noon", 12, 0),
        ("en", "nine in the evening", 21, 0),
        ("zh", "晚上9点", 21, 0),
        ("zh", "上午10点54分", 10, 54),
        ("zh", "21时", 21, 0),
        ("zh", "下午三点半", 15, 30),
        ("zh", "中午十二点", 12, 0),
        ("fr", "21h30", 21, 30),
    ],
)
def test_hours_are_read_with_the_part_of_the_day(
    language: str, text: str, hour: int, minute: int
) -> None:
    """In digits in any language, and in the words of three."""
    found = clock_times_in(text, language)

    assert {time for each in found for time in each.times} == {(hour, minute)}


def test_an_hour_without_a_part_of_the_day_can_be_in_both() -> None:
    """Half past nine is in the morning or in the evening."""
    (found,) = clock_times_in("half past nine", "en")

    assert found.times == ((9, 30), (21, 30))


@pytest.mark.parametrize(
    ("language", "text", "offset", "weekday"),
    [
        ("vi", "hôm nay", 0, None),
        ("vi", "Sáng qua", -1, None),
        ("vi", "thứ Ba", None, 1),
        ("vi", "cùng ngày", None, None),
        ("en", "yesterday", -1, None),
        ("en", "on Tuesday", None, 1),
        ("en", "the next day", None, None),
        ("zh", "今晚", 0, None),
        ("zh", "上周六", None, 5),
        ("zh", "次日", None, None),
    ],
)
def test_words_for_days_are_read(
    language: str, text: str, offset: int | None, weekday: int | None
) -> None:
    """From the day of the text, as a day of the week, or as one that nobody can tell."""
    (found,) = relative_days_in(text, language)

    assert (found.offset, found.weekday) == (offset, weekday)
    assert knows_days(language)


@LAW
@given(TEXTS, st.sampled_from(["vi", "en", "zh", "de", "xx"]))
def test_any_text_can_be_searched_for_times(text: str, language: str) -> None:
    """What is found stands in it."""
    for read in (durations_in, dates_in, clock_times_in, relative_days_in):
        assert all(0 <= each.start <= each.end <= len(text) for each in read(text, language))
