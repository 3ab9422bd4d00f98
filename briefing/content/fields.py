"""How the fields of the content format are read: ids, texts in every language, dates, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar
from unicodedata import normalize

from briefing.content.values import read_moment
from briefing.model.article import Localized, Plural
from briefing.model.site import Language
from briefing.model.values import Moment
from briefing.problems import Collector, Problem, did_you_mean
from briefing.syntax.characters import describe_character, is_invisible
from briefing.syntax.cldr import find_locale, is_country, is_time_zone
from briefing.syntax.nodes import Node, mapping, one_of, text
from briefing.syntax.urls import (
    SITE_URL_CURE,
    link_url_mistake,
    site_url_mistake,
    url_mistake,
)

T = TypeVar("T")
M = TypeVar("M", bound=StrEnum)

MAX_ID = 120
"""Bytes of an id, which becomes a file name."""
RESERVED = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)}
"""Names that Windows keeps for devices."""

_OF_IDS = {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}
"""The kinds of characters that an id is made of, beside the hyphen: letters, marks, digits."""
_PLAIN_ID = re.compile(r"[a-z0-9]{1,40}(?:-[a-z0-9]{1,15}){0,4}")
"""Most ids are like this, and nothing can be wrong with them."""
_NOT_SEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""Letters and marks that cannot be seen (Default_Ignorable_Code_Point of Unicode)."""


def id_mistake(id: str) -> str | None:
    """Say what is wrong with an id, or None.

    One id is one name on every disk: it is folded and composed already, so two that
    differ in case or in Unicode form only cannot both be ids.
    """
    if _PLAIN_ID.fullmatch(id) and id not in RESERVED:
        return None
    if unseen := next((s for s in id if is_invisible(s) or _NOT_SEEN.match(s)), None):
        return f"is not an id: it has {describe_character(unseen)} in it"
    if not all(map(_is_word, id.split("-"))) or id != normalize("NFKC", id).casefold():
        return "is not an id: small letters, digits and single hyphens"
    if len(id.encode()) > MAX_ID:
        return f"is longer than {MAX_ID} bytes"
    if id in RESERVED:
        return "is a name that Windows keeps for itself"
    return None


def _is_word(word: str) -> bool:
    known = all(unicodedata.category(sign) in _OF_IDS for sign in word)
    return known and word[:1].isalnum()


def identifier(node: Node) -> str:
    """Read an id."""
    if wrong := id_mistake(id := text(node)):
        node.fail(f"`{id}` {wrong}", "write it like `halt-days`")
    return id


@cache
def member(kind: type[M]) -> Callable[[Node], M]:
    """Read one of the members of an enumeration."""
    return one_of({str(item.value): item for item in kind})


def moment(node: Node) -> Moment:
    """Read a date, a date and time with zone, or a month."""
    return value_of(read_moment, node)


def value_of(read: Callable[[str], T], node: Node) -> T:
    """Read a text with a function that raises ValueError with the cure."""
    written = text(node)
    try:
        return read(written)
    except ValueError as error:
        node.fail(f"{written!r} cannot be read", str(error))


def web_address(node: Node) -> str:
    """Read the plain http(s) address of a page."""
    if wrong := url_mistake(url := text(node)):
        node.fail(f"`{url}` {wrong}", "write it like https://example.com/article")
    return url


def contact(node: Node) -> str:
    """Read where somebody can be written to: a page, or a mail address."""
    if wrong := link_url_mistake(url := text(node)):
        node.fail(f"`{url}` {wrong}", "write it like mailto:desk@example.com, or as a page")
    return url


def site_address(node: Node) -> str:
    """Read the address of the site, which ends in a slash."""
    if wrong := site_url_mistake(url := text(node)):
        node.fail(f"`{url}` {wrong}", SITE_URL_CURE)
    return url


def language_tag(node: Node) -> str:
    """Read the tag of a language that CLDR knows."""
    if find_locale(tag := text(node)) is None:
        node.fail(f"no language `{tag}`", "write a BCP 47 tag like vi, en or zh-Hans")
    return tag


def country(node: Node) -> str:
    """Read the code of a country."""
    if not is_country(code := text(node)):
        node.fail(f"no country `{code}`", "write two capital letters of ISO 3166-1, like VN")
    return code


def time_zone(node: Node) -> str:
    """Read the name of a time zone."""
    if not is_time_zone(name := text(node)):
        node.fail(f"no time zone `{name}`", "write an IANA name like Asia/Ho_Chi_Minh")
    return name


def in_every_language(
    languages: Iterable[Language], read: Callable[[Language, Node], T]
) -> Callable[[Node], Mapping[str, T]]:
    """Read a mapping that has something for each language of the site."""
    by_code = {language.code: language for language in languages}

    def read_all(node: Node) -> Mapping[str, T]:
        given = mapping(node)
        strangers = {code: item for code, item in given.items() if code not in by_code}
        collector = Collector()
        collector.add(
            Problem(
                item.key or item.place,
                f"{node.name}: no language `{code}`",
                did_you_mean(code, by_code, "languages of site.yaml"),
            )
            for code, item in strangers.items()
        )
        values = {}
        for code, language in by_code.items():
            with collector.collect():
                if code in given:
                    values[code] = read(language, given[code])
                elif not strangers:  # which may be it, misspelt
                    node.fail(f"no text in `{code}`", f"add `{code}: …`")
        collector.done()
        return values

    return read_all


def localized(languages: Iterable[Language]) -> Callable[[Node], Localized]:
    """Read one text in every language of the site."""
    return in_every_language(languages, lambda _, node: text(node))


def name(languages: Iterable[Language]) -> Callable[[Node], Localized]:
    """Read a name: one for all languages, or one in each."""
    codes = [language.code for language in languages]
    read_all = localized(languages)

    def read(node: Node) -> Localized:
        return dict.fromkeys(codes, text(node)) if isinstance(node.value, str) else read_all(node)

    return read


def plural(language: Language, node: Node) -> Plural:
    """Read a text in every plural form of a language, or one text for all of them."""
    if isinstance(node.value, str):
        return {"other": text(node)}
    forms = language.forms
    return {
        form: text(item)
        for form, item in _exactly(forms, node, f"plural forms of `{language.code}`").items()
    }


def _exactly(forms: frozenset[str], node: Node, what: str) -> Mapping[str, Node]:
    given = mapping(node)
    if wrong := sorted(forms ^ given.keys()):
        node.fail(
            f"the {what} are {', '.join(sorted(forms))}", f"add or remove: {', '.join(wrong)}"
        )
    return given
