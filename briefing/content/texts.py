"""Reads the texts of a topic and of the site, topic.<lang>.md and about.<lang>.md.

Markdown files -> `Summary` values. What they share with the files of an article, the fields of a
translation, is used by `articles` too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Set
from functools import partial
from hashlib import sha256
from typing import Any

from msgspec.structs import replace

from briefing.content.fields import day, member, moment
from briefing.content.outlets_voices import KnownIds, without_broken
from briefing.content.source_files import MarkdownFile
from briefing.model.article import Machine, Review, Summary, TextDigests
from briefing.problems import Collector, Place, Problem
from briefing.syntax.names import closest_field
from briefing.syntax.nodes import Field, Node, mapping, optional, required, text, token
from briefing.syntax.readers import YES_OR_NO, After, Each, Either, KeyOf, Record, Then, record

DRAFT_COMMENT = "# Only the preview shows a draft. Delete this line when readers may see the text."
"""What stands above `draft: true` in a file that the program has written."""
REVIEWED = "reviewed"
"""The field of front matter that says who has reviewed a text."""
_DIGEST = re.compile("[0-9a-f]{8}")


def read_texts(
    files: tuple[MarkdownFile, ...], known: KnownIds, paths: Mapping[str, str], collector: Collector
) -> Mapping[str, Summary]:
    """Return the texts of a topic, or of the site, by language, without those that are wrong.

    paths: every language file, by language. Problems are added to `collector`.
    """
    collector.add(translation_circles(files))
    texts = without_broken(
        {
            file.language: collector.attempt(partial(read_own_text, file, known, paths))
            for file in files
        }
    )
    return with_machine_of_originals(texts)


def with_machine_of_originals(texts: Mapping[str, Summary]) -> Mapping[str, Summary]:
    """Return texts, by language, of which those made from a machine's text are a machine's, too.

    Whoever has translated such a text, a machine is the source of what it says, until somebody has
    reviewed the one or the other.
    """
    return {code: _with_machine_of_original(text, texts) for code, text in texts.items()}


def _with_machine_of_original(text: Summary, texts: Mapping[str, Summary]) -> Summary:
    seen, at = {text.language}, text
    while at.machine is Machine.NO and at.translates in texts.keys() - seen:
        at = texts[at.translates]
        seen.add(at.language)
    if at is text or at.machine is not Machine.YES:
        return text
    machine = Machine.REVIEWED if text.reviewed else Machine.YES
    return replace(text, machine=machine, is_of_machine_text=at.translates is None)


def translation_circles(files: tuple[MarkdownFile, ...]) -> Iterator[Problem]:
    """Yield a problem for each text that is a translation of itself, through others."""
    named = {
        file.language: node
        for file in files
        if isinstance(file.front_matter.value, Mapping)
        and (node := file.front_matter.value.get("translates"))
    }
    originals = {code: str(node.value).strip() for code, node in named.items()}
    for code, node in named.items():
        seen, at = {code}, originals[code]
        while at in originals and at not in seen:
            seen.add(at)
            at = originals[at]
        if at == code and len(seen) > 1:
            message = f"translates: the texts translate each other: {', '.join(sorted(seen))}"
            yield Problem(node.place, message, "delete the line in the one that was written first")


def read_own_text(file: MarkdownFile, known: KnownIds, paths: Mapping[str, str]) -> Summary:
    """Return the text of a topic.<lang>.md. Raises Problems.

    paths: every language file of the text, by language.
    """
    fields = own_text_fields(known, file.front_matter, file.language, paths)
    return file.front_matter.record(partial(make_summary, file), **fields)


def own_text_fields(
    known: KnownIds, front_matter: Node, language: str, written_in: Collection[str]
) -> dict[str, Field[Any]]:
    """Return the fields of front matter of a text of a topic, or of the site.

    front_matter, language, written_in: as for `translation_fields`.
    """
    dek = optional(text, "One sentence under the title.")
    return {"dek": dek} | translation_fields(known, front_matter, language, written_in)


def text_fields(front_matter: Node) -> dict[str, Field[Any]]:
    """Return the fields of front matter that every text of the editors has."""
    return {
        "title": required(text, "The title of the page."),
        "draft": optional(
            YES_OR_NO, "true: readers do not see it; the preview shows it.", default=False
        ),
        "release": optional(moment, "Readers do not see it before this date."),
        "machine": optional(
            Then(member(Machine), partial(agrees_with_review, front_matter)),
            "Whether a machine wrote it: true, or reviewed once a person has.",
            default=Machine.NO,
        ),
        "reviewed": optional(_REVIEW, "Who has reviewed it, and when."),
    }


def agrees_with_review(front_matter: Node, node: Node, machine: Machine) -> Machine:
    """Return what `machine:` says. Raises Problems if it is other than `reviewed:` beside it."""
    fields = mapping(front_matter)
    is_reviewed = any(closest_field(name, (REVIEWED,)) for name in fields)  # perhaps misspelt
    if machine is Machine.REVIEWED and not is_reviewed:
        add = "add a line `reviewed: {by: NAME, on: 2026-11-29}`"
        cure = f"{add}; if nobody has reviewed the text, write `machine: true`"
        node.fail("nothing says who has reviewed the text, and when", cure)
    if machine is Machine.YES and REVIEWED in fields:
        message = "`true` means that nobody has reviewed the text, but `reviewed:` says who has"
        node.fail(message, "write `machine: reviewed`, or delete `reviewed:`")
    return machine


_REVIEW: Record[Review] = record(
    Review,
    by=required(text, "The name of who has reviewed it."),
    on=required(day, "The day, like 2026-11-29."),
)


def translation_fields(
    known: KnownIds, front_matter: Node, language: str, written_in: Collection[str]
) -> dict[str, Field[Any]]:
    """Return the fields of front matter of a text in a language that may be a translation.

    written_in: the languages of its files; `translates:` must name another of them.
    """
    absent = {each.code for each in known.languages} - {*written_in}
    others = dict.fromkeys(code for code in written_in if code != language)
    original = KeyOf(others, "other language")
    return text_fields(front_matter) | {
        "translates": optional(
            After(partial(_refuse_absent, absent), original),
            "The language it was made from.",
        ),
        "of": optional(
            READ_OF,
            "The digests of what was translated; the command `ack` writes them.",
        ),
        "translator": optional(text, "Who translated it."),
    }


def _refuse_absent(absent: Set[str], node: Node) -> None:
    """Do nothing for a language that is not in `absent`. Raises Problems otherwise."""
    if (code := token(node)) in absent:
        node.fail(f"there is no file in `{code}`", "write it, or name the language of another")


def make_summary(
    file: MarkdownFile,
    *,
    title: str,
    dek: str | None = None,
    translates: str | None = None,
    of: TextDigests | None = None,
    translator: str | None = None,
    **fields: Any,
) -> Summary:
    """Return the summary of the body of `file`, with the values of its front matter.

    fields: the values of `text_fields` other than the title.
    """
    draft = mapping(file.front_matter).get("draft")
    return Summary(
        language=file.language,
        title=title,
        body=file.body,
        digest=digest_of_text(title, file.text.text),
        place=Place(file.text.path, file.text.line),
        draft_place=draft.key if draft else None,
        dek=dek,
        translates=translates,
        of=of,
        translator=translator,
        **fields,
    )


def digest_of_text(title: str, text: str) -> str:
    """Return the digest by which translations named all of their originals, in `of:`.

    12 hexadecimal digits of SHA-256 of title and text. `translation.digests` has those of today.
    """
    return sha256(f"{title}\n{text.strip()}".encode()).hexdigest()[:12]


def digest(node: Node) -> str:
    """Return the digest of a part of an original. Raises Problems."""
    if not _DIGEST.fullmatch(value := token(node)):
        cure = f"let `ack {node.place.path}` write it, if the translation is right"
        node.fail(f"`{value}` is no digest, 8 digits from 0 to f", cure)
    return value


def whole_digest(node: Node) -> TextDigests:
    """Return the digest of the whole of an original, by `digest_of_text`. Raises Problems."""
    return TextDigests(whole=token(node))


READ_OF = Either(
    whole_digest,
    record(
        TextDigests,
        title=required(digest, "Of the title."),
        dek=optional(digest, "Of the sentence under the title.", default=""),
        text=required(Each(digest), "Of each paragraph."),
    ),
)
"""Reads `of:`, the digests of what was translated."""
