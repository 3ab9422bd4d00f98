"""What was read of an article -> the file of its lead, a draft to be completed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from briefing.content.texts import DRAFT_COMMENT
from briefing.intake.passages import passages_in_order
from briefing.intake.reading import Reading
from briefing.model.article import ArticleType, Outlet, OutletKind
from briefing.model.site import Language, Point, PointKind
from briefing.model.values import Moment, Precision
from briefing.syntax.characters import FORBIDDEN
from briefing.syntax.yaml_writing import flow

_SAYS = {
    PointKind.NUMBER: '30, ">=90", almost 180, ~150 or 90..120',
    PointKind.DURATION: '30, ">=90", almost 180, ~150, 90..120 or 5h20',
    PointKind.DATE: "2025-03-19, 2025-03 or 2025-03-18..2025-03-20",
    PointKind.DATETIME: "2025-03-18T21:00+07:00 or 2025-03-18",
    PointKind.TEXT: "a text in each language",
}
"""How a value is written, by kind, where the point lists none: docs/content.md."""


class LeadFacts(Struct, frozen=True, kw_only=True):
    """What the lead of a new article says that its page does not."""

    language: Language
    """That of the summary."""
    outlet: str
    """The id of its outlet."""
    known_outlet: Outlet | None
    """None: an entry for outlets.yaml is proposed."""
    accessed: Moment
    points: Sequence[Point]
    """Of the topic."""
    questions: Sequence[str]
    """The point as a question in the language of the summary, in the order of the points."""
    duplicate_of: str | None
    """The id of an article of the topic that has this text, or much of it; None for none."""


def lead_file(reading: Reading, facts: LeadFacts) -> bytes:
    """Return the lead of a new article: every fact of its page, and each point to be filled in."""
    lines = ["---", *_fields(reading, facts), *_claims(reading, facts), "---", ""]
    return FORBIDDEN.sub("", "\n".join(lines)).encode()


def _fields(reading: Reading, facts: LeadFacts) -> Iterator[str]:
    page = reading.facts
    yield f"# Write the title in {facts.language.name}, in words of your own."
    yield f"title: {flow(page.title or '…')}"
    yield f"outlet: {facts.outlet}"
    if page.address:
        yield f"url: {flow(page.address)}"
    if page.published:
        yield f"published: {written_moment(page.published.moment)}"
    else:
        yield "# The page names no date: write a day, a day and a time with its zone, or a month."
        yield "published: …"
    yield f"accessed: {written_moment(facts.accessed)}"
    if page.author:
        yield f"author: {flow(page.author)}"
    if reading.language:
        yield f"language: {reading.language}"
    yield f"type: {type_of(reading, facts.known_outlet).value}  # {' '.join(ArticleType)}"
    if page.title:
        yield f"original_title: {flow(page.title)}"
    if facts.duplicate_of:
        yield "# Much of this text is in that article too. If it is the same, delete the `#`."
        yield f"#duplicate_of: {facts.duplicate_of}"
    yield DRAFT_COMMENT
    yield "draft: true"


def _claims(reading: Reading, facts: LeadFacts) -> Iterator[str]:
    """Yield a line for each point, below its question, how it is answered, and passages."""
    yield "# When you have looked for every point, delete the `#`: what you did not find is silent."
    yield "#checked: all"
    yield "# For the first claim delete the `#` of `claims:`, and of each line with a claim."
    yield "#claims:"
    found = passages_in_order(facts.points, reading.paragraphs, reading.language or "und")
    for (point, passages), question in zip(found, facts.questions, strict=True):
        yield "#"
        yield f"# {question}"
        yield f"#   {_answers(point, facts.language.code)}"
        yield from (f"#   › {passage}" for passage in passages)
        yield f"#  - {{point: {point.id}, says: …, by: …, at: …}}"


def _answers(point: Point, language: str) -> str:
    """Return how a claim on a point is written: its options, or the form and the unit."""
    if point.options:
        options = "; ".join(f"{id} ({o.label[language]})" for id, o in point.options.items())
        many = "a list, [a, b], of: " if point.kind is PointKind.SET else ""
        return f"{many}{options}"
    unit = point.unit
    texts = (unit.texts or {}).get(language, {}) if unit else {}
    named = (unit.cldr or "" if unit else "").removeprefix("duration-") or texts.get(
        "other", ""
    ).replace("{n}", "…")
    return f"{_SAYS[point.kind]}{f', in {named}' if named else ''}"


def type_of(reading: Reading, outlet: Outlet | None) -> ArticleType:
    """Return what an article is, as far as its page or its `outlet` (None: not known) tells."""
    kinds = {OutletKind.GOVERNMENT: ArticleType.PRIMARY, OutletKind.AGENCY: ArticleType.WIRE}
    by_outlet = kinds.get(outlet.kind) if outlet else None
    return reading.facts.type or by_outlet or ArticleType.REPORT


def written_moment(moment: Moment) -> str:
    """Return a moment as front matter has it, in its own zone: `2025-03-18T21:00+07:00`."""
    if moment.precision is Precision.MINUTE:
        return moment.at.isoformat(timespec="minutes").replace("+00:00", "Z")
    return str(moment)
