"""What is said of a number or a day before and after it: `at least`, `gần`, `以上`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.checks.parity.marks import Limit
from briefing.checks.parity.said import Span
from briefing.numerals.numbers import primary_language
from briefing.numerals.words import words_of

_VERB_ZH = "[^\\W\\d_a-zA-Z〇零一二两兩三四五六七八九十百千万萬亿億半几幾数數第]{0,4}?"
"""Matches the verb of an adverb, before the number: `至少要封十周`, `至少造成3人死亡`."""
_BEFORE: Mapping[str, Mapping[Limit, str]] = {
    "en": {
        Limit.NONE: r"(?:hand\w*|turn\w*|t[ao]ke?\w*|taking|won|w[io]n\w*|g[oi]\w+|went|cross\w*"
        r"|mov\w+|fought"
        r"|fight\w*|talks?|wars?|rows?|all|presid\w+|debat\w+|disput\w+|lead\w*|control|power|clash\w*|years?"
        r"|concerns?|question\w*|quarrel\w*|spill\w*|hang\w*|brought|bring\w*|sign\w*) over"
        r"|(?:talk\w*|sp[eo]a?k\w*|sa(?:y|ys|id)|t[eo]ll?d?s?|know\w*|knew|ask\w*|worr\w+|articles?|reports?"
        r"|news|information|questions?|doubts?|th[io]\w+|wr[io]t\w+|complain\w*|clos\w+|concern\w*|hear\w*"
        r"|warn\w*|argu\w+|stor\w+|details?|facts?|truth|learn\w*|brings?|brought) about",
        Limit.AT_LEAST: "at (?:the (?:very )?)?least|at a minimum|no (?:less|fewer) than"
        "|not (?:less|fewer) than|a minimum of|minimum(?: of)?",
        Limit.AT_MOST: "at most|no more than|not more than|a maximum of|maximum(?: of)?"
        "|not exceeding|at the most|(?:does|did|do|must|may|should|can)(?: not|n['’]t) exceed",
        Limit.UP_TO: "up to|as (?:many|much|long|high|far) as",
        Limit.ALMOST: "almost|nearly|just under|close to|approaching|not quite|just short of",
        Limit.MORE: "(?:well |just |slightly |a little )?(?:more than|over|above)|exceed(?:s|ed"
        "|ing)?"
        "|upwards of|in excess of|(?:greater|longer|higher|larger) than|beyond|topp(?:ed|ing)|past",
        Limit.LESS: "(?:less|fewer|shorter|lower|smaller) than|under|below",
        Limit.ESTIMATED: "(?:an )?estimated(?: at)?|put at|thought to be|believed to be",
        Limit.ABOUT: "(?:at |in )?about|around|roughly|approximately|approx\\.?|circa|some"
        "|somewhere around|in the region of|~|≈",
    },
    "vi": {
        Limit.AT_LEAST: "ít nhất(?: là| trong)?|ít ra(?: là)?|tối thiểu(?: là)?|chí ít(?: là)?"
        "|không dưới|không ít hơn|không kém|không thấp hơn",
        Limit.AT_MOST: "nhiều nhất(?! là)|tối đa(?: là)?|không quá|không hơn|không vượt quá"
        "|không nhiều hơn|không cao hơn",
        Limit.UP_TO: "(?:lên )?(?:tới|đến)|những|(?:nhiều|cao) nhất là",
        Limit.ALMOST: "gần|ngót|sát|suýt soát|gần tới|gần đến|chưa đầy|chưa đến|chưa tới"
        "|không đầy|không đến|không tới",
        Limit.ON: "trên",
        Limit.MORE: "(?:nhiều |lâu |dài |cao |lớn )?hơn|quá|vượt(?: quá| mức| ngưỡng)?",
        Limit.LESS: "(?:ít|thấp|nhỏ|ngắn) hơn",
        Limit.UNDER: "dưới",
        Limit.ESTIMATED: "ước chừng|ước tính|ước|được cho là",
        Limit.ABOUT: "(?:vào )?khoảng|chừng|độ chừng|độ|tầm|cỡ|xấp xỉ|trên dưới|áng chừng|~|≈",
    },
    "zh": {
        Limit.AT_LEAST: f"(?:至少|起码|起碼|最少|少说也?|少說也?){_VERB_ZH}"
        "|不少于|不少於|不低于|不低於|不下",
        Limit.AT_MOST: f"(?:至多|最多|顶多|頂多){_VERB_ZH}|不超过|不超過|不多于|不多於|不高于",
        Limit.UP_TO: "多达|多達|高达|高達|长达|長達|达到|達到|达|達",
        Limit.ALMOST: "将近|將近|接近|近|不到|不足|未满|未滿",
        Limit.MORE: "超过|超過|逾|多于|多於|高于|高於|超",
        Limit.LESS: "少于|少於|低于|低於",
        Limit.ABOUT: "大约|大約|约莫|大概|约|約|差不多",
        Limit.ESTIMATED: "估计|估計|预计|預計",
    },
}
_AFTER: Mapping[str, Mapping[Limit, str]] = {
    "en": {
        Limit.AT_LEAST: r"\+|(?:\w+ ){0,2}(?:or|and) (?:more|over|above|older|longer|higher)"
        r"|(?:\w+ )?at (?:the (?:very )?)?least|(?:\w+ )?at a minimum",
        Limit.AT_MOST: r"(?:\w+ ){0,2}(?:or|and) (?:less|fewer|under|below|younger)"
        r"|at (?:the )?most",
        Limit.ABOUT: r"(?:\w+ )?or so",
    },
    "vi": {
        Limit.AT_LEAST: r"\+|(?:\w+ ){0,2}trở lên",
        Limit.AT_MOST: r"(?:\w+ ){0,2}(?:trở xuống|đổ lại|trở lại)|là (?:cùng|nhiều)",
        Limit.ABOUT: "gì đó",
    },
    "zh": {
        Limit.MORE_OR_AT_LEAST: r"\w?以上",
        Limit.MORE: r"\w?[多余餘](?:[个個]|[名人天年])?",
        Limit.AT_MOST: r"\w?(?:以下|以内|以內)",
        Limit.ABOUT: r"\w?(?:左右|上下)",
    },
}
_DAY_BEFORE: Mapping[str, Mapping[Limit, str]] = {
    "en": {
        Limit.BEFORE: "before|by|until|till|prior to|ahead of|no later than|not later than",
        Limit.AFTER: "after|since|from|following|as of",
    },
    "vi": {
        Limit.BEFORE: "trước|tới|đến|cho đến|cho tới|chậm nhất|chậm nhất là|muộn nhất",
        Limit.AFTER: "sau|từ|kể từ|tính từ",
    },
    "zh": {Limit.BEFORE: "至|到|截至|直到", Limit.AFTER: "自从|自從|自|从|從"},
}
_DAY_AFTER: Mapping[str, Mapping[Limit, str]] = {
    "vi": {Limit.AFTER: "trở đi|trở lại đây"},
    "zh": {Limit.BEFORE: "之前|以前|前", Limit.AFTER: "之后|之後|以后|以後|以来|以來|后|後|起"},
}
_Patterns = Mapping[str, re.Pattern[str]]
"""What matches limits, by language; the name of a group is that of the limit."""
_BETWEEN_VI = "(?:ngày |tháng |năm |hôm |lúc |sáng |chiều |tối |trưa |đêm |mồng |mùng )*"
_MORE_INSIDE = re.compile("[多余餘]")
"""Matches what stands within a number and its unit in Chinese: `三十多天`."""
_LAST: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        [
            "least",
            "than",
            "of",
            "most",
            "exceed",
            "to",
            "many",
            "much",
            "long",
            "high",
            "far",
            "almost",
            "nearly",
            "under",
            "approaching",
            "quite",
            "over",
            "above",
            "exceeds",
            "exceeded",
            "exceeding",
            "upwards",
            "beyond",
            "topped",
            "topping",
            "past",
            "below",
            "at",
            "estimated",
            "be",
            "about",
            "around",
            "roughly",
            "approximately",
            "approx",
            "approx.",
            "circa",
            "some",
            "region",
            "~",
            "≈",
            "the",
            "maximum",
            "minimum",
            "as",
            "short",
        ]
    ),
    "vi": frozenset(
        [
            "nhất",
            "là",
            "trong",
            "thiểu",
            "ít",
            "dưới",
            "hơn",
            "kém",
            "quá",
            "đa",
            "tới",
            "đến",
            "những",
            "gần",
            "ngót",
            "sát",
            "ra",
            "soát",
            "đầy",
            "trên",
            "vượt",
            "mức",
            "ngưỡng",
            "chừng",
            "tính",
            "ước",
            "khoảng",
            "độ",
            "tầm",
            "cỡ",
            "xỉ",
            "~",
            "≈",
            "một",
        ]
    ),
}
"""The last words of all that is said of a number before it. To look for them takes less time."""
_AFTER_CLUES: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        [
            "more",
            "over",
            "above",
            "older",
            "longer",
            "higher",
            "least",
            "less",
            "fewer",
            "under",
            "below",
            "younger",
            "most",
            "minimum",
            "so",
        ]
    ),
    "vi": frozenset(["trở", "lại", "là", "gì"]),
}
"""Words of which one is in all that is said of a number behind it, but `+`."""
_LAST_WORD = re.compile(r".*[^\w.~≈]|.*(?=[~≈])")
"""Matches what stands before the last word without a space between."""
_FAR = 32
"""Characters before a number in which words on it are looked for."""


def _patterns(words: Mapping[str, Mapping[Limit, str]], form: str) -> dict[str, re.Pattern[str]]:
    found = {}
    for code, by_limit in words.items():
        either = "|".join(f"(?P<{limit.name}>{each})" for limit, each in by_limit.items())
        edge = "" if code == "zh" else r"\b"
        found[code] = re.compile(form.replace("EDGE", edge) % either, re.IGNORECASE)
    return found


_NUMBER_BEFORE = _patterns(_BEFORE, r"(?:(?<=\W)|^|EDGE)(?:%s)[有为為]? ?(?:the |một |of )?$")
_NUMBER_AFTER = _patterns(_AFTER, r"[ -]?(?:%s)(?!\w)")
_NUMBER_AFTER["zh"] = _patterns(_AFTER, "(?:%s)")["zh"]
_BEFORE_DAY = _patterns(_DAY_BEFORE, rf"EDGE(?:%s)(?: the)? ?{_BETWEEN_VI}$")
_AFTER_DAY = _patterns(_DAY_AFTER, r" ?(?:%s)")


def knows_limits(language: str) -> bool:
    """Whether it is known what a language (BCP 47) says of numbers and days."""
    return primary_language(language) in _BEFORE


def limit_of_number(text: str, start: int, end: int, language: str) -> Limit | None:
    """Return what is said of the number from `start` to `end` of `text`; None for nothing.

    language: BCP 47.
    """
    return _limit(text, (start, end), (_NUMBER_BEFORE, _NUMBER_AFTER), language)


def limit_of_day(text: str, start: int, end: int, language: str) -> Limit | None:
    """Return whether it is told of what was before a day, or after it; None for neither.

    start, end: where the day stands in `text`. language: BCP 47.
    """
    return _limit(text, (start, end), (_BEFORE_DAY, _AFTER_DAY), language)


def _limit(
    text: str, span: Span, words: tuple[_Patterns, _Patterns], language: str
) -> Limit | None:
    """Return what the words before and after a span say of it."""
    (start, end), (before, after) = span, words
    code = primary_language(language)
    said = text[max(0, start - _FAR) : start]
    is_number = before is _NUMBER_BEFORE
    may_be = not is_number or _may_end(said, code)
    if may_be and (pattern := before.get(code)) and (match := pattern.search(said)):
        limit = Limit[match.lastgroup or ""]
        return None if limit is Limit.NONE else limit
    if code == "zh" and is_number and _MORE_INSIDE.search(text[start:end]):
        return Limit.MORE
    if is_number and not _may_follow(text, end, code):
        return None
    if (pattern := after.get(code)) and (match := pattern.match(text, end)):
        return Limit[match.lastgroup or ""]
    return None


def _may_end(said: str, code: str) -> bool:
    """Whether the last word before a number can be the last of what is said of it."""
    if code not in _LAST:
        return True
    words = said.rsplit(None, 1)
    return bool(words) and (_LAST_WORD.sub("", words[-1].lower()) in _LAST[code])


def _may_follow(text: str, end: int, code: str) -> bool:
    """Whether something can be said of a number behind it, which ends at `end`."""
    clues = _AFTER_CLUES.get(code)
    return (
        clues is None
        or text[end : end + 2].strip(" -")[:1] == "+"
        or (not clues.isdisjoint(words_of(text)))
    )


_FITTING = (
    {Limit.ON, None},
    {Limit.ON, Limit.MORE},
    {Limit.ON, Limit.MORE_OR_AT_LEAST},
    {Limit.UNDER, None},
    {Limit.UNDER, Limit.LESS},
    {Limit.UNDER, Limit.ALMOST},
    {Limit.MORE_OR_AT_LEAST, Limit.MORE},
    {Limit.MORE_OR_AT_LEAST, Limit.AT_LEAST},
    {Limit.LESS, Limit.ALMOST},
    {Limit.UP_TO, Limit.AT_MOST},
    {Limit.UP_TO, None},
    {Limit.ESTIMATED, None},
    {Limit.ESTIMATED, Limit.ABOUT},
)
"""Limits that translators write for each other: `just under` and `chưa đầy`, `tới` and nothing."""


def are_fitting(one: Limit | None, other: Limit | None) -> bool:
    """Whether two versions say the same of a number."""
    return one is other or {one, other} in _FITTING


def are_opposite(one: Limit | None, other: Limit | None) -> bool:
    """Whether one version has before what the other has after."""
    return {one, other} == {Limit.BEFORE, Limit.AFTER}
