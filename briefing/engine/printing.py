"""The pages that are printed: those that are new, and those whose links are not what they were."""

from __future__ import annotations

from collections.abc import Mapping, Set

from msgspec import Struct

from briefing.engine.executor import Alone, Hands
from briefing.engine.layout import Layout
from briefing.engine.print import Print
from briefing.engine.record import FrontRecord
from briefing.engine.start import Start


class Copy(Struct, frozen=True, kw_only=True):
    """What was printed."""

    opening: Print
    """The pages that are no topic's, but for those that are remembered."""
    front: Mapping[str, FrontRecord]
    """Those, by path."""
    prints: Mapping[str, Print]
    """The topics that were made, by folder."""
    ids: Mapping[str, Set[str]]
    """Of the pages that were made, and of those, by path."""

    @property
    def all(self) -> list[Print]:
        """Everything, in an order that does not depend on who made what when."""
        return [self.opening, *(self.prints[folder] for folder in sorted(self.prints))]


def print_all(start: Start, layout: Layout, hands: Hands) -> Copy:
    """Make the pages that are not remembered, or whose links are not what they were."""
    front = {
        path: record
        for path, key in layout.keys.items()
        if (record := start.front.get(path)) and record.key == key
    }
    new = [planned for planned in layout.front if planned.page.path not in front]
    hands.begin(layout.plan)
    opening = layout.plan.print("", new)
    prints = dict(hands.print(layout.plan))
    copy = _copy(opening, front, prints)
    while again := _unlinked(start, layout, copy):
        more = Alone(start.job_on(again))
        more.study(again)
        prints |= more.print(layout.plan)
        copy = _copy(opening, front, prints)
    return copy


def _copy(opening: Print, front: Mapping[str, FrontRecord], prints: Mapping[str, Print]) -> Copy:
    ids: dict[str, Set[str]] = {
        p: record.ids for p, record in front.items() if record.ids is not None
    }
    for printed in (opening, *prints.values()):
        ids |= printed.survey.ids
    return Copy(opening=opening, front=front, prints=dict(prints), ids=ids)


def _unlinked(start: Start, layout: Layout, copy: Copy) -> list[str]:
    """Give the folders of remembered topics that link, or are linked to, in another way now."""
    left = {folder: record for folder, record in start.known.items() if folder not in copy.prints}
    left |= {f: start.past[f] for f, printed in copy.prints.items() if not printed.whole}
    again = {
        folder: None
        for folder, record in left.items()
        if any(layout.shapes.get(topic, b"") != shape for topic, shape in record.linked.items())
        or any(_is_missing(layout, copy, *want) for want in record.wanted)
        or any(anchor not in copy.ids.get(path, {anchor}) for path, anchor in record.bound)
    }
    links = [link for printed in copy.all for link in printed.survey.outgoing]
    lost = {link.target for link in links if _is_missing(layout, copy, link.target, link.anchor)}
    again |= {folder: None for folder, r in left.items() if not lost.isdisjoint(r.outputs)}
    return list(again)


def _is_missing(layout: Layout, copy: Copy, target: str, anchor: str) -> bool:
    if target not in layout.paths:
        return True
    ids = ids_of(layout, copy, target) if anchor else None
    return ids is not None and anchor not in ids


def ids_of(layout: Layout, copy: Copy, path: str) -> Set[str] | None:
    """Give the ids of a page: of one that was not made again, those of its points. None: any."""
    if (found := copy.ids.get(path)) is not None:
        return found
    return layout.plan.anchors(path)
