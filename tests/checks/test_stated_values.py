"""Numbers and dates of claims, held to the passages they were read from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from briefing.checks.stated.values import values_stand_in_passages
from briefing.content.parse import parse_site
from briefing.problems import Problem
from support.comparisons import site

PEOPLE = {"kind": "number", "unit": {"en": "{n} people"}}
MILLIONS = {"kind": "number", "unit": {"en": "{n} million tonnes"}}
MINUTES, HOURS = {"kind": "duration", "unit": "minute"}, {"kind": "duration", "unit": "hour"}
WEEKS, MONTHS = {"kind": "duration", "unit": "week"}, {"kind": "duration", "unit": "month"}
DAYS, YEARS = {"kind": "number", "unit": "day"}, {"kind": "duration", "unit": "year"}
PERCENT, LENGTH = {"kind": "number", "unit": "percent"}, {"kind": "number", "unit": "kilometer"}
DATE, TIME = {"kind": "date"}, {"kind": "datetime"}
Case = tuple[Mapping[str, Any], str, str, str]
"""The point, what a claim says, the language of the article and a paragraph of it."""


def told(
    point: Mapping[str, Any], says: str, language: str, text: str | None, **more: Any
) -> list[Problem]:
    """Hold a claim, whose passage begins the second paragraph, to a kept text."""
    files = site({"point": point, "says": {"one": ""}})
    front = files["content/t/one.en.md"].decode().split("\n")[1]
    lead = json.loads(front) | {
        "language": language,
        "published": more.pop("published", "2025-03-19"),
    }
    at = more.pop("at", None) or re.split("[，。 ]", text or "")[0]
    lead["claims"] = [{"point": "p", "says": says, "at": at} | more]
    files["content/t/one.en.md"] = f"---\n{json.dumps(lead)}\n---\n".encode()
    briefing = parse_site(files)
    kept = {} if text is None else {"t/one.txt": f"Title 77, 5/5.\n{text}\nMore of 88.".encode()}
    return list(values_stand_in_passages(briefing, kept))


MISTAKES: list[tuple[Mapping[str, Any], str, str, str, str]] = [
    (PEOPLE, "25", "vi", "Đoàn có hai mươi tư người.", "`25`: the passage has 24"),
    (PEOPLE, "175", "vi", "Mỗi bên trao 157 người.", "`175`: the passage has 157"),
    (MINUTES, "almost 180", "vi", "Họ nói gần hai tiếng.", "`almost 180`: the passage has 120"),
    (MINUTES, "150", "vi", "Cuộc họp dài ba tiếng rưỡi.", "`150`: the passage has 210"),
    (MILLIONS, "28.7", "vi", "Trữ lượng là 28,7 nghìn tấn.", "`28.7`: the passage has 0.0287"),
    (DAYS, "60", "vi", "Lệnh ngừng bắn kéo dài 30 ngày.", "`60`: the passage has 30"),
    (DATE, "2025-03-19", "vi", "Ngày 17/3 họ gặp nhau.", "`2025-03-19`: the passage has `17/3`"),
    (DATE, "2025-04-18", "vi", "Vào ngày 18 tháng 3 họ gặp.", "has `18 tháng 3`"),
    (TIME, "2025-03-18T20:00+07:00", "vi", "Bắt đầu từ 21 giờ.", "has `21 giờ`"),
    (YEARS, "over 4", "vi", "Lần đầu trong hơn năm năm qua.", "`over 4`: the passage has 5"),
    (PEOPLE, "1500", "en", "Some fifteen thousand people came.", "`1500`: the passage has 15000"),
    (MINUTES, "60", "en", "They spoke for an hour and a half.", "`60`: the passage has 90"),
    (WEEKS, ">=14", "vi", "Cần ít nhất ba tháng.", "`>=14`: the passage has `ba tháng`"),
    (DAYS, "100", "en", "Three months were agreed.", "`100`: the passage has `Three months`"),
    (MONTHS, "2", "en", "It took six weeks.", "`2`: the passage has `six weeks`"),
    (DAYS, "30", "en", "A pause of three weeks was agreed.", "`30`: the passage has 21"),
    (DATE, "2025-03-28", "en", "On March 18 they met.", "has `March 18`"),
    (TIME, "2025-03-18T21:00+00:00", "en", "They met at 9 a.m. there.", "has `9 a.m.`"),
    (PERCENT, "50", "en", "Support was a third of all.", "`50`: the passage has 3"),
    (PEOPLE, "20..40", "en", "Between 20 and 30 people came.", "`40`: the passage has 20 and 30"),
    (MILLIONS, "28.7", "zh", "总计2,780万吨。", "`28.7`: the passage has 27.8"),
    (MINUTES, "150", "zh", "会谈持续了三个半小时。", "`150`: the passage has 210"),
    (DATE, "2025-03-18", "zh", "双方3月19日会面。", "has `3月19日`"),
    (TIME, "2025-03-18T10:00-04:00", "zh", "通话于晚上10点开始。", "has `10点`"),
    (PEOPLE, "23000", "zh", "有两万五千人参加。", "`23000`: the passage has 25000"),
    (DATE, "2025-03-26", "zh", "双方周二会面。", "has `周二`"),
    (DATE, "2024", "vi", "Từ năm 2023 họ gặp nhau.", "`2024`: the passage has `2023`"),
    (MINUTES, "5h20", "vi", "Họ nói trong 5 giờ 10.", "`320`: the passage has 310"),
    (PEOPLE, "40", "de", "Es kamen 30 Leute.", "`40`: the passage has 30"),
    (DATE, "2025-03-19", "fr", "Le 18 mars, ils parlent.", "has `18 mars`"),
]  # fmt: skip


@pytest.mark.parametrize(("point", "says", "language", "text", "message"), MISTAKES)
def test_a_value_that_its_passage_does_not_have_is_told(
    point: Mapping[str, Any], says: str, language: str, text: str, message: str
) -> None:
    """In digits and in words, whatever the unit; once for each number that is missing."""
    (problem,) = told(point, says, language, text)

    assert message in problem.message
    assert problem.place.path == "content/t/one.en.md"


AGREE: list[Case] = [
    (PEOPLE, "25", "vi", "Đoàn có hai mươi lăm người."),
    (PEOPLE, ">=1541", "vi", "Ít nhất 1.541 người đến."),
    (PEOPLE, "1541", "en", "As many as 1,541 came."),
    (PEOPLE, "2", "vi", "Đây là lần thứ hai."),
    (PEOPLE, "2", "zh", "这是第二次会谈。"),
    (PEOPLE, "12", "en", "A dozen came."),
    (PEOPLE, "~67", "en", "Nearly 70 came."),
    (PEOPLE, "20..30", "vi", "Từ hai mươi đến ba mươi người."),
    (PEOPLE, "0", "en", "Nobody came."),
    (PEOPLE, "1", "en", "The envoy came alone."),
    (MINUTES, "almost 180", "vi", "Họ nói gần ba tiếng."),
    (MINUTES, "90", "vi", "Họ nói trong 1,5 giờ."),
    (MINUTES, "90", "vi", "Họ nói một tiếng rưỡi."),
    (MINUTES, "90", "vi", "Họ nói trong 1h30."),
    (MINUTES, "90", "en", "They spoke for an hour and a half."),
    (MINUTES, ">=90", "zh", "通话持续了至少90分钟。"),
    (MINUTES, "150", "zh", "会谈持续了两个半小时。"),
    (MINUTES, "120..180", "en", "They spoke for 2 to 3 hours."),
    (HOURS, "1.5", "en", "They spoke for 90 minutes."),
    (DAYS, "14", "vi", "Trong hai tuần tới."),
    (YEARS, "10", "vi", "Sau một thập kỷ."),
    (YEARS, "20", "en", "For two decades they waited."),
    (WEEKS, ">=13", "vi", "Cần ít nhất ba tháng."),
    (WEEKS, "12", "vi", "Cần ít nhất ba tháng."),
    (DAYS, "90", "en", "A pause of three months was agreed."),
    (DAYS, "92", "zh", "持续了三个月。"),
    (DAYS, "365", "en", "A pause of one year was agreed."),
    (MONTHS, "<=1.5", "en", "It is due within six weeks."),
    (MONTHS, "3", "vi", "Cần 13 tuần."),
    (YEARS, "1", "en", "It took 365 days."),
    (MILLIONS, "28.7", "zh", "总计2,870万吨。"),
    (MILLIONS, "28.7", "vi", "Tổng cộng 28.700.000 tấn."),
    (MILLIONS, "28.7", "en", "It has 28.7 million tonnes."),
    (MILLIONS, "2", "en", "It has 2 or 3 million tonnes."),
    (LENGTH, "5", "en", "After 5,000 metres they met."),
    (PERCENT, "50", "en", "Half of them came."),
    (PERCENT, "50", "vi", "Một nửa số người đến."),
    (PERCENT, "50", "zh", "一半的人来了。"),
    (PERCENT, "30", "zh", "三成的人来了。"),
    (PERCENT, "60", "zh", "百分之六十的人来了。"),
    (DATE, "2025-03-18", "vi", "Ngày 18/3 họ gặp."),
    (DATE, "2025-03-18", "vi", "Ngày 18 họ gặp."),
    (DATE, "2025-03-18", "vi", "Hôm qua họ gặp."),
    (DATE, "2025-03-18", "vi", "Thứ Ba họ gặp."),
    (DATE, "2025-03-18", "vi", "Ngày hôm sau họ gặp."),
    (DATE, "2025-03-17..2025-03-18", "vi", "Trong hai ngày 17-18/3 họ gặp."),
    (DATE, "2023", "vi", "Từ năm 2023 họ gặp nhau."),
    (DATE, "2025", "vi", "Ngày 18/3 họ gặp nhau."),
    (HOURS, "5h20", "vi", "Họ nói trong 5 giờ 20 phút."),
    (DATE, "2025-03", "en", "In March they met."),
    (DATE, "2025-03-18", "en", "On the 18th of March they met."),
    (DATE, "2025-03-18", "en", "On Tuesday they met."),
    (DATE, "2025-03-18", "zh", "双方十八日会面。"),
    (DATE, "2025-03-18", "de", "Am 18. März trafen sie sich."),
    (DATE, "2025-03-18", "de", "Gestern trafen sie sich."),
    (TIME, "2025-03-18T21:00+07:00", "vi", "Bắt đầu từ 21 giờ Hà Nội."),
    (TIME, "2025-03-18T21:00+07:00", "vi", "Lúc 9 giờ tối ngày 18/3."),
    (TIME, "2025-03-18T21:00+07:00", "en", "It began at 14:00 GMT."),
    (TIME, "2025-03-18T10:00-04:00", "zh", "通话于上午10点开始。"),
    (TIME, "2025-03-18", "vi", "Sáng ngày 18/3, giờ Mỹ."),
    (MINUTES, "180", "de", "Das Gespräch dauerte 3 Stunden."),
    (MINUTES, "180", "de", "Sie sprachen drei Stunden, bis 2025."),
    (PEOPLE, "40", "de", "Es kamen vierzig Leute."),
]  # fmt: skip


@pytest.mark.parametrize(("point", "says", "language", "text"), AGREE)
def test_a_value_that_stands_there_in_any_form_is_not_told(
    point: Mapping[str, Any], says: str, language: str, text: str
) -> None:
    """However the article writes it, and where words may say it that are not known."""
    assert told(point, says, language, text) == []


def test_the_cure_has_the_number_of_the_passage() -> None:
    """As it would be written, with its sign."""
    (problem,) = told(MINUTES, "almost 180", "vi", "Họ nói gần hai tiếng.")

    assert str(problem) == (
        "content/t/one.en.md:2:" + str(problem.place.column) + ": says: `almost 180`: the passage "
        "has 120\n    write `says: almost 120`, or let `at:` show where 180 stands"
    )


@pytest.mark.parametrize(
    ("point", "says", "language", "text", "has"),
    [
        (WEEKS, ">=20", "vi", "Cần ít nhất ba tháng, phạt 4,5 triệu bảng.", "`ba tháng` and `4,5 "),
        (MONTHS, "<=3", "en", "It is due within six weeks.", "`six weeks`"),
        (PEOPLE, "30", "en", "It took 40 days and $5 million.", "`40 days` and `$5 million`"),
        (LENGTH, "30", "vi", "Khoảng 40 kg.", "`40 kg`"),
    ],
)
def test_a_number_in_another_unit_is_told_in_its_words_and_is_no_cure(
    point: Mapping[str, Any], says: str, language: str, text: str, has: str
) -> None:
    """It is a number of the passage, but the claim cannot have it as it stands."""
    (problem,) = told(point, says, language, text)

    assert f"the passage has {has}" in problem.message
    assert problem.cure.startswith("write what the passage says")


def test_the_cure_has_the_number_of_the_words_rather_than_one_beside_them() -> None:
    """Of several in a paragraph, that of `at:` is meant; one of another unit there is none."""
    text = "It is due within six weeks, and 20 cars, 30 people and 5 dogs were seen."
    (near,) = told(PEOPLE, "40", "en", text, at="30 people")
    (none,) = told(MINUTES, "4", "en", f"For 3 hours. {text}", at="within six weeks")

    assert near.cure.startswith("write `says: 30`")
    assert none.cure.startswith("write `says: 60480`")


def test_a_passage_without_a_number_is_told_of_in_a_known_language() -> None:
    """And what we infer ourselves may say so."""
    (problem,) = told(PEOPLE, "30", "vi", "Họ ngừng bắn.")

    assert "has no number" in problem.message
    assert "`confidence: inferred`" in problem.cure
    assert told(PEOPLE, "30", "vi", "Họ ngừng bắn.", confidence="inferred") == []


@pytest.mark.parametrize(
    ("point", "says", "at"),
    [(PEOPLE, "157", "Mỗi bên trao 175 người"), (DATE, "2025-03-29", "Ngày 19/3 họ trao đổi")],
)
def test_what_we_infer_is_held_to_the_words_of_its_locator(
    point: Mapping[str, Any], says: str, at: str
) -> None:
    """Who says it may be an inference; a number in the words that show it is none."""
    (problem,) = told(point, says, "vi", f"{at}.", at=at, confidence="inferred")

    assert "the passage has" in problem.message
    assert "confidence" not in problem.cure


def test_only_the_paragraphs_of_the_passage_count() -> None:
    """From the one in which it begins to the one in which it ends."""
    text = "Họ họp.\nĐoàn có 30 người.\nRồi 40 người nữa."

    assert told(PEOPLE, "30", "vi", text, at={"start": "Họ họp", "end": "30 người"}) == []
    assert len(told(PEOPLE, "30", "vi", text, at="Họ họp")) == 1
    assert len(told(PEOPLE, "40", "vi", text, at={"start": "Họ họp", "end": "30 người"})) == 1


def test_a_passage_that_is_not_found_is_the_matter_of_its_locator() -> None:
    """Nothing more is said of it."""
    assert told(PEOPLE, "30", "vi", "Họ họp.", at="không có") == []


@pytest.mark.parametrize(
    ("point", "says", "at", "count"),
    [
        (PEOPLE, "30", "trong 40 ngày", 1),
        (PEOPLE, "40", "trong 40 ngày", 0),
        (PEOPLE, "30", "hai bên ngừng bắn", 0),
        (PEOPLE, "30", "ngừng bắn", 0),
        (PEOPLE, "30", {"start": "trong 40", "end": "ngừng bắn"}, 0),
        (MINUTES, "180", "gần hai tiếng", 1),
        (DATE, "2025-03-18", "ngày 17/3 họ gặp", 1),
        (DATE, "2025-03-18", "họ gặp nhau", 0),
        (TIME, "2025-03-18T21:00+07:00", "từ 20 giờ Hà Nội", 1),
        (TIME, "2025-03-18T21:00+07:00", "tối qua ở Hà Nội", 0),
    ],
)
def test_where_no_text_is_kept_the_words_of_the_locator_are_all_that_is_known(
    point: Mapping[str, Any], says: str, at: Any, count: int
) -> None:
    """They are told of only if they hold another number or date."""
    assert len(told(point, says, "vi", None, at=at)) == count


def test_the_month_of_publication_does_not_tell_what_day_today_is() -> None:
    """Then no day can be told to be another one."""
    assert told(DATE, "2025-03-25", "vi", "Hôm nay họ gặp.", published="2025-03") == []
    assert len(told(DATE, "2025-03-25", "vi", "Hôm nay họ gặp.")) == 1
