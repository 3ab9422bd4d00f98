"""A difference between two versions -> the message on it, and the cure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.checks.parity.differences import Version, marks_of
from briefing.checks.parity.plain import PlainBlock
from briefing.checks.parity.said import Difference, Said, Span
from briefing.problems import Place

_CURE = "write what the original says, or correct the original"
_LONGEST = 60
_NAMES: Mapping[str, str] = {
    "p": "a paragraph", "ul": "a list", "ol": "a numbered list", "table": "a table",
    "blockquote": "a quotation", "pre": "code", "hr": "a break", "": "a title",
}  # fmt: skip
Told = tuple[str, str]
"""A message and a cure."""


def tell(each: Difference, one: Version, other: Version, place: Place) -> Told:
    """Return the message on a difference and the cure; `place` is that in the original."""
    here, there = _words(one, each.one), _words(other, each.other)
    match each.said:
        case Said.LIMIT:
            return _limit(each, one, other, place), _CURE
        case Said.LINK:
            return _link(each, place), "let both versions link to the same"
        case Said.QUOTATION:
            return _missing(each, here, there, place), "quote the same words in both versions"
        case Said.NEGATION:
            return _negation(
                each, here, there, place
            ), "say in both that it is so, or that it is not"
    return _missing(each, here, there, place), _CURE


def _words(version: Version, span: Span | None) -> str:
    """Return some words for a message; "" without any."""
    if span is None:
        return ""
    words = " ".join(version.text[slice(*span)].split())
    return f"`{words if len(words) <= _LONGEST else f'{words[:_LONGEST]}…'}`"


def _missing(each: Difference, here: str, there: str, place: Place) -> str:
    if here and there:
        return f"{there} is another {each.kind} than {here} in the original ({place})"
    if here:
        return f"the {each.kind} {here} of the original ({place}) is not in this paragraph"
    return f"the {each.kind} {there} is not in this paragraph of the original ({place})"


def _limit(each: Difference, one: Version, other: Version, place: Place) -> str:
    said = [
        next((m.limit for m in marks_of(v.text, v.language) if (m.start, m.end) == span), None)
        for v, span in ((one, each.one), (other, each.other))
    ]
    was, now = (f"`{limit.value}`" if limit else "exact" for limit in said)
    here, there = _words(one, each.one), _words(other, each.other)
    return f"{there} is {now}; in the original {here} is {was} ({place})"


def _link(each: Difference, place: Place) -> str:
    if each.one and each.other:
        before, after = each.words.split(" and ")
        return f"the link leads to {after}; in the original ({place}) it leads to {before}"
    if each.one:
        return f"the link to {each.words} of the original ({place}) is not in this paragraph"
    return f"the link to {each.words} is not in this paragraph of the original ({place})"


def _negation(each: Difference, here: str, there: str, place: Place) -> str:
    if each.one:
        return f"the original has the negation {here} ({place}), and this sentence has none"
    return f"{there} is a negation, and the sentence of the original ({place}) has none"


def tell_still_original(place: Place) -> Told:
    """Return the message on a part that was not translated; `place` is that in the original."""
    return f"this is still in the words of the original ({place})", "translate it"


def tell_form(
    one: Sequence[PlainBlock], other: Sequence[PlainBlock], *, is_moved: bool
) -> Told | None:
    """Return what is told of paragraphs that do not stand one to one; None if they do.

    The message has `{place}` for the place in the original.
    """
    if (counts := (len(one), len(other))) != (1, 1):
        return _COUNTED[tuple(min(count, 2) for count in counts)], _BESIDE
    if is_moved:
        return "this paragraph stands further up in the original ({place})", _BESIDE
    if one[0].tag != other[0].tag:
        now, was = (_name(each[0].tag) for each in (other, one))
        return f"{now}, where the original ({{place}}) has {was}", _BESIDE
    if one[0].items != other[0].items:
        parts = "cells" if one[0].tag == "table" else "items"
        counted = f"{other[0].items} {parts}, where the original ({{place}}) has {one[0].items}"
        return counted, f"give both versions the same {parts}"
    return None


_BESIDE = "let each paragraph stand beside its own"
_COUNTED: Mapping[tuple[int, ...], str] = {
    (1, 0): "a paragraph of the original ({place}) is not there, after this one",
    (0, 1): "this paragraph is not in the original (after {place})",
    (2, 1): "this paragraph is two in the original ({place})",
    (1, 2): "this paragraph and the next are one in the original ({place})",
}
"""The messages by how many paragraphs of the original, and of the translation, are a pair."""


def _name(tag: str) -> str:
    return _NAMES.get(tag) or f"a heading of level {tag[1:]}"
