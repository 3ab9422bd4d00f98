"""Readers of the fields of the content format: ids, texts in all languages, dates, URLs.

Each takes a node and returns its value, or raises Problems at the node (`syntax.nodes`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from functools import cache
from typing import Generic, TypeVar
from unicodedata import normalize

from msgspec import Struct

from briefing.content.values import read_moment
from briefing.model.article import Localized, Plural
from briefing.model.site import Language
from briefing.model.values import Moment, Precision
from briefing.problems import Collector, Problem, closest_known, suggest
from briefing.syntax.characters import (
    describe_character,
    first_lookalike,
    is_invisible,
    to_ascii_lookalikes,
)
from briefing.syntax.cldr import (
    find_locale,
    is_country,
    is_time_zone,
    suggest_country,
    suggest_language,
    suggest_time_zone,
)
from briefing.syntax.file_names import WINDOWS_DEVICE_NAMES
from briefing.syntax.nodes import Node, mapping, text, token
from briefing.syntax.readers import Either, OneOf, Reader, Then
from briefing.syntax.urls import (
    SITE_URL_CURE,
    link_url_mistake,
    site_url_mistake,
    url_cure,
    url_mistake,
)

T = TypeVar("T")
M = TypeVar("M", bound=StrEnum)

MAX_ID_BYTES = 120
"""Bytes of an id in UTF-8, which becomes a file name."""

_ID_CATEGORIES = {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}
"""Unicode categories of the characters of an id, beside the hyphen: letters, marks, digits."""
_DOMAIN = re.compile(r"[^/:?#]+")
_PLAIN_ID = re.compile(r"[a-z0-9]{1,40}(?:-[a-z0-9]{1,15}){0,4}")
"""Most ids match this, and need no other test. A trick for speed."""
_INVISIBLE_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""Letters and marks that cannot be seen (Default_Ignorable_Code_Point of Unicode)."""


def id_mistake(id: str) -> str | None:
    """Return what is wrong with an id, as the end of a sentence; None if it is one.

    An id is one file name on every disk: only text that is casefolded NFKC is an id, so two ids
    cannot differ in case or in Unicode form only.
    """
    if _PLAIN_ID.fullmatch(id) and id not in WINDOWS_DEVICE_NAMES:
        return None
    if unseen := next((s for s in id if is_invisible(s) or _INVISIBLE_LETTERS.match(s)), None):
        return f"is not an id: it has {describe_character(unseen)} in it"
    if not all(map(_is_word, id.split("-"))) or id != normalize("NFKC", id).casefold():
        return "is not an id: small letters, digits and single hyphens"
    if len(id.encode()) > MAX_ID_BYTES:
        return f"is longer than {MAX_ID_BYTES} bytes"
    if id in WINDOWS_DEVICE_NAMES:
        return "is a name that Windows keeps for itself"
    return None


def _is_word(word: str) -> bool:
    """Whether a part of an id between hyphens has only allowed characters and no mark first."""
    allowed = all(unicodedata.category(sign) in _ID_CATEGORIES for sign in word)
    return allowed and word[:1].isalnum()


def identifier(node: Node) -> str:
    """Return an id. Raises Problems."""
    if wrong := id_mistake(id := token(node)):
        node.fail(f"`{id}` {wrong}", "write it like `halt-days`")
    return id


@cache
def member(kind: type[M]) -> OneOf[M]:
    """Return a reader of the members of an enumeration, by their values."""
    return OneOf({str(item.value): item for item in kind})


def moment(node: Node) -> Moment:
    """Return a year, a month, a day, or a time with its zone. Raises Problems."""
    return parse_text(read_moment, node)


def day(node: Node) -> Moment:
    """Return a day. Raises Problems, also for what is less precise than a day, or more."""
    if (read := moment(node)).precision is not Precision.DAY:
        node.fail(f"`{token(node)}` is not a day", "write it like 2026-11-29")
    return read


def parse_text(read: Callable[[str], T], node: Node) -> T:
    """Return `read(text)` of a scalar. Raises Problems, with the text of its ValueError as cure."""
    written = token(node)
    try:
        return read(written)
    except ValueError as error:
        refuse_lookalike(read, node)
        node.fail(f"{written!r} cannot be read", str(error))


def refuse_lookalike(read: Callable[[str], object], node: Node) -> None:
    """Do nothing if `read` takes a text with ASCII signs for those that look like them no better.

    Raises Problems otherwise, which name the sign.
    """
    written = token(node)
    if (meant := to_ascii_lookalikes(written)) == written:
        return
    with suppress(ValueError):
        read(meant)
        sign = describe_character(first_lookalike(written) or "")
        node.fail(f"`{written}` has {sign} in it", f"write `{meant}`")


def web_address(node: Node) -> str:
    """Return the http(s) URL of a page. Raises Problems."""
    if wrong := url_mistake(url := token(node)):
        node.fail(f"`{url}` {wrong}", url_cure(url, "write it like https://example.com/article"))
    return url


def domain(node: Node) -> str:
    """Return the name of a host: `example.com`. Raises Problems."""
    host = token(node)
    wrong = url_mistake(f"https://{host}/") if _DOMAIN.fullmatch(host) else "is no domain"
    if wrong:
        node.fail(f"`{host}` {wrong}", "write it like example.com")
    return host


def contact(node: Node) -> str:
    """Return the URL of a page or a mailto: URL, by which the editors are reached.

    Raises Problems.
    """
    if wrong := link_url_mistake(url := token(node)):
        cure = url_cure(url, "write it like mailto:desk@example.com, or as a page")
        node.fail(f"`{url}` {wrong}", cure)
    return url


def site_address(node: Node) -> str:
    """Return the URL of the site, which ends in a slash. Raises Problems."""
    if wrong := site_url_mistake(url := token(node)):
        node.fail(f"`{url}` {wrong}", url_cure(url, SITE_URL_CURE))
    return url


def language_tag(node: Node) -> str:
    """Return the BCP 47 tag of a language that CLDR has. Raises Problems."""
    if find_locale(tag := token(node)) is None:
        cure = meant(suggest_language(tag), "write a BCP 47 tag like vi, en or zh-Hans")
        node.fail(f"no language `{tag}`", cure)
    return tag


def country(node: Node) -> str:
    """Return the ISO 3166-1 code of a country. Raises Problems."""
    if not is_country(code := token(node)):
        cure = meant(suggest_country(code), "write two capital letters of ISO 3166-1, like VN")
        node.fail(f"no country `{code}`", cure)
    return code


def time_zone(node: Node) -> str:
    """Return the IANA name of a time zone. Raises Problems."""
    if not is_time_zone(name := token(node)):
        cure = meant(suggest_time_zone(name), "write an IANA name like Asia/Ho_Chi_Minh")
        node.fail(f"no time zone `{name}`", cure)
    return name


def meant(word: str | None, otherwise: str) -> str:
    """Return the cure for an unknown word: the one that is probably meant, if any is."""
    return f"did you mean `{word}`?" if word else otherwise


def language_cure(code: str, known: Collection[str]) -> str:
    """Return the cure for a language that is none of the site, whose languages are `known`."""
    likely = suggest_language(code)
    closest = likely if likely in known else closest_known(code, known)
    return suggest(closest, known, "languages of site.yaml")


class PerLanguage(Struct, Generic[T], frozen=True):
    """A reader of mappings with one value for each language of the site, by its code."""

    languages: Iterable[Language]
    reader_of: Callable[[Language], Reader[T]]
    """Returns the reader of the value of a language."""
    complete: bool = True
    """Whether each language must have one."""

    def __call__(self, node: Node) -> Mapping[str, T]:
        """Return the values by code. Raises Problems with those of every language."""
        by_code = {language.code: language for language in self.languages}
        fields = mapping(node)
        unknown = {code: item for code, item in fields.items() if code not in by_code}
        collector = Collector()
        collector.add(
            Problem(
                item.key or item.place,
                f"{node.name}: no language `{code}`",
                language_cure(code, by_code),
            )
            for code, item in unknown.items()
        )
        values = {}
        for code, language in by_code.items():
            with collector.collect():
                if code in fields:
                    values[code] = self.reader_of(language)(fields[code])
                elif self.complete and not unknown:  # an unknown one may be this code, misspelt
                    node.fail(f"no text in `{code}`", f"add `{code}: …`")
        collector.done()
        return values


def localized(languages: Iterable[Language]) -> PerLanguage[str]:
    """Return a reader of one text in every language of the site, by code."""
    return PerLanguage(languages, lambda _: text)


def localized_name(languages: Iterable[Language]) -> Either[Localized, Localized]:
    """Return a reader of a name: one text for all languages, or one in each; by code."""
    codes = [language.code for language in languages]
    return Either(Then(text, lambda _, name: dict.fromkeys(codes, name)), localized(languages))


def plural(language: Language) -> Either[Plural, Plural]:
    """Return a reader of a text by plural category; a single text is that of `other`."""
    return Either(Then(text, lambda _, single: {"other": single}), PluralForms(language))


class PluralForms(Struct, frozen=True):
    """A reader of mappings with a text for each plural category of a language."""

    language: Language

    def __call__(self, node: Node) -> Plural:
        """Return the texts by category. Raises Problems."""
        forms, fields = self.language.forms, mapping(node)
        if wrong := sorted(forms ^ fields.keys()):
            node.fail(
                f"the plural forms of `{self.language.code}` are {', '.join(sorted(forms))}",
                f"add or remove: {', '.join(wrong)}",
            )
        return {form: text(item) for form, item in fields.items()}
