"""Selections -> choices: what a page needs to show each of them, every different thing once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from briefing.comparison.audit import ROW_AUDITS
from briefing.comparison.rows import JudgedRow, Position, Row
from briefing.comparison.selections import Selection, position_keys
from briefing.comparison.verdict import Reason, Verdict
from briefing.model.site import Point


class OtherPositions(Struct, frozen=True, kw_only=True):
    """The positions on a point in some selections."""

    point: Point
    positions: tuple[Position, ...]

    def leaves(self, keys: Hashable, kept: Set[str]) -> bool:
        """Whether positions with these keys are what the articles in `kept` have of these."""
        return position_keys(self.positions, kept) == keys


class RowChoices(Struct, frozen=True, kw_only=True):
    """What of a row is another in which selections; they are numbered from 0."""

    findings: tuple[tuple[int, int], ...]
    """The number of a selection, and the place of its verdict in `Choices.findings`."""
    positions: tuple[tuple[OtherPositions, tuple[int, ...]], ...]
    """Positions that are not those of all articles without some speakers, and the numbers of the
    selections that have them, again without the speakers of articles that are left out."""


_NAMING = frozenset({Reason.OWN_STATEMENT, Reason.STATEMENT_AND_REPORTS, Reason.ECHO})
"""The reasons that name a voice when they are told in short."""
_NONE = RowChoices(findings=(), positions=())


class Choices(Struct, frozen=True, kw_only=True):
    """What the rows of a comparison are in its selections, where they are others."""

    findings: tuple[JudgedRow, ...]
    """A row for each verdict with a reason of its own, and what it rests on."""
    sizes: tuple[int, ...]
    """Each number of articles that a selection has."""
    verdicts: Set[Verdict]
    """Those that a row has with all articles, or in any selection."""
    rows: Mapping[str, RowChoices]
    """By the id of the point; only of points whose row is another one in some selection."""

    def of(self, id: str) -> RowChoices:
        """Return what the row of a point is in the selections."""
        return self.rows.get(id, _NONE)

    def signs(self, id: str) -> str:
        """Return the finding of the row of a point in each selection, as a sign; "" if in none.

        "-": that with all articles. "A", "B" and so on, 58 of them, then those from U+013A on: that
        at this place of `findings`. It is short, for it stands in each row.
        """
        places = dict(self.of(id).findings)
        signs = (_sign(places.get(number)) for number in range(max(places, default=-1) + 1))
        return "".join(signs)


def _sign(place: int | None) -> str:
    """Return the sign for the place of a finding: letters in the order of Unicode, no control."""
    return "-" if place is None else chr(place + (ord("A") if place < 58 else 0x100))  # noqa: PLR2004


def list_choices(rows: Sequence[Row], selections: Sequence[Selection]) -> Choices:
    """Return what the rows of a comparison are in its selections."""
    findings: dict[Hashable, tuple[int, JudgedRow]] = {}
    choices: dict[str, RowChoices] = {}
    for row in rows:
        id = row.point.id
        others = [(at, one) for at, one in enumerate(selections) if id in one.rows]
        if others:
            choices[id] = _list_row_choices(id, others, findings)
    reached = {row.judgement.verdict for _, row in findings.values()}
    return Choices(
        findings=tuple(row for _, row in findings.values()),
        sizes=tuple(dict.fromkeys(len(selection.articles) for selection in selections)),
        verdicts=frozenset({*reached, *(row.judgement.verdict for row in rows)}),
        rows=choices,
    )


def _list_row_choices(
    id: str,
    others: Iterable[tuple[int, Selection]],
    findings: dict[Hashable, tuple[int, JudgedRow]],
) -> RowChoices:
    """Return what the row of a point is in the selections with these numbers.

    findings: the place and a row of each finding there has been so far, which takes new ones.
    """
    places = []
    positions: list[tuple[OtherPositions, list[int]]] = []
    for number, selection in others:
        other = selection.rows[id]
        key, finding = _finding(other.row)
        place, _ = findings.setdefault(key, (len(findings), finding))
        places.append((number, place))
        if other.positions is not None:
            shown = position_keys(other.positions)
            kept = {article.id for article in selection.articles}
            alike = (numbers for held, numbers in positions if held.leaves(shown, kept))
            if (numbers := next(alike, None)) is None:
                held = OtherPositions(point=other.row.point, positions=other.positions)
                positions.append((held, numbers := []))
            numbers.append(number)
    return RowChoices(
        findings=tuple(places),
        positions=tuple((held, tuple(numbers)) for held, numbers in positions),
    )


def _finding(row: JudgedRow) -> tuple[Hashable, JudgedRow]:
    """Return what is shown of a verdict, to be compared, and a row that has no more than that.

    That is the reason in short, which names the voices where it is about one, and what it rests on.
    """
    judgement = row.judgement
    if judgement.reason not in _NAMING:
        judgement = replace(judgement, voices=(), sides=())
    rests_on = tuple((f.audit, f.articles) for f in row.flags if f.audit in ROW_AUDITS)
    return (judgement.reason, judgement.voices, rests_on), replace(row, judgement=judgement)
