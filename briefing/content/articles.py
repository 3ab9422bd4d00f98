"""The Markdown files of a topic: its briefing text, its articles, their translations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from hashlib import sha256
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.claims import read_claims
from briefing.content.fields import identifier, language_tag, localized, member, moment, web_address
from briefing.content.outlets_voices import KnownIds
from briefing.model.article import (
    Archive,
    Article,
    ArticleType,
    Confidence,
    Integrity,
    Localized,
    Machine,
    Outlet,
    Summary,
    UrlStatus,
)
from briefing.model.prose import Prose
from briefing.problems import BROKEN, Broken, Collector, Place, Problem, Problems
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.markdown.parse import parse_markdown
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
    yes_or_no,
)
from briefing.syntax.text import Text
from briefing.syntax.yaml import parse_yaml

LEAD_FIELD = "outlet"
"""The field that makes a language file the lead."""


class MarkdownFile(Struct, frozen=True, kw_only=True):
    """A file of the content: its language, its front matter, its body."""

    language: str
    matter: Node
    text: Text
    body: Prose


def read_markdown_file(language: str, source: Text, collector: Collector) -> MarkdownFile:
    """Read a file of the content; what is wrong in its body is told to the collector.

    Raises Problems for what is wrong in its front matter.
    """
    matter, text = split_front_matter(source)
    body = collector.attempt(partial(parse_markdown, text))
    prose = Prose() if body is BROKEN else body
    return MarkdownFile(language=language, matter=parse_yaml(matter), text=text, body=prose)


def read_own_text(file: MarkdownFile, known: KnownIds, written: Mapping[str, str]) -> Summary:
    """Read a topic.<lang>.md; `written` has the path of each by its language. Raises Problems."""
    telling = _telling(file, known, written)
    return file.matter.record(partial(_summary, file), dek=optional(text), **telling)


def read_article(
    id: str,
    files: tuple[MarkdownFile, ...],
    known: KnownIds,
    articles: Iterable[str],
    written: Mapping[str, str],
) -> Article:
    """Read the language files of one article of a topic. Raises Problems.

    `files` are those that could be read, `written` has the path of every one by its
    language, and `articles` are the ids in the topic.
    """
    collector = Collector()
    others = dict.fromkeys(other for other in articles if other != id)
    leads = _leads(files, _facts(known, "und", others).keys())
    lost = any(_translates(file) not in {None, *written} for file in files)
    if len(files) == len(written) and (leads or not lost):
        collector.add(_not_one_lead(id, files, leads))
    facts = [collector.attempt(partial(_lead, file, known, others)) for file in leads]
    translations = [
        collector.attempt(partial(_read_translation, file, known, written, leads))
        for file in files
        if file not in leads
    ]
    collector.done()
    if len(files) < len(written):
        raise Problems
    (own, fields), *_ = (fact for fact in facts if fact is not BROKEN)
    summaries = [own, *(summary for summary in translations if summary is not BROKEN)]
    by_language = {summary.language: summary for summary in summaries}
    return Article(id=id, lead=own.language, summaries=by_language, **fields)


def _leads(files: tuple[MarkdownFile, ...], facts: Set[str]) -> list[MarkdownFile]:
    """Give the files with `outlet:`; where none has it, the one that has other facts lacks it."""
    if leads := [file for file in files if LEAD_FIELD in _keys(file)]:
        return leads
    originals = (file for file in files if "translates" not in _keys(file))
    return [file for file in originals if _keys(file).keys() & facts][:1]


def _read_translation(
    file: MarkdownFile, known: KnownIds, written: Mapping[str, str], leads: list[MarkdownFile]
) -> Summary:
    telling = _telling(file, known, written)
    # Where there is no lead, each file may be it, and that is told.
    telling["translates"] = replace(telling["translates"], required=bool(leads))
    return file.matter.record(partial(_summary, file), **telling)


def _keys(file: MarkdownFile) -> Mapping[str, Node]:
    return file.matter.value if isinstance(file.matter.value, Mapping) else {}


def _translates(file: MarkdownFile) -> object:
    """Give the language a file says it translates, whatever is written there, or None."""
    node = _keys(file).get("translates")
    return node.value if node and isinstance(node.value, str) else None


def duplicates_of_duplicates(
    articles: Mapping[str, tuple[MarkdownFile, ...]],
) -> Iterator[Problem]:
    """Tell of the articles of a topic that duplicate one that duplicates another itself.

    What is counted once must have one article that it is counted with.
    """
    named = {
        id: node
        for id, files in articles.items()
        for file in files
        if (node := _keys(file).get("duplicate_of"))
    }
    for id, node in named.items():
        if isinstance(original := node.value, str) and original in named.keys() - {id}:
            message = f"duplicate_of: `{original}` is itself a duplicate"
            yield Problem(node.place, message, "name the article that is none")


def _not_one_lead(
    id: str, files: tuple[MarkdownFile, ...], leads: list[MarkdownFile]
) -> list[Problem]:
    if not leads:
        cure = f"give the facts (`{LEAD_FIELD}:`, `published:` …) to one of its files"
        return [Problem(files[0].matter.place, f"no file of `{id}` has `{LEAD_FIELD}:`", cure)]
    return [
        Problem(
            mapping(second.matter)[LEAD_FIELD].key or second.matter.place,
            f"two leads: {leads[0].matter.place.path} has `{LEAD_FIELD}:` too",
            "keep the facts in one file, and write `translates:` in the other",
        )
        for second in leads[1:]
    ]


def _own() -> dict[str, Field[Any]]:
    """The fields of any text of ours."""
    return {
        "title": required(text),
        "draft": optional(yes_or_no, False),
        "release": optional(moment),
    }


def _telling(
    file: MarkdownFile, known: KnownIds, written: Mapping[str, str]
) -> dict[str, Field[Any]]:
    """The fields of a text that may be a translation."""
    codes = {language.code for language in known.languages}

    def translates(node: Node) -> str:
        others = dict.fromkeys(code for code in written if code != file.language)
        if (code := text(node)) in codes - written.keys():
            node.fail(f"there is no file in `{code}`", "write it, or name the language of another")
        return key_of(others, "other language")(node)

    return _own() | {
        "translates": optional(translates),
        "of": optional(text),
        "translator": optional(text),
        "machine": optional(member(Machine), Machine.NO),
    }


def translation_digest(title: str, text: str) -> str:
    """Give the digest of a text that is translated: 12 hexadecimal digits of SHA-256."""
    return sha256(f"{title}\n{text.strip()}".encode()).hexdigest()[:12]


def _summary(
    file: MarkdownFile,
    *,
    title: str,
    dek: str | None = None,
    translates: str | None = None,
    of: str | None = None,
    translator: str | None = None,
    machine: Machine = Machine.NO,
    **telling: Any,
) -> Summary:
    return Summary(
        language=file.language,
        title=title,
        body=file.body,
        digest=translation_digest(title, file.text.text),
        place=Place(file.text.path, file.text.line),
        dek=dek,
        translates=translates,
        of=of,
        translator=translator,
        machine=machine,
        **telling,
    )


def _lead(
    file: MarkdownFile, known: KnownIds, others: Mapping[str, object]
) -> tuple[Summary, dict[str, Any]]:
    matter = file.matter

    def make(
        *,
        integrity: tuple[Integrity, Localized | None],
        outlet: Outlet,
        language: str | None,
        **rest: Any,
    ) -> tuple[Summary, dict[str, Any]]:
        summary = _summary(file, **{name: rest.pop(name) for name in _own()})
        rest["integrity"], rest["integrity_note"] = integrity
        written_in = language or outlet.language
        return summary, {**rest, "outlet": outlet, "language": written_in, "place": matter.place}

    return matter.record(make, **_own(), **_facts(known, _language(known, matter), others))


def _facts(known: KnownIds, language: str, others: Mapping[str, object]) -> dict[str, Field[Any]]:
    """The fields of a lead."""
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
        "duplicate_of": optional(key_of(others, "other article")),
        "claims": optional(read_claims(known.points, known.voices, known.languages, language), ()),
        "tags": optional(each(identifier), ()),
    }


def _language(known: KnownIds, matter: Node) -> str:
    """The language of the article, to read its locators by, whatever else is wrong."""
    collector = Collector()
    own = collector.attempt(lambda: language_tag(part(matter, "language")))
    outlet = collector.attempt(lambda: one_of(known.outlets)(part(matter, "outlet")))
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


def _checked(known: KnownIds, node: Node) -> frozenset[str]:
    if node.value == "all":
        return frozenset(known.points)
    if isinstance(node.value, str):
        node.fail(f"`{node.value}` is neither `all` nor a list", "write `all`, or a list of points")
    return frozenset(each(key_of(known.points, "point"))(node))
