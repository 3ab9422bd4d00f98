"""Source files -> output files, with as little made again as can be.

What is remembered decides only what need not be made: the same bytes come out with it and
without. The tests hold this over random edits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from functools import cached_property, partial
from typing import Protocol

from msgspec import Struct, msgpack
from msgspec.structs import replace

from briefing.atlas import Atlas, Page
from briefing.checks import check_content
from briefing.checks.output import every_link_arrives
from briefing.content import Files, Ground, lost_links, read_ground
from briefing.digests import digest, digest_of
from briefing.memory import NOTHING, FrontRecord, Memory, Record, wanted
from briefing.model import Briefing
from briefing.pages import Sheet, newest_first, plan_front
from briefing.problems import BROKEN, Collector, Place, Problem, stop_on
from briefing.release import instant, released_ground, span_of_ground
from briefing.render import Press, assets
from briefing.stages import Outline, Print, Study, print_sheets, study
from briefing.templates import Compiled, compile_templates, pack
from briefing.values import Moment

EXTRA = {".nojekyll": b""}
"""What every site has: without it GitHub Pages leaves out files with an underscore."""


class Sources(Struct, frozen=True):
    """The source files, read as they are wanted."""

    digests: Mapping[str, bytes]
    """Of every file, by path."""
    read: Callable[[Iterable[str]], dict[str, bytes]]
    """Gives what is in some of them. Raises Problems."""

    @classmethod
    def of(cls, files: Files) -> Sources:
        """Give files that are all read."""
        digests = {path: digest(files[path]) for path in files}
        return cls(digests, lambda paths: {path: files[path] for path in paths})


class Edition(Struct, frozen=True, kw_only=True):
    """A site that was made."""

    made: Mapping[str, bytes]
    """The files that are new, or may be, by path."""
    kept: Set[str]
    """The paths of those that are remembered, and as they were."""
    memory: Memory


class Studied(Struct, frozen=True, kw_only=True):
    """What is known before anything is printed."""

    outlines: Mapping[str, Outline]
    """By folder."""
    compiled: Compiled
    problems: tuple[Problem, ...]
    """Those of the templates."""


class Plan:
    """What is needed to print: a site without its topics, its templates, its pages."""

    def __init__(self, site: Briefing, compiled: Compiled, pages: Sequence[Page]) -> None:
        self.site, self.compiled, self.pages = site, compiled, pages

    @cached_property
    def _press(self) -> Press:
        return Press(self.site, self.compiled)

    @cached_property
    def _atlas(self) -> Atlas:
        return Atlas(self.site, self.pages)

    def print(self, id: str, sheets: Sequence[Sheet]) -> Print:
        """Make pages of a topic, or of none."""
        return print_sheets(id, sheets, self._press, self._atlas, self.site.address)


class Hands(Protocol):
    """Who does the work on topics: one process, or two."""

    def study(self, folders: Sequence[str]) -> Studied:
        """Study topics, by folder, and compile the templates."""

    def print(self, plan: Plan) -> Iterator[tuple[str, Print]]:
        """Print the topics that were studied; each comes with its folder."""

    def close(self) -> None:
        """Be done with the work, whether all of it was done or not."""


Tell = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


def silent(_stage: str, _done: int, _all: int) -> None:
    """Tell nobody."""


class Job(Struct, frozen=True, kw_only=True):
    """What there is to work with."""

    files: Files
    ground: Ground
    as_of: Moment
    packed: bytes = b""
    """Templates that were compiled before."""
    tell: Tell = silent


class Alone:
    """One process for all."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.studies: dict[str, Study] = {}
        """By folder."""

    def study(self, folders: Sequence[str]) -> Studied:
        """Study topics, and compile the templates."""
        job = self._job
        for number, folder in enumerate(folders):
            job.tell("study", number, len(folders))
            self.studies[folder] = study(job.files, job.ground, folder, job.as_of)
        outlines = {folder: self.studies[folder].outline for folder in folders}
        collector = Collector()
        compiled = collector.attempt(partial(compile_templates, job.files, job.packed))
        return Studied(
            outlines=outlines,
            compiled={} if compiled is BROKEN else compiled,
            problems=collector.found,
        )

    def print(self, plan: Plan) -> Iterator[tuple[str, Print]]:
        """Print the topics that were studied."""
        for number, (folder, made) in enumerate(self.studies.items()):
            self._job.tell("print", number, len(self.studies))
            yield folder, plan.print(made.outline.id, made.sheets)

    def close(self) -> None:
        """There is nothing to end."""

    @property
    def briefing(self) -> Briefing:
        """The briefing that the topics which were studied make, public or not."""
        ground = self._job.ground.briefing
        topics = [study.topic for study in self.studies.values()]
        assert ground is not None, "nobody asks where something is wrong"
        return replace(ground, topics=tuple(topic for topic in topics if topic is not None))


Employ = Callable[[Job], Hands]


def make(
    sources: Sources,
    as_of: Moment,
    past: Memory = NOTHING,
    intact: Set[str] = frozenset(),
    *,
    employ: Employ = Alone,
    tell: Tell = silent,
) -> Edition:
    """Make a site, or raise every problem in it.

    `past` is what is remembered of a site that was made, and `intact` the paths of those of
    its files that are still as they were made. `tell` is told how it goes.
    """
    tell("begin", 0, 1)
    start = _begin(sources, as_of, past, intact)
    job = Job(
        files=start.files_of(start.new),
        ground=start.ground,
        as_of=as_of,
        packed=past.templates,
        tell=tell,
    )
    hands = employ(job)
    with closing(hands):
        layout = _lay_out(start, hands.study(start.new))
        copy = _print(start, layout, hands)
    tell("check", 0, 1)
    stop_on(_wrong_in_print(layout, copy))
    return _edition(start, layout, copy)


class _Start(Struct, frozen=True, kw_only=True):
    """What is there before anything is made."""

    sources: Sources
    as_of: Moment
    ground: Ground
    shared: Files
    """The files that are no topic's."""
    base: bytes
    """The digest of what every page stands on."""
    keys: Mapping[str, bytes]
    """The digest of what each topic is made from, by folder."""
    known: Mapping[str, Record]
    """The topics that are remembered, by folder."""
    front: Mapping[str, FrontRecord]
    """The pages that are no topic's and may be remembered, by path."""

    @property
    def new(self) -> list[str]:
        """The folders of the topics that are to be made."""
        return [folder for folder in self.keys if folder not in self.known]

    def files_of(self, folders: Iterable[str]) -> Files:
        """Give the files of topics, and those that are no topic's."""
        tree = self.ground.tree.folders
        paths = (path for folder in folders for path in tree[folder].paths)
        return {**self.shared, **self.sources.read(p for p in paths if p in self.sources.digests)}


def _begin(sources: Sources, as_of: Moment, past: Memory, intact: Set[str]) -> _Start:
    shared = sources.read(path for path in sources.digests if not _is_of_topic(path))
    ground = read_ground(shared, sources.digests)
    base = digest_of(sources.digests, (path for path in shared if not _is_about(path)))
    keys = {
        folder: digest_of(sources.digests, files.paths, base)
        for folder, files in ground.tree.folders.items()
    }
    at = instant(as_of, ground.briefing) if ground.briefing else 0.0
    known = {
        folder: record
        for folder, record in past.topics.items()
        if keys.get(folder) == record.key
        and record.outline.span.holds(at)
        and intact >= record.outputs.keys()
    }
    return _Start(
        sources=sources,
        as_of=as_of,
        ground=ground,
        shared=shared,
        base=base,
        keys=keys,
        known=known,
        front={path: record for path, record in past.front.items() if path in intact},
    )


def _is_of_topic(path: str) -> bool:
    return path.startswith("content/") and path.count("/") > 1


def _is_about(path: str) -> bool:
    """Whether a file is a text in which the site speaks of itself; no topic stands on it."""
    return path.startswith("content/about.")


class _Layout(Struct, frozen=True, kw_only=True):
    """What is known before anything is printed."""

    outlines: Mapping[str, Outline]
    """By folder."""
    plan: Plan
    shapes: Mapping[str, bytes]
    """Of each topic."""
    front: tuple[Sheet, ...]
    """The pages that are no topic's."""
    lasting: Mapping[str, bytes]
    """The digest of what those of them that can last are made from, by path."""
    extra: Mapping[str, bytes]
    """The files that are no pages."""
    paths: Set[str]
    """Of every file of the site."""


def _lay_out(start: _Start, studied: Studied) -> _Layout:
    """Plan the site. Raises every problem of the content and of the templates."""
    ground = start.ground
    outlines = {folder: record.outline for folder, record in start.known.items()}
    outlines |= studied.outlines
    stop_on([*_wrong_in_content(ground, outlines.values()), *studied.problems])
    assert ground.briefing is not None, "what is wrong with it was told"
    site = released_ground(ground.briefing, start.as_of)
    stop_on(check_content(site))
    lines = [outline.headline for outline in outlines.values() if outline.headline]
    front = plan_front(site, sorted(lines, key=newest_first))
    pages = [page for outline in outlines.values() for page in outline.pages]
    pages += [sheet.page for sheet in front]
    extra = assets(start.shared) | EXTRA
    return _Layout(
        outlines=outlines,
        plan=Plan(site, studied.compiled, pages),
        shapes={outline.id: outline.shape for outline in outlines.values()},
        front=front,
        lasting=_keys_of_lasting(start.base, front),
        extra=extra,
        paths={page.path for page in pages} | extra.keys(),
    )


def _keys_of_lasting(base: bytes, front: Sequence[Sheet]) -> dict[str, bytes]:
    """Give the digest of what the pages that can last are made from: all such pages, too."""
    encode = partial(msgpack.encode, order="deterministic")
    shape = digest(base, encode([sheet.page for sheet in front]))
    lasting = (sheet for sheet in front if sheet.lasting)
    return {sheet.page.path: digest(shape, encode((sheet.page, sheet.data))) for sheet in lasting}


def _wrong_in_content(ground: Ground, outlines: Iterable[Outline]) -> Iterator[Problem]:
    yield from ground.problems
    points, links = {}, {}
    for outline in outlines:
        yield from outline.problems
        points[outline.id], links[outline.id] = outline.points, outline.links
    yield from lost_links(ground, points, links)


class _Copy(Struct, frozen=True, kw_only=True):
    """What was printed."""

    opening: Print
    """The pages that are no topic's, but for those that are remembered."""
    front: Mapping[str, FrontRecord]
    """Those, by path."""
    prints: Mapping[str, Print]
    """The topics that were made, by folder."""
    ids: Mapping[str, Set[str]]
    """Of each page, by path."""

    @property
    def all(self) -> list[Print]:
        """Everything, in an order that does not depend on who made what when."""
        return [self.opening, *(self.prints[folder] for folder in sorted(self.prints))]


def _print(start: _Start, layout: _Layout, hands: Hands) -> _Copy:
    """Make the pages that are not remembered, or whose links are not what they were."""
    front = {
        path: record
        for path, key in layout.lasting.items()
        if (record := start.front.get(path)) and record.key == key
    }
    new = [sheet for sheet in layout.front if sheet.page.path not in front]
    opening = layout.plan.print("", new)
    prints = dict(hands.print(layout.plan))
    copy = _copy(layout, opening, front, prints)
    while again := _unlinked(start, layout, copy):
        more = Alone(Job(files=start.files_of(again), ground=start.ground, as_of=start.as_of))
        more.study(again)
        prints |= more.print(layout.plan)
        copy = _copy(layout, opening, front, prints)
    return copy


def _copy(
    layout: _Layout, opening: Print, front: Mapping[str, FrontRecord], prints: Mapping[str, Print]
) -> _Copy:
    ids: dict[str, Set[str]] = {page.path: page.anchors for page in layout.plan.pages}
    ids |= {path: record.ids for path, record in front.items()}
    for printed in (opening, *prints.values()):
        ids |= printed.survey.ids
    return _Copy(opening=opening, front=front, prints=dict(prints), ids=ids)


def _unlinked(start: _Start, layout: _Layout, copy: _Copy) -> list[str]:
    """Give the folders of remembered topics that link, or are linked to, in another way now."""
    left = {folder: record for folder, record in start.known.items() if folder not in copy.prints}
    again = {
        folder: None
        for folder, record in left.items()
        if any(layout.shapes.get(topic, b"") != shape for topic, shape in record.linked.items())
        or any(_is_missing(layout, copy, *want) for want in record.wanted)
    }
    links = [link for printed in copy.all for link in printed.survey.outgoing]
    lost = {link.target for link in links if _is_missing(layout, copy, link.target, link.anchor)}
    again |= {folder: None for folder, r in left.items() if not lost.isdisjoint(r.outputs)}
    return list(again)


def _is_missing(layout: _Layout, copy: _Copy, target: str, anchor: str) -> bool:
    return target not in layout.paths or bool(
        anchor and anchor not in copy.ids.get(target, {anchor})
    )


def _wrong_in_print(layout: _Layout, copy: _Copy) -> list[Problem]:
    """Tell what the templates have wrong, once for all pages; or else what the pages have."""
    faults: dict[tuple[Place, str], Problem] = {}
    for printed in copy.all:
        for problem in printed.faults:
            faults.setdefault((problem.place, problem.message), problem)
    if faults:
        return list(faults.values())
    outputs = {path: data for printed in copy.all for path, data in printed.outputs.items()}
    outgoing = [link for printed in copy.all for link in printed.survey.outgoing]
    found = [problem for printed in copy.all for problem in printed.survey.problems]
    return [*found, *every_link_arrives(outgoing, layout.paths, copy.ids, outputs)]


def _edition(start: _Start, layout: _Layout, copy: _Copy) -> Edition:
    made = dict(layout.extra)
    for printed in copy.all:
        made |= printed.outputs
    assert start.ground.briefing is not None, "what is wrong with it was told"
    span = span_of_ground(start.ground.briefing, start.as_of)
    for outline in layout.outlines.values():
        span = span.within(outline.span)
    topics = {folder: _record(start, layout, copy, folder) for folder in start.keys}
    front = dict(copy.front)
    for path, key in layout.lasting.items():
        if path not in front:
            front[path] = FrontRecord(
                key=key,
                output=copy.opening.digests[path],
                ids=frozenset(copy.ids[path]),
            )
    packed = pack(start.shared, layout.plan.compiled)
    memory = Memory(topics=topics, front=front, templates=packed, span=span)
    return Edition(made=made, kept=layout.paths - made.keys(), memory=memory)


def _record(start: _Start, layout: _Layout, copy: _Copy, folder: str) -> Record:
    """Give what is to be remembered of a topic."""
    if (printed := copy.prints.get(folder)) is None:
        return start.known[folder]
    outline = layout.outlines[folder]
    targets = {link.resolve(outline.id)[0] for link in outline.links}
    return Record(
        key=start.keys[folder],
        outline=outline,
        linked={topic: layout.shapes.get(topic, b"") for topic in targets},
        outputs=printed.digests,
        wanted=wanted(printed),
    )
