"""Mistakes in blocks that Markdown would take for another block, or would leave something out of.

Each rule looks through the tokens of a text, or of a block, and yields what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from briefing.problems import Place, Problem
from briefing.syntax.characters import is_invisible
from briefing.syntax.markdown.leftovers import footnote
from briefing.syntax.markdown.places import CellPlaces, InlinePlaces, SourceLines

LEFTOVER = "leftover"
"""The type of the tokens that say where something is left over as text."""
_TASK = re.compile(r"\[[ xX]\](?=\s)")


def block_problems(tokens: Sequence[Token], lines: SourceLines) -> Iterator[Problem]:
    """Yield what is wrong with the blocks of an outermost block."""
    for rule in (_headings, _code, _quotations, _tables, _tasks, _numbers):
        yield from rule(tokens, lines)


def _first_line(token: Token) -> int:
    """Return the line on which a block begins, counted from 0."""
    return (token.map or [0])[0]


def _last_line(token: Token) -> int:
    """Return the last line of a block, counted from 0."""
    return (token.map or [0, 1])[1] - 1


def _headings(tokens: Sequence[Token], lines: SourceLines) -> Iterator[Problem]:
    """Yield first-level headings, underlined ones, which rules make by mistake, and empty ones."""
    for token, inline in pairwise(tokens):
        if token.type != "heading_open":
            continue
        if token.tag == "h1":
            line = _first_line(token)
            place = lines.find("#", line) if token.markup == "#" else lines.begin(line)
            yield Problem(place, "a first-level heading; the title is that", "begin with `##`")
        elif token.markup == "-":
            yield Problem(
                lines.begin(_last_line(token)),
                "this line makes a heading of the text above it",
                "leave an empty line before a rule, or begin the heading with `## `",
            )
        elif is_wordless(inline.children or ()):
            place = lines.find(token.markup, _first_line(token))
            yield Problem(place, "a heading without words", "write them after it, or delete it")


def _code(tokens: Sequence[Token], lines: SourceLines) -> Iterator[Problem]:
    """Yield code that is made by indentation, and code that does not end."""
    for token in tokens:
        if token.type == "code_block":
            yield Problem(
                lines.find(token.content.strip().partition("\n")[0], _first_line(token)),
                "an indented line, which would be shown as code",
                "delete the indentation; code stands between two lines of ```",
            )
        elif token.type == "fence" and not _is_closed(token, lines):
            yield Problem(
                lines.find(token.markup, _first_line(token)),
                "code that does not end: all below it would be code",
                f"write a line of {token.markup} where it ends",
            )


def _is_closed(token: Token, lines: SourceLines) -> bool:
    """Whether fenced code has its last line."""
    last = lines.text(_last_line(token)).strip(" \t>")
    return (
        _last_line(token) > _first_line(token)
        and last.startswith(token.markup)
        and set(last) == {token.markup[0]}
    )


def _quotations(tokens: Sequence[Token], lines: SourceLines) -> Iterator[Problem]:
    """Yield the first line of each paragraph that is quoted though it does not say so."""
    depth = 0
    for token in tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif token.type == "inline" and depth:
            for line in range(_first_line(token) + 1, _last_line(token) + 1):
                if lines.quoted(line) < depth:
                    yield Problem(
                        lines.begin(line),
                        "this line would be part of the quotation above it",
                        "leave an empty line before it, or begin it with `>`",
                    )
                    break


def _tables(tokens: Sequence[Token], lines: SourceLines) -> Iterator[Problem]:
    """Yield the first cell of each row that is left out because the head has none above it."""
    columns, is_body = 0, False
    for token in tokens:
        if token.type in ("thead_open", "tbody_open"):
            is_body = token.type == "tbody_open"
            columns = columns if is_body else 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and is_body:
            line = _first_line(token)
            for column, written in lines.cells(line)[columns:]:
                if written.strip():
                    indented = len(written) - len(written.lstrip())
                    message = f"a cell too many: the head has {columns}"
                    cure = "take one out, or write `\\|` for a stroke that is text"
                    yield Problem(lines.place(line, column + indented), message, cure)
                    break


def _tasks(tokens: Sequence[Token], lines: SourceLines) -> Iterator[Problem]:
    """Yield the boxes of lists of tasks."""
    for item, _, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (
            item.type == "list_item_open"
            and inline.type == "inline"
            and (match := _TASK.match(inline.content))
            and (inline.children or [inline])[0].type == "text"
        ):
            yield Problem(
                lines.find(match[0], _first_line(inline)),
                f"a list of tasks: readers would see `{match[0]}`",
                "delete the task or its brackets, or write `\\[` where they are text",
            )


def _numbers(tokens: Sequence[Token], lines: SourceLines) -> Iterator[Problem]:
    """Yield the first number of each list that is shown as another, but where all are the same."""
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            yield from _miscounted(lists.pop(), lines)


def _miscounted(items: Sequence[Token], lines: SourceLines) -> Iterator[Problem]:
    """Yield the first item of a list whose number does not follow from the first one."""
    numbers = [int(item.info) for item in items if item.info]
    if len(set(numbers)) <= 1:
        return
    for number, shown, item in zip(numbers, range(numbers[0], 10**10), items, strict=False):
        if number != shown:
            written = f"{item.info}{item.markup}"
            yield Problem(
                lines.find(written, _first_line(item)),
                f"`{written}` would be shown as {shown}: a list counts on from its first number",
                f"write `{shown}{item.markup}`, or begin a paragraph with"
                f" `{item.info}\\{item.markup}`",
            )
            return


def leftover_problems(tokens: Sequence[Token], lines: SourceLines) -> Iterator[Problem]:
    """Yield what is left over in the texts of a block, by the tokens that the parser put there."""
    for index, token in enumerate(tokens):
        found = [child.meta for child in token.children or () if child.type == LEFTOVER]
        if not found:
            continue
        places = _places(tokens, index, lines)
        is_paragraph = tokens[index - 1].type == "paragraph_open"
        told = set()
        for meta in found:
            message, cure = meta["found"].message, meta["found"].cure
            if not meta["of lines"] or (is_paragraph and message not in told):
                yield Problem(places(meta["at"]), message, cure)
                told.add(message)


def _places(tokens: Sequence[Token], index: int, lines: SourceLines) -> Callable[[int], Place]:
    """Return the function to the places of the characters of a text among tokens."""
    token = tokens[index]
    if (kind := tokens[index - 1].type) not in ("td_open", "th_open"):
        return InlinePlaces(lines, _first_line(token), token.content)
    step = 1 if kind == "th_open" else -1
    number, at = 0, index - 1
    while tokens[at].type not in ("tr_open", "tr_close"):
        number += tokens[at].type == kind
        at += step
    # The head may begin behind the mark of a list: its cells are counted from the last one.
    number = -number if kind == "th_open" else number - 1
    return CellPlaces(lines, _first_line(token), number, token.content)


def is_wordless(children: Sequence[Token]) -> bool:
    """Whether a part of a text shows nothing."""
    return not any(
        child.type == "image" or not all(map(is_invisible, child.content)) for child in children
    )


def definition_problems(
    env: Mapping[str, Any], used: set[str], lines: SourceLines
) -> Iterator[Problem]:
    """Yield the definitions of links (`[a]: https://…`) that are left out of the text.

    `env` is what the parser knows of them, `used` has the labels of the links that lead there.
    """
    for label, definition in env.get("references", {}).items():
        place = lines.begin(definition["map"][0])
        if label.startswith("^"):
            found = footnote(f"[{label.lower()}]", is_definition=True)
            yield Problem(place, found.message, found.cure)
        elif label not in used:
            message = "no link leads here, so that readers would never see this line"
            yield Problem(place, message, "delete it, or write `\\[` where it is text")
    for definition in env.get("duplicate_refs", ()):
        message = "this says again where a link leads; only the first counts"
        yield Problem(lines.begin(definition["map"][0]), message, "delete one of them")
