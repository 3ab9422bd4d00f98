"""Evidence -> verdict: how two values relate, and what the claims of a row amount to.

The rules are those of docs/comparison.md, in its order. Voices are counted, not
outlets: an article's own words are a voice of their own, and count as unattributed.
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
    Reason.NOT_COUNTED: Verdict.NOBODY,
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


class Judgement(Struct, frozen=True, kw_only=True):
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


class Evidence(Struct, frozen=True, kw_only=True):
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


def relate(point: Point, a: Value, b: Value) -> Relation:
    """Compare two values of one point, by the kind of the point."""
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
    """Give the verdict on a point from what is said: the nine rules, the first that fits.

    `mentioned` says whether any article speaks of the point at all.
    """
    said = [piece for piece in evidence if piece.standing is not Standing.SET_ASIDE]
    if not said:
        unsaid = Reason.MENTION_ONLY if mentioned else Reason.NOTHING
        return Judgement(reason=Reason.NOT_COUNTED if evidence else unsaid)
    named = tuple(dict.fromkeys(s.voice for s in said if s.voice is not None))
    sides = tuple(dict.fromkeys(voices[voice].side for voice in named))
    return Judgement(reason=_reason(point, said, named, sides), voices=named, sides=sides)


def _reason(
    point: Point, said: Sequence[Evidence], named: Sequence[str], sides: Sequence[str]
) -> Reason:
    if len({s.witness for s in said}) == 1:
        return Reason.ONE_ARTICLE
    if point.kind is PointKind.TEXT:
        return Reason.OWN_WORDS
    held = _holders(said)
    return _conflict(point, held) or _looser(point, held) or _support(said, named, sides)


class _Holders:
    """Those who say one value. What is compared are values and who says them, not claims."""

    def __init__(self, value: Value) -> None:
        self.value = value
        self.speakers: set[str] = set()
        """Those who count."""
        self.voices: set[str] = set()
        """The named ones of them."""
        self.renderings: dict[str, _Renderings] = {}
        """By speaker."""

    def take(self, piece: Evidence) -> None:
        """Take one more who says it."""
        if piece.standing is Standing.COUNTS:
            self.speakers.add(piece.speaker)
            self.voices |= {piece.voice} if piece.voice else set()
        rendering = self.renderings.setdefault(piece.speaker, _Renderings())
        rendering.witnesses.add(piece.witness)
        rendering.articles.add(piece.article.id)
        if piece.standing is Standing.RENDERING:
            rendering.wrong.add(piece.article.id)


class _Renderings(Struct):
    """Where a speaker is said to say a value."""

    witnesses: set[str] = set()
    articles: set[str] = set()
    wrong: set[str] = set()
    """Those of the articles that render the speaker otherwise than its own text."""


def _holders(said: Sequence[Evidence]) -> tuple[_Holders, ...]:
    """Sort what is said by its values: two that say the same value are not to be compared."""
    held: dict[Value, _Holders] = {}
    for piece in said:
        held.setdefault(piece.value, _Holders(piece.value)).take(piece)
    return tuple(held.values())


def _conflict(point: Point, held: Sequence[_Holders]) -> Reason | None:
    """Rules 3 and 4: two voices in conflict, or one voice with itself across articles."""
    found: set[Reason] = set()
    for one, other in combinations(held, 2):
        if relate(point, one.value, other.value) is Relation.CONFLICT:
            if _some_differ(one.voices, other.voices):
                return Reason.BETWEEN_VOICES
            if _some_differ(one.speakers, other.speakers):
                found.add(Reason.VOICE_AND_UNATTRIBUTED)
            elif _rendered_apart(one, other):
                found.add(Reason.TWO_RENDERINGS)
    return next((r for r in Reason if r in found), None)


def _rendered_apart(one: _Holders, other: _Holders) -> bool:
    """Whether two values of a speaker stand in two texts, or in one and a wrong rendering of it."""
    for speaker in one.renderings.keys() & other.renderings.keys():
        a, b = one.renderings[speaker], other.renderings[speaker]
        if (
            _some_differ(a.witnesses, b.witnesses)
            or _some_differ(a.wrong, b.articles)
            or _some_differ(a.articles, b.wrong)
        ):
            return True
    return False


def _some_differ(one: Set[str], other: Set[str]) -> bool:
    """Whether some member of one set is not the same as some member of the other."""
    return bool(one and other) and len(one | other) > 1


def _looser(point: Point, held: Sequence[_Holders]) -> Reason | None:
    """Rule 5: some pair is compatible, not equal."""
    relations = (relate(point, a.value, b.value) for a, b in combinations(held, 2))
    return Reason.ONE_IS_LOOSER if Relation.COMPATIBLE in relations else None


def _support(said: Sequence[Evidence], named: Sequence[str], sides: Sequence[str]) -> Reason:
    """Rules 6 to 9: all say the same, and it matters who they are."""
    if len(named) > 1:
        return Reason.BOTH_SIDES if len(sides) > 1 else Reason.SAME_SIDE
    if not named:
        return Reason.UNATTRIBUTED
    crediting = {s.witness for s in said if s.voice}
    supported = any(s.voice is None and s.witness not in crediting for s in said)
    return Reason.VOICE_AND_SUPPORT if supported else Reason.ECHO
