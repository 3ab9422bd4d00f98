"""A comparison -> a tree for each voice: which articles repeat it, and through which other voices.

Points are counted, not claims: an article that credits a voice with three claims on one point
counts once.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from briefing.comparison.audit import speakers_of
from briefing.comparison.compare import Comparison
from briefing.model.article import Article
from briefing.model.site import Topic

Relays = tuple[str, ...]
"""The ids of the voices between a voice and an article, the nearest to the article first."""


class ArticleLeaf(Struct, frozen=True, kw_only=True):
    """An article that credits a voice, in the tree of that voice."""

    article: Article
    own: bool
    """Whether the article is the voice's own text."""
    points: int
    """The number of points on which it credits the voice."""


class RelayBranch(Struct, frozen=True, kw_only=True):
    """The articles that credit a voice through the same relays."""

    via: Relays
    """Empty if the articles credit the voice itself."""
    leaves: tuple[ArticleLeaf, ...]
    """In the order of the articles of the topic."""


class VoiceTree(Struct, frozen=True, kw_only=True):
    """A voice, and the articles that credit it, by their relays."""

    voice: str | None
    """The id of the voice; None for the articles' own words."""
    points: int
    """The number of points on which any article credits it."""
    branches: tuple[RelayBranch, ...]
    """Those with the fewest relays first."""


def voice_trees(comparison: Comparison) -> tuple[VoiceTree, ...]:
    """Return the tree of each voice, the most points first, the articles' own words last."""
    topic = comparison.topic
    points_of: dict[str | None, dict[Relays, dict[str, set[str]]]] = {}
    for article in topic.articles:
        for claim in article.claims:
            named: list[str | None] = [*sorted(speakers_of(topic, article, claim))]
            for voice in named or [None]:
                by_relays = points_of.setdefault(voice, {})
                by_relays.setdefault(claim.via, {}).setdefault(article.id, set()).add(claim.point)
    trees = (_voice_tree(topic, voice, by_relays) for voice, by_relays in points_of.items())
    return tuple(sorted(trees, key=lambda tree: (tree.voice is None, -tree.points)))


def _voice_tree(
    topic: Topic, voice: str | None, by_relays: dict[Relays, dict[str, set[str]]]
) -> VoiceTree:
    """Return the tree of a voice, from the ids of the points by relays and by article."""
    points = {id for by_article in by_relays.values() for ids in by_article.values() for id in ids}
    branches = (
        RelayBranch(via=via, leaves=tuple(_leaves(topic, voice, by_relays[via])))
        for via in sorted(by_relays, key=len)
    )
    return VoiceTree(voice=voice, points=len(points), branches=tuple(branches))


def _leaves(
    topic: Topic, voice: str | None, by_article: dict[str, set[str]]
) -> Iterator[ArticleLeaf]:
    """Yield the articles that credit a voice, from the ids of the points by article."""
    own = topic.primary.get(voice or "")
    for article in topic.articles:
        if points := by_article.get(article.id):
            yield ArticleLeaf(article=article, own=article.id == own, points=len(points))
