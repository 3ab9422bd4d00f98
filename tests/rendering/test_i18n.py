"""What a language does to words, numbers, dates and lists."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from msgspec.structs import replace

from briefing.content.parse import parse_site
from briefing.content.values import read_moment, read_period, read_quantity
from briefing.model import values as model_values
from briefing.model.article import Mode, UrlStatus
from briefing.model.site import Language, Point, PointKind, Site, Unit
from briefing.model.values import Choice, Value
from briefing.rendering.i18n import Translator, UnknownWordError, word_key
from briefing.syntax.cldr import (
    find_locale,
    is_country,
    is_currency,
    is_date_pattern,
    is_time_zone,
    is_unit,
    plural_forms,
    suggest_country,
    suggest_language,
    suggest_time_zone,
    suggest_unit,
    text_direction,
)
from briefing.syntax.placeholders import placeholders
from support.nightly import examples

LAW = examples(50)
ZONE = "Asia/Ho_Chi_Minh"
WASHINGTON = "America/New_York"


VI = {
    "form_at_least": "ít nhất {a}",
    "form_at_most": "nhiều nhất {a}",
    "form_more_than": "hơn {a}",
    "form_less_than": "dưới {a}",
    "form_almost": "gần {a}",
    "form_over": "hơn {a}",
    "form_about": "khoảng {a}",
    "form_between": "{a} đến {b}",
    "extent_about": "từ {a} đến {b}",
    "extent_almost": "từ {a} đến dưới {b}",
    "extent_any_zone": "ở bất kỳ múi giờ nào",
    "extent_over": "trên {a}, đến {b}",
    "time_in": "{time} (giờ {city})",
    "times_on_day": "{times} ngày {day}",
    "listed": "{a}, {b}",
    "semicolon": "{a}; {b}",
}
EN = {
    "form_at_least": "at least {a}",
    "form_at_most": "at most {a}",
    "form_more_than": "more than {a}",
    "form_less_than": "less than {a}",
    "form_almost": "almost {a}",
    "form_over": "over {a}",
    "form_about": "about {a}",
    "form_between": "{a} to {b}",
    "extent_about": "from {a} to {b}",
    "extent_almost": "from {a} to under {b}",
    "extent_any_zone": "in any time zone",
    "extent_over": "over {a}, up to {b}",
    "time_in": "{time} {city} time",
    "times_on_day": "{times}, {day}",
    "listed": "{a}, {b}",
    "semicolon": "{a}; {b}",
    "skip": "Skip",
    "mode_to_negotiate": "left to negotiate",
}


@pytest.fixture(scope="module")
def briefing(small: Mapping[str, bytes]) -> Site:
    """The small site, read."""
    return parse_site(small)


@pytest.fixture(scope="module")
def vi() -> Translator:
    """Vietnamese, as newspapers write it."""
    language = replace(
        bare("vi", **VI).language,
        patterns={"day": "d/M/y", "month": "'tháng' M/y", "year": "'năm' y", "time": "HH:mm"},
        languages={"zh-Hans": "tiếng Trung (giản thể)"},
        countries={"US": "Mỹ"},
        cities={ZONE: "Hà Nội", WASHINGTON: "Washington"},
    )
    return Translator(language, ZONE)


@pytest.fixture(scope="module")
def en() -> Translator:
    """British English."""
    language = replace(
        bare("en_GB", **EN).language,
        code="en",
        cities={ZONE: "Hanoi"},
    )
    return Translator(language, ZONE)


@pytest.fixture(scope="module")
def both(vi: Translator, en: Translator) -> tuple[Translator, Translator]:
    """Both languages."""
    return vi, en


def bare(locale: str, **words: str | Mapping[str, str]) -> Translator:
    """Make a language that brings nothing but its words."""
    language = Language(
        code=locale.replace("_", "-").lower(),
        name=locale,
        dir="ltr",
        locale=locale,
        forms=plural_forms(locale),
        words=words,
        patterns={},
        languages={},
        countries={},
        cities={},
    )
    return Translator(language, ZONE)


def point(briefing: Site, id: str) -> Point:
    """Find a point of the small site."""
    return next(point for topic in briefing.topics for point in topic.points if point.id == id)


@pytest.mark.parametrize(
    ("number", "vietnamese", "english"),
    [
        ("28.7", "28,7", "28.7"),
        ("1234567", "1.234.567", "1,234,567"),
        ("-5", "-5", "-5"),
        ("162.0", "162", "162"),
        ("0.000000001", "0,000000001", "0.000000001"),
        ("28.75432", "28,75432", "28.75432"),
    ],
)
def test_numbers_are_written_as_the_language_does_with_all_their_decimals(
    vi: Translator, en: Translator, number: str, vietnamese: str, english: str
) -> None:
    """A comma in Vietnamese, a point in English, and nothing is rounded."""
    assert vi.number(Decimal(number)) == vietnamese
    assert en.number(Decimal(number)) == english


def test_numbers_are_grouped_as_the_country_does() -> None:
    """India groups by two."""
    assert bare("en_IN").number(1234567) == "12,34,567"


@pytest.mark.parametrize(
    ("written", "vietnamese", "english"),
    [
        ("2025-03-18", "18/3/2025", "18 March 2025"),
        ("2025-03", "tháng 3/2025", "March 2025"),
        ("2027", "năm 2027", "2027"),
        (
            "2025-03-18T14:05Z",
            "21:05 (giờ Hà Nội) ngày 18/3/2025",
            "21:05 Hanoi time, 18 March 2025",
        ),
        (
            "2025-03-18T23:05-04:00",
            "10:05 (giờ Hà Nội) ngày 19/3/2025",
            "10:05 Hanoi time, 19 March 2025",
        ),
    ],
)
def test_a_date_is_written_as_newspapers_do(
    vi: Translator, en: Translator, written: str, vietnamese: str, english: str
) -> None:
    """A month and a day stay what they are in any zone; a time is told by the clock of the site."""
    assert vi.moment(read_moment(written)) == vietnamese
    assert en.moment(read_moment(written)) == english


def test_a_language_without_patterns_of_its_own_has_some() -> None:
    """Every kind of moment has a pattern."""
    assert bare("fr").moment(read_moment("2025-03-18")) == "18 mars 2025"
    assert not bare("fr").language.patterns


@pytest.mark.parametrize(
    ("written", "zones", "told"),
    [
        (
            "2025-03-18T14:00Z",
            (WASHINGTON, ZONE),
            (
                "10:00 (giờ Washington), 21:00 (giờ Hà Nội) ngày 18/3/2025",
                "10:00 New York time, 21:00 Hanoi time, 18 March 2025",
            ),
        ),
        (
            "2025-03-18T20:00Z",
            (WASHINGTON, ZONE),
            (
                "16:00 (giờ Washington) ngày 18/3/2025; 03:00 (giờ Hà Nội) ngày 19/3/2025",
                "16:00 New York time, 18 March 2025; 03:00 Hanoi time, 19 March 2025",
            ),
        ),
        (
            "2025-03-18T14:00Z..2025-03-18T15:30Z",
            (WASHINGTON, ZONE),
            (
                "10:00 đến 11:30 (giờ Washington), 21:00 đến 22:30 (giờ Hà Nội) ngày 18/3/2025",
                "10:00 to 11:30 New York time, 21:00 to 22:30 Hanoi time, 18 March 2025",
            ),
        ),
        (
            "2025-03-18T14:00Z..2025-03-18T17:30Z",
            (ZONE,),
            (
                "21:00 (giờ Hà Nội) ngày 18/3/2025 đến 00:30 (giờ Hà Nội) ngày 19/3/2025",
                "21:00 Hanoi time, 18 March 2025 to 00:30 Hanoi time, 19 March 2025",
            ),
        ),
        (
            "2025-03-18T14:00Z",
            ("UTC", "Etc/GMT+5"),
            (
                "14:00 UTC, 09:00 GMT-05:00 ngày 18/3/2025",
                "14:00 UTC, 09:00 GMT-05:00, 18 March 2025",
            ),
        ),
        ("2025-03-18", (WASHINGTON, ZONE), ("18/3/2025", "18 March 2025")),
        ("2025-03", (WASHINGTON, ZONE), ("tháng 3/2025", "March 2025")),
    ],
)
def test_a_time_is_told_in_each_zone_by_its_city_and_a_day_once(
    briefing: Site,
    both: tuple[Translator, Translator],
    written: str,
    zones: tuple[str, ...],
    told: tuple[str, str],
) -> None:
    """The words file may name the city as its readers do; else CLDR does. A day has no zone."""
    vi, en = both
    began, period = point(briefing, "began"), read_period(written)

    assert (vi.value(began, period, zones), en.value(began, period, zones)) == told
    if period.first == period.last:
        assert (vi.moment(period.first, zones), en.moment(period.first, zones)) == told


@pytest.mark.parametrize(
    ("items", "vietnamese", "english"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A và B", "A and B"),
        (["A", "B", "C"], "A, B và C", "A, B and C"),
    ],
)
def test_a_list_is_joined_as_in_a_sentence(
    vi: Translator, en: Translator, items: list[str], vietnamese: str, english: str
) -> None:
    """The last item is joined by the word for `and`."""
    assert vi.listing(items) == vietnamese
    assert en.listing(items) == english


def test_a_list_with_markup_is_escaped_once(en: Translator) -> None:
    """What is markup already stays, and the rest becomes it."""
    assert en.listing([Markup("<b>A</b> &amp; B"), "C & D"]) == Markup(
        "<b>A</b> &amp; B and C &amp; D"
    )


def test_numbers_of_articles_stand_beside_each_other_and_are_no_sentence(vi: Translator) -> None:
    assert vi.numbers([2, 4]) == "2, 4"
    assert vi.numbers([]) == ""


def test_languages_are_named_as_they_stand_in_a_sentence(vi: Translator, en: Translator) -> None:
    """The words file may name a language, however its tag is written; else CLDR does."""
    assert vi.language_name("zh-Hans") == vi.language_name("zh-hans") == "tiếng Trung (giản thể)"
    assert vi.language_name("ja") == "Tiếng Nhật"
    assert en.language_name("vi") == "Vietnamese"
    assert en.language_names(["vi", "en", "vi"]) == "Vietnamese and English"


def test_what_cldr_cannot_name_in_a_language_is_named_all_the_same() -> None:
    """A small language names other languages as these do, and countries in English."""
    assert bare("tn").language_name("zh-Hans") == "中文 (简体)"
    assert bare("tn").language_name("wa") == "walon"
    assert bare("tn").country("FR") == "France"


def test_countries_are_named_as_newspapers_do(vi: Translator, en: Translator) -> None:
    """The words file may name a country; else CLDR does."""
    assert vi.country("US") == "Mỹ"
    assert vi.country("FR") == "Pháp"
    assert en.country("VN") == "Vietnam"


QUANTITIES = {
    "30": ("30 phút", "30 minutes"),
    "1": ("1 phút", "1 minute"),
    ">=90": ("ít nhất 90 phút", "at least 90 minutes"),
    "<=5": ("nhiều nhất 5 phút", "at most 5 minutes"),
    ">90": ("hơn 90 phút", "more than 90 minutes"),
    "<1": ("dưới 1 phút", "less than 1 minute"),
    "almost 180": ("gần 180 phút", "almost 180 minutes"),
    "over 90": ("hơn 90 phút", "over 90 minutes"),
    "~2.5": ("khoảng 2,5 phút", "about 2.5 minutes"),
    "90..120": ("90 đến 120 phút", "90 to 120 minutes"),
}


@pytest.mark.parametrize("written", QUANTITIES)
def test_a_quantity_is_shown_in_the_form_it_was_written_in(
    briefing: Site, vi: Translator, en: Translator, written: str
) -> None:
    """Each form has its words, around the number and its unit."""
    lasted, quantity = point(briefing, "lasted"), read_quantity(written)

    assert (vi.value(lasted, quantity), en.value(lasted, quantity)) == QUANTITIES[written]


IN_HOURS = {
    "5h20": ("5 giờ 20 phút", "5 hours 20 minutes"),
    "320": ("5 giờ 20 phút", "5 hours 20 minutes"),
    "5h": ("5 giờ", "5 hours"),
    "1h01": ("1 giờ 1 phút", "1 hour 1 minute"),
    "30h": ("30 giờ", "30 hours"),
    "45": ("45 phút", "45 minutes"),
    "0": ("0 phút", "0 minutes"),
    "0.5": ("30 giây", "30 seconds"),
    "-5": ("-5 phút", "-5 minutes"),
    "almost 3h": ("gần 3 giờ", "almost 3 hours"),
    "1h30..2h": ("1 giờ 30 phút đến 2 giờ", "1 hour 30 minutes to 2 hours"),
}


@pytest.mark.parametrize("written", IN_HOURS)
def test_a_duration_is_shown_in_hours_and_minutes_where_its_point_is(
    briefing: Site, vi: Translator, en: Translator, written: str
) -> None:
    """All values of a point are shown alike, so that readers can compare them."""
    lasted = replace(point(briefing, "lasted"), in_hours=True)
    quantity = read_quantity(written, "duration-minute")

    assert (vi.value(lasted, quantity), en.value(lasted, quantity)) == IN_HOURS[written]


@pytest.mark.parametrize(
    ("locale", "unit", "written", "shown"),
    [
        ("en", "duration-hour", "5h20", "5 hours 20 minutes"),
        ("en", "duration-day", "32h", "1 day 8 hours"),
        ("en", "duration-week", "2", "14 days"),
        ("en", "duration-week", "9" * 18, "6,999,999,999,999,999,993 days"),
        ("en", "duration-second", "1h01", "1 hour 1 minute"),
        ("de", "duration-minute", "5h20", "5 Stunden, 20 Minuten"),
        ("fr", "duration-minute", "5h20", "5\xa0heures 20 minutes"),
        ("es", "duration-minute", "5h20", "5 horas 20 minutos"),
        ("ru", "duration-minute", "5h21", "5 часов 21 минута"),
        ("zh_Hans", "duration-minute", "5h20", "5小时20分钟"),
        ("ja", "duration-minute", "5h20", "5 時間20 分"),
        ("ar", "duration-minute", "5h20", "5 ساعات و20 دقيقة"),
        ("th", "duration-minute", "5h20", "5 ชั่วโมง 20 นาที"),
    ],
)
def test_hours_and_minutes_are_written_as_each_language_does(
    briefing: Site, locale: str, unit: str, written: str, shown: str
) -> None:
    """By its units and its list of units; in which unit they are counted does not show."""
    cldr = Unit(cldr=unit, texts=None)
    lasted = replace(point(briefing, "lasted"), unit=cldr, in_hours=True)

    assert bare(locale).value(lasted, read_quantity(written, unit)) == shown


EXTENTS = {
    "almost 180": ("từ 162 đến dưới 180 phút", "from 162 to under 180 minutes"),
    "over 90": ("trên 90, đến 112,5 phút", "over 90, up to 112.5 minutes"),
    "~150": ("từ 135 đến 165 phút", "from 135 to 165 minutes"),
    **dict.fromkeys(("30", ">=90", "<=5", ">90", "<1", "90..120", "~0"), ("", "")),
}


@pytest.mark.parametrize("written", EXTENTS)
def test_what_a_rough_number_allows_is_told_in_words(
    briefing: Site, vi: Translator, en: Translator, written: str
) -> None:
    """A reader sees no signs of mathematics, and nothing twice."""
    lasted, quantity = point(briefing, "lasted"), read_quantity(written)

    assert (vi.extent(lasted, quantity), en.extent(lasted, quantity)) == EXTENTS[written]


def test_what_rough_hours_allow_is_told_in_hours(briefing: Site, en: Translator) -> None:
    """To the second, where a tenth is no whole minute."""
    lasted = replace(point(briefing, "lasted"), in_hours=True)
    about = read_quantity("~1h35", "duration-minute")
    told = "from 1 hour 25 minutes 30 seconds to 1 hour 44 minutes 30 seconds"

    assert en.extent(lasted, about) == told


@pytest.mark.parametrize(
    ("kind", "written", "told"),
    [
        (PointKind.DATETIME, "2025-03-18", "in any time zone"),
        (PointKind.DATETIME, "2025", "in any time zone"),
        (PointKind.DATETIME, "2025-03-18T14:00Z", ""),
        (PointKind.DATE, "2025-03-18", ""),
        (PointKind.DATE, "2025-03", ""),
        (PointKind.DATE, "2025-03-18T14:00Z", ""),
        (PointKind.DATE, "2025-03-18T22:00-04:00", "18 March 2025"),
        (
            PointKind.DATE,
            "2025-03-08T22:00-04:00..2025-03-19T22:00-04:00",
            "8 March 2025 to 19 March 2025",
        ),
    ],
)
def test_what_is_compared_of_a_time_is_told_where_it_does_not_show(
    briefing: Site, en: Translator, kind: PointKind, written: str, told: str
) -> None:
    """A day is any zone's where times are compared; where days are, a time is the day it names."""
    dated = replace(point(briefing, "next-date"), kind=kind)

    assert en.extent(dated, read_period(written)) == told


def test_options_and_texts_allow_what_they_say(briefing: Site, en: Translator) -> None:
    """Nothing is to be explained of them."""
    assert en.extent(point(briefing, "dams"), Choice(frozenset(["open"]))) == ""
    assert en.extent(point(briefing, "wording"), model_values.FreeText({"en": "One."})) == ""


@pytest.mark.parametrize(
    ("sign", "shown"),
    [("{a}, {b}", "nước, cá, thuyền"), ("{a}、{b}", "nước、cá、thuyền")],
)
def test_three_options_are_listed_with_the_sign_of_the_language(
    briefing: Site, sign: str, shown: str
) -> None:
    """The lists of CLDR without a conjunction are those of measures: in Chinese without a sign."""
    words = Translator(replace(bare("vi", listed=sign).language, code="vi"), ZONE)
    terms = Choice(frozenset(["boats", "water", "fish"]))

    assert words.value(point(briefing, "terms"), terms) == shown


@pytest.mark.parametrize(
    ("id", "value", "shown"),
    [
        ("delegates", read_quantity("1"), ("1 đại biểu", "1 delegate")),
        ("delegates", read_quantity("1000"), ("1.000 đại biểu", "1,000 delegates")),
        ("turnout", read_quantity("over 60"), ("hơn 60%", "over 60 per cent")),
        ("fees", read_quantity("1.5"), ("1,5", "1.5")),
        ("terms", Choice(frozenset(["boats", "water"])), ("nước, thuyền", "water, boats")),
        ("dams", Choice(frozenset(["open"])), ("mở", "opened")),
        ("next-date", read_period("2025-07"), ("tháng 7/2025", "July 2025")),
        (
            "next-date",
            read_period("2025-07-01..2025-07-03"),
            ("1/7/2025 đến 3/7/2025", "1 July 2025 to 3 July 2025"),
        ),
        ("wording", model_values.FreeText({"vi": "Một.", "en": "One."}), ("Một.", "One.")),
    ],
)
def test_a_value_is_shown_through_the_labels_and_the_unit_of_its_point(
    briefing: Site,
    both: tuple[Translator, Translator],
    id: str,
    value: Value,
    shown: tuple[str, str],
) -> None:
    """So a claim needs no wording of its own in each language."""
    vi, en = both

    assert (vi.value(point(briefing, id), value), en.value(point(briefing, id), value)) == shown


@pytest.mark.parametrize(
    ("locale", "unit", "number", "shown"),
    [
        ("vi", "duration-day", "3", "3 ngày"),
        ("vi", "percent", "60", "60%"),
        ("vi", "kilometer", "2.5", "2,5 kilômét"),
        ("en_GB", "kilometer", "1", "1 kilometre"),
        ("en", "kilometer", "2", "2 kilometers"),
        ("en", "length-kilometer", "2", "2 kilometers"),
        ("sw", "duration-day", "3", "siku 3"),
        ("ru", "duration-day", "2.12345", "2,12345 дня"),
        ("ar", "duration-minute", "3", "3 دقائق"),
        ("co", "dot-per-inch", "3", "3 dots per inch"),
        ("fy", "graphics-dot", "3.5", "3.5 dots"),
    ],
)
def test_a_unit_is_written_as_long_as_the_language_can(
    briefing: Site, locale: str, unit: str, number: str, shown: str
) -> None:
    """Where CLDR has only a short form it stands in, and where it has none the English name."""
    fees = replace(point(briefing, "fees"), unit=Unit(cldr=unit, texts=None))

    assert bare(locale).value(fees, read_quantity(number)) == shown


def test_words_are_filled_in_and_numbers_in_them_are_written_as_numbers(en: Translator) -> None:
    """A word is a text of the words file, by its key."""
    assert en("skip") == "Skip"
    assert en("form_between", a=1000, b=Decimal("2.5")) == "1,000 to 2.5"
    assert en.of("mode", Mode.TO_NEGOTIATE) == "left to negotiate"


@pytest.mark.parametrize(
    ("locale", "n", "shown"),
    [
        ("en", 1, "1 article"),
        ("en", 0, "0 articles"),
        ("en", 1000, "1,000 articles"),
        ("ru", 1, "1 статья"),
        ("ru", 3, "3 статьи"),
        ("ru", 11, "11 статей"),
    ],
)
def test_the_plural_form_is_the_one_the_number_asks_for(locale: str, n: int, shown: str) -> None:
    """Each language tells its own forms apart."""
    forms = {
        "en": {"one": "{n} article", "other": "{n} articles"},
        "ru": {"one": "{n} статья", "few": "{n} статьи", "many": "{n} статей", "other": ""},
    }

    assert bare(locale, n_articles=forms[locale])("n_articles", n=n) == shown


def test_a_text_is_escaped_where_markup_is_filled_in() -> None:
    """Markup stays, and neither the word nor what else is filled in can become a tag."""
    words = bare("en", by="<{who}> & {link}")

    filled = words("by", who="A & B", link=Markup("<a>"))

    assert isinstance(filled, Markup)
    assert filled == "&lt;A &amp; B&gt; &amp; <a>"


def test_a_text_without_markup_stays_text_for_the_template_to_escape() -> None:
    """Nothing is escaped twice."""
    filled = bare("en", by="by {who}")("by", who="A & B")

    assert not isinstance(filled, Markup)
    assert filled == "by A & B"


@LAW
@given(st.text(), st.text())
@example("{link}", "{who}")
def test_nothing_that_is_filled_in_is_filled_in_again(who: str, link: str) -> None:
    """A name with braces is a name."""
    words = bare("en", by="{who}/{link}")

    isolates = {ord(sign): None for sign in "\u2068\u2069"}
    assert words("by", who=who, link=link).translate(isolates) == f"{who}/{link}".translate(
        isolates
    )
    assert words("by", who=who, link=Markup(link)) == f"{escape(who)}/{link}"


@pytest.mark.parametrize(
    ("key", "filled", "said"),
    [
        ("misspelt", {}, "no word `misspelt` in en"),
        ("by", {}, "`by` needs `who`"),
        ("many", {}, "`many` has plural forms and needs `n`"),
        ("many", {"n": "3"}, "`many` has plural forms and needs `n`"),
    ],
)
def test_a_word_that_is_not_there_stops_the_build(
    key: str, filled: dict[str, object], said: str
) -> None:
    """A mistyped key never renders as nothing."""
    words = bare("en", by="by {who}", many={"one": "{n} a", "other": "{n} as"})

    with pytest.raises(UnknownWordError, match=said):
        words(key, **filled)


def test_a_text_in_every_language_is_given_in_its_own(vi: Translator) -> None:
    """The code of the language chooses it."""
    assert vi.text({"vi": "Mỹ", "en": "the United States"}) == "Mỹ"


@pytest.mark.parametrize(
    ("prefix", "member", "key"),
    [("mode", Mode.TO_NEGOTIATE, "mode_to_negotiate"), ("url", UrlStatus.LIVE, "url_live")],
)
def test_the_key_of_a_word_for_a_member_is_its_value(
    prefix: str, member: StrEnum, key: str
) -> None:
    """With underscores, so that templates can write it."""
    assert word_key(prefix, member) == key


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("vi", "vi"),
        ("en-GB", "en_GB"),
        ("zh-Hans", "zh_Hans"),
        ("zh-hans", "zh_Hans"),
        ("en_GB", None),
        ("en-US.UTF-8", None),
        ("en@euro", None),
        ("en-XX", None),
        ("xx", None),
        ("und", None),
        ("root", None),
        ("Vietnamese", None),
        ("", None),
    ],
)
def test_a_language_is_named_by_a_bcp_47_tag(tag: str, locale: str | None) -> None:
    """What stands in `lang=` must be a tag, not the name of a POSIX locale."""
    assert find_locale(tag) == locale


@pytest.mark.parametrize(
    ("locale", "runs"),
    [
        *((locale, "rtl") for locale in ("ar", "he", "fa", "ur", "ar_EG")),
        *((locale, "ltr") for locale in ("vi", "en_GB", "zh_Hans", "ja", "ru")),
    ],
)
def test_a_script_runs_as_its_readers_read(locale: str, runs: str) -> None:
    """Arabic, Hebrew, Persian and Urdu run from right to left."""
    assert text_direction(locale) == runs


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("vi", {"other"}),
        ("en", {"one", "other"}),
        ("ru", {"one", "few", "many", "other"}),
        ("ar", {"zero", "one", "two", "few", "many", "other"}),
    ],
)
def test_a_language_has_the_plural_forms_that_cldr_says(locale: str, forms: set[str]) -> None:
    """The words files must have these and no others."""
    assert plural_forms(locale) == forms


def test_what_is_filled_in_is_found_in_every_form() -> None:
    """`n` is free in plural forms: `one` may say it in words."""
    assert placeholders("by {who} in {where}") == {"who", "where"}
    assert placeholders({"one": "one of {all}", "other": "{n} of {all}"}) == {"all", "n"}
    assert placeholders({"other": "none"}) == {"n"}


@pytest.mark.parametrize("code", ["VN", "US", "GB", "EU", "XK"])
def test_two_capital_letters_of_iso_3166_are_a_country(code: str) -> None:
    """And so are the union and the country that have codes of their own."""
    assert is_country(code)


@pytest.mark.parametrize("code", ["vn", "VNM", "001", "UK", "ZZ", "XA", "", "Việt"])
def test_other_codes_are_no_country(code: str) -> None:
    """Nor is what CLDR lists for tests and for the unknown."""
    assert not is_country(code)


@pytest.mark.parametrize(
    ("name", "of_time", "known"),
    [
        ("minute", True, True),
        ("kilometer", True, False),
        ("kilometer", False, True),
        ("percent", False, True),
        ("day", False, True),
        ("ay", False, False),
        ("kilometre", False, False),
        ("person", False, False),
        ("", True, False),
        ("", False, False),
    ],
)
def test_a_unit_is_one_that_cldr_knows_by_its_whole_name(
    name: str, of_time: bool, known: bool
) -> None:
    """The end of a name is not the name."""
    assert is_unit(name, of_time=of_time) is known


@pytest.mark.parametrize(
    "name", ["Asia/Ho_Chi_Minh", "America/Argentina/Ushuaia", "Etc/UTC", "UTC"]
)
def test_a_time_zone_is_utc_or_a_place_of_the_iana_database(name: str) -> None:
    """By its whole name."""
    assert is_time_zone(name)


@pytest.mark.parametrize(
    "name", ["GMT", "CET", "Asia/Hanoi", "Asia", "Asia/", "../etc", "/etc/passwd", "a/\0", "a/../b"]
)
def test_other_names_are_no_time_zone(name: str) -> None:
    """An abbreviation says no place, and a path is none."""
    assert not is_time_zone(name)


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        *(("vn", "vi"), ("cn", "zh"), ("jp", "ja"), ("kr", "ko"), ("ua", "uk"), ("gr", "el")),
        *(("us", "en"), ("GB", "en"), ("cz", "cs"), ("dk", "da")),
        *(("zh_CN", "zh-CN"), ("zh_hans_CN", "zh-hans-CN"), ("Vietnamese", "vi")),
        *(("xx", None), ("", None), ("a b", None)),
    ],
)
def test_a_country_or_a_name_for_a_language_is_understood(tag: str, meant: str | None) -> None:
    """As CLDR knows what is spoken where."""
    assert suggest_language(tag) == meant


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        *(("vn", "VN"), ("UK", "GB"), ("USA", "US"), ("vnm", "VN"), ("Vietnam", "VN")),
        *(("XX", None), ("", None), ("zz", None)),
    ],
)
def test_another_code_or_a_name_for_a_country_is_understood(code: str, meant: str | None) -> None:
    """As CLDR knows it."""
    assert suggest_country(code) == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("Europe/Londn", "Europe/London"), ("asia/ho chi minh", "Asia/Ho_Chi_Minh")),
        *(("London", "Europe/London"), ("GMT", "UTC"), ("Z", "UTC")),
        *(("Asia/Hanoi", None), ("GMT+1", None), ("", None), ("CET", None)),
    ],
)
def test_a_time_zone_by_its_city_or_misspelt_is_understood(name: str, meant: str | None) -> None:
    """And none is guessed that nobody meant."""
    assert suggest_time_zone(name) == meant


@pytest.mark.parametrize(
    ("name", "of_time", "meant"),
    [
        *(
            ("km/h", False, "kilometer-per-hour"),
            ("m", False, "meter"),
            ("m²", False, "square-meter"),
        ),
        *(("kmh", False, "kilometer-per-hour"), ("kph", False, "kilometer-per-hour")),
        *(("km2", False, "square-kilometer"), ("kg", False, "kilogram"), ("ºC", False, "celsius")),
        *(("mins", True, "minute"), ("hrs", True, "hour"), ("minuts", True, "minute")),
        *(("phút", False, "minute"), ("ngày", True, "day"), ("giờ", False, "hour")),
        *(("USD", False, None), ("pct", False, "percent")),
        *(("days", True, "day"), ("phút", True, "minute"), ("min", True, "minute")),
        *(("kilometres", False, "kilometer"), ("%", False, "percent"), ("°C", False, "celsius")),
        *(("km", True, None), ("parrots", False, None), ("", False, None)),
    ],
)
def test_a_unit_as_people_write_it_is_understood(
    name: str, of_time: bool, meant: str | None
) -> None:
    """In the words of the site's languages, or misspelt."""
    assert suggest_unit(name, ["en_GB", "vi_VN"], of_time=of_time) == meant


def test_a_unit_is_understood_in_the_languages_of_the_site() -> None:
    """In German, if the site has it."""
    assert suggest_unit("Minuten", ["vi", "de"], of_time=True) == "minute"


@pytest.mark.parametrize(
    ("name", "known"),
    [("USD", True), ("triệu USD", True), ("$", True), ("euro", True), ("km", False), ("", False)],
)
def test_money_is_known_by_its_code_its_sign_or_its_name(name: str, known: bool) -> None:
    """It is no unit of CLDR, and needs another cure than a slip of the pen."""
    assert is_currency(name, ["vi", "en_GB"]) is known


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        ("d/M/y", True),
        ("'tháng' M/y", True),
        ("HH:mm 'ngày' d/M/y", True),
        ("", False),
        ("d MMMMMMM y", False),
        ("h:mm a", True),
        ("h:mm b", False),
        ("HH:mm vvvv", False),
    ],
)
def test_a_date_pattern_is_one_that_cldr_can_write(pattern: str, known: bool) -> None:
    """One that it cannot is told of, and not tried on the day it is used."""
    assert is_date_pattern(pattern) is known


@LAW
@given(st.text())
@example("d" * 50)
@example("'")
def test_any_text_is_known_or_not(text: str) -> None:
    """No text of an author makes the questions crash."""
    answers = [
        is_date_pattern(text),
        is_time_zone(text),
        is_time_zone(f"Asia/{text}"),
        is_country(text),
        is_unit(text, of_time=False),
        is_unit(text, of_time=True),
    ]

    assert set(answers) <= {True, False}
    assert find_locale(text) is None or text.isascii()


PATTERN = st.text(st.sampled_from("GyYuUQqMLlwWdDFgEecabBhHKkjJCmsSAzZOvVXx'., /"), max_size=12)


@LAW
@given(PATTERN)
def test_any_pattern_can_be_written_or_is_refused(pattern: str) -> None:
    """What is taken for a pattern can be written in any language."""
    if not is_date_pattern(pattern):
        return
    moment = read_moment("2025-03-18T14:00Z")

    for locale in ("vi", "ar", "zh_Hans"):
        language = replace(bare(locale, **EN).language, patterns={"time": pattern})
        assert Translator(language, ZONE).moment(moment)
