"""A site made again of which only the texts of some topics have changed, as at most saves.

The work grows with what has changed, not with the site. Whatever else has changed is left to
`make`, which gives the same; the tests hold that.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from briefing.content.publication import timestamp
from briefing.engine.executor import without_old
from briefing.engine.making import Edition, with_pages
from briefing.engine.print import Print
from briefing.engine.record import Record
from briefing.engine.sources import Sources
from briefing.engine.start import key_of_topic
from briefing.model.values import Moment
from briefing.outputs.assets import assets, is_asset


def remake(last: Edition, sources: Sources, as_of: Moment) -> Edition | None:
    """Make a site again, if it is enough to make some pages of some topics again; or give None.

    Files that go out as they are go out again. It is not enough if other files than these and
    those of topics have changed, if there are other files or another time, if other pages show
    what has changed, or if something is wrong.
    """
    ready = last.ready
    assert ready.ground.site is not None, "it was made"
    if not last.memory.span.holds(timestamp(as_of, ready.ground.site)):
        return None
    folders, styles = _changed(ready.sources, sources)
    if folders is None or styles is None:
        return None
    begun = replace(last, made={}, ready=replace(ready, sources=sources))
    edition: Edition | None = _with_assets(begun, styles) if styles else begun
    for folder in folders:
        edition = edition and _with_topic(edition, folder, as_of)
    return edition


def _changed(old: Sources, new: Sources) -> tuple[list[str] | None, list[str] | None]:
    """Give the folders of the topics, and the assets, that have changed; None if not only they."""
    if new.shared.keys() != old.shared.keys() or new.topics.keys() != old.topics.keys():
        return None, None
    shared = [path for path, known in new.shared.items() if known != old.shared[path]]
    folders = [n for n, files in new.topics.items() if files is not old.topics[n]]
    same = all(new.topics[name].paths == old.topics[name].paths for name in folders)
    return folders if same else None, shared if all(map(is_asset, shared)) else None


def _with_assets(edition: Edition, paths: Sequence[str]) -> Edition:
    """Give the site with files that go out as they are."""
    ready, sources = edition.ready, edition.ready.sources
    shared = {**ready.shared, **sources.read(paths)}
    old, new = assets(ready.shared), assets(shared)
    return replace(
        edition,
        made={path: data for path, data in new.items() if data != old[path]},
        memory=replace(edition.memory, shared=sources.key),
        ready=replace(ready, shared=shared),
    )


def _with_topic(edition: Edition, folder: str, as_of: Moment) -> Edition | None:
    """Make the pages of a topic again that have changed; None where that is not enough."""
    ready, record = edition.ready, edition.memory.topics[folder]
    found, plan = without_old(ready.study(folder, as_of), record), ready.plan
    if found.whole:
        return None
    printed = plan.print(found.outline.id, found.sheets)
    if printed.faults or printed.survey.problems or not _is_linked(edition, record, printed):
        return None
    made = {p: d for p, d in printed.outputs.items() if printed.digests[p] != record.outputs[p]}
    key = key_of_topic(ready.base, ready.sources.topics[folder])
    topics = {**edition.memory.topics, folder: with_pages(record, key, printed, plan)}
    memory = replace(edition.memory, topics=topics)
    return replace(edition, made={**edition.made, **made}, memory=memory)


def _is_linked(edition: Edition, record: Record, printed: Print) -> bool:
    """Whether the links of some pages of a topic arrive, and those of others to them."""
    ids, plan = printed.survey.ids, edition.ready.plan
    arrive = (
        link.target in edition.paths
        and (not link.anchor or link.anchor in (plan.anchors(link.target) or ()))
        for link in printed.survey.outgoing
    )
    bound = (*edition.ready.bound, *record.bound)
    return all(arrive) and all(anchor in ids[path] for path, anchor in bound if path in ids)
