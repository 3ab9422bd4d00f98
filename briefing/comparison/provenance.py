"""The family tree of claims: which voice is told of by which article, and through whom.

What is counted are points: an article that credits a voice with three things on one
point tells of one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from briefing.comparison.audit import speakers
from briefing.comparison.compare import Comparison
from briefing.model.article import Article
from briefing.model.site import Topic

Relays = tuple[str, ...]
"""The voices that stand between a voice and an article, the nearest to the article first."""


class ArticleLeaf(Struct, frozen=True, kw_only=True):
    """An article that tells what a voice says."""

    article: Article
    own: bool
    """Whether it is the voice's own text."""
    points: int
    """On how many points."""


class RelayBranch(Struct, frozen=True, kw_only=True):
    """What of a voice comes by the same relays."""

    via: Relays
    """None of them: the article credits the voice itself."""
    twigs: tuple[ArticleLeaf, ...]


class VoiceTree(Struct, frozen=True, kw_only=True):
    """A voice, and all who tell what it says."""

    voice: str | None
    """None for what articles say in their own words."""
    points: int
    """On how many points it is told of."""
    boughs: tuple[RelayBranch, ...]
    """Straight ones first."""


def voice_trees(comparison: Comparison) -> tuple[VoiceTree, ...]:
    """Give the family of each voice, those with most points first, the articles' own words last."""
    topic = comparison.topic
    told: dict[str | None, dict[Relays, dict[str, set[str]]]] = {}
    for article in topic.articles:
        for claim in article.claims:
            named: list[str | None] = [*sorted(speakers(topic, article, claim))]
            for voice in named or [None]:
                boughs = told.setdefault(voice, {})
                boughs.setdefault(claim.via, {}).setdefault(article.id, set()).add(claim.point)
    found = (_family(topic, voice, boughs) for voice, boughs in told.items())
    return tuple(sorted(found, key=lambda family: (family.voice is None, -family.points)))


def _family(topic: Topic, voice: str | None, told: dict[Relays, dict[str, set[str]]]) -> VoiceTree:
    points = {point for articles in told.values() for said in articles.values() for point in said}
    boughs = (
        RelayBranch(via=via, twigs=tuple(_twigs(topic, voice, told[via])))
        for via in sorted(told, key=len)
    )
    return VoiceTree(voice=voice, points=len(points), boughs=tuple(boughs))


def _twigs(topic: Topic, voice: str | None, told: dict[str, set[str]]) -> Iterator[ArticleLeaf]:
    own = topic.primary.get(voice or "")
    for article in topic.articles:
        if points := told.get(article.id):
            yield ArticleLeaf(article=article, own=article.id == own, points=len(points))
