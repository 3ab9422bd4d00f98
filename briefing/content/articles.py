"""Reads the Markdown files of an article: the lead with facts and claims, and translations.

`MarkdownFile` values -> `Article`. `texts` has the fields of every text, `claims` those of a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.claims.claim import read_claims
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
from briefing.syntax.nodes import Field, Node, mapping, optional, part, required, text, token
from briefing.syntax.readers import Each, Either, KeyOf, OneOf, Record, Then, record

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
    leads = _lead_files(files, lead_fields(known, "und", other_ids).keys())
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
    fields = translation_fields(known, file.front_matter, file.language, paths)
    # Without a lead, any of the files may be the one; that is reported, and not the field.
    if leads:
        path = leads[0].front_matter.place.path
        cure = f"write `translates: {leads[0].language}`; the facts are in {path}, with `outlet:`"
        fields = with_original(fields, cure)
    return file.front_matter.record(partial(make_summary, file), **fields)


def with_original(fields: Mapping[str, Field[Any]], cure: str = "") -> dict[str, Field[Any]]:
    """Return the `fields` of a translation of which it must be said what it translates.

    cure: as `Field` has it.
    """
    translates = replace(fields["translates"], required=True, cure=cure)
    return {**fields, "translates": translates}


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
        **lead_fields(known, article_language(known, front_matter), other_ids),
    )


def lead_fields(
    known: KnownIds, language: str, other_ids: Mapping[str, object]
) -> dict[str, Field[Any]]:
    """Return the fields of front matter that only a lead has.

    language: that of the article, by which locators are read; "und": undetermined (BCP 47).
    """
    return {
        "outlet": required(
            OneOf(known.outlets, "outlet", "content/outlets.yaml"), "Who published the article."
        ),
        "outlet_confidence": optional(
            member(Confidence),
            "inferred: the copy that was read does not name the outlet, or misnames it.",
            default=Confidence.STATED,
        ),
        "url": optional(web_address, "The address of the article."),
        "url_status": optional(
            member(UrlStatus),
            "What became of the address; a usurped one is never linked.",
            default=UrlStatus.LIVE,
        ),
        "archive": optional(_ARCHIVE, "A copy of the article in an archive."),
        "published": required(moment, "A date, a date and time with zone, a month or a year."),
        "accessed": optional(moment, "When it was read: the date of our text."),
        "author": optional(text, "Who wrote the article."),
        "language": optional(
            language_tag, "The language of the article (BCP 47); the outlet's if left out."
        ),
        "type": optional(member(ArticleType), "What it is.", default=ArticleType.REPORT),
        "original_title": optional(text, "The title of the article as it stands there."),
        "integrity": optional(
            _integrity(known),
            "Whether the text that was read is the text that was published.",
            default=(Integrity.INTACT, None),
        ),
        "checked": optional(
            _checked(known),
            "all, or a list of points; only checked points can be silent.",
            default=frozenset(),
        ),
        "duplicate_of": optional(
            KeyOf(other_ids, "other article"),
            "The original of which this is the same text in another outlet: not counted twice.",
        ),
        "claims": optional(
            read_claims(known.points, known.voices, known.languages, language),
            "What the article says on the points of the topic.",
            default=(),
        ),
        "tags": optional(Each(identifier), "Words by which articles are found.", default=()),
        "proved": optional(
            PROOF, "What was proved against the kept text; the command `prove` writes it."
        ),
    }


def article_language(known: KnownIds, front_matter: Node) -> str:
    """Return the language of an article, or of its outlet; "und" if neither can be read."""
    collector = Collector()
    own = collector.attempt(lambda: language_tag(part(front_matter, "language")))
    outlet = collector.attempt(lambda: OneOf(known.outlets)(part(front_matter, "outlet")))
    if not isinstance(own, Broken):
        return own
    return "und" if isinstance(outlet, Broken) else outlet.language


_ARCHIVE: Record[Archive] = record(
    Archive,
    url=required(web_address, "The address of the copy."),
    date=required(moment, "When the copy was made."),
)


def _integrity(known: KnownIds) -> Record[tuple[Integrity, Localized | None]]:
    def make(status: Integrity, note: Localized | None) -> tuple[Integrity, Localized | None]:
        return status, note

    return record(
        make,
        status=required(member(Integrity), "intact, altered or unverified."),
        note=optional(localized(known.languages), "How it was altered, in every language."),
    )


class Digest(Struct, frozen=True):
    """A reader of hexadecimal digits, as many as `digits`, that `prove` has written."""

    digits: int

    def __call__(self, node: Node) -> str:
        """Return the digits. Raises Problems."""
        if not re.fullmatch(f"[0-9a-f]{{{self.digits}}}", digest := token(node)):
            node.fail(f"`{digest}` is no digest of {self.digits} digits", PROOF_CURE)
        return digest


_PROOF_FIELDS: Mapping[str, Field[Any]] = {
    "on": required(moment, "The day on which the passages were looked for."),
    "text": required(Digest(12), "The digest of the kept text."),
    "passages": required(Each(Digest(8)), "A digest of each locator that was found."),
}
PROOF: Record[Proof] = Record(
    lambda _: _PROOF_FIELDS, lambda node: partial(Proof, place=node.place)
)
"""Reads what `prove` has noted."""


def _checked(known: KnownIds) -> Either[frozenset[str], frozenset[str]]:
    return Either(
        Then(all_points, lambda _, __: frozenset(known.points)),
        Then(Each(KeyOf(known.points, "point")), lambda _, ids: frozenset(ids)),
    )


def all_points(node: Node) -> None:
    """Return None for `all`. Raises Problems for any other scalar."""
    if node.value != "all":
        node.fail(f"`{node.value}` is neither `all` nor a list", "write `all`, or a list of points")
