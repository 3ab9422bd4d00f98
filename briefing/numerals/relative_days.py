"""Text -> the words in it that name a day from where they stand: `hôm qua`, `Tuesday`, `周二`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from briefing.numerals.numbers import primary_language


class RelativeDay(Struct, frozen=True, kw_only=True):
    """Words for a day that is known only from the day of the text."""

    start: int
    end: int
    offset: int | None = None
    """Days from the day of the text; None for a day of the week, or one that is not known."""
    weekday: int | None = None
    """0 for Monday; None for another word. Neither is known of `the next day`."""


_WORDS: Mapping[str, str] = {
    "vi": r"""(?P<o0>hôm\ nay|(?:sáng|trưa|chiều|tối|đêm)\ nay)\b
        |(?P<o_1>hôm\ qua|(?:sáng|trưa|chiều|tối|đêm)\ qua)\b|(?P<o_2>hôm\ kia)\b
        |(?P<o1>(?:ngày|sáng|trưa|chiều|tối)\ mai)\b|(?P<o2>ngày\ kia)\b
        |thứ\ (?:(?P<w0>hai)|(?P<w1>ba)|(?P<w2>tư)|(?P<w3>năm)|(?P<w4>sáu)|(?P<w5>bảy|bẩy))\b
        |(?P<w6>chủ\ nhật)\b
        |(?P<unknown>(?:ngày\ )?hôm\ (?:đó|ấy|sau|trước)|cùng\ ngày|trong\ ngày|ngày\ (?:sau|trước|tiếp\ theo)
        |(?:tuần|tháng)\ (?:này|trước|qua|tới|sau)|cuối\ tuần|năm\ (?:nay|ngoái|tới)
        |(?:ngày|tuần|tháng)\ (?:trước|sau)\ đó|(?:đầu|giữa|cuối)\ tháng)\b""",
    "en": r"""\b(?:(?P<o0>today|tonight|this\ (?:morning|afternoon|evening))
        |(?P<o_1>yesterday|last\ night)|(?P<o1>tomorrow)
        |(?P<w0>monday)|(?P<w1>tuesday)|(?P<w2>wednesday)|(?P<w3>thursday)|(?P<w4>friday)
        |(?P<w5>saturday)|(?P<w6>sunday)
        |(?P<unknown>(?:that|the\ same|same|the\ (?:previous|next|following|other))\ day|the\ day\ (?:before|after)
        |(?:last|this|next|the\ previous|the\ following)\ (?:week(?:end)?|month|year)
        |(?:days?|weeks?|months?)\ (?:ago|later|earlier|before|after)|(?:early|mid|late)[- ]\w+))\b""",
    "zh": r"""(?P<o0>今[天日晚早晨])|(?P<o_1>昨[天日晚夜])|(?P<o_2>前天)|(?P<o1>明[天日晚早])|(?P<o2>[后後]天)
        |(?:[周週]|星期|礼拜|禮拜)(?:(?P<w0>一)|(?P<w1>二)|(?P<w2>三)|(?P<w3>四)|(?P<w4>五)|(?P<w5>六)
        |(?P<w6>[日天]))
        |(?P<unknown>[当當同次翌]日|[当當]天|同一天|[隔第]二?[天日]|[本上下](?:[周週](?![一二三四五六日天])|月)|[上下][个個]月|日前|近日|[天周週月]前|[天周週月][后後]
        |去年|今年|明年|[月周週][初底中末])""",
}
_PATTERNS = {code: re.compile(words, re.VERBOSE | re.IGNORECASE) for code, words in _WORDS.items()}
_OFFSETS = {"o0": 0, "o_1": -1, "o_2": -2, "o1": 1, "o2": 2}


def knows_days(language: str) -> bool:
    """Whether the words for days of a language (BCP 47) are known."""
    return primary_language(language) in _PATTERNS


def relative_days_in(text: str, language: str) -> tuple[RelativeDay, ...]:
    """Return the words of a `language` (BCP 47) for days that depend on the day of the text."""
    pattern = _PATTERNS.get(primary_language(language))
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
