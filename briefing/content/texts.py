"""Reads the texts of a topic and of the site, topic.<lang>.md and about.<lang>.md.

Markdown files -> `Summary` values. What they share with the files of an article, the fields of a
translation, is used by `articles` too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
from briefing.syntax.nodes import (
    Field,
    Node,
    each,
    key_of,
    mapping,
    optional,
    required,
    text,
    token,
    yes_or_no,
)

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
    fields = translation_fields(file, known, paths)
    return file.front_matter.record(partial(make_summary, file), dek=optional(text), **fields)


def text_fields(front_matter: Node) -> dict[str, Field[Any]]:
    """Return the fields of front matter that every text of the editors has."""
    return {
        "title": required(text),
        "draft": optional(yes_or_no, False),
        "release": optional(moment),
        "machine": optional(partial(_read_machine, front_matter), Machine.NO),
        "reviewed": optional(_read_review),
    }


def _read_machine(front_matter: Node, node: Node) -> Machine:
    """Read `machine:`. Raises Problems also if it says other than `reviewed:` beside it."""
    machine: Machine = member(Machine)(node)
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


def _read_review(node: Node) -> Review:
    return node.record(Review, by=required(text), on=required(day))


def translation_fields(
    file: MarkdownFile, known: KnownIds, paths: Mapping[str, str]
) -> dict[str, Field[Any]]:
    """Return the fields of front matter of a text that may be a translation.

    paths: every language file of the text, by language; `translates:` must name one of them.
    """
    codes = {language.code for language in known.languages}

    def translates(node: Node) -> str:
        others = dict.fromkeys(code for code in paths if code != file.language)
        if (code := token(node)) in codes - paths.keys():
            node.fail(f"there is no file in `{code}`", "write it, or name the language of another")
        return key_of(others, "other language")(node)

    return text_fields(file.front_matter) | {
        "translates": optional(translates),
        "of": optional(read_of),
        "translator": optional(text),
    }


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
    return Summary(
        language=file.language,
        title=title,
        body=file.body,
        digest=digest_of_text(title, file.text.text),
        place=Place(file.text.path, file.text.line),
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


def read_of(node: Node) -> TextDigests:
    """Read `of:`, the digests of what was translated. Raises Problems.

    One digest is that of the whole, as `digest_of_text` returns it.
    """
    if isinstance(node.value, str):
        return TextDigests(whole=token(node))
    return node.record(
        TextDigests,
        title=required(_digest),
        dek=optional(_digest, ""),
        text=required(each(_digest)),
    )


def _digest(node: Node) -> str:
    if not _DIGEST.fullmatch(value := token(node)):
        cure = f"let `ack {node.place.path}` write it, if the translation is right"
        node.fail(f"`{value}` is no digest, 8 digits from 0 to f", cure)
    return value
