"""The words of a text that say no: `not`, `không`, `未`.

What languages say with and without a negation (`not only`, `không chỉ`; `before long`) is none.
Words that deny without one (`without`, `refuse`, `vắng`) may stand in one version for a negation in
the other, and so count as halves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefing.checks.parity.said import Span
from briefing.numerals.numbers import primary_language

_NONE: Mapping[str, str] = {
    "en": r"not only|not (?:the|its|his|her|their) only|not alone|not just|not merely|not (?:less"
    r"|fewer|more) than|no (?:less|fewer|more|later) than"
    r"|not later than|not exceed\w*|no\.(?= ?\d)|no doubt|no wonder|not long (?:after|before)"
    r"|not to mention|no matter"
    r"|whether or not|or not(?=[\s.,?!;:])|if not|why not|none other than|nothing but|not least"
    r"|not until|not so much"
    r"|can(?:not| ?not) but|last but not least|no sooner|nothing less than|not quite|no[- ](?:fly"
    r"|confidence|man)"
    r"|yes (?:or|and) no|not a few|not for nothing|non-\w+|not infrequently|not uncommon\w*"
    r"|notwithstanding",
    "vi": r"không (?:chỉ|những|ít|dưới|quá|hơn|kém|vượt quá|nhiều hơn|cao hơn|thấp hơn|gian|khí"
    r"|quân|phận|kích|trung"
    r"|lưu|vận|tặc|đầy|đến|tới|lâu (?:sau|trước|nữa)|ngừng|ngớt|khỏi|may|thể không|hẹn mà"
    r"|biết chừng|kể|màng"
    r"|ngoại lệ|tưởng|bao lâu)|hàng không|trên không|phòng không|tàu không|đường không|hư không"
    r"|có hay không|hay không|(?:đúng|có|tốt|nên|được|phải) không(?=[\s]*[?,.;:”\"]|$)|hay chưa"
    r"|chưa (?:đầy|đến|tới|kể|nói)|chẳng (?:bao lâu|hạn|những|lẽ|mấy chốc|qua)|không(?= ?(?:giờ"
    r"|độ)\b)"
    r"|không người lái|không đối (?:không|đất)|đất đối không|đừng quên|dù không|chẳng khác",
    "zh": r"没事|没关系|没什么|不仅|不僅|不但|不只|不光|不少|不断|不斷|不超过|不超過|不少于"
    r"|不少於|不低于|不低於|不多于|不到|不足|不久|不过|不過|不论|不論|不管|不得不"
    r"|不同|不禁|不料|不妨|差不多|是不是|能不能|会不会|會不會|有没有|有沒有|要不要|可不可以|是否|未来|未來|非常|非洲|南非|北非|无论|無論"
    r"|无人机|無人機|无线|無線|未满|未滿|莫斯科|别人|別人|特别|特別|区别|區別|分别|分別|个别|個別|性别|性別|级别|級別|告别|除非|非政府|非法"
    r"|对不起|不幸|不动产|不等|不下|不可避免|不锈|毫不|不对|不错|不高于|不免",
}
_STRONG: Mapping[str, str] = {
    "en": r"\w+n['’]t|not|cannot|never|no|none|nobody|nothing|nowhere|neither|no one|nor",
    "vi": r"không|chưa|chẳng|chả|đừng",
    "zh": r"没有|沒有|不|没|沒|未|勿|无(?!锡)|無|非|别|莫",
}
_DENIALS: Mapping[str, Mapping[str, str]] = {
    "refuse": {
        "en": r"refus\w+|reject\w*|den(?:y|ies|ied|ying|ial)|declin\w+|oppos\w+|disagree\w*"
        r"|boycott\w*|abstain\w*"
        r"|ignor\w+|neglect\w*|withh\w+|dissent\w*|against",
        "vi": r"từ chối|bác|phủ nhận|phản đối|chối|tẩy chay|bất đồng|phớt lờ|bỏ qua|khước từ",
        "zh": r"拒|否认|否認|反对|反對|抵制|忽视",
    },
    "fail": {
        "en": r"fail\w*|unsuccessful\w*|miss(?:es|ed)|unable|impossible|inability|incapable",
        "vi": r"thất bại|hỏng|lỡ|bất lực|bó tay",
        "zh": r"失败|失敗|无法|無法",
    },
    "lacking": {
        "en": r"un(?:til|less|der|ion|it|ity|ite\w*|ique|iver\w+|iform\w*|dergo\w*|derst\w+"
        r"|derl\w+)\b|(?P<un>un\w{4,}"
        r"|in(?:effective|sufficient|complete|correct|active|decisive|valid|exact|dependent|formal|direct)\w*"
        r"|im(?:probable|possible|partial|moral)|ir(?:responsible|relevant|regular)|il(?:legal|legitimate)|non-\w+"
        r"|without|free (?:of|from)|lack\w*|missing|absen\w+|shortage\w*|devoid|\w{3,}less|empty"
        r"|vacant|excluding|sans"
        r"|dis(?:satisf|regard|trust|continu|appear|contin)\w*|mis\w{4,}|false|wrong|anonymous\w*)",
        "vi": r"vô|bất|phi|sai|nặc danh|ẩn danh|vắng|thiếu|khuyết|trống|rỗng|mất|miễn|hụt",
        "zh": r"匿名|错|非|缺|免|空",
    },
    "hard": {
        "en": r"hardly|barely|scarcely|difficult\w*|hard",
        "vi": r"khó|nan giải",
        "zh": r"难|難",
    },
    "stop": {
        "en": r"stop\w*|ceas\w+|halt\w*|end(?:s|ed|ing)?|paus\w+|suspen\w+|over|finish\w*"
        r"|abandon\w*|gone|away|out of",
        "vi": r"ngừng|dừng|chấm dứt|thôi|đình chỉ|kết thúc|hết|từ bỏ|bãi bỏ|xóa bỏ|rời|tắt",
        "zh": r"停|止|结束|結束|终|終|放弃|放棄",
    },
    "prevent": {
        "en": r"prevent\w*|avoid\w*|ke(?:ep|pt|eping) [\w ]{1,30}? from|avert\w*|block\w*"
        r"|guard against|rul\w+ out"
        r"|exclud\w+|bar(?:s|red|ring)?|short of",
        "vi": r"ngăn|tránh|ngừa|chặn|phòng|loại trừ|loại",
        "zh": r"防止|避免|阻止|排除|阻",
    },
    "ban": {
        "en": r"ban(?:s|ned|ning)?|prohibit\w*|forbid\w*|forbade|outlaw\w*|illegal\w*",
        "vi": r"cấm|trái phép",
        "zh": r"禁|非法",
    },
    "only": {
        "en": r"only|until|unless|yet|except\w*|all but|nothing but|other than|nothing more"
        r"|awaiting|pending"
        r"|still to|has yet to",
        "vi": r"chỉ|(?:lâu|nay|giờ) mới|mới (?:có|chỉ|được|thấy|bắt đầu)|trừ|duy nhất|đợi|chờ",
        "zh": r"只|才|仅|僅|除了|唯一|尚|待",
    },
    "few": {"en": r"few|little|rare\w*|seldom|minor", "vi": r"ít|hiếm|nhỏ", "zh": r"少|罕|稀"},
    "silent": {
        "en": r"silen\w+|mum|tight-lipped|quiet\w*|unsaid",
        "vi": r"im lặng|kín tiếng|giấu|lặng thinh|im tiếng",
        "zh": r"沉默|保密",
    },
    "other": {
        "en": r"differ\w*|otherwise|else\w*|beyond|far from|rather than|instead|too \w+ to"
        r"|ought to|should have",
        "vi": r"khác|thay vì|ngoài|quá \w+ (?:để|nên)|lẽ ra|đáng lẽ",
        "zh": r"不同|其他|其它|而是|太",
    },
    "still": {
        "en": r"still|remain\w*|continu\w+|stay\w*|linger\w*|keep\w*|whatever|any\w*",
        "vi": r"(?:vẫn )?(?:còn|tiếp tục|giữ)|vẫn|kéo dài|bất kỳ|bất cứ|dù|mọi",
        "zh": r"仍|依然|持续|持續|继续|任何",
    },
    "zero": {"en": r"zero|nil|0", "vi": r"0|số không", "zh": r"(?<!\d)0(?!\d)|(?<![百千万])零"},
}
"""Words that deny, by what they say and by language. One that both versions have counts in none."""
_NUMBER_EN = (
    r"\d|(?:an?|the|some|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty\w*)\b"
)
_NO_DENIALS: Mapping[str, str] = {
    "en": rf"(?:quite )?a (?:few|little)|over(?= (?:{_NUMBER_EN}))",
    "vi": r"chí ít|một ít|ít (?:nhất|ra|hơn|lâu|nhiều|hôm|ngày|bữa|phút)",
    "zh": r"[至最]少|起码|少[于於]|少说|少說|多少|少年",
}
"""What has a word that denies and says how many there are: `ít nhất`, `over three months`."""


class Polarity:
    """How often a text says no, and how else it denies."""

    def __init__(self, text: str, spans: list[Span], code: str) -> None:
        self.spans = spans
        """Where the negations stand."""
        self._text, self._code = text, code

    def excess(self, other: Polarity) -> int:
        """Return how many negations it has that the other text says in no way; 0 for none."""
        more = len(self.spans) - len(other.spans)
        if more <= 0:
            return 0
        for what in _DENIALS:
            if there := other._denials(what):
                more -= max(0, there - self._denials(what))
                if more <= 0:
                    return 0
        return more

    def _denials(self, what: str) -> int:
        """Return how often it has words that deny without a negation and say `what`."""
        pattern = _DENIAL_PATTERNS[self._code][what]
        is_part = "un" in pattern.groupindex
        found = (match for match in pattern.finditer(self._text) if match["none"] is None)
        return sum(1 for match in found if not is_part or match["un"] is not None)


def _pattern(code: str) -> re.Pattern[str]:
    edge, end = ("", "") if code == "zh" else (r"(?<![\w'’])", r"(?![\w])")
    return re.compile(
        f"{edge}(?:(?P<none>{_NONE[code]})|(?P<strong>{_STRONG[code]})){end}", re.IGNORECASE
    )


def _denial_pattern(code: str, words: str) -> re.Pattern[str]:
    edge, end = ("", "") if code == "zh" else (r"(?<![\w'’])", r"(?![\w])")
    return re.compile(f"{edge}(?:(?P<none>{_NO_DENIALS[code]})|{words}){end}", re.IGNORECASE)


_PATTERNS = {code: _pattern(code) for code in _STRONG}
_DENIAL_PATTERNS = {
    code: {what: _denial_pattern(code, words[code]) for what, words in _DENIALS.items()}
    for code in _STRONG
}
_PLAIN = {
    "en": re.compile("[nN]o|NO|n['’]t|[nN]ei|[nN]ev"),
    "vi": re.compile("[kK]hông|[cC]hưa|[cC]h[ẳả]|[đĐ]ừng"),
    "zh": re.compile("[没沒不未勿无無非别莫]"),
}
"""Matches in every text with a negation, in less time."""
_QUESTION_VI = re.compile(
    r"\b(?:có|liệu)\b[^.;:!?]*?\b(?P<no>không)(?=\s*[?,.;:”\"]|$)", re.IGNORECASE
)
_CLAUSE = re.compile(r"(?<=[.!?;:…])[”\"’)]*\s+|(?<=[。！？；：])[”」]*|\n")
_SENTENCE = re.compile(r"(?<=[.!?…])[”\"’)]*\s+|(?<=[。！？])[”」]*|\n")


def knows_negations(language: str) -> bool:
    """Whether the negations of a language (BCP 47) are known."""
    return primary_language(language) in _STRONG


def negations_in(text: str, language: str) -> list[Span]:
    """Return where the negations of a text stand."""
    code = primary_language(language)
    if not _PLAIN[code].search(text):
        return []
    asked: set[int] = set()
    if code == "vi":
        asked = {match.start("no") for match in _QUESTION_VI.finditer(text)}
    return [
        match.span()
        for match in _PATTERNS[code].finditer(text)
        if match.lastgroup == "strong" and match.start() not in asked
    ]


def polarity(text: str, span: Span, negations: list[Span], language: str) -> Polarity:
    """Return how often a sentence of a text says no, which has `negations`."""
    spans = [(a, b) for a, b in negations if span[0] <= a < span[1]]
    return Polarity(text[slice(*span)], spans, primary_language(language))


def sentences_of(one: str, other: str) -> Iterator[tuple[Span, Span]]:
    """Yield where the sentences of two versions stand, or the parts of them that `;` and `:` part.

    All of both if they do not have as many.
    """
    for pattern in (_CLAUSE, _SENTENCE):
        here, there = (_parts(text, pattern) for text in (one, other))
        if len(here) == len(there):
            yield from zip(here, there, strict=True)
            return
    yield (0, len(one)), (0, len(other))


def _parts(text: str, pattern: re.Pattern[str]) -> list[Span]:
    at, found = 0, []
    for match in pattern.finditer(text):
        if text[at : match.start()].strip():
            found.append((at, match.start()))
        at = match.end()
    if text[at:].strip():
        found.append((at, len(text)))
    return found
