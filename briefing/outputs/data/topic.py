"""The published data of a topic, made of its comparison. Next: `writing` and `table`."""

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
    statements_of,
)
from briefing.outputs.data.registers import (
    Article,
    Change,
    Event,
    Group,
    Point,
    Side,
    Text,
    Voice,
    article_of,
    change_of,
    event_of,
    group_of,
    point_of,
    sides_of,
    voices_of,
)
from briefing.outputs.data.relations import (
    MAX_RELATED,
    Relation,
    article_relations,
    claim_relations,
    summary_relations,
)
from briefing.outputs.data.shapes import Address, Addresses, Shape, described

SCHEMA_PATH = "data/schema.json"
"""Path of the schema from the URL of the site."""


class Topic(Shape, frozen=True, kw_only=True):
    """The comparison of a topic: who says what on each point, and what it amounts to."""

    schema: Annotated[Address, described("The address of this schema.")] = field(name="$schema")
    id: Annotated[str, described("As in the addresses of its pages.")]
    titles: Annotated[Localized, described("By language code.")]
    addresses: Annotated[Addresses, described("The pages of the topic, by language code.")]
    texts: Annotated[tuple[Text, ...], described("How our texts on the topic were made.")]
    event: Annotated[Event, described("What the topic is about.")]
    groups: Annotated[tuple[Group, ...], described("The groups of the points.")]
    points: Annotated[tuple[Point, ...], described("All that are compared.")]
    sides: Annotated[tuple[Side, ...], described("The sides of the voices.")]
    voices: Annotated[
        tuple[Voice, ...], described("All that claims are credited to, or come through.")
    ]
    articles: Annotated[tuple[Article, ...], described("Nearest to the event first.")]
    claims: Annotated[tuple[Claim, ...], described("By their points, and those by their articles.")]
    cells: Annotated[tuple[Cell, ...], described("One for each point and each article.")]
    verdicts: Annotated[tuple[Judgement, ...], described("One for each point.")]
    flags: Annotated[tuple[Flag, ...], described("What the audits found.")]
    changes: Annotated[
        tuple[Change, ...], described("Since the topic was published, newest first.")
    ]
    relations: Annotated[
        tuple[Relation, ...],
        described(
            "Of articles, and of the claims that count, in different texts: a claim is related to "
            "the first of its value, and the first ones of values to each other on points with "
            f"no more than {MAX_RELATED} values."
        ),
    ]


def topic_data(
    site: Site,
    comparison: Comparison,
    address: str,
    titles: Mapping[str, str],
    *,
    pages: Mapping[tuple[str, ...], Mapping[str, str]],
    texts: Mapping[str, tuple[Text, ...]],
) -> Topic:
    """Return the data of a compared topic.

    address: the URL of the site, with a slash at the end. titles: of the topic, by language code.
    pages: URLs by language code, by (topic id,) and (topic id, article id).
    texts: how texts were made, by the id of the article; under "" those of the topic.
    """
    topic, rows = comparison.topic, comparison.rows
    by_row = [tuple(statements_of(topic, row)) for row in rows]
    statements = [statement for each in by_row for statement in each]
    voices = tuple(voices_of(site, topic, _named(statements)))
    summaries = {a.id: pages.get((topic.id, a.id), {}) for a in topic.articles}
    between_claims = (
        claim_relations(row.point, each) for row, each in zip(rows, by_row, strict=True)
    )
    flags = (flags_of(row, each) for row, each in zip(rows, by_row, strict=True))
    return Topic(
        schema=address + SCHEMA_PATH,
        id=topic.id,
        titles=dict(titles),
        addresses=dict(pages.get((topic.id,), {})),
        texts=texts[""],
        event=event_of(topic.event),
        groups=tuple(map(group_of, topic.groups)),
        points=tuple(point_of(row.point) for row in rows),
        sides=tuple(sides_of(site, voices)),
        voices=voices,
        articles=tuple(article_of(a, summaries[a.id], texts[a.id]) for a in topic.articles),
        claims=tuple(map(claim_of, statements)),
        cells=tuple(cell for row in rows for cell in cells_of(row)),
        verdicts=tuple(map(judgement_of, rows)),
        flags=tuple(flag for each in flags for flag in each),
        changes=tuple(map(change_of, topic.changes)),
        relations=(
            *(relation for each in between_claims for relation in each),
            *article_relations(topic, statements),
            *(r for id, urls in summaries.items() for r in summary_relations(id, urls)),
        ),
    )


def _named(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield the ids of the voices that speak in claims, or relayed them; some more than once."""
    for statement in statements:
        yield from statement.speakers
        yield from statement.claim.via
