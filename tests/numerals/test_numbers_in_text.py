"""Numbers in running text: digits however they are grouped, and the words of three languages."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.numerals.numbers import knows_words, numbers_in
from support.nightly import examples

LAW = examples(200)
MOST = 10**12
NUMBERS = st.integers(1, MOST - 1) | st.integers(1, 3000)


def likeliest(text: str, language: str) -> list[Decimal]:
    """The likeliest meaning of each number of a text."""
    return [numeral.value for numeral in numbers_in(text, language)]


def written(*numbers: str) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


CASES = [
    ("vi", "hai mươi lăm người, mười lăm ngày", ["25", "15"]),
    ("vi", "hai mốt, ba tư, bốn nhăm", ["21", "34", "45"]),
    ("vi", "một trăm linh năm; một trăm lẻ bảy", ["105", "107"]),
    ("vi", "một trăm năm mươi", ["150"]),
    ("vi", "hai nghìn không trăm linh năm", ["2005"]),
    ("vi", "hai nghìn ba; hai ngàn ba trăm", ["2300", "2300"]),
    ("vi", "một triệu rưỡi, nửa triệu", ["1500000", "500000"]),
    ("vi", "1,5 triệu tấn, 2 nghìn, 3 vạn", ["1500000", "2000", "30000"]),
    ("vi", "10.000 tỷ và 2 nghìn tỉ đồng", ["10000000000000", "2000000000000"]),
    ("vi", "1 triệu 200 nghìn", ["1200000"]),
    ("vi", "ba phẩy năm triệu", ["3500000"]),
    ("vi", "lần thứ hai, lần thứ tư, thứ nhất", ["2", "4", "1"]),
    ("vi", "hai chục, một tá, một đôi", ["20", "12", "1", "2"]),
    ("vi", "ba phần tư, 60 phần trăm", ["0.75", "60"]),
    ("vi", "hai mươi năm sau", ["20", "5"]),
    ("vi", "có 20 ba lô", ["20", "3"]),
    ("vi", "hàng trăm, hàng nghìn người; không ai", []),
    ("en", "twenty-one, a hundred and one, two hundred thousand", ["21", "101", "200000"]),
    ("en", "two hundred and five thousand and six", ["205006"]),
    ("en", "two and a half million; half a million; $1.5bn", ["2500000", "500000", "1500000000"]),
    ("en", "a dozen, two dozen", ["12", "24"]),
    ("en", "the second, the 21st, the twenty-first", ["2", "21", "21"]),
    ("en", "three point five million, 28.7 million", ["3500000", "28700000"]),
    ("en", "three quarters", ["0.75"]),
    ("en", "hundreds of people, and a house", []),
    ("zh", "两万三千，一百二，一百零二，两千三", ["23000", "120", "102", "2300"]),
    ("zh", "2,870万、1.5亿、3万5千、三千多万", ["28700000", "150000000", "35000", "30000000"]),
    ("zh", "一亿二千万人", ["120000000"]),
    ("zh", "第二次，十五，二十", ["2", "15", "20"]),
    ("zh", "二〇二五年", ["2025"]),
    ("zh", "兩萬三千億", ["2300000000000"]),
    ("zh", "一半，百分之五十，四分之三", ["0.5", "50", "0.75"]),
    ("zh-Hant", "三點五", ["3.5"]),
    ("ja", "三十人、5人", ["30", "5"]),
    ("de", "drei von 30", ["30"]),
    ("en", "1,541 and 1 541 and 1’541 and 1_541", ["1541", "1541", "1541", "1541"]),
    ("vi", "1.541 và 28.700.000 và 0,5", ["1541", "28700000", "0.5"]),
    ("en", "1,541.5", ["1541.5"]),
    ("de", "1.541,5", ["1541.5"]),
    ("hi", "1,00,000", ["100000"]),
    ("ar", "٣٠", ["30"]),
    ("zh", "３０人", ["30"]),
    ("en", "2½ and ½", ["2.5", "0.5"]),
    ("en", "18.3.2025", ["18", "3", "2025"]),
]


@pytest.mark.parametrize(("language", "text", "numbers"), CASES)
def test_numbers_are_read_in_digits_and_in_words(
    language: str, text: str, numbers: list[str]
) -> None:
    """In the order in which they stand."""
    assert likeliest(text, language) == written(*numbers)


@pytest.mark.parametrize(
    ("language", "text", "readings"),
    [
        ("en", "1,541", {"1541", "1.541"}),
        ("vi", "1.541", {"1541", "1.541"}),
        ("en", "0.541", {"0.541"}),
        ("fr", "18 200", {"18200", "18", "200"}),
        ("en", "5m", {"5000000", "5"}),
        ("vi", "25tr", {"25000000", "25"}),
    ],
)
def test_what_can_be_read_in_two_ways_has_both_meanings(
    language: str, text: str, readings: set[str]
) -> None:
    """A point may stand between thousands or before decimals."""
    (numeral,) = numbers_in(text, language)

    assert set(numeral.readings) == set(map(Decimal, readings))


@pytest.mark.parametrize(
    ("language", "text", "sure"),
    [
        ("vi", "năm", False),
        ("vi", "hai mươi lăm", True),
        ("en", "one", False),
        ("zh", "一", False),
        ("zh", "第一", True),
        ("de", "30", True),
    ],
)
def test_a_word_that_may_be_another_is_not_sure(language: str, text: str, sure: bool) -> None:
    """`năm` is also a year; whoever compares numbers of two texts leaves such words out."""
    assert [numeral.sure for numeral in numbers_in(text, language)] == [sure]


def test_of_other_languages_only_digits_are_read() -> None:
    """The words of three are known."""
    assert all(map(knows_words, ("vi", "en-GB", "zh-Hant")))
    assert not any(map(knows_words, ("de", "ja", "ru")))


@LAW
@given(
    st.integers(0, MOST),
    st.sampled_from(["", ",", ".", " ", "'", "’", "_", "\u00a0", "\u202f"]),
    st.sampled_from(["vi", "en", "zh", "de"]),
)
def test_digits_are_read_back_however_they_are_grouped(
    number: int, sign: str, language: str
) -> None:
    """Whatever stands between the thousands."""
    (numeral,) = numbers_in(f"({number:,})".replace(",", sign), language)

    assert Decimal(number) in numeral.readings


@LAW
@given(st.decimals(0, MOST, places=2), st.sampled_from([",", "."]), st.sampled_from(["vi", "en"]))
def test_decimals_are_read_back(number: Decimal, sign: str, language: str) -> None:
    """With a point and with a comma, in any language."""
    (numeral,) = numbers_in(f"x {number:f} y".replace(".", sign), language)

    assert number in numeral.readings


@LAW
@given(NUMBERS)
def test_a_number_spelled_in_vietnamese_is_read_back(number: int) -> None:
    """As schools teach it."""
    assert likeliest(f"có {in_vietnamese(number)} người", "vi") == [number]


@LAW
@given(NUMBERS)
def test_a_number_spelled_in_english_is_read_back(number: int) -> None:
    """As in Britain, with `and`."""
    assert likeliest(f"some {in_english(number)} people", "en") == [number]


@LAW
@given(NUMBERS, st.booleans())
def test_a_number_spelled_in_chinese_is_read_back(number: int, traditional: bool) -> None:
    """In simplified and in traditional signs."""
    spelled = in_chinese(number)
    if traditional:
        spelled = spelled.replace("万", "萬").replace("亿", "億").replace("两", "兩")
    assert likeliest(f"有{spelled}人", "zh") == [number]


@LAW
@given(st.text(max_size=60), st.sampled_from(["vi", "en", "zh", "de", "ja"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    """Numbers stand in it in order, and do not overlap."""
    spans = [(numeral.start, numeral.end) for numeral in numbers_in(text, language)]

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


VI = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
EN = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
]
EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ZH = "零一二三四五六七八九"


def in_vietnamese(number: int) -> str:
    """Spell a number below 10^12."""
    words: list[str] = []
    for unit, name in ((10**9, "tỷ"), (10**6, "triệu"), (1000, "nghìn"), (1, "")):
        part = number // unit % 1000
        if part:
            words += [vietnamese_below_thousand(part, leading=not words), name]
    return " ".join(" ".join(words).split())


def vietnamese_below_thousand(number: int, *, leading: bool) -> str:
    """Spell a number below 1000; one that is not the first has its hundreds, even none."""
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    words = [f"{VI[hundreds]} trăm"] if hundreds or not leading else []
    if tens == 0:
        return " ".join([*words, *(["linh"] * bool(words) + [VI[units]] if units else [])])
    words.append("mười" if tens == 1 else f"{VI[tens]} mươi")
    last = {5: "lăm", **({1: "mốt", 4: "tư"} if tens > 1 else {})}.get(units, VI[units])
    return " ".join([*words, *([last] if units else [])])


def in_english(number: int) -> str:
    """Spell a number below 10^12."""
    words: list[str] = []
    for unit, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (1, "")):
        part = number // unit % 1000
        if part:
            joined = ["and"] if words and unit == 1 and part < 100 else []
            words += [*joined, english_below_thousand(part), name]
    return " ".join(" ".join(words).split())


def english_below_thousand(number: int) -> str:
    """Spell a number below 1000."""
    hundreds, rest = divmod(number, 100)
    words = [f"{EN[hundreds]} hundred"] if hundreds else []
    if rest:
        tens, units = divmod(rest, 10)
        small = EN[rest] if rest < 20 else "-".join([EN_TENS[tens], *([EN[units]] * bool(units))])
        words += ["and", small] if words else [small]
    return " ".join(words)


def in_chinese(number: int) -> str:
    """Spell a number below 10^12."""
    spelled = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // unit % 10**4
        if part:
            gap = "零" if spelled and (part < 1000 or number // unit % 10**5 // 10**4 == 0) else ""
            spelled += gap * bool(spelled) + chinese_below_myriad(part) + name

    return spelled.replace("零零", "零")


def chinese_below_myriad(number: int) -> str:
    """Spell a number below 10000."""
    spelled, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            spelled += ("零" if zero and spelled else "") + ZH[digit] + name
        zero = not digit
    return spelled
