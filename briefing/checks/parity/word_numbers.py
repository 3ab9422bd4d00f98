"""How sure a word is a number that every translation has: `one` and `hai bên` are not.

Each language has words for numbers that are other words as well (`năm`: five, year), and phrases
in which a number counts nothing (`one another`, `一些`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from briefing.checks.parity.marks import Weight
from briefing.numerals.numbers import primary_language
from briefing.numerals.tokens import Numeral

_PHRASES: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:one or two|two or three|three or four|at sixes and sevens|on all fours"
        r"|nine times out "
        r"of ten|ten to one|first and foremost|first of all|at first(?: glance| sight)?"
        r"|second thoughts?"
        r"|second to none|second[- ]hand|second nature|second best|in two minds|square one"
        r"|cloud nine"
        r"|first (?:aid|name|lady|hand|class)|first-(?:hand|class)|third part(?:y|ies)|back to back"
        r"|the two of them|one by one|two by two|two-way|in the first place|zero[- ]sum"
        r"|ground zero|from zero|zero tolerance|one-sided|two-sided|two-faced|six feet under"
        r"|a thousand times|thanks a million|a million times|one in a million|second[- ]guess\w*"
        r"|24/7|twenty-four seven|fifty[- ]fifty|fifth column|sixth sense|eleventh hour"
        r"|seventh heaven"
        r"|third[- ]rate|third world|two cents|one thing|for one|number one|four corners"
        r"|the four winds|kill two birds with one stone|two sides of (?:the same|one) coin"
        r"|a hundred (?:per ?cent|times)|one hundred per ?cent)\b",
        re.IGNORECASE,
    ),
    "vi": re.compile(
        r"\b(?:vài ba|dăm ba|hai ba(?= \w)|một hai|một vài|ba bốn|đôi ba|năm bảy|năm ba|mười mươi"
        r"|mười mấy|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi mấy|mấy chục|vài chục|mấy trăm"
        r"|trăm phần trăm|một trăm phần trăm|mười phần|bốn phương|bốn bề|bốn bể|năm châu"
        r"|ba đầu sáu tay"
        r"|ba chân bốn cẳng|bảy nổi ba chìm|ba phải|ba hoa|ba lô|ba lê|ba má|ba bị|ba rọi|ba gác"
        r"|ba que|ba lan|ba tư(?= \w+ (?:xưa|cổ))|ba vì|ba đình|ba tơ|một mất một còn|một lòng"
        r"|một mực|muôn vàn|vạn sự|vạn nhất|một khi|một mình|một số"
        r"|một phần(?! (?:hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn))|một cách|một chút"
        r"|một ít|một mặt|một lần nữa|lần nữa|một trong|một ngày nào đó"
        r"|năm lần bảy lượt|ba bảy hai mốt|tám chuyện|chín chắn|chín muồi|tứ phía|mười năm như một"
        r"|hai lòng|hai mặt|hai lời|hai mang|một công đôi việc|một mũi tên trúng hai đích"
        r"|hai mặt của (?:một|cùng một) (?:đồng xu|vấn đề)|đếm trên đầu ngón tay|năm mươi năm mươi"
        r"|chủ tịch nước|năm tháng|tháng năm qua|24/7|hai bốn trên bảy|giác quan thứ sáu)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "万一|萬一|一带一路|一帶一路|三峡|三峽|四川|五角大[楼樓]|百事|三星|万科|一些|一起|一样|一樣|一直|一定|一致"
        "|一旦|一切|一般|一方面|另一方面|一度|一再|唯一|统一|統一|之一|同一|进一步|進一步|一步步|千万不|十分"
        "|百姓|千方百计|四面八方|七嘴八舌|三心二意|乱七八糟|九牛一毛|一石二[鸟鳥]|两岸|兩岸|两会|兩會|三番五次"
        "|五花八门|半岛|半島|半导体|半導體|半数|十几|十幾|数十|數十|几十|幾十|数百|數百|几百|数千|數千|几千|数万|數萬"
        "|上百|上千|上万|成千上万|成千上萬|星期[一二三四五六]|周[一二三四五六]|週[一二三四五六]|礼拜[一二三四五六]"
    ),
}
"""Phrases whose numbers count nothing, or are no numbers."""
_LONGEST_PHRASE = 28
"""Characters of a phrase before or after its number."""
_GROUPS = re.compile(
    r"\b(?:the|all|these|those|both|các|cả) (?:\w+ )?$|\b(?:cả) $",
    re.IGNORECASE,
)
"""Matches what stands before a number of people or things that were named: `the three`."""
_ONES_EN = frozenset(["one", "once", "both", "couple", "pair", "twins", "quarter", "zero"])
_LIGHT_EN = frozenset(["two", "twice", "double", "half", "a half", "dozen", "a dozen", "triple"])
_UNIT_AFTER_VI = re.compile(
    r" (?:người|nước|bài|vụ|ông|bà|tàu|xe|tên|chiếc|quốc gia|thành|tỉnh|đảng|cơ|bên|lần|điểm|điều"
    r"|cuộc|máy"
    r"|binh|công|nhà|tù|thỏa|thoả|ngôi|trường|con|cái|trẻ|phụ|đứa|đội|tòa|toà|quả|khu|bước|câu|đợt|vòng"
    r"|nhóm|hãng|tờ|trận|mục|dự|vùng|ngày|giờ|tiếng|phút|tuần|tháng|năm|thập|thế|tấn|mét|km|ki|phần|triệu|tỷ|tỉ"
    r"|nghìn|ngàn|trăm|đô|đồng|euro|thành viên|đại|bộ|thị|ngân|tổ|đoàn|doanh|nhân|lính|sĩ|quan"
    r"|bác|học|sinh|kỹ"
    r"|tàu|tên|quả|hòn|đảo|cầu|đường|trạm|căn|lô|gói|khoản|luật|nghị|hiệp|văn|bản|lá|thư|giải|huy|cửa|kho"
    r"|nạn|nghi|nhà|phóng|phi|thủy|hành|khách|lãnh|phái|đặc|giám|cán|viên|hộ|gia|xã|huyện|quận|phường|bệnh|đại"
    r"|mặt|trung|tiểu|lữ|sư|quân|mục|ứng|phiếu|ghế|kịch|lý|nguyên|câu|khía|lĩnh|trụ|tầng|cấp|bậc|loại|kiểu"
    r"|dạng|môn|ngành|ga|sân|cảng|bãi|sông|hồ|con|loài|cây|chương|tập|trang|dòng|chữ|từ|ý|yêu|đề|kiến)\b"
)
"""Matches what is counted after `năm` and `ba`, which are a year and a father as well."""
_NAME_VI = re.compile(r"(?:thứ|tháng|quý|lần|khóa|khoá|hạng|loại|cấp|điều|số) $", re.IGNORECASE)
_CLASSIFIER_ZH = re.compile(
    "[个個名人位次天年周週月小时分国國家篇份条條项項艘架辆輛枚座起例级級层層阶階句场場轮輪种種点點岁歲倍成方件部块塊元米公吨百千万萬亿億届屆支只隻棵本张張段番处處款门門批]"
)
_NAMED_BEFORE = re.compile(r"(?:^|[.!?:;…\n“\"«(]\s*)$")


def weight_of(numeral: Numeral, text: str, language: str) -> Weight:
    """Return when a number of a text is told that the other version does not have.

    numeral: where it stands in `text`. language: BCP 47.
    """
    code = primary_language(language)
    written = text[numeral.start : numeral.end]
    if any(character.isdigit() for character in written):
        return Weight.ALONE
    if _is_in_phrase(numeral, text, code):
        return Weight.NEVER
    reader = _READERS.get(code)
    return reader(numeral, written.lower(), text) if reader else Weight.ALONE


def _is_in_phrase(numeral: Numeral, text: str, code: str) -> bool:
    """Whether a number is a part of a phrase in which it counts nothing."""
    pattern = _PHRASES.get(code)
    if pattern is None:
        return False
    first = max(0, numeral.start - _LONGEST_PHRASE)
    found = pattern.finditer(text, first, numeral.end + _LONGEST_PHRASE)
    return any(m.start() < numeral.end and numeral.start < m.end() for m in found)


def _is_named(numeral: Numeral, text: str) -> bool:
    """Whether a word has a capital within a sentence, so that it is a part of a name."""
    is_capital = text[numeral.start].isupper()
    before = text[max(0, numeral.start - 3) : numeral.start]
    return is_capital and numeral.start > 0 and not _NAMED_BEFORE.search(before)


def _english(numeral: Numeral, word: str, text: str) -> Weight:
    if word in _ONES_EN or _is_named(numeral, text):
        return Weight.NEVER
    if word in _LIGHT_EN or numeral.value == 1:
        return Weight.IN_PAIR
    named = _GROUPS.search(text[max(0, numeral.start - 14) : numeral.start])
    return Weight.IN_PAIR if named and numeral.value < 10 else Weight.ALONE  # noqa: PLR2004


def _vietnamese(numeral: Numeral, word: str, text: str) -> Weight:
    before = text[max(0, numeral.start - 8) : numeral.start]
    if _is_other_word(numeral, word, text, before):
        return Weight.NEVER
    if _ORDINAL_VI.search(before):
        return Weight.ALONE
    if _SIDES_VI.match(text, numeral.end):
        return Weight.IN_PAIR
    if word in ("hai", "nửa", "một nửa", "một tá", "một chục", "tá"):
        return Weight.IN_PAIR
    named = _GROUPS.search(before)
    return Weight.IN_PAIR if named and numeral.value < 10 else Weight.ALONE  # noqa: PLR2004


def _is_other_word(numeral: Numeral, word: str, text: str, before: str) -> bool:
    """Whether a Vietnamese word for a number is an article, a name, a year or a father."""
    if word in ("một", "đôi", "một đôi"):
        return True
    if _is_named(numeral, text) and not _NAME_VI.search(before):
        return True
    if word == "năm":
        return not _is_five(numeral, text, before)
    is_father = _FATHER_BEFORE.search(before) or _FATHER_AFTER.match(text, numeral.end)
    return word == "ba" and bool(is_father)


_FATHER_BEFORE = re.compile(r"(?:ông|bà|của|người|cùng|với|chú|cô|anh|chị|má|mẹ) $", re.IGNORECASE)
_FATHER_AFTER = re.compile(r" (?:tôi|mẹ|má|của|nó|mình|em|cô|chúng)\b|[.,;:!?]|$")
_ORDINAL_VI = re.compile(r"\bthứ $", re.IGNORECASE)
_SIDES_VI = re.compile(r" (?:bên|phía)\b")
"""Matches after a number what other languages say in one word: `ba bên`, trilateral."""
_YEAR_BEFORE = re.compile(
    r"(?:\d|mỗi|hằng|hàng|cả|nhiều|mấy|vài|đầu|giữa|cuối|từng|các|những|suốt|lâu|bao|dăm|nửa|số|một|hai|ba|bốn"
    r"|năm|sáu|bảy|tám|chín|mười|mươi|chục|trăm|nghìn|rưỡi|quanh|thường) $",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    r" (?:\d|nay|ngoái|tới|sau|trước|qua|kia|đó|ấy|này|học|tài|mới|cũ|nào|vừa|hai nghìn|hai ngàn"
    r"|một nghìn)"
)


def _is_five(numeral: Numeral, text: str, before: str) -> bool:
    """Whether `năm` is five, and not a year."""
    if _YEAR_BEFORE.search(before) or _YEAR_AFTER.match(text, numeral.end):
        return False
    return bool(_UNIT_AFTER_VI.match(text, numeral.end) or _NAME_VI.search(before))


def _chinese(numeral: Numeral, word: str, text: str) -> Weight:
    if text[max(0, numeral.start - 1) : numeral.start] == "第":
        return Weight.ALONE
    if len(word) > 1:
        return Weight.IN_PAIR if word == "一半" else Weight.ALONE
    if word in ("一", "半") or not _CLASSIFIER_ZH.match(text, numeral.end):
        return Weight.NEVER
    return Weight.IN_PAIR if numeral.value <= 2 else Weight.ALONE  # noqa: PLR2004 — 两 is both


_READERS: Mapping[str, Callable[[Numeral, str, str], Weight]] = {
    "en": _english,
    "vi": _vietnamese,
    "zh": _chinese,
    "yue": _chinese,
}
