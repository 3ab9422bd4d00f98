"""The lead of an article and its kept text -> what the panel shows: paragraphs, marks, choices.

All of it is made of the lead as it was last read, mistakes in other files or not, so that what is
shown is what an edit is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from briefing.checks.locating.proposals import Locating, write_claim, write_locator
from briefing.checks.locating.search import Place, SearchedText
from briefing.commands.serve.writing.claim_edits import read_lead
from briefing.commands.serve.writing.edits import Passage
from briefing.problems import Problems
from briefing.syntax.nodes import Node

MAX_PLACES = 20
"""Places of words that are shown."""
_OPEN = {"", "…"}
"""What stands for a passage that is still to be written."""


class Paragraph(Struct, frozen=True):
    """A paragraph of a kept text, and the number of its line there, from 1."""

    line: int
    text: str


class ClaimLine(Struct, frozen=True, kw_only=True):
    """A claim of the lead, and where its passage stands in the kept text."""

    line: int
    """Of the lead, from 1."""
    point: str
    says: str
    """As it is written; "" if it is no single value."""
    start: int | None
    """The index of its first character in the paragraphs, joined by line ends; None: it is not
    there, or none is written."""
    end: int | None


class Proposal(Struct, frozen=True, kw_only=True):
    """A place of some words, and the locator that leads there."""

    line: int
    start: int
    end: int
    words: str
    passage: Passage | None
    """None: too much of the text is the same, or it is no clause."""
    at: str
    """The value of `at:`; "" without a passage."""
    claim: str
    """The line of a claim, as `locate` proposes it; "" without a passage."""


class Proposals(Struct, frozen=True, kw_only=True):
    """The places of words, or those that are most like them."""

    places: tuple[Proposal, ...]
    found: bool
    """Whether the words are there as they were typed, but for case, accents and signs."""


def paragraphs_of(text: SearchedText) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a kept text."""
    at, found = 0, []
    for each in text.text.split("\n") if text.text else []:
        found.append(Paragraph(text.line(at), each))
        at += len(each) + 1
    return tuple(found)


def claims_in(path: str, data: bytes, text: SearchedText | None) -> tuple[ClaimLine, ...]:
    """Return the claims of the lead at `path`, with their places in the text; None: none is kept.

    Of a lead with a mistake in its front matter, ().
    """
    try:
        claims = read_lead(path, data).claims
    except Problems:
        return ()
    return tuple(_claim_lines(claims, text))


def _claim_lines(claims: tuple[Node, ...], text: SearchedText | None) -> Iterator[ClaimLine]:
    for claim in claims:
        fields = claim.value if isinstance(claim.value, dict) else {}
        place = place_of(text, fields["at"]) if text and "at" in fields else None
        yield ClaimLine(
            line=claim.place.line,
            point=_text(fields.get("point")),
            says=_text(fields.get("says")),
            start=place.start if place else None,
            end=place.end if place else None,
        )


def place_of(text: SearchedText, at: Node) -> Place | None:
    """Return the place of the passage that `at:` leads to; None if it is not in the text."""
    fields = at.value if isinstance(at.value, dict) else {"start": at}
    start, end, before, after = (
        _text(fields.get(name)) for name in ("start", "end", "before", "after")
    )
    if start in _OPEN:
        return None
    first = next(iter(text.find(start, before, "" if end else after)), None)
    if first is None or not end:
        return first
    last = next((each for each in text.find(end, "", after) if each.start >= first.end), None)
    return Place(first.start, last.end) if last else None


def _text(node: Node | None) -> str:
    return node.value.strip() if node and isinstance(node.value, str) else ""


def proposals_of(text: SearchedText, language: str, words: str) -> Proposals:
    """Return the places of `words` in a text, each with a locator. language: BCP 47, of the text.

    Where the words are not there, the places that are most like them.
    """
    found = text.find(words)
    places = found or text.nearest(words)
    locating = Locating(text, language)
    proposed = tuple(_proposal(text, locating, place, language) for place in places[:MAX_PLACES])
    return Proposals(places=proposed, found=bool(found))


def proposal_at(text: SearchedText, language: str, place: Place) -> Proposals:
    """Return the locator of the words of which `place` has a part; none for a place without words.

    language: BCP 47, of the text.
    """
    inside = text.words_in(place) if place.start < place.end else ()
    if not inside:
        return Proposals(places=(), found=False)
    whole = Place(inside[0].start, inside[-1].end)
    return Proposals(
        places=(_proposal(text, Locating(text, language), whole, language),), found=True
    )


def _proposal(text: SearchedText, locating: Locating, place: Place, language: str) -> Proposal:
    locator = locating.propose(place)
    passage = None
    if locator:
        start, end, before, after = locator.start, locator.end, locator.before, locator.after
        passage = Passage(start=start, end=end, before=before, after=after)
    return Proposal(
        line=text.line(place.start),
        start=place.start,
        end=place.end,
        words=text.text[place.start : place.end],
        passage=passage,
        at=write_locator(locator, language) if locator else "",
        claim=write_claim(locator, language) if locator else "",
    )
