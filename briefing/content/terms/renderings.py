"""The key terms of a voice in its own statement, and how other articles render them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from briefing.content.terms.forms import TermForms
from briefing.model.article import Article, Confidence, Locator
from briefing.model.site import Topic
from briefing.model.terms import Term
from briefing.syntax.cldr import primary_language


class Rendering(Struct, frozen=True):
    """What another article has in the place of a term: a passage that it credits to the voice."""

    article: Article
    at: Locator
    is_inferred: bool
    """Whether it is our inference that the voice says so."""


class KeyTerm(Struct, frozen=True):
    """A term of a voice, as its own statement has it."""

    words: str
    language: str
    """BCP 47, of the words."""
    renderings: tuple[Rendering, ...]
    """In the order of the articles, and of the claims of each."""


def key_terms(topic: Topic, article: Article, terms: Iterable[Term]) -> tuple[KeyTerm, ...]:
    """Return the terms of a voice that stand in the passages of its own statement, `article`.

    Of terms that no other article has a claim for, on the same point and credited to the voice,
    there is nothing to show.
    """
    voices = {voice for voice, id in topic.primary.items() if id == article.id}
    own = (term for term in terms if term.voice in voices)
    return tuple(found for term in own for found in _in_statement(topic, article, term))


def _in_statement(topic: Topic, article: Article, term: Term) -> Iterator[KeyTerm]:
    said = [
        (claim.point, words, claim.at.language)
        for claim in article.claims
        if claim.by in (None, term.voice) and (words := _said(claim.at, term))
    ]
    points = {point for point, _, _ in said}
    rendered = tuple(
        Rendering(other, claim.at, claim.confidence is Confidence.INFERRED)
        for other in topic.articles
        if other.id != article.id
        for claim in other.claims
        if claim.point in points and claim.by == term.voice
    )
    if rendered:
        _, words, language = said[0]
        yield KeyTerm(words, language, rendered)


def _said(at: Locator, term: Term) -> str:
    """Return the words of a passage that are a form of a term to use; "" for none."""
    passage = f"{at.start} … {at.end}" if at.end else at.start
    for code in term.words:
        if primary_language(code) == primary_language(at.language):
            for use in TermForms([term], code).uses_in(passage):
                if use.is_allowed:
                    return passage[use.start : use.end]
    return ""
