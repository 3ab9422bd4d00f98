"""Evidence -> judgement: how two values relate, and which verdict the claims of a row have.

The rules are those of docs/comparison.md, in its order. Voices are counted, not outlets: an
article's own words are a speaker of their own. See `relations` for
the comparison of values, and `rows` for the claims that become evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from enum import StrEnum
from itertools import combinations

from msgspec import Struct

from briefing.comparison.relations import (
    Relation,
    relate_in_tree,
    relate_intervals,
    relate_on_scale,
    relate_sets,
)
from briefing.model.article import Article
from briefing.model.site import Point, PointKind, Voice
from briefing.model.values import Choice, Period, Quantity, Value


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
    NOT_COUNTED = "not-counted"
    OWN_STATEMENT = "own-statement"
    ONE_ARTICLE = "one-article"
    IN_WORDS = "in-words"
    BETWEEN_VOICES = "between-voices"
    VOICE_AND_OWN_WORDS = "voice-and-own-words"
    OWN_WORDS_DIFFER = "own-words-differ"
    TWO_RENDERINGS = "two-renderings"
    LESS_SPECIFIC = "less-specific"
    NAMED_DIFFERENTLY = "named-differently"
    BOTH_SIDES = "both-sides"
    SAME_SIDE = "same-side"
    STATEMENT_AND_REPORTS = "statement-and-reports"
    ECHO = "echo"
    VOICE_AND_SUPPORT = "voice-and-support"
    OWN_WORDS_AGREE = "own-words-agree"

    @property
    def verdict(self) -> Verdict:
        """The verdict of the rule."""
        return _VERDICTS[self]


_REASONS = tuple(Reason)
"""In the order in which they count."""

_VERDICTS = {
    Reason.NOTHING: Verdict.NOBODY,
    Reason.MENTION_ONLY: Verdict.NOBODY,
    Reason.NOT_COUNTED: Verdict.NOBODY,
    Reason.OWN_STATEMENT: Verdict.ONLY_ONE,
    Reason.ONE_ARTICLE: Verdict.ONLY_ONE,
    Reason.IN_WORDS: Verdict.SIDE_BY_SIDE,
    Reason.BETWEEN_VOICES: Verdict.DIFFER,
    Reason.VOICE_AND_OWN_WORDS: Verdict.DIFFER,
    Reason.OWN_WORDS_DIFFER: Verdict.DIFFER,
    Reason.TWO_RENDERINGS: Verdict.DIFFER,
    Reason.LESS_SPECIFIC: Verdict.COMPATIBLE,
    Reason.NAMED_DIFFERENTLY: Verdict.COMPATIBLE,
    Reason.BOTH_SIDES: Verdict.AGREE,
    Reason.SAME_SIDE: Verdict.ONE_SIDE,
    Reason.STATEMENT_AND_REPORTS: Verdict.ONE_VOICE,
    Reason.ECHO: Verdict.ONE_VOICE,
    Reason.VOICE_AND_SUPPORT: Verdict.AGREE,
    Reason.OWN_WORDS_AGREE: Verdict.AGREE,
}


class Judgement(Struct, frozen=True, kw_only=True):
    """A verdict, with the rule that made it, and the voices and sides it counted."""

    reason: Reason
    voices: tuple[str, ...] = ()
    """The ids of the voices that counted, in the order of their first claims."""
    sides: tuple[str, ...] = ()
    """The ids of the sides of these voices, in the same order, each once."""
    reports: int = 0
    """The number of articles beside its own statement that credit the voice, where its statement
    is among them (STATEMENT_AND_REPORTS)."""
    common: Choice | None = None
    """The options that all values have (NAMED_DIFFERENTLY)."""
    support: Reason | None = None
    """The rule that would apply if compatible values were equal; None if none are compatible."""

    @property
    def verdict(self) -> Verdict:
        """The verdict of the rule that applied."""
        return self.reason.verdict


class Standing(StrEnum):
    """How far a claim with a value counts in the verdict."""

    COUNTS = "counts"
    RENDERING = "rendering"
    """Only against other renderings of the same voice."""
    SET_ASIDE = "set-aside"


class Evidence(Struct, frozen=True, kw_only=True):
    """The value of a claim with one of its speakers; a claim with two speakers is two of them."""

    article: Article
    witness: str
    """The id of the article it counts for: of a duplicate that is the original."""
    voice: str | None
    """The id of the voice; None for the article's own words."""
    value: Value
    standing: Standing
    own: bool = False
    """Whether the article is the voice's own statement, or a duplicate of it."""
    inferred: bool = False
    """Whether we read it between the lines (Confidence.INFERRED)."""

    @property
    def speaker(self) -> str:
        """The id of the voice; for an article's own words a key of the witness instead."""
        return self.voice or f"own {self.witness}"


def relate(point: Point, a: Value, b: Value) -> Relation:
    """Return how the values `a` and `b` of a point relate, by the kind of the point.

    UNCOMPUTED for free text, and for values of two types.
    """
    match a, b:
        case Quantity(), Quantity():
            return relate_intervals(a.interval, b.interval)
        case Period(), Period() if point.kind is PointKind.DATE:
            return relate_intervals(a.days, b.days)
        case Period(), Period():
            return relate_intervals(a.interval, b.interval)
        case Choice(), Choice():
            return _relate_choices(point, a, b)
    return Relation.UNCOMPUTED


def _relate_choices(point: Point, a: Choice, b: Choice) -> Relation:
    """Return how two choices relate: as sets, on a scale, or in a tree of options."""
    if point.kind is PointKind.SET:
        return relate_sets(a.options, b.options, point.core)
    (one,), (other,) = a.options, b.options
    if point.kind is PointKind.STANCE:
        return relate_on_scale(one, other, tuple(point.options), point.tolerance)
    parents = {id: option.parent for id, option in point.options.items() if option.parent}
    return relate_in_tree(one, other, parents)


def judge(
    point: Point, evidence: Sequence[Evidence], voices: Mapping[str, Voice], *, mentioned: bool
) -> Judgement:
    """Return the judgement on a point by the first of the nine rules that applies.

    evidence: in the order of the articles. voices: by id. mentioned: whether any article has a
    claim on the point, if only without a value.
    """
    counted = [piece for piece in evidence if piece.standing is not Standing.SET_ASIDE]
    if not counted:
        without_evidence = Reason.MENTION_ONLY if mentioned else Reason.NOTHING
        return Judgement(reason=Reason.NOT_COUNTED if evidence else without_evidence)
    named = tuple(dict.fromkeys(e.voice for e in counted if e.voice is not None))
    sides = tuple(dict.fromkeys(voices[voice].side for voice in named))
    reason = _reason(point, counted, named, sides)
    compatible = reason.verdict is Verdict.COMPATIBLE
    return Judgement(
        reason=reason,
        voices=named,
        sides=sides,
        reports=_reports(counted) if reason is Reason.STATEMENT_AND_REPORTS else 0,
        common=_common(counted) if reason is Reason.NAMED_DIFFERENTLY else None,
        support=_agreement(counted, named, sides) if compatible else None,
    )


def _reason(
    point: Point, counted: Sequence[Evidence], named: Sequence[str], sides: Sequence[str]
) -> Reason:
    """Return the first rule that applies to evidence that counts, from named voices and sides."""
    if len({e.witness for e in counted}) == 1:
        alone = all(e.own and e.standing is Standing.COUNTS for e in counted)
        return Reason.OWN_STATEMENT if alone else Reason.ONE_ARTICLE
    if point.kind is PointKind.TEXT:
        return Reason.IN_WORDS
    held = _group_by_value(counted)
    if conflict := _conflict(point, held):
        return conflict
    if _is_compatible(point, held):
        is_set = point.kind is PointKind.SET and _common(counted)
        return Reason.NAMED_DIFFERENTLY if is_set else Reason.LESS_SPECIFIC
    return _agreement(counted, named, sides)


class _ValueHolders:
    """The speakers of one value.

    Values are compared, not claims, so that thousands of claims on a few values cost little.
    """

    def __init__(self, value: Value) -> None:
        self.value = value
        self.speakers: set[str] = set()
        """The speakers with evidence that counts."""
        self.voices: set[str] = set()
        """The voices among these speakers, by id."""
        self.renderings: dict[str, _Renderings] = {}
        """Where each speaker is credited with the value."""

    def add(self, piece: Evidence) -> None:
        """Add a piece of evidence for the value."""
        if piece.standing is Standing.COUNTS:
            self.speakers.add(piece.speaker)
            self.voices |= {piece.voice} if piece.voice else set()
        rendering = self.renderings.setdefault(piece.speaker, _Renderings())
        rendering.witnesses.add(piece.witness)
        rendering.articles.add(piece.article.id)
        if piece.standing is Standing.RENDERING:
            rendering.wrong.add(piece.article.id)


class _Renderings(Struct):
    """The articles that credit one speaker with one value, by id."""

    witnesses: set[str] = set()
    """The articles they count for: of a duplicate that is the original."""
    articles: set[str] = set()
    wrong: set[str] = set()
    """The ones among `articles` that contradict the speaker's own text (Standing.RENDERING)."""


def _group_by_value(counted: Sequence[Evidence]) -> tuple[_ValueHolders, ...]:
    """Return the speakers of each value, in the order of the evidence."""
    held: dict[Value, _ValueHolders] = {}
    for piece in counted:
        held.setdefault(piece.value, _ValueHolders(piece.value)).add(piece)
    return tuple(held.values())


def _conflict(point: Point, held: Sequence[_ValueHolders]) -> Reason | None:
    """Apply rules 3 and 4: two speakers in conflict, or two renderings of one speaker.

    Returns the reason that comes first in `Reason`, or None.
    """
    reasons: set[Reason] = set()
    for one, other in combinations(held, 2):
        if relate(point, one.value, other.value) is Relation.CONFLICT:
            if _has_distinct_pair(one.voices, other.voices):
                return Reason.BETWEEN_VOICES
            if _has_distinct_pair(one.speakers, other.speakers):
                reasons.add(_conflict_with_own_words(one, other))
            elif _renders_twice(one, other):
                reasons.add(Reason.TWO_RENDERINGS)
    return min(reasons, key=_REASONS.index, default=None)


def _conflict_with_own_words(one: _ValueHolders, other: _ValueHolders) -> Reason:
    """Return which of two reasons of rule 3 applies, where no two voices are in conflict."""
    by_voice = one.voices or other.voices
    return Reason.VOICE_AND_OWN_WORDS if by_voice else Reason.OWN_WORDS_DIFFER


def _renders_twice(one: _ValueHolders, other: _ValueHolders) -> bool:
    """Whether two texts credit a speaker with two values, or a text and a wrong rendering of it."""
    for speaker in one.renderings.keys() & other.renderings.keys():
        a, b = one.renderings[speaker], other.renderings[speaker]
        if (
            _has_distinct_pair(a.witnesses, b.witnesses)
            or _has_distinct_pair(a.wrong, b.articles)
            or _has_distinct_pair(a.articles, b.wrong)
        ):
            return True
    return False


def _has_distinct_pair(one: Set[str], other: Set[str]) -> bool:
    """Whether there is a member of `one` and a member of `other` that differ."""
    return bool(one and other) and len(one | other) > 1


def _is_compatible(point: Point, held: Sequence[_ValueHolders]) -> bool:
    """Whether rule 5 applies: two values are compatible and not equal."""
    relations = (relate(point, a.value, b.value) for a, b in combinations(held, 2))
    return Relation.COMPATIBLE in relations


def _common(counted: Sequence[Evidence]) -> Choice | None:
    """Return the options that all choices of the evidence have, or None if there are none."""
    options = [e.value.options for e in counted if isinstance(e.value, Choice)]
    common = frozenset[str].intersection(*options) if options else frozenset[str]()
    return Choice(options=common) if common else None


def _agreement(counted: Sequence[Evidence], named: Sequence[str], sides: Sequence[str]) -> Reason:
    """Apply rules 6 to 9: all speakers agree, and their number and sides make the reason."""
    if len(named) > 1:
        return Reason.BOTH_SIDES if len(sides) > 1 else Reason.SAME_SIDE
    if not named:
        return Reason.OWN_WORDS_AGREE
    crediting = {e.witness for e in counted if e.voice}
    if any(e.voice is None and e.witness not in crediting for e in counted):
        return Reason.VOICE_AND_SUPPORT
    return Reason.STATEMENT_AND_REPORTS if any(e.own for e in counted) else Reason.ECHO


def _reports(counted: Sequence[Evidence]) -> int:
    """Return the number of articles that credit a voice and are not its own statement."""
    return len({e.witness for e in counted if e.voice and not e.own})
