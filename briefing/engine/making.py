"""Source files -> output files, with as little made again as can be.

What is remembered decides only what need not be made: the same bytes come out with it and
without. The tests hold this over random edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import closing

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.publication import valid_time_of_site
from briefing.engine.executor import Alone, Employ, Plan, Tell, silent
from briefing.engine.layout import Layout, lay_out
from briefing.engine.print import Print
from briefing.engine.printing import Copy, print_all
from briefing.engine.proofreading import Gathered, Written, _lost, wrong_in_print
from briefing.engine.record import NOTHING, FrontRecord, Memory, Record, wanted
from briefing.engine.sources import Sources
from briefing.engine.start import Ready, Start, begin
from briefing.model.values import Moment
from briefing.problems import raise_if_any
from briefing.rendering.renderer import DrawCard
from briefing.rendering.templates import dump_templates


class Edition(Struct, frozen=True, kw_only=True):
    """A site that was made."""

    made: Mapping[str, bytes]
    """The files that are new, or may be, by path."""
    paths: Set[str]
    """Of every file."""
    memory: Memory
    ready: Ready

    @property
    def kept(self) -> Set[str]:
        """The paths of the files that are remembered, and as they were."""
        return self.paths - self.made.keys()


def make(
    sources: Sources,
    as_of: Moment,
    past: Memory = NOTHING,
    intact: Set[str] = frozenset(),
    *,
    published: str = "",
    artist: DrawCard | None = None,
    ready: Ready | None = None,
    employ: Employ = Alone,
    tell: Tell = silent,
) -> Edition:
    """Make a site, or raise every problem in it.

    `past` is what is remembered of a site that was made, `ready` what this process has of it,
    and `intact` the paths of those of its files that are still as they were made. `published`
    are addresses that must not vanish, one a line. `artist` draws the cards, which are plain
    without. `tell` is told how it goes.
    """
    tell("begin", 0, 1)
    if ready is not None and ready.sources.key != sources.key:
        ready = None
    start = begin(sources, as_of, past, intact, ready, artist)
    hands = employ(replace(start.job_on(start.new), past=start.past, tell=tell))
    with closing(hands):
        layout = lay_out(start, hands.study(start.new))
        copy = print_all(start, layout, hands)
    tell("check", 0, 1)
    wrong = wrong_in_print(layout, copy, Written(start, layout, copy))
    raise_if_any([*wrong, *_lost(layout.plan, published)])
    return _edition(start, layout, copy)


def _edition(start: Start, layout: Layout, copy: Copy) -> Edition:
    assert start.ground.site is not None, "what is wrong with it was told"
    span = valid_time_of_site(start.ground.site, start.as_of)
    for outline in layout.outlines.values():
        span = span.intersection(outline.span)
    topics = {folder: _record(start, layout, copy, folder) for folder in start.keys}
    front = dict(copy.front)
    for path, key in layout.keys.items():
        if path not in front:
            front[path] = FrontRecord(
                key=key,
                output=copy.opening.digests[path],
                ids=frozenset(copy.ids[path]) if path in copy.ids else None,
            )
    packed = start.packed if start.same else dump_templates(start.shared, layout.plan.compiled)
    return Edition(
        made=Gathered(layout.extra, *(printed.outputs for printed in copy.all)),
        paths=layout.paths,
        memory=Memory(
            topics=topics,
            front=front,
            shared=start.sources.key,
            ground=start.ground,
            templates=packed,
            span=span,
        ),
        ready=Ready(
            sources=start.sources,
            shared=start.shared,
            ground=start.ground,
            topics=start.topics,
            plan=layout.plan,
            base=start.base,
            bound=tuple(_bound(layout.plan, topics)),
        ),
    )


def _bound(plan: Plan, topics: Mapping[str, Record]) -> Iterator[tuple[str, str]]:
    for record in topics.values():
        yield from not_points(plan, record.wanted)


def not_points(plan: Plan, anchors: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give those anchors, each with the path of its page, that are not sure to be there."""
    for path, anchor in anchors:
        if anchor and anchor not in (plan.anchors(path) or ()):
            yield path, anchor


def _record(start: Start, layout: Layout, copy: Copy, folder: str) -> Record:
    """Give what is to be remembered of a topic."""
    if (printed := copy.prints.get(folder)) is None:
        return start.known[folder]
    if not printed.whole:
        return with_pages(start.past[folder], start.keys[folder], printed, layout.plan)
    outline = layout.outlines[folder]
    targets = {link.resolve(outline.id)[0] for link in outline.links}
    return Record(
        key=start.keys[folder],
        outline=outline,
        linked={topic: layout.shapes.get(topic, b"") for topic in targets},
        outputs=printed.digests,
        shown=printed.shown,
        bound=tuple(sorted(not_points(layout.plan, printed.survey.inner))),
        wanted=wanted(printed),
    )


def with_pages(record: Record, key: bytes, printed: Print, plan: Plan) -> Record:
    """Give what is to be remembered of a topic of which some pages were made again."""
    more = [want for want in wanted(printed) if want[0] not in record.outputs]
    bound = not_points(plan, printed.survey.inner)
    return replace(
        record,
        key=key,
        outputs={**record.outputs, **printed.digests},
        shown={**record.shown, **printed.shown},
        wanted=tuple(dict.fromkeys([*record.wanted, *more])),
        bound=tuple(sorted({*record.bound, *bound})),
    )
