"""The points of comparison of a topic, and the values that articles give on them.

A value is known in three ways: as a content file of the briefing writes it, as a Hugo
author would put it into front matter, and as readers see it in each language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from benchmarks.corpus.phrases import Pair

LANGUAGES = ("vi", "en")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
FORMS: dict[str, tuple[str, Pair]] = {
    "exact": ("{}", ("{a}", "{a}")),
    "at_least": (">={}", ("ít nhất {a}", "at least {a}")),
    "almost": ("almost {}", ("gần {a}", "almost {a}")),
    "about": ("~{}", ("khoảng {a}", "about {a}")),
}
"""How a number is written: in a content file, and in words."""


@dataclass(frozen=True)
class Value:
    """What a claim says."""

    says: str | list[str]
    matter: dict[str, object]
    shown: Pair


@dataclass(frozen=True)
class Unit:
    """What is counted: a unit that CLDR names, or words of the topic's own."""

    one: Pair
    other: Pair
    cldr: str | None = None

    def counted(self, number: float) -> Pair:
        """Write a number with its unit."""
        vi, en = written(number)
        english = self.one[1] if number == 1 else self.other[1]
        return self.other[0].replace("{n}", vi), english.replace("{n}", en)


@dataclass(frozen=True)
class Point:
    """A point of comparison and the values that are given on it in one topic."""

    id: str
    group: str
    kind: str
    label: Pair
    question: Pair
    unit: Unit | None = None
    options: dict[str, Pair] = field(default_factory=dict)
    values: Sequence[Value] = ()


def written(number: float) -> Pair:
    """Write a number: 1.250,5 in Vietnamese, 1,250.5 in English."""
    english = f"{number:,}"
    return english.translate(str.maketrans(",.", ".,")), english


def day(when: date) -> Pair:
    """Write a date as newspapers do."""
    english = f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return f"{when.day}/{when.month}/{when.year}", english


def _custom(vi: str, one: str, other: str) -> Unit:
    return Unit((vi, one), (vi, other))


UNITS = {
    "money": _custom("{n} triệu đồng", "{n} million dong", "{n} million dong"),
    "people": _custom("{n} người", "{n} person", "{n} people"),
    "boats": _custom("{n} chiếc thuyền", "{n} boat", "{n} boats"),
    "month": Unit(("{n} tháng", "{n} month"), ("{n} tháng", "{n} months"), "month"),
    "day": Unit(("{n} ngày", "{n} day"), ("{n} ngày", "{n} days"), "day"),
    "hour": Unit(("{n} giờ", "{n} hour"), ("{n} giờ", "{n} hours"), "hour"),
}

GROUPS: dict[str, Pair] = {
    "works": ("Công trình", "The works"),
    "money": ("Chi phí", "The cost"),
    "people": ("Con người", "The people"),
}

BUILDERS: dict[str, Pair] = {
    "wave": ("Công ty Sóng", "Wave Builders"),
    "delta": ("Tập đoàn Châu Thổ", "Delta Group"),
    "town-works": ("Đội công trình thị xã", "the town works crew"),
}
CAUSES: dict[str, Pair] = {
    "storm": ("do bão", "a storm"),
    "wear": ("do xuống cấp", "wear"),
    "collision": ("do va chạm", "a collision"),
    "growth": ("do nhu cầu tăng", "growing demand"),
}
GOODS: dict[str, Pair] = {
    "squid": ("mực", "squid"),
    "mackerel": ("cá thu", "mackerel"),
    "shrimp": ("tôm", "shrimp"),
    "anchovy": ("cá cơm", "anchovy"),
    "crab": ("cua", "crab"),
}
PURSES: dict[str, Pair] = {
    "town": ("ngân sách thị xã", "the town budget"),
    "fees": ("phí neo đậu", "mooring fees"),
    "bank": ("vay ngân hàng", "a bank loan"),
    "gifts": ("quyên góp", "donations"),
}
STANCES: dict[str, Pair] = {
    "against": ("phản đối", "against"),
    "doubtful": ("còn ngờ vực", "doubtful"),
    "neutral": ("trung lập", "neutral"),
    "for": ("ủng hộ", "in favour"),
}


@dataclass(frozen=True)
class _Asked:
    """A point before a topic gives it values: its range of numbers, or its options."""

    id: str
    group: str
    kind: str
    label: Pair
    question: Pair
    unit: str = ""
    most: int = 0
    options: dict[str, Pair] = field(default_factory=dict)


_ASKED: tuple[_Asked, ...] = (
    _Asked("cost", "money", "number", ("Chi phí", "Cost"),
           ("Công trình tốn bao nhiêu?", "What does it cost?"), "money", 90_000),
    _Asked("workers", "people", "number", ("Số người làm", "Workers"),
           ("Bao nhiêu người làm việc ở đó?", "How many people work there?"), "people", 2_000),
    _Asked("boats", "people", "number", ("Số thuyền bị ảnh hưởng", "Boats affected"),
           ("Bao nhiêu thuyền bị ảnh hưởng?", "How many boats are affected?"), "boats", 400),
    _Asked("length", "works", "duration", ("Thời gian thi công", "Length of the works"),
           ("Thi công trong bao lâu?", "How long will the works take?"), "month", 40),
    _Asked("closure", "works", "duration", ("Thời gian đóng cửa", "Closure"),
           ("Đóng cửa bao nhiêu ngày?", "For how many days is it closed?"), "day", 90),
    _Asked("hours", "works", "duration", ("Giờ làm mỗi ngày", "Hours a day"),
           ("Mỗi ngày làm bao nhiêu giờ?", "How many hours a day is there work?"), "hour", 20),
    _Asked("opening", "works", "date", ("Ngày mở lại", "Opening day"),
           ("Ngày nào mở lại?", "On which day does it open?")),
    _Asked("builder", "works", "enum", ("Bên thi công", "Builder"),
           ("Ai thi công?", "Who builds it?"), options=BUILDERS),
    _Asked("cause", "works", "enum", ("Nguyên nhân", "Cause"),
           ("Vì sao phải làm?", "Why is it needed?"), options=CAUSES),
    _Asked("goods", "people", "set", ("Mặt hàng chính", "Main goods"),
           ("Hàng nào qua đây nhiều nhất?", "Which goods pass through most?"), options=GOODS),
    _Asked("purses", "money", "set", ("Nguồn tiền", "Sources of money"),
           ("Tiền lấy từ đâu?", "Where does the money come from?"), options=PURSES),
    _Asked("stance", "people", "stance", ("Thái độ với kế hoạch", "Stance on the plan"),
           ("Ủng hộ hay phản đối?", "For or against?"), options=STANCES),
)  # fmt: skip
VALUES_PER_POINT = 3


def points_of(random: Random, subject: Pair, start: date) -> tuple[Point, ...]:
    """Return the points of a topic; the question of each names its `subject`."""
    return tuple(_point(random, asked, subject, start) for asked in _ASKED)


def _point(random: Random, asked: _Asked, subject: Pair, start: date) -> Point:
    unit = UNITS.get(asked.unit)
    return Point(
        id=asked.id,
        group=asked.group,
        kind=asked.kind,
        label=asked.label,
        question=(f"{asked.question[0]} ({subject[0]})", f"{asked.question[1]} ({subject[1]})"),
        unit=unit,
        options=asked.options,
        values=_values(random, asked, unit, start),
    )


def _values(random: Random, asked: _Asked, unit: Unit | None, start: date) -> list[Value]:
    """Return one to VALUES_PER_POINT values of a point, so that some rows agree."""
    count = random.randint(1, VALUES_PER_POINT)
    if unit:
        return [_number(random, asked.most, unit) for _ in range(count)]
    if asked.kind == "date":
        return [_day(start + timedelta(days=random.randint(20, 400))) for _ in range(count)]
    size = 2 if asked.kind == "set" else 1
    return [_choice(random.sample(list(asked.options), size), asked) for _ in range(count)]


def _number(random: Random, most: int, unit: Unit) -> Value:
    form = random.choice(list(FORMS))
    number = random.randint(2, most)
    says, words = FORMS[form]
    vi, en = (
        word.replace("{a}", text) for word, text in zip(words, unit.counted(number), strict=True)
    )
    return Value(says.format(number), {"form": form, "number": number}, (vi, en))


def _day(when: date) -> Value:
    return Value(when.isoformat(), {"day": when.isoformat()}, day(when))


def _choice(ids: list[str], asked: _Asked) -> Value:
    ordered = [id for id in asked.options if id in ids]
    labels = [asked.options[id] for id in ordered]
    vi, en = (", ".join(label[side] for label in labels) for side in (0, 1))
    says = ordered if asked.kind == "set" else ordered[0]
    return Value(says, {"options": ordered}, (vi, en))
