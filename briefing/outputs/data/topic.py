"""The data of a topic: who says what on each point, and what it amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from msgspec import field

from briefing.comparison.compare import Comparison
from briefing.model.article import Localized
from briefing.model.site import Site
from briefing.outputs.data.findings import (
    Cell,
    Claim,
    Flag,
    Judgement,
    Statement,
    cells_of,
    claim_of,
    flags_of,
    judgement_of,
    statements,
)
from briefing.outputs.data.registers import (
    Article,
    Event,
    Group,
    Point,
    Side,
    Voice,
    article_of,
    event_of,
    group_of,
    point_of,
    sides_of,
    voices_of,
)
from briefing.outputs.data.relations import (
    MAX_RELATED,
    Relation,
    articles_related,
    claims_related,
    summaries_related,
)
from briefing.outputs.data.shapes import Address, Addresses, Shape, told

SCHEMA = "data/schema.json"
"""The path of the schema, below the address of the site."""


class Topic(Shape, frozen=True, kw_only=True):
    """The comparison of a topic: who says what on each point, and what it amounts to."""

    schema: Annotated[Address, told("The address of this schema.")] = field(name="$schema")
    id: Annotated[str, told("As in the addresses of its pages.")]
    titles: Annotated[Localized, told("By language code.")]
    addresses: Annotated[Addresses, told("The pages of the topic, by language code.")]
    event: Annotated[Event, told("What the topic is about.")]
    groups: Annotated[tuple[Group, ...], told("The groups of the points.")]
    points: Annotated[tuple[Point, ...], told("All that are compared.")]
    sides: Annotated[tuple[Side, ...], told("The sides of the voices.")]
    voices: Annotated[tuple[Voice, ...], told("All that claims are credited to, or come through.")]
    articles: Annotated[tuple[Article, ...], told("Nearest to the event first.")]
    claims: Annotated[tuple[Claim, ...], told("By their points, and those by their articles.")]
    cells: Annotated[tuple[Cell, ...], told("One for each point and each article.")]
    verdicts: Annotated[tuple[Judgement, ...], told("One for each point.")]
    flags: Annotated[tuple[Flag, ...], told("What the audits found.")]
    relations: Annotated[
        tuple[Relation, ...],
        told(
            "Of articles, and of the claims that count, in different texts: a claim is related to "
            "the first of its value, and the first ones of values to each other on points with "
            f"no more than {MAX_RELATED} values."
        ),
    ]


def of_topic(
    site: Site,
    comparison: Comparison,
    address: str,
    titles: Mapping[str, str],
    pages: Mapping[tuple[str, ...], Mapping[str, str]],
) -> Topic:
    """Give the data of a topic that is public and was compared.

    `address` is that of the site and ends in a slash; `titles` of the topic come by language, and
    so do the addresses of its `pages` of each key: (topic,) and (topic, article).
    """
    topic, rows = comparison.topic, comparison.rows
    said = [tuple(statements(topic, row)) for row in rows]
    spoken = [statement for each in said for statement in each]
    voices = tuple(voices_of(site, topic, _named(spoken)))
    summaries = {a.id: pages.get((topic.id, a.id), {}) for a in topic.articles}
    found = (claims_related(row.point, each) for row, each in zip(rows, said, strict=True))
    flags = (flags_of(row, each) for row, each in zip(rows, said, strict=True))
    return Topic(
        schema=address + SCHEMA,
        id=topic.id,
        titles=dict(titles),
        addresses=dict(pages.get((topic.id,), {})),
        event=event_of(topic.event),
        groups=tuple(map(group_of, topic.groups)),
        points=tuple(point_of(row.point) for row in rows),
        sides=tuple(sides_of(site, voices)),
        voices=voices,
        articles=tuple(article_of(a, summaries[a.id]) for a in topic.articles),
        claims=tuple(map(claim_of, spoken)),
        cells=tuple(cell for row in rows for cell in cells_of(row)),
        verdicts=tuple(map(judgement_of, rows)),
        flags=tuple(flag for each in flags for flag in each),
        relations=(
            *(relation for each in found for relation in each),
            *articles_related(topic, spoken),
            *(r for id, told_on in summaries.items() for r in summaries_related(id, told_on)),
        ),
    )


def _named(said: Iterable[Statement]) -> Iterator[str]:
    """Give the voices that claims name, or that speak in them."""
    for statement in said:
        yield from statement.speakers
        yield from statement.claim.via
