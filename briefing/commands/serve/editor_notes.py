"""A page, planned -> what the preview shows beside it: where its claims are written, and proved."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.passages import ProofState, check_passages
from briefing.content.shared import Files
from briefing.model.article import Claim
from briefing.model.site import Site, Topic
from briefing.outputs.planned_page import PlannedPage
from briefing.problems import Place

_PROOFS = {
    ProofState.HERE: "proved",
    ProofState.NOTED: "proved",
    ProofState.MISSING: "missing",
    ProofState.CHANGED: "unread",
    ProofState.NEVER: "unread",
}


class ClaimNote(Struct, frozen=True):
    """Where a claim is written, and whether its passage was found."""

    place: Place
    proof: str
    """`proved`, in the kept text or before, or `missing` in it; `unread` if none is kept."""


class EditorNotes(Struct, frozen=True, kw_only=True):
    """What the preview shows beside a page."""

    rows: Mapping[str, tuple[ClaimNote, ...]] = {}
    """The claims of each row of a comparison, by point id, in the order of the articles."""
    claims: tuple[ClaimNote, ...] = ()
    """The claims of an article, in the order of the points; () on a page of a topic."""
    articles: Mapping[str, str] = {}
    """The titles of the articles that the page shows claims of, by `<topic>/<article>`."""
    stale: bool = False
    """Whether a text of the page is a translation of what has changed since."""


def notes_beside(planned: PlannedPage, topic: Topic, site: Site, texts: Files) -> EditorNotes:
    """Return what is shown beside the page `planned` of `topic`, a page that readers read.

    `texts` are the kept texts of articles, by `<topic>/<article>.txt`. Raises Problems for one
    with too many marks on one letter.
    """
    report = check_passages(replace(site, topics=(topic,)), texts)
    states = {each.locator.place: each.state for each in report.proofs}

    def note(claim: Claim) -> ClaimNote:
        return ClaimNote(claim.place, _PROOFS[states[claim.at.place]])

    stale = any(text.stale is not None for text in planned.texts)
    rows = planned.context["comparison"].rows
    if len(planned.page.key) == 1:
        in_rows = {
            row.point.id: tuple(note(claim) for cell in row.cells for claim in cell.claims)
            for row in rows
        }
        return EditorNotes(rows=in_rows, articles=_titles(planned, topic), stale=stale)
    cells = (cell for _, cell in planned.context["said"])
    return EditorNotes(
        claims=tuple(note(claim) for cell in cells for claim in cell.claims),
        articles=_titles(planned, topic),
        stale=stale,
    )


def _titles(planned: PlannedPage, topic: Topic) -> dict[str, str]:
    """Return the titles of the articles of a page, in its language if they have one there."""
    key, language = planned.page.key, planned.page.languages[0]
    shown = [article for article in topic.articles if len(key) == 1 or article.id == key[1]]
    return {
        f"{topic.id}/{article.id}": article.summaries.get(
            language, article.summaries[article.lead]
        ).title
        for article in shown
    }
