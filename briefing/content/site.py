"""Reads site.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import combinations
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.fields import (
    contact,
    language_tag,
    localized,
    localized_name,
    meant,
    member,
    site_address,
    time_zone,
)
from briefing.model.article import Localized
from briefing.model.site import Language, Missing, ProofPolicy, Responsible
from briefing.problems import BROKEN, Collector, Problem, Problems, mistake, raise_if_any
from briefing.syntax.cldr import (
    find_locale,
    plural_forms,
    suggest_language,
    text_direction,
)
from briefing.syntax.nodes import Field, Node, mapping, optional, required, text, token
from briefing.syntax.readers import (
    After,
    Each,
    Entries,
    KeyOf,
    OneOf,
    ReadBefore,
    Reader,
    Record,
    Then,
    record,
)

SITE_FILE = "site.yaml"


class SiteFacts(Struct, frozen=True, kw_only=True):
    """The content of site.yaml. Its fields are those of docs/content.md."""

    address: str
    formerly: str | None
    title: Localized
    description: Localized
    contact: str | None
    responsible: Responsible | None
    languages: tuple[Language, ...]
    facing: tuple[tuple[str, str], ...] | None
    """Pairs of language codes; None: as `facing_pairs` has it."""
    time_zone: str
    missing: Missing
    proof: ProofPolicy


def read_languages(root: Node, collector: Collector) -> tuple[Language, ...]:
    """Return the languages of site.yaml, `root`, without their words.

    Problems of a language are added to `collector`, and a placeholder with its code takes its
    place, so that the rest of the content can be read. Raises Problems if there is no language,
    or a code is wrong: then it is not known which languages a text should have.
    """
    node = mapping(root).get("languages")
    if node is None:
        raise _no_languages(root)
    refuse_no_languages(node)
    cure = "write a BCP 47 tag in small letters, like vi, en or zh-hans"
    raise_if_any(
        Problem(item.key or item.place, f"no language `{code}`", meant(_small(code), cure))
        for code, item in mapping(node).items()
        if find_locale(code) is None or code != code.lower()
    )
    languages = []
    for code, item in mapping(node).items():
        language = collector.attempt(partial(_language(code), item))
        languages.append(_stand_in(code) if language is BROKEN else language)
    return tuple(languages)


def refuse_no_languages(node: Node) -> None:
    """Do nothing for languages of which there is one. Raises Problems otherwise."""
    if not mapping(node):
        raise _no_languages(node)


def _no_languages(node: Node) -> Problems:
    cure = "add `languages: {vi: {name: Tiếng Việt}}`"
    return mistake(node.place, "`languages` is missing", cure)


def _small(code: str) -> str | None:
    """Return the tag in small letters that is probably meant by one that is none, or None."""
    likely = suggest_language(code)
    return likely.lower() if likely else None


def locale(node: Node) -> str:
    """Return Babel's name of a locale, of its BCP 47 tag. Raises Problems."""
    if (found := find_locale(tag := token(node))) is None:
        cure = meant(suggest_language(tag), "write a BCP 47 tag like en-GB")
        node.fail(f"no locale `{tag}`", cure)
    return found


def _language(code: str) -> Record[Language]:
    """Return a reader of a language, by its code, without its words."""

    def make(name: str, locale: str | None, dir: Literal["ltr", "rtl"] | None) -> Language:
        own = locale or find_locale(code) or "en"
        bare = replace(_stand_in(code), name=name, locale=own, forms=plural_forms(own))
        return replace(bare, dir=dir or text_direction(own))

    directions: dict[str, Literal["ltr", "rtl"]] = {"ltr": "ltr", "rtl": "rtl"}
    return record(
        make,
        name=required(text, "The name of the language, in the language itself."),
        locale=optional(
            locale, "Whose dates and numbers, like en-GB; the code itself if left out."
        ),
        dir=optional(
            OneOf(directions), "The direction of its writing; taken from the locale if left out."
        ),
    )


def _stand_in(code: str) -> Language:
    """Return a placeholder for a language, with its code as its name and no words."""
    # With the right locale, so that plural forms in its words file are not reported.
    locale = find_locale(code) or "en"
    return Language(
        code=code,
        name=code,
        dir="ltr",
        locale=locale,
        forms=plural_forms(locale),
        words={},
        patterns={},
        languages={},
        countries={},
        cities={},
    )


def read_site(root: Node, languages: tuple[Language, ...]) -> SiteFacts:
    """Return the content of site.yaml, whose languages have been read. Raises Problems."""
    return root.record(SiteFacts, **site_fields(languages))


def site_fields(languages: tuple[Language, ...]) -> dict[str, Field[Any]]:
    """Return the fields of site.yaml, whose languages have been read."""
    return {
        "address": required(
            site_address, "Where the site will stand, with the path; ends in a slash."
        ),
        "formerly": optional(
            site_address,
            "Where the site was published first; feeds keep their ids from there.",
        ),
        "title": required(localized(languages), "The name of the site, in every language."),
        "description": required(
            localized(languages), "One sentence for the home page and search engines."
        ),
        "contact": optional(
            contact, "Where mistakes can be told of: a page, or a mail address after mailto:."
        ),
        "responsible": optional(
            NamedOrRecord(localized_name(languages), _responsible_record(languages)),
            "Who is responsible for the texts: a name, or `name:` and `contact:`.",
        ),
        "languages": required(
            ReadBefore(
                After(refuse_no_languages, Entries(_language("en"), language_tag)),
                lambda: languages,
            ),
            "The languages of the site by their codes, in the order of the toggle.",
        ),
        "facing": optional(
            Each(Then(Each(KeyOf(_by_code(languages), "language")), pair)),
            "Pairs of languages read side by side; of two languages the one pair, of more none.",
        ),
        "time_zone": required(time_zone, "The site's clock: an IANA name, or UTC."),
        "missing": optional(
            member(Missing),
            "What stands where a translation is missing: a notice, the text in another "
            "language (fallback), or no page (hide).",
            default=Missing.NOTICE,
        ),
        "proof": optional(
            member(ProofPolicy),
            "required: `check` and `publish` fail while a passage is not proved.",
            default=ProofPolicy.OPTIONAL,
        ),
    }


def _responsible_record(languages: tuple[Language, ...]) -> Record[Responsible]:
    return record(
        Responsible,
        name=required(localized_name(languages), "Who is responsible."),
        contact=optional(contact, "A page, or a mail address after mailto:."),
    )


class NamedOrRecord(Struct, frozen=True):
    """A reader of who is responsible: a name, or a record with `name:`."""

    name: Reader[Localized]
    record: Record[Responsible]

    def __call__(self, node: Node) -> Responsible:
        """Return who is responsible. Raises Problems."""
        if isinstance(node.value, dict) and node.value.keys() & {"name", "contact"}:
            return self.record(node)
        return Responsible(self.name(node))


def _by_code(languages: tuple[Language, ...]) -> Mapping[str, Language]:
    return {language.code: language for language in languages}


def pair(node: Node, codes: tuple[str, ...]) -> tuple[str, str]:
    """Return two different language codes. Raises Problems for others."""
    if len(set(codes)) != 2 or len(codes) != 2:  # noqa: PLR2004  a pair is of two
        node.fail("is not a pair of languages", "write it like `[vi, en]`")
    return codes[0], codes[1]


def facing_pairs(
    languages: tuple[Language, ...], named: tuple[tuple[str, str], ...] | None
) -> tuple[tuple[Language, Language], ...]:
    """Return the pairs of languages that get facing pages, each once.

    named: pairs of codes in site.yaml; None: of two languages their one pair, of any other number
    no pair, for the number of pages would grow with its square.
    """
    by_code = _by_code(languages)
    if named is not None:
        return tuple((by_code[a], by_code[b]) for a, b in dict.fromkeys(named))
    return tuple(combinations(languages, 2)) if len(languages) == 2 else ()  # noqa: PLR2004
