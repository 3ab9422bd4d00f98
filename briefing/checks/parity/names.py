"""The voices, outlets and people that a text names, in the forms of its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import dropwhile

from msgspec import Struct

from briefing.checks.kept_text import fold_case_and_accents
from briefing.model.site import Site, VoiceKind
from briefing.numerals.numbers import primary_language

_BRACKET = re.compile(r"\s*[(（].*?[)）]")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_KINDS_VI = re.compile(
    r"^(?:báo|tạp chí|điện|hãng|đài|nhật báo|tờ|kênh|thông tấn xã|tập đoàn|trang)\s+(?=[A-ZĐÀ-Ỵ])",
    re.IGNORECASE,
)
_KINDS_EN = re.compile(r"\s+(?:newspaper|magazine|news agency|agency|daily|weekly)$", re.IGNORECASE)
_PRESS_VI = re.compile(r"(?:báo|nhật báo|tờ)\s", re.IGNORECASE)
_SHORTEST = 3


class NameMention(Struct, frozen=True):
    """A name in a text."""

    start: int
    end: int
    id: str


class Names(Struct, frozen=True, eq=False):
    """The names of a site by language."""

    by_language: Mapping[str, re.Pattern[str]]
    ids: Mapping[str, Mapping[str, str]]
    """By language: who is meant, by a form of the name."""

    def in_text(self, text: str, language: str) -> Iterator[NameMention]:
        """Yield the names in a text, the longest where one is a part of another."""
        if pattern := self.by_language.get(language):
            ids = self.ids[language]
            for match in pattern.finditer(text):
                yield NameMention(match.start(), match.end(), ids[match.group()])

    def written(self, id: str, language: str) -> str:
        """Return the longest form of a name in a language, for a message."""
        forms = [form for form, known in self.ids.get(language, {}).items() if known == id]
        return max(forms, key=len, default=id)


def names_of(site: Site) -> Names:
    """Return the names of the voices and outlets of a site, and of who signs its articles."""
    ids: dict[str, dict[str, str]] = {}
    for language in site.languages:
        forms: dict[str, str] = {}
        shared: set[str] = set()
        for id, form in _forms(site, language.code):
            if forms.setdefault(form, id) != id:
                shared.add(form)
        ids[language.code] = {form: id for form, id in forms.items() if form not in shared}
    return _names(tuple((code, tuple(forms.items())) for code, forms in ids.items()))


@lru_cache(maxsize=16)
def _names(forms: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Names:
    """Return names by their forms: one object for the same forms, so that comparisons are kept."""
    ids = {code: dict(each) for code, each in forms}
    return Names({code: _pattern(each, code) for code, each in ids.items() if each}, ids)


def _pattern(forms: Mapping[str, str], language: str) -> re.Pattern[str]:
    either = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    is_spaced = primary_language(language) not in ("zh", "ja", "yue")
    edges = (r"(?<!\w)", r"(?!\w)") if is_spaced else ("", "")
    return re.compile(f"{edges[0]}(?:{either}){edges[1]}")


def _forms(site: Site, language: str) -> Iterator[tuple[str, str]]:
    """Yield each form of a name with who is meant: a person by the last word of it too."""
    owners: dict[str, str] = {}
    for id, voice in site.voices.items():
        is_person = voice.kind is VoiceKind.PERSON
        for name in _in_language(voice.name, language, is_person=is_person):
            yield _owner(owners, id, voice.name.values()), name
            words = name.split()
            if is_person:
                last = len(words) - (voice.country == "VN")
                yield from ((owners[id], " ".join(words[at:])) for at in range(1, last))
    outlets = {each.outlet.id: each.outlet for topic in site.topics for each in topic.articles}
    for id, outlet in outlets.items():
        for name in _in_language(outlet.name, language):
            yield _owner(owners, f"outlet:{id}", outlet.name.values()), name


def _owner(owners: dict[str, str], id: str, names: Iterable[str]) -> str:
    """Return who is meant: one of the same name that is known, or this one."""
    key = "\n".join(sorted(_plain(name).casefold() for name in names))
    owners[id] = owners.setdefault(key, id)
    return owners[id]


def _in_language(
    names: Mapping[str, str], language: str, *, is_person: bool = False
) -> Iterator[str]:
    """Yield the forms of a name: without what stands in brackets, an article, a kind of outlet.

    A name in small letters, `the ministry`, is a word like others, and none; before the name of a
    person they are a title: `bà Đỗ Mỹ Linh`.
    """
    plain = _plain(names.get(language, ""))
    if is_person:
        plain = " ".join(dropwhile(str.islower, plain.split()))
    short = _KINDS_EN.sub("", _KINDS_VI.sub("", plain))
    forms = [plain, *([short] if _stands_alone(short, plain, names.values()) else [])]
    yield from dict.fromkeys(each for each in forms if _is_name(each))


def _plain(name: str) -> str:
    return _ARTICLE.sub("", _BRACKET.sub("", name)).strip()


def _stands_alone(short: str, plain: str, names: Iterable[str]) -> bool:
    """Whether a name is known without the kind of outlet: `Kremlin`, and not `Cầu`, a bridge."""
    others = {fold_case_and_accents(_KINDS_EN.sub("", _plain(name))) for name in names}
    return fold_case_and_accents(short) in others or (" " in short and bool(_PRESS_VI.match(plain)))


def _is_name(form: str) -> bool:
    return not form[:1].islower() and (len(form) >= _SHORTEST or not form.isascii())
