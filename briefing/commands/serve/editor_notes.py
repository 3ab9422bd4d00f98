"""What an editor wants to know beside a page: where each claim is written, and if it is proved."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.passages import check_passages
from briefing.content.shared import Files
from briefing.model.article import Article, Claim
from briefing.model.site import Site, Topic
from briefing.outputs.planned_page import PlannedPage
from briefing.problems import Place


class ClaimNote(Struct, frozen=True):
    """Where a claim is written."""

    place: Place
    proof: str
    """Of its locator: `proved`, `missing` in the kept text, or `unread` where none is kept."""


class EditorNotes(Struct, frozen=True, kw_only=True):
    """What stands beside a page."""

    rows: Mapping[str, tuple[ClaimNote, ...]] = {}
    """The claims of each row of a comparison, by point, in the order of the articles."""
    claims: tuple[ClaimNote, ...] = ()
    """The claims of a summary, in the order of the points."""
    stale: bool = False
    """Whether its text is a translation of what has changed since."""


def notes_beside(planned: PlannedPage, topic: Topic, site: Site, kept: Files) -> EditorNotes:
    """Give what stands beside a page of a topic that is read, and so has its comparison.

    `kept` are texts that were read, by path.
    """
    proof = check_passages(replace(site, topics=(topic,)), kept)
    missing = {problem.place for problem in proof.problems}

    def mark(article: Article, claim: Claim) -> ClaimNote:
        if f"{topic.id}/{article.id}.txt" not in kept:
            return ClaimNote(claim.place, "unread")
        return ClaimNote(claim.place, "missing" if claim.at.place in missing else "proved")

    stale = any(told.stale for told in planned.told)
    rows = planned.context["comparison"].rows
    if len(planned.page.key) == 1:
        in_rows = {
            row.point.id: tuple(
                mark(cell.article, claim) for cell in row.cells for claim in cell.claims
            )
            for row in rows
        }
        return EditorNotes(rows=in_rows, stale=stale)
    cells = (cell for _, cell in planned.context["said"])
    return EditorNotes(
        claims=tuple(mark(cell.article, c) for cell in cells for c in cell.claims), stale=stale
    )
