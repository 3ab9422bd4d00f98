"""Reads the Markdown files of an article: the lead with facts and claims, and translations.

`MarkdownFile` values -> `Article`. `texts` has the fields of every text, `claims` those of a claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import partial
from typing import Any

from msgspec.structs import replace

from briefing.content.claims import read_claims
from briefing.content.fields import identifier, language_tag, localized, member, moment, web_address
from briefing.content.outlets_voices import KnownIds
from briefing.content.source_files import MarkdownFile
from briefing.content.texts import (
    make_summary,
    text_fields,
    translation_circles,
    translation_fields,
    with_machine_of_originals,
)
from briefing.model.article import (
    Archive,
    Article,
    ArticleType,
    Confidence,
    Integrity,
    Localized,
    Outlet,
    Proof,
    Summary,
    UrlStatus,
)
from briefing.problems import BROKEN, Broken, Collector, Problem, Problems
from briefing.syntax.nodes import (
    Field,
    Node,
    each,
    key_of,
    mapping,
    one_of,
    optional,
    part,
    required,
    text,
    token,
)

LEAD_FIELD = "outlet"
"""The field of front matter that only the lead has, the file with the facts of the article."""
PROOF_CURE = "delete `proved:`, and let the command `prove` write it again"


def read_article(
    id: str,
    files: tuple[MarkdownFile, ...],
    known: KnownIds,
    article_ids: Iterable[str],
    paths: Mapping[str, str],
) -> Article:
    """Return an article of the language files `files`, those that could be read.

    known: what its claims may refer to. article_ids: all articles of the topic. paths: every
    language file of this article, by language. Raises Problems.
    """
    collector = Collector()
    other_ids = dict.fromkeys(other for other in article_ids if other != id)
    leads = _lead_files(files, _lead_fields(known, "und", other_ids).keys())
    names_missing_file = any(_translates(file) not in {None, *paths} for file in files)
    if len(files) == len(paths) and (leads or not names_missing_file):
        collector.add(_lead_problems(id, files, leads))
    read_leads = [collector.attempt(partial(_read_lead, file, known, other_ids)) for file in leads]
    translations = [
        collector.attempt(partial(_read_translation, file, known, paths, leads))
        for file in files
        if file not in leads
    ]
    collector.add(translation_circles(files))
    collector.done()
    if len(files) < len(paths):
        raise Problems  # reported when the file was opened
    (own, fields), *_ = (lead for lead in read_leads if lead is not BROKEN)
    all_texts = [own, *(summary for summary in translations if summary is not BROKEN)]
    by_language = {summary.language: summary for summary in all_texts}
    summaries = with_machine_of_originals(by_language)
    return Article(id=id, lead=own.language, summaries=summaries, **fields)


def _lead_files(files: tuple[MarkdownFile, ...], lead_fields: Set[str]) -> list[MarkdownFile]:
    """Return the files with `outlet:`; without any, the first with another field of a lead.

    That one is read as the lead, so that the missing field is reported in it.
    """
    if leads := [file for file in files if LEAD_FIELD in _front_matter_fields(file)]:
        return leads
    originals = (file for file in files if "translates" not in _front_matter_fields(file))
    return [file for file in originals if _front_matter_fields(file).keys() & lead_fields][:1]


def _read_translation(
    file: MarkdownFile, known: KnownIds, paths: Mapping[str, str], leads: list[MarkdownFile]
) -> Summary:
    fields = translation_fields(file, known, paths)
    # Without a lead, any of the files may be the one; that is reported, and not the field.
    cure = ""
    if leads:
        path = leads[0].front_matter.place.path
        cure = f"write `translates: {leads[0].language}`; the facts are in {path}, with `outlet:`"
    fields["translates"] = replace(fields["translates"], required=bool(leads), cure=cure)
    return file.front_matter.record(partial(make_summary, file), **fields)


def _front_matter_fields(file: MarkdownFile) -> Mapping[str, Node]:
    """Return the fields of the front matter; none if it is not a mapping."""
    return file.front_matter.value if isinstance(file.front_matter.value, Mapping) else {}


def _translates(file: MarkdownFile) -> object:
    """Return the language in `translates:`, which may be any text; None if there is no text."""
    node = _front_matter_fields(file).get("translates")
    return node.value if node and isinstance(node.value, str) else None


def duplicates_of_duplicates(
    articles: Mapping[str, tuple[MarkdownFile, ...]],
) -> Iterator[Problem]:
    """Yield a problem for each article that is a duplicate of an article that is one itself.

    articles: their files by id. All copies of a text count once, with one original.
    """
    originals = {
        id: node
        for id, files in articles.items()
        for file in files
        if (node := _front_matter_fields(file).get("duplicate_of"))
    }
    for id, node in originals.items():
        if isinstance(original := node.value, str) and original in originals.keys() - {id}:
            message = f"duplicate_of: `{original}` is itself a duplicate"
            yield Problem(node.place, message, "name the article that is none")


def _lead_problems(
    id: str, files: tuple[MarkdownFile, ...], leads: list[MarkdownFile]
) -> list[Problem]:
    """Return the problems of an article that has not exactly one lead."""
    if not leads:
        cure = f"give the facts (`{LEAD_FIELD}:`, `published:` …) to one of its files"
        return [
            Problem(files[0].front_matter.place, f"no file of `{id}` has `{LEAD_FIELD}:`", cure)
        ]
    return [
        Problem(
            mapping(second.front_matter)[LEAD_FIELD].key or second.front_matter.place,
            f"two leads: {leads[0].front_matter.place.path} has `{LEAD_FIELD}:` too",
            "keep the facts in one file, and write `translates:` in the other",
        )
        for second in leads[1:]
    ]


def _read_lead(
    file: MarkdownFile, known: KnownIds, other_ids: Mapping[str, object]
) -> tuple[Summary, dict[str, Any]]:
    """Return the summary in a lead, and the values of the other fields of the article."""
    front_matter = file.front_matter

    def make(
        *,
        integrity: tuple[Integrity, Localized | None],
        outlet: Outlet,
        language: str | None,
        **rest: Any,
    ) -> tuple[Summary, dict[str, Any]]:
        summary = make_summary(file, **{name: rest.pop(name) for name in text_fields(front_matter)})
        rest["integrity"], rest["integrity_note"] = integrity
        written_in = language or outlet.language
        return summary, {
            **rest,
            "outlet": outlet,
            "language": written_in,
            "place": front_matter.place,
            "published_place": part(front_matter, "published").place,
        }

    return front_matter.record(
        make,
        **text_fields(front_matter),
        **_lead_fields(known, article_language(known, front_matter), other_ids),
    )


def _lead_fields(
    known: KnownIds, language: str, other_ids: Mapping[str, object]
) -> dict[str, Field[Any]]:
    """Return the fields of front matter that only a lead has.

    language: that of the article, by which locators are read; "und": undetermined (BCP 47).
    """
    return {
        "outlet": required(one_of(known.outlets, "outlet")),
        "outlet_confidence": optional(member(Confidence), Confidence.STATED),
        "url": optional(web_address),
        "url_status": optional(member(UrlStatus), UrlStatus.LIVE),
        "archive": optional(_archive),
        "published": required(moment),
        "accessed": optional(moment),
        "author": optional(text),
        "language": optional(language_tag),
        "type": optional(member(ArticleType), ArticleType.REPORT),
        "original_title": optional(text),
        "integrity": optional(partial(_integrity, known), (Integrity.INTACT, None)),
        "checked": optional(partial(_checked, known), frozenset()),
        "duplicate_of": optional(key_of(other_ids, "other article")),
        "claims": optional(read_claims(known.points, known.voices, known.languages, language), ()),
        "tags": optional(each(identifier), ()),
        "proved": optional(_proof),
    }


def article_language(known: KnownIds, front_matter: Node) -> str:
    """Return the language of an article, or of its outlet; "und" if neither can be read."""
    collector = Collector()
    own = collector.attempt(lambda: language_tag(part(front_matter, "language")))
    outlet = collector.attempt(lambda: one_of(known.outlets)(part(front_matter, "outlet")))
    if not isinstance(own, Broken):
        return own
    return "und" if isinstance(outlet, Broken) else outlet.language


def _archive(node: Node) -> Archive:
    return node.record(Archive, url=required(web_address), date=required(moment))


def _integrity(known: KnownIds, node: Node) -> tuple[Integrity, Localized | None]:
    def make(status: Integrity, note: Localized | None) -> tuple[Integrity, Localized | None]:
        return status, note

    return node.record(
        make, status=required(member(Integrity)), note=optional(localized(known.languages))
    )


def _proof(node: Node) -> Proof:
    """Return what `prove` has noted. Raises Problems for what it would not write."""
    return node.record(
        partial(Proof, place=node.place),
        on=required(moment),
        text=required(_digest(12)),
        passages=required(each(_digest(8))),
    )


def _digest(digits: int) -> Callable[[Node], str]:
    """Return a reader of so many hexadecimal digits."""

    def read(node: Node) -> str:
        if not re.fullmatch(f"[0-9a-f]{{{digits}}}", digest := token(node)):
            node.fail(f"`{digest}` is no digest of {digits} digits", PROOF_CURE)
        return digest

    return read


def _checked(known: KnownIds, node: Node) -> frozenset[str]:
    if node.value == "all":
        return frozenset(known.points)
    if isinstance(node.value, str):
        node.fail(f"`{node.value}` is neither `all` nor a list", "write `all`, or a list of points")
    return frozenset(each(key_of(known.points, "point"))(node))
