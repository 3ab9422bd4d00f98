"""Readers of the fields of the content format: ids, texts in all languages, dates, URLs.

Each takes a node and returns its value, or raises Problems at the node (`syntax.nodes`).
"""

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

MAX_ID_BYTES = 120
"""Bytes of an id in UTF-8, which becomes a file name."""
WINDOWS_DEVICE_NAMES = {"con", "prn", "aux", "nul"} | {
    f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)
}
"""Names that Windows keeps for devices."""

_ID_CATEGORIES = {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}
"""Unicode categories of the characters of an id, beside the hyphen: letters, marks, digits."""
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
    if wrong := id_mistake(id := text(node)):
        node.fail(f"`{id}` {wrong}", "write it like `halt-days`")
    return id


@cache
def member(kind: type[M]) -> Callable[[Node], M]:
    """Return a reader of the members of an enumeration, by their values."""
    return one_of({str(item.value): item for item in kind})


def moment(node: Node) -> Moment:
    """Return a month, a day, or a time with its zone. Raises Problems."""
    return parse_text(read_moment, node)


def parse_text(read: Callable[[str], T], node: Node) -> T:
    """Return `read(text)` of a scalar. Raises Problems, with the text of its ValueError as cure."""
    written = text(node)
    try:
        return read(written)
    except ValueError as error:
        node.fail(f"{written!r} cannot be read", str(error))


def web_address(node: Node) -> str:
    """Return the http(s) URL of a page. Raises Problems."""
    if wrong := url_mistake(url := text(node)):
        node.fail(f"`{url}` {wrong}", "write it like https://example.com/article")
    return url


def contact(node: Node) -> str:
    """Return the URL of a page or a mailto: URL, by which the editors are reached.

    Raises Problems.
    """
    if wrong := link_url_mistake(url := text(node)):
        node.fail(f"`{url}` {wrong}", "write it like mailto:desk@example.com, or as a page")
    return url


def site_address(node: Node) -> str:
    """Return the URL of the site, which ends in a slash. Raises Problems."""
    if wrong := site_url_mistake(url := text(node)):
        node.fail(f"`{url}` {wrong}", SITE_URL_CURE)
    return url


def language_tag(node: Node) -> str:
    """Return the BCP 47 tag of a language that CLDR has. Raises Problems."""
    if find_locale(tag := text(node)) is None:
        node.fail(f"no language `{tag}`", "write a BCP 47 tag like vi, en or zh-Hans")
    return tag


def country(node: Node) -> str:
    """Return the ISO 3166-1 code of a country. Raises Problems."""
    if not is_country(code := text(node)):
        node.fail(f"no country `{code}`", "write two capital letters of ISO 3166-1, like VN")
    return code


def time_zone(node: Node) -> str:
    """Return the IANA name of a time zone. Raises Problems."""
    if not is_time_zone(name := text(node)):
        node.fail(f"no time zone `{name}`", "write an IANA name like Asia/Ho_Chi_Minh")
    return name


def per_language(
    languages: Iterable[Language], read: Callable[[Language, Node], T]
) -> Callable[[Node], Mapping[str, T]]:
    """Return a reader of mappings with one value for each language code of the site.

    read: reads the value of a language.
    """
    by_code = {language.code: language for language in languages}

    def read_all(node: Node) -> Mapping[str, T]:
        fields = mapping(node)
        unknown = {code: item for code, item in fields.items() if code not in by_code}
        collector = Collector()
        collector.add(
            Problem(
                item.key or item.place,
                f"{node.name}: no language `{code}`",
                did_you_mean(code, by_code, "languages of site.yaml"),
            )
            for code, item in unknown.items()
        )
        values = {}
        for code, language in by_code.items():
            with collector.collect():
                if code in fields:
                    values[code] = read(language, fields[code])
                elif not unknown:  # an unknown one may be this code, misspelt
                    node.fail(f"no text in `{code}`", f"add `{code}: …`")
        collector.done()
        return values

    return read_all


def localized(languages: Iterable[Language]) -> Callable[[Node], Localized]:
    """Return a reader of one text in every language of the site, by code."""
    return per_language(languages, lambda _, node: text(node))


def localized_name(languages: Iterable[Language]) -> Callable[[Node], Localized]:
    """Return a reader of a name: one text for all languages, or one in each; by code."""
    codes = [language.code for language in languages]
    read_all = localized(languages)

    def read(node: Node) -> Localized:
        return dict.fromkeys(codes, text(node)) if isinstance(node.value, str) else read_all(node)

    return read


def plural(language: Language, node: Node) -> Plural:
    """Return a text by plural category of `language`; a single text is that of `other`.

    Raises Problems.
    """
    if isinstance(node.value, str):
        return {"other": text(node)}
    forms = language.forms
    return {
        form: text(item)
        for form, item in _exactly(forms, node, f"plural forms of `{language.code}`").items()
    }


def _exactly(forms: frozenset[str], node: Node, what: str) -> Mapping[str, Node]:
    """Return the fields of a mapping whose keys are `forms`. Raises Problems."""
    fields = mapping(node)
    if wrong := sorted(forms ^ fields.keys()):
        node.fail(
            f"the {what} are {', '.join(sorted(forms))}", f"add or remove: {', '.join(wrong)}"
        )
    return fields
