"""A text that is to be in a language -> its units: the title, the dek and each paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from html import unescape

from msgspec import Struct

from briefing.commands.translate.kept_original import TextVersion
from briefing.commands.translate.po.texts import TextToTranslate
from briefing.model.prose import Block
from briefing.problems import Place
from briefing.syntax.markdown.source_blocks import source_blocks
from briefing.syntax.nodes import mapping
from briefing.translation.changes import Part
from briefing.translation.digests import plain_words

_HREF = re.compile(r'<a href="([^"]*)"')


class Unit(Struct, frozen=True, kw_only=True):
    """What is translated as one, in Markdown: a title, the sentence below it, or a paragraph."""

    context: str
    """Its name: the path of the original, and `title`, `dek` or the digest of its words. So what
    else is changed in a text does not change it."""
    part: Part
    at: int = 0
    """Of a paragraph: which of the original, from 0."""
    source: str
    translation: str = ""
    """What the site has; "" for none."""
    is_stale: bool = False
    """Whether the original says something else than when that was written."""
    previous: str = ""
    """What the original said then; "" if that is not known, or not stale."""
    addresses: tuple[str, ...] = ()
    """Where its links lead: ids first, as `point:halt-days`, then other pages."""
    place: Place
    """Where the original stands."""


def units_of(text: TextToTranslate) -> tuple[Unit, ...]:
    """Return the units of a text, in their order; a paragraph without words is none."""
    return (*_head(text), *_paragraphs(text))


def as_exported(translation: str) -> str:
    """Return the mark of what a translation was when a PO file was written; `none` for none."""
    written = translation.strip()
    return blake2b(written.encode(), digest_size=4).hexdigest() if written else "none"


def _head(text: TextToTranslate) -> Iterator[Unit]:
    """Yield the title of a text, and its dek if it has one."""
    original, translation = text.original, text.translation
    fields, of = mapping(original.file.front_matter), text.alignment.of
    for part in (Part.TITLE, Part.DEK):
        source = getattr(original, part.value)
        if source is None:
            continue
        then = text.sources.get(getattr(of, part.value), "") if of else ""
        written = (getattr(translation, part.value) if translation else None) or ""
        written = _translated(text, written, source, then)
        stale = bool(written) and text.alignment.has_changed(part)
        yield Unit(
            context=f"{text.original_path} {part.value}",
            part=part,
            source=source,
            translation=written,
            is_stale=stale,
            previous=then if stale else "",
            place=fields[part.value].place,
        )


def _paragraphs(text: TextToTranslate) -> Iterator[Unit]:
    original, alignment = text.original, text.alignment
    body, digests, seen = original.file.text, original.digests.text, Counter[str]()
    here = sources_of(text.translation) if text.translation else ()
    for at, block in enumerate(source_blocks(body)):
        if not plain_words(original.body.blocks[at]):
            continue
        seen[digests[at]] += 1
        again = f" {seen[digests[at]]}" if seen[digests[at]] > 1 else ""
        blocks = alignment.blocks.get(at, ())
        then = _previous(text, at) if at in alignment.stale else ""
        written = "\n".join(here[each] for each in blocks)
        written = _translated(text, written, block.text, then)
        yield Unit(
            context=f"{text.original_path} {digests[at]}{again}",
            part=Part.TEXT,
            at=at,
            source=block.text,
            translation=written,
            is_stale=bool(written) and at in alignment.stale,
            previous=then if written else "",
            addresses=tuple(_addresses(original.body.blocks[at])),
            place=body.place(block.start),
        )


def _addresses(block: Block) -> Iterator[str]:
    """Yield where the links of a block lead, each once."""
    yield from dict.fromkeys(f"{link.kind}:{link.target}" for link in block.links)
    yield from dict.fromkeys(map(unescape, _HREF.findall(block.html)))


def sources_of(version: TextVersion) -> tuple[str, ...]:
    """Return the Markdown of each paragraph of a text."""
    return tuple(block.text for block in source_blocks(version.file.text))


def _translated(text: TextToTranslate, written: str, *originals: str) -> str:
    """Return what is written in a translation; "" where a draft has the words of an original."""
    return "" if text.is_draft and written in originals else written


def _previous(text: TextToTranslate, at: int) -> str:
    """Return what the original said in place of a paragraph when it was translated."""
    of = text.alignment.of
    if of is None or of.whole:
        return ""
    old = (i for change in text.alignment.changes if at in change.new for i in change.old)
    return "\n".join(filter(None, (text.sources.get(of.text[i], "") for i in old)))
