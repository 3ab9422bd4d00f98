"""Rewritten texts -> every mistake in what was taken, at its line of the PO file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from briefing.commands.translate.kept_original import TextVersion, read_version
from briefing.commands.translate.po.decisions import Taken
from briefing.commands.translate.po.renamed import prose_of
from briefing.commands.translate.po.rewriting import Rewritten
from briefing.content.parse import parse_site
from briefing.content.shared import Files
from briefing.model.prose import Block
from briefing.problems import Collector, Problem, Problems
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.markdown.source_blocks import source_blocks
from briefing.syntax.text import LineIndex, decode_text
from briefing.translation.changes import Part

_KINDS = {"p": "a paragraph", "ul": "a list", "ol": "a numbered list", "table": "a table"}
_KINDS |= {f"h{level}": "a heading" for level in range(1, 7)}
_KINDS |= {"blockquote": "a quotation", "pre": "code", "hr": "a break"}


class _Span(Struct, frozen=True):
    """Where a paragraph stands in the body of a file that is to be written."""

    start: int
    end: int
    first_line: int
    last_line: int
    """In the file, counted from 1."""


def problems_of(texts: Iterable[Rewritten], files: Files) -> Iterator[Problem]:
    """Yield what is wrong with rewritten texts; `files` are the sources with them, by path.

    What is wrong elsewhere in the site is not told: it has nothing to do with them.
    """
    rewritten = {each.text.path: each for each in texts}
    found: dict[str, list[Problem]] = {path: [] for path in rewritten}
    for problem in _problems(partial(parse_site, files)):
        if problem.place.path in found:
            found[problem.place.path].append(problem)
    for path, text in rewritten.items():
        units = [*_wrong_heads(text), *_wrong_units(text)]
        problems = [*_problems(partial(read_version, path, text.content)), *found[path]]
        spans = _spans(text)
        yield from units
        yield from (_at_its_unit(text, spans, problem) for problem in problems)
        if not (units or problems):
            yield from _wrong_whole(text, read_version(path, text.content), spans)


def _problems(read: Callable[[], Any]) -> tuple[Problem, ...]:
    """Return the problems that reading something raises; () for none."""
    try:
        read()
    except Problems as problems:
        return problems.problems
    return ()


def _spans(text: Rewritten) -> list[_Span]:
    """Return where each of the paragraphs stands."""
    source = decode_text(text.text.path, text.content, Collector())
    _, body = split_front_matter(source)
    lines, at, spans = LineIndex(body), 0, []
    for piece in text.pieces:
        start = body.text.find(piece.text, at)
        at = start + len(piece.text)
        first, last = lines.place(start).line, lines.place(max(at - 1, start)).line
        spans.append(_Span(start, at, first, last))
    return spans


def _at_its_unit(text: Rewritten, spans: list[_Span], problem: Problem) -> Problem:
    """Return a problem at the unit of the PO file that it is about, if it is about one."""
    line = problem.place.line
    for piece, span in zip(text.pieces, spans, strict=True):
        if piece.taken and span.first_line <= line <= span.last_line:
            return Problem(piece.taken.place, problem.message, problem.cure)
    names = {each.unit.part.value: each for each in text.head}
    if named := names.get(problem.message.partition(":")[0]):
        return Problem(named.place, problem.message, problem.cure)
    return problem


def _wrong_heads(text: Rewritten) -> Iterator[Problem]:
    """Yield a problem for each title and dek of several lines."""
    for each in text.head:
        if "\n" in each.translation:
            what = "title" if each.unit.part is Part.TITLE else "sentence below the title"
            yield Problem(each.place, f"the {what} has several lines", "write it in one")


def _wrong_units(text: Rewritten) -> Iterator[Problem]:
    """Yield what is wrong with paragraphs as they are by themselves."""
    for piece in text.pieces:
        if (taken := piece.taken) and (blocks := prose_of(taken.translation).blocks):
            if len(blocks) > 1:
                message = f"the translation is {len(blocks)} paragraphs, and the original one"
                yield Problem(taken.place, message, "write one, without empty lines in it")
            else:
                yield from _differences(taken, _original(text, taken), blocks[0])


def _wrong_whole(text: Rewritten, version: TextVersion, spans: list[_Span]) -> Iterator[Problem]:
    """Yield what is wrong with a text that can be read, and of which each unit is right."""
    for each in text.head:
        if getattr(version, each.unit.part.value) != each.translation:
            message = f"the {each.unit.part.value} of {text.text.path} cannot be replaced"
            yield Problem(each.place, message, "write it there by hand, between quotation marks")
    there = [(block.start, block.end) for block in source_blocks(version.file.text)]
    if there != [(span.start, span.end) for span in spans]:
        beside = next(piece.taken for piece in text.pieces if piece.taken)
        message = f"in {text.text.path} it is no paragraph of its own, or one beside it is not"
        yield Problem(beside.place, message, "begin and end it as the original does")
        return
    for piece, block in zip(text.pieces, version.body.blocks, strict=True):
        if piece.taken:  # links whose addresses stand elsewhere in the text are known only now
            yield from _differences(piece.taken, _original(text, piece.taken), block)


def _original(text: Rewritten, taken: Taken) -> Block:
    return text.text.original.body.blocks[taken.unit.at]


def _differences(taken: Taken, original: Block, block: Block) -> Iterator[Problem]:
    """Yield what a paragraph has otherwise than its original, and must not."""
    if (kind := _kind(block)) != (wanted := _kind(original)):
        message = f"the translation is {kind}, and the original {wanted}"
        yield Problem(taken.place, message, "begin it with the same signs as the original")
    if not taken.is_new:
        return
    there, here = _targets(original), _targets(block)
    for target in there - here:
        message = f"the link to `{target}` of the original is missing"
        yield Problem(taken.place, message, f"write `[words]({target})`, with your words")
    for target in here - there:
        message = f"the link to `{target}` is not in the original"
        known = ", ".join(f"`{each}`" for each in there) or "none"
        yield Problem(taken.place, message, f"leave what stands in `](…)` as it is: {known}")


def _targets(block: Block) -> Counter[str]:
    """Return where the links by id of a block lead, and how often."""
    return Counter(f"{link.kind}:{link.target}" for link in block.links)


def _kind(block: Block) -> str:
    """Return what a block is, for a translator."""
    tag = block.html.lstrip("<").replace(">", " ").partition(" ")[0]
    return _KINDS.get(tag, "another block")


def all_files(files: Files, texts: Iterable[Rewritten]) -> Mapping[str, bytes]:
    """Return the sources with rewritten texts, by path."""
    return {**files, **{each.text.path: each.content for each in texts}}
