"""In which language a text is: what its letters say, and within that what its page says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from briefing.numerals.numbers import primary_language

_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u309f\u30a1-\u30fa]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0620-\u064a\u0671-\u06d3]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("th", re.compile(r"[\u0e01-\u0e3a]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0904-\u0939]")),
)
_OF_SCRIPT = {"ar": {"ar", "fa", "ur", "ps"}, "ru": {"ru", "uk", "be", "bg", "sr", "mk", "kk"}}
"""Other languages of a script: there what the page says decides."""
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WORDS = {
    "en": "the of and to in that is was for on with said by from at as it has are",
    "fr": "le la les des et en du une est que dans pour qui sur au avec par ce pas",
    "es": "el la los las de que en y del se por con para una es su al como lo",
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als",
    "pt": "o os as de que em do da e para com uma um não é no na por se",
    "it": "il di che e la per un del in una con non sono della le si da dei nel",
    "id": "yang dan di dengan untuk dari ini pada dalam itu tidak akan oleh ke tersebut",
}
_STOP_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_SIMPLIFIED = frozenset("国这会说时对发电话乌战谈总统议来关员经东问题欧俄报记为产业实现见长门车边")
_TRADITIONAL = frozenset("國這會說時對發電話烏戰談總統議來關員經東問題歐報記為產業實現見長門車邊")
_MANY, _SOME, _FEW = 0.3, 0.05, 0.02
_HANT = re.compile(r"hant|-(?:tw|hk|mo)\b", re.IGNORECASE)


def language_of(text: str, declared: Iterable[str]) -> str | None:
    """Return the language of a text (BCP 47), without country; Chinese with its script.

    declared: what its page says, the most reliable first; themes and forms of a page are often in
    another language than its text. None: the letters say nothing, and neither does the page.
    """
    tags = [tag.strip().replace("_", "-") for tag in declared if re.match(r"[A-Za-z]{2}", tag)]
    read = _by_letters(text)
    fitting = [tag for tag in tags if read is None or _fits(tag, read)]
    language = primary_language(fitting[0]) if fitting else read
    return f"zh-{_chinese_script(text, fitting)}" if language == "zh" else language


def _fits(tag: str, read: str) -> bool:
    return primary_language(tag) in _OF_SCRIPT.get(read, {read})


def _by_letters(text: str) -> str | None:
    """Return the language that letters and frequent words speak for; None if none does."""
    letters = sum(map(str.isalpha, text)) or 1
    if len(_SCRIPTS[0][1].findall(text)) > _SOME * letters:
        return "ja"  # beside kana stand Chinese characters
    for language, script in _SCRIPTS[1:]:
        if len(script.findall(text)) > _MANY * letters:
            return language
    if len(_VIETNAMESE.findall(text)) > _FEW * letters:
        return "vi"
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    counts = {lang: sum(words[w] for w in stop) for lang, stop in _STOP_WORDS.items()}
    best = max(counts, key=lambda lang: counts[lang])
    return best if counts[best] > _SOME * max(1, words.total()) else None


def _chinese_script(text: str, tags: list[str]) -> str:
    """Return the script of a Chinese text: that of its characters, else that of its page."""
    simplified = sum(letter in _SIMPLIFIED - _TRADITIONAL for letter in text)
    traditional = sum(letter in _TRADITIONAL - _SIMPLIFIED for letter in text)
    if simplified == traditional:
        return "Hant" if any(_HANT.search(tag) for tag in tags) else "Hans"
    return "Hans" if simplified > traditional else "Hant"
