"""The command `status`: the sources and kept texts on disk -> how they stand."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefing.commands.arguments import SOURCES
from briefing.commands.process import as_typed
from briefing.commands.status.data import status_json
from briefing.commands.status.read import read_status
from briefing.commands.status.statuses import SiteStatus
from briefing.commands.status.terminal import status_lines
from briefing.model.values import Moment
from briefing.problems import Place, did_you_mean, mistake
from briefing.storage.read_sources import read_article_texts
from briefing.storage.site_sources.read import read_site_sources


class StatusReport(Struct, frozen=True):
    """What is printed of a status, and whether there are mistakes in the content."""

    text: str
    has_mistakes: bool


def status(root: Path, topics: list[str], as_of: Moment, *, as_json: bool) -> StatusReport:
    """Return the status of the site in a folder at a time, or of some of its topics.

    topics: their ids, () for all. Raises Problems for a topic that is not there, and all that is
    wrong if site.yaml cannot be read; OSError.
    """
    found = read_status(read_site_sources(root, *SOURCES), read_article_texts(root), as_of)
    shown = _only(found, [topic.strip("/") for topic in topics]) if topics else found
    text = status_json(shown) if as_json else "\n".join(status_lines(shown, as_typed("").rstrip()))
    return StatusReport(text, bool(shown.problems))


def _only(status: SiteStatus, ids: list[str]) -> SiteStatus:
    """Return what a status says of some topics. Raises Problems for one that is not there."""
    known = [*(topic.id for topic in status.topics), *status.unread]
    for id in ids:
        if id not in known:
            raise mistake(Place(f"content/{id}"), "there is no such topic", did_you_mean(id, known))
    return replace(
        status,
        topics=tuple(topic for topic in status.topics if topic.id in ids),
        about=None,
        unread=tuple(id for id in status.unread if id in ids),
        problems=tuple(p for p in status.problems if _topic_of(p.place) in ids),
    )


def _topic_of(place: Place) -> str:
    return (*place.path.split("/"), "")[1]
