"""Text -> the words in it that name a day from where they stand: `hôm qua`, `Tuesday`, `周二`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from briefing.numerals.numbers import primary_language
from briefing.numerals.words import words_of


class RelativeDay(Struct, frozen=True, kw_only=True):
    """Words for a day that is known only from the day of the text."""

    start: int
    end: int
    offset: int | None = None
    """Days from the day of the text; None for a day of the week, or one that is not known."""
    weekday: int | None = None
    """0 for Monday; None for another word. Neither is known of `the next day`."""


_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "o0": r"hôm nay|(?:sáng|trưa|chiều|tối|đêm) nay",
        "o_1": r"hôm qua|(?:sáng|trưa|chiều|tối|đêm) qua",
        "o_2": r"hôm kia",
        "o1": r"(?:ngày|sáng|trưa|chiều|tối) mai",
        "o2": r"ngày kia",
        **{
            f"w{day}": f"thứ (?:{word})"
            for day, word in enumerate(("hai", "ba", "tư", "năm", "sáu", "bảy|bẩy"))
        },
        "w6": r"chủ nhật",
        "unknown": r"(?:ngày )?hôm (?:đó|ấy|sau|trước)|cùng ngày|trong ngày"
        r"|ngày (?:sau|trước|tiếp theo)|(?:tuần|tháng) (?:này|trước|qua|tới|sau)|cuối tuần"
        r"|năm (?:nay|ngoái|tới)|(?:ngày|tuần|tháng) (?:trước|sau) đó|(?:đầu|giữa|cuối) tháng",
    },
    "en": {
        "o0": r"today|tonight|this (?:morning|afternoon|evening)",
        "o_1": r"yesterday|last night",
        "o1": r"tomorrow",
        **{
            f"w{day}": f"{word}day"
            for day, word in enumerate(("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"))
        },
        "unknown": r"(?:that|same|the (?:previous|next|following|other)) day"
        r"|the day (?:before|after)"
        r"|(?:last|this|next|the previous|the following) (?:week(?:end)?|month|year)"
        r"|(?:days?|weeks?|months?) (?:ago|later|earlier|before|after)|(?:early|mid|late)[- ]\w+",
    },
    "zh": {
        "o0": "今[天日晚早晨]",
        "o_1": "昨[天日晚夜]",
        "o_2": "前天",
        "o1": "明[天日晚早]",
        "o2": "[后後]天",
        **{
            f"w{day}": f"(?:[周週]|星期|礼拜|禮拜)[{signs}]"
            for day, signs in enumerate(("一", "二", "三", "四", "五", "六", "日天"))
        },
        "unknown": "[当當同次翌]日|[当當]天|同一天|[隔第]二?[天日]"
        "|[本上下](?:[周週](?![一二三四五六日天])|月)|[上下][个個]月|日前|近日|[天周週月][前后後]"
        "|去年|今年|明年|[月周週][初底中末]",
    },
}
"""By name: the offset from the day of the text, the day of the week, or unknown."""
_CLUES: Mapping[str, frozenset[str]] = {
    "vi": frozenset(
        ["hôm", "nay", "qua", "mai", "kia", "thứ", "chủ", "ngày", "cuối", "tuần", "tháng", "năm"]
    ),
    "en": frozenset(
        (
            *("today", "tonight", "morning", "afternoon", "evening", "yesterday", "night"),
            *("tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
            *("sunday", "day", "week", "weekend", "month", "year", "days", "weeks", "months"),
            *("early", "mid", "late"),
        )
    ),
}
"""Words of which one is in all words for days."""
_FORMS = dict.fromkeys(("vi", "en"), r"\b(?:%s)\b")
_PATTERNS = {
    code: re.compile(
        _FORMS.get(code, "%s") % "|".join(f"(?P<{name}>{each})" for name, each in words.items()),
        re.IGNORECASE,
    )
    for code, words in _WORDS.items()
}
_OFFSETS = {"o0": 0, "o_1": -1, "o_2": -2, "o1": 1, "o2": 2}


def knows_days(language: str) -> bool:
    """Whether the words for days of a language (BCP 47) are known."""
    return primary_language(language) in _PATTERNS


def relative_days_in(text: str, language: str) -> tuple[RelativeDay, ...]:
    """Return the words of a `language` (BCP 47) for days that depend on the day of the text."""
    code = primary_language(language)
    pattern = _PATTERNS.get(code)
    if code in _CLUES and _CLUES[code].isdisjoint(words_of(text)):
        return ()
    found = []
    for match in pattern.finditer(text) if pattern else ():
        start, end = match.span()
        name = match.lastgroup or ""
        if name in _OFFSETS:
            found.append(RelativeDay(start=start, end=end, offset=_OFFSETS[name]))
        elif name.startswith("w"):
            found.append(RelativeDay(start=start, end=end, weekday=int(name[1:])))
        else:
            found.append(RelativeDay(start=start, end=end))
    return tuple(found)
