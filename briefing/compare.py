"""Claims -> cells, verdicts, audits.

The rules are those of docs/comparison.md, in its order. Voices are counted, not
outlets: an article's own words are a voice of their own, `own`, and count as
unattributed. What is here knows nothing of languages or pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from briefing.model import Article, Claim, Integrity, Mode, Point, PointKind, Topic, Voice
from briefing.values import (
    Choice,
    Period,
    Quantity,
    Relation,
    Value,
    relate_in_tree,
    relate_on_scale,
    relate_sets,
    relate_spans,
)


class CellState(StrEnum):
    """What an article does with a point."""

    STATES = "states"
    MENTIONS = "mentions"
    SILENT = "silent"
    UNCHECKED = "unchecked"


class Verdict(StrEnum):
    """What the claims of a row amount to."""

    DIFFER = "differ"
    COMPATIBLE = "compatible"
    SIDE_BY_SIDE = "side-by-side"
    AGREE = "agree"
    ONE_SIDE = "one-side"
    ONE_VOICE = "one-voice"
    ONLY_ONE = "only-one"
    NOBODY = "nobody"


class Reason(StrEnum):
    """The rule that made a verdict."""

    NOTHING = "nothing"
    MENTION_ONLY = "mention-only"
    ONE_ARTICLE = "one-article"
    OWN_WORDS = "own-words"
    BETWEEN_VOICES = "between-voices"
    VOICE_AND_UNATTRIBUTED = "voice-and-unattributed"
    TWO_RENDERINGS = "two-renderings"
    ONE_IS_LOOSER = "one-is-looser"
    BOTH_SIDES = "both-sides"
    SAME_SIDE = "same-side"
    ECHO = "echo"
    VOICE_AND_SUPPORT = "voice-and-support"
    UNATTRIBUTED = "unattributed"

    @property
    def verdict(self) -> Verdict:
        """The verdict a rule makes."""
        return _VERDICTS[self]


_VERDICTS = {
    Reason.NOTHING: Verdict.NOBODY,
    Reason.MENTION_ONLY: Verdict.NOBODY,
    Reason.ONE_ARTICLE: Verdict.ONLY_ONE,
    Reason.OWN_WORDS: Verdict.SIDE_BY_SIDE,
    Reason.BETWEEN_VOICES: Verdict.DIFFER,
    Reason.VOICE_AND_UNATTRIBUTED: Verdict.DIFFER,
    Reason.TWO_RENDERINGS: Verdict.DIFFER,
    Reason.ONE_IS_LOOSER: Verdict.COMPATIBLE,
    Reason.BOTH_SIDES: Verdict.AGREE,
    Reason.SAME_SIDE: Verdict.ONE_SIDE,
    Reason.ECHO: Verdict.ONE_VOICE,
    Reason.VOICE_AND_SUPPORT: Verdict.AGREE,
    Reason.UNATTRIBUTED: Verdict.AGREE,
}


class Audit(StrEnum):
    """What an audit found wrong, or worth knowing."""

    NOT_IN_STATEMENT = "not-in-statement"
    """Credited to a voice whose own text does not say it: does not count."""
    RENDERED_DIFFERENTLY = "rendered-differently"
    """Credited to a voice whose own text says something else: counts as a rendering only."""
    OVERCLAIM = "overclaim"
    UNCONFIRMED = "unconfirmed"
    RESTS_ON = "rests-on"
    DRIFT = "drift"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One finding of an audit, on a row and, where it has one, on a cell."""

    audit: Audit
    articles: tuple[str, ...]
    """The ids of the articles it is about."""
    claim: Claim | None = None
    other: str | None = None
    """The article a claim is held against: the voice's own text, or the original of a duplicate."""
    otherwise: Judgement | None = None
    """The judgement without the altered copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict, the rule that made it and what it was made from."""

    reason: Reason
    voices: tuple[str, ...] = ()
    """The named voices that counted, in the order they speak."""
    sides: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.reason.verdict


class Standing(StrEnum):
    """How far a claim with a value counts in the verdict."""

    COUNTS = "counts"
    RENDERING = "rendering"
    """Only against other renderings of the same voice."""
    SET_ASIDE = "set-aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A claim with a value, as the verdict takes it."""

    article: Article
    witness: str
    """The id of the article it counts for: the original, if it stands in a duplicate."""
    voice: str | None
    """None for unattributed."""
    value: Value
    standing: Standing

    @property
    def speaker(self) -> str:
        """Who is taken to speak: the voice, or the article itself."""
        return self.voice or f"own {self.witness}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one article says on one point."""

    article: Article
    state: CellState
    claims: tuple[Claim, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One point across all articles of its topic."""

    point: Point
    cells: tuple[Cell, ...]
    judgement: Judgement
    evidence: tuple[Evidence, ...]
    """All claims with a value, those too that do not count."""
    flags: tuple[Flag, ...]
    """Those of the cells, and those of the row as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The points of a topic, each with its verdict."""

    topic: Topic
    rows: tuple[Row, ...]
    """In the order of the points."""

    @property
    def tally(self) -> Mapping[Verdict, int]:
        """How many rows have each verdict."""
        return Counter(row.judgement.verdict for row in self.rows)

    @property
    def sections(self) -> tuple[tuple[Verdict, tuple[Row, ...]], ...]:
        """The rows by their verdicts, the differences first."""
        found = ((v, tuple(r for r in self.rows if r.judgement.verdict is v)) for v in Verdict)
        return tuple((verdict, rows) for verdict, rows in found if rows)

    @property
    def comparable(self) -> bool:
        """Whether there are two articles that are not the same text."""
        return sum(article.duplicate_of is None for article in self.topic.articles) > 1

    @property
    def both_sides(self) -> tuple[Row, ...]:
        """The rows that two sides confirm."""
        return tuple(r for r in self.rows if r.judgement.reason is Reason.BOTH_SIDES)

    @property
    def both_sides_on_altered(self) -> int:
        """How many of those rest on an altered copy."""
        audits = ([flag.audit for flag in row.flags] for row in self.both_sides)
        return sum(Audit.RESTS_ON in found for found in audits)


def compare(topic: Topic, voices: Mapping[str, Voice]) -> Comparison:
    """Compare the articles of a topic on each of its points."""
    return Comparison(topic=topic, rows=tuple(_row(topic, point, voices) for point in topic.points))


def relate(point: Point, a: Value, b: Value) -> Relation:
    """Compare two values of one point, by the kind of the point."""
    match a, b:
        case Quantity(), Quantity():
            return relate_spans(a.span, b.span)
        case Period(), Period() if point.kind is PointKind.DATE:
            return relate_spans(a.days, b.days)
        case Period(), Period():
            return relate_spans(a.span, b.span)
        case Choice(), Choice():
            return _relate_choices(point, a, b)
    return Relation.UNCOMPUTED


def _relate_choices(point: Point, a: Choice, b: Choice) -> Relation:
    if point.kind is PointKind.SET:
        return relate_sets(a.options, b.options, point.core)
    (one,), (other,) = a.options, b.options
    if point.kind is PointKind.STANCE:
        return relate_on_scale(one, other, tuple(point.options), point.tolerance)
    parents = {id: option.parent for id, option in point.options.items() if option.parent}
    return relate_in_tree(one, other, parents)


def _row(topic: Topic, point: Point, voices: Mapping[str, Voice]) -> Row:
    claims = {
        article.id: tuple(claim for claim in article.claims if claim.point == point.id)
        for article in topic.articles
    }
    found = tuple(_audit_cells(topic, point, claims, voices))
    evidence = _evidence(topic, claims, found)
    counted = [piece for piece in evidence if piece.standing is not Standing.SET_ASIDE]
    judgement = judge(point, counted, voices, mentioned=any(claims.values()))
    whole = tuple(_audit_row(topic, point, counted, judgement, voices))
    cells = tuple(
        _cell(
            article, point, claims[article.id], tuple(f for f in found if article.id in f.articles)
        )
        for article in topic.articles
    )
    return Row(
        point=point,
        cells=cells,
        judgement=judgement,
        evidence=evidence,
        flags=found + whole,
    )


def _cell(
    article: Article, point: Point, claims: tuple[Claim, ...], flags: tuple[Flag, ...]
) -> Cell:
    if any(claim.value is not None for claim in claims):
        state = CellState.STATES
    elif claims:
        state = CellState.MENTIONS
    else:
        state = CellState.SILENT if point.id in article.checked else CellState.UNCHECKED
    return Cell(article=article, state=state, claims=claims, flags=flags)


def _evidence(
    topic: Topic, claims: Mapping[str, tuple[Claim, ...]], flags: Iterable[Flag]
) -> tuple[Evidence, ...]:
    """The claims that have a value, each with who is taken to speak and how far it counts."""
    standings = {
        flag.claim.place: _STANDINGS[flag.audit]
        for flag in flags
        if flag.claim and flag.audit in _STANDINGS
    }
    return tuple(
        Evidence(
            article=article,
            witness=article.duplicate_of or article.id,
            voice=_voice(topic, article.id, claim),
            value=claim.value,
            standing=standings.get(claim.place, Standing.COUNTS),
        )
        for article in topic.articles
        for claim in claims[article.id]
        if claim.value is not None
    )


_STANDINGS = {
    Audit.NOT_IN_STATEMENT: Standing.SET_ASIDE,
    Audit.RENDERED_DIFFERENTLY: Standing.RENDERING,
}


def _voice(topic: Topic, article: str, claim: Claim) -> str | None:
    """Who speaks: in a voice's own text, that voice, unless it credits another."""
    if claim.by is not None:
        return claim.by
    return next((voice for voice, primary in topic.primary.items() if primary == article), None)


def judge(
    point: Point, said: Sequence[Evidence], voices: Mapping[str, Voice], *, mentioned: bool
) -> Judgement:
    """Give the verdict on a point from what counts: the nine rules, the first that fits."""
    named = tuple(dict.fromkeys(s.voice for s in said if s.voice is not None))
    sides = tuple(dict.fromkeys(voices[voice].side for voice in named))
    reason = _reason(point, said, named, sides, mentioned)
    return Judgement(reason=reason, voices=named, sides=sides)


def _reason(
    point: Point,
    said: Sequence[Evidence],
    named: Sequence[str],
    sides: Sequence[str],
    mentioned: bool,
) -> Reason:
    if not said:
        return Reason.MENTION_ONLY if mentioned else Reason.NOTHING
    if len({s.witness for s in said}) == 1:
        return Reason.ONE_ARTICLE
    if point.kind is PointKind.TEXT:
        return Reason.OWN_WORDS
    return _conflict(point, said) or _looser(point, said) or _support(said, named, sides)


def _conflict(point: Point, said: Sequence[Evidence]) -> Reason | None:
    """Rules 3 and 4: two voices in conflict, or one voice with itself across articles."""
    pairs = [
        (a, b)
        for a, b in combinations(said, 2)
        if relate(point, a.value, b.value) is Relation.CONFLICT
    ]
    between = [
        (a, b)
        for a, b in pairs
        if a.speaker != b.speaker and a.standing is b.standing is Standing.COUNTS
    ]
    if any(a.voice and b.voice for a, b in between):
        return Reason.BETWEEN_VOICES
    if between:
        return Reason.VOICE_AND_UNATTRIBUTED
    if any(a.speaker == b.speaker and a.witness != b.witness for a, b in pairs):
        return Reason.TWO_RENDERINGS
    return None


def _looser(point: Point, said: Sequence[Evidence]) -> Reason | None:
    """Rule 5: some pair is compatible, not equal."""
    relations = (relate(point, a.value, b.value) for a, b in combinations(said, 2))
    return Reason.ONE_IS_LOOSER if Relation.COMPATIBLE in relations else None


def _support(said: Sequence[Evidence], named: Sequence[str], sides: Sequence[str]) -> Reason:
    """Rules 6 to 9: all say the same; who are they?"""
    if len(named) > 1:
        return Reason.BOTH_SIDES if len(sides) > 1 else Reason.SAME_SIDE
    if not named:
        return Reason.UNATTRIBUTED
    crediting = {s.witness for s in said if s.voice}
    supported = any(s.voice is None and s.witness not in crediting for s in said)
    return Reason.VOICE_AND_SUPPORT if supported else Reason.ECHO


def _audit_cells(
    topic: Topic,
    point: Point,
    claims: Mapping[str, tuple[Claim, ...]],
    voices: Mapping[str, Voice],
) -> Iterator[Flag]:
    """What is to be said of single articles on a point."""
    for article in topic.articles:
        own = claims[article.id]
        for claim in own:
            yield from _attribution(topic, point, article, claim, claims)
            yield from _overclaim(topic, point, article, claim, own, voices)
        yield from _drift(topic, point, article, own)
        if article.duplicate_of and own:
            yield Flag(audit=Audit.DUPLICATE, articles=(article.id,), other=article.duplicate_of)


def _attribution(
    topic: Topic,
    point: Point,
    article: Article,
    claim: Claim,
    claims: Mapping[str, tuple[Claim, ...]],
) -> Iterator[Flag]:
    """A claim credited to a voice must be in that voice's own text, where we have read it."""
    primary = topic.primary.get(claim.by or "")
    if primary is None or primary == article.id or claim.value is None:
        return
    text = next(a for a in topic.articles if a.id == primary)
    said = [c.value for c in claims[primary] if c.value and _voice(topic, primary, c) == claim.by]
    if any(relate(point, claim.value, value) is not Relation.CONFLICT for value in said):
        return
    if said:
        audit = Audit.RENDERED_DIFFERENTLY
    elif point.id in text.checked or claims[primary]:
        audit = Audit.NOT_IN_STATEMENT
    else:
        return  # not checked is not silence
    yield Flag(audit=audit, articles=(article.id,), claim=claim, other=primary)


def _overclaim(
    topic: Topic,
    point: Point,
    article: Article,
    claim: Claim,
    others: Iterable[Claim],
    voices: Mapping[str, Voice],
) -> Iterator[Flag]:
    """What one side assured or demanded is presented elsewhere in the article as agreed."""
    if claim.mode is not Mode.AGREED or claim.value is None:
        return
    side = _side(_voice(topic, article.id, claim), voices)
    for other in others:
        if other.mode not in (Mode.ASSURED, Mode.DEMANDED) or other.value is None:
            continue
        theirs = _side(_voice(topic, article.id, other), voices)
        same = relate(point, claim.value, other.value) is not Relation.CONFLICT
        if same and theirs is not None and side in (None, theirs):
            yield Flag(audit=Audit.OVERCLAIM, articles=(article.id,), claim=claim)
            return


def _side(voice: str | None, voices: Mapping[str, Voice]) -> str | None:
    return voices[voice].side if voice else None


def _drift(topic: Topic, point: Point, article: Article, own: Sequence[Claim]) -> Iterator[Flag]:
    """One article gives one voice two values that conflict."""
    for a, b in combinations(own, 2):
        if a.value is None or b.value is None:
            continue
        same_voice = _voice(topic, article.id, a) == _voice(topic, article.id, b)
        if same_voice and relate(point, a.value, b.value) is Relation.CONFLICT:
            yield Flag(audit=Audit.DRIFT, articles=(article.id,), claim=b)
            return


def _audit_row(
    topic: Topic,
    point: Point,
    said: Sequence[Evidence],
    judgement: Judgement,
    voices: Mapping[str, Voice],
) -> Iterator[Flag]:
    """What is to be said of a row as a whole: whether it stands without the altered copies."""
    altered = {a.id for a in topic.articles if a.integrity is Integrity.ALTERED}
    relied_on = tuple(dict.fromkeys(s.witness for s in said if s.witness in altered))
    if not relied_on:
        return
    rest = tuple(s for s in said if s.witness not in altered)
    if not rest:
        yield Flag(audit=Audit.UNCONFIRMED, articles=relied_on)
        return
    otherwise = judge(point, rest, voices, mentioned=True)
    if otherwise.reason is not judgement.reason:
        yield Flag(audit=Audit.RESTS_ON, articles=relied_on, otherwise=otherwise)
