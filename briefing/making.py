"""Source files -> output files, with as little made again as can be.

What is remembered decides only what need not be made: the same bytes come out with it and
without. The tests hold this over random edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from functools import cache

from msgspec import Struct, msgpack
from msgspec.structs import replace

from briefing.atlas import Page
from briefing.checks import check_content
from briefing.checks.output import PlaceOf, every_link_arrives, place_in
from briefing.content import Files, Ground, Topics, lost_references, read_ground, sort_topics
from briefing.digests import digest
from briefing.hands import Alone, Employ, Hands, Job, Plan, Studied, Tell, silent
from briefing.memory import NOTHING, FrontRecord, Memory, Record, wanted
from briefing.model import Briefing
from briefing.origins import Origins
from briefing.pages import Sheet, newest_first, plan_front
from briefing.press import Artist
from briefing.problems import Place, Problem, stop_on
from briefing.release import instant, released_ground, span_of_ground
from briefing.render import assets, is_asset
from briefing.signposts import custom_domain, lost, plan_signposts
from briefing.sources import Sources, TopicFiles
from briefing.stages import Outline, Print, Study, study
from briefing.templates import Compiled, pack
from briefing.values import Moment

EXTRA = {".nojekyll": b""}
"""What every site has: without it GitHub Pages leaves out files with an underscore."""


class Ready(Struct, frozen=True, kw_only=True):
    """What a process that goes on has of a site, to make it again."""

    sources: Sources
    shared: Files
    """The files that are no topic's."""
    ground: Ground
    topics: Topics
    plan: Plan
    base: bytes
    """The digest of what every page stands on."""
    bound: tuple[tuple[str, str], ...]
    """Pages and anchors in them, other than points, that those of other topics link to."""

    def study(self, folder: str, as_of: Moment) -> Study:
        """Study a topic as its files are now."""
        files = {**self.shared, **self.sources.read(self.sources.topics[folder].paths)}
        return study(files, self.ground, self.topics.folders[folder], as_of)


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
    artist: Artist | None = None,
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
    start = _begin(sources, as_of, past, intact, ready, artist)
    hands = employ(replace(start.job_on(start.new), past=start.past, tell=tell))
    with closing(hands):
        layout = _lay_out(start, hands.study(start.new))
        copy = _print(start, layout, hands)
    tell("check", 0, 1)
    wrong = _wrong_in_print(layout, copy, _Written(start, layout, copy))
    stop_on([*wrong, *_lost(layout.plan, published)])
    return _edition(start, layout, copy)


class Gathered(Mapping[str, bytes]):
    """Files that lie in several places, each of them taken only when it is asked for."""

    def __init__(self, *places: Mapping[str, bytes]) -> None:
        self._places = {path: place for place in places for path in place}

    def __getitem__(self, path: str) -> bytes:
        return self._places[path][path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _Start(Struct, frozen=True, kw_only=True):
    """What is there before anything is made."""

    sources: Sources
    as_of: Moment
    ground: Ground
    topics: Topics
    shared: Files
    """The files that are no topic's."""
    base: bytes
    """The digest of what every page stands on."""
    keys: Mapping[str, bytes]
    """The digests of what each topic is made from, by folder."""
    known: Mapping[str, Record]
    """The topics that are remembered, by folder."""
    past: Mapping[str, Record]
    """Those whose files have changed since, but that stood on the same."""
    front: Mapping[str, FrontRecord]
    """The pages that are no topic's and may be remembered, by path."""
    packed: bytes
    """Templates that were compiled before."""
    same: bool
    """Whether the files that are no topic's are those of which the past is."""
    ready: Ready | None
    artist: Artist | None

    @property
    def new(self) -> list[str]:
        """The folders of the topics that are to be made."""
        return [folder for folder in self.keys if folder not in self.known]

    def job_on(self, folders: Iterable[str]) -> Job:
        """Give the work on some topics."""
        paths = (path for folder in folders for path in self.sources.topics[folder].paths)
        return Job(
            files={**self.shared, **self.sources.read(paths)},
            ground=self.ground,
            folders=self.topics.folders,
            as_of=self.as_of,
            packed=self.packed,
            compiled=self.ready.plan.compiled if self.ready else None,
            artist=self.artist,
        )


def _begin(  # noqa: PLR0917 — what `make` was given
    sources: Sources,
    as_of: Moment,
    past: Memory,
    intact: Set[str],
    ready: Ready | None,
    artist: Artist | None,
) -> _Start:
    shared = ready.shared if ready else sources.read(sources.shared)
    same = past.shared == sources.key
    known_ground = ready.ground if ready else past.ground if same else None
    ground = known_ground or read_ground(shared, sources.address)
    topics = sort_topics(ground, {name: each.paths for name, each in sources.topics.items()})
    grounds = (path for path in sources.shared if not _is_about(path) and not is_asset(path))
    base = digest(sources.key_of(grounds), b"drawn" if artist else b"plain")
    keys = {folder: key_of_topic(base, sources.topics[folder]) for folder in topics.folders}
    at = instant(as_of, ground.briefing) if ground.briefing else 0.0
    held = {
        folder: record
        for folder, record in past.topics.items()
        if folder in keys and record.outline.span.holds(at) and intact >= record.outputs.keys()
    }
    known = {folder: record for folder, record in held.items() if record.key == keys[folder]}
    return _Start(
        sources=sources,
        as_of=as_of,
        ground=ground,
        topics=topics,
        shared=shared,
        base=base,
        keys=keys,
        known=known,
        past={f: r for f, r in held.items() if f not in known and r.key.startswith(base)},
        front={path: record for path, record in past.front.items() if path in intact},
        packed=past.templates,
        same=same,
        ready=ready,
        artist=artist,
    )


def key_of_topic(base: bytes, files: TopicFiles) -> bytes:
    """Give the digests of what a topic is made from: what all stand on, and its own files."""
    return base + files.digest


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
    keys: Mapping[str, bytes]
    """The digest of what each of them is made from that can be remembered, by path."""
    extra: Mapping[str, bytes]
    """The files that are no pages."""
    paths: Set[str]
    """Of every file of the site."""


def _lay_out(start: _Start, studied: Studied) -> _Layout:
    """Plan the site. Raises every problem of the content and of the templates."""
    ground = start.ground
    outlines = {folder: record.outline for folder, record in start.known.items()}
    outlines |= studied.outlines
    stop_on([*_wrong_in_content(start, outlines.values()), *studied.problems])
    assert ground.briefing is not None, "what is wrong with it was told"
    site = released_ground(ground.briefing, start.as_of)
    stop_on(check_content(site))
    lines = [outline.headline for outline in outlines.values() if outline.headline]
    lines.sort(key=newest_first)
    front = plan_front(site, lines)
    pages = {"": tuple(sheet.page for sheet in front)}
    pages |= {outlines[folder].id: outlines[folder].pages for folder in start.keys}
    front += plan_signposts(site, pages, lines)
    pages[""] = tuple(sheet.page for sheet in front)
    extra = assets(start.shared) | EXTRA | _cname(site)
    return _Layout(
        outlines=outlines,
        plan=_plan(start, site, studied.compiled, pages),
        shapes={outline.id: outline.shape for outline in outlines.values()},
        front=front,
        keys=_keys_of_front(start.base, front),
        extra=extra,
        paths=set().union(extra, *_paths(start, studied, pages[""])),
    )


def _cname(site: Briefing) -> dict[str, bytes]:
    """Give the file by which GitHub Pages knows the host that a site has of its own."""
    host = custom_domain(site.address)
    return {"CNAME": f"{host}\n".encode()} if host else {}


def _plan(
    start: _Start, site: Briefing, compiled: Compiled, pages: Mapping[str, Sequence[Page]]
) -> Plan:
    """Plan the printing, on the press that is ready if it speaks of the same site."""
    ready = start.ready.plan.press if start.ready and start.ready.plan.site == site else None
    return Plan(site, compiled, pages, start.shared, artist=start.artist, press=ready)


def _paths(start: _Start, studied: Studied, front: Sequence[Page]) -> Iterator[Iterable[str]]:
    """Give the path of every page."""
    yield from (record.outputs for record in start.known.values())
    for pages in (front, *(outline.pages for outline in studied.outlines.values())):
        yield (page.path for page in pages)


def _keys_of_front(base: bytes, front: Sequence[Sheet]) -> dict[str, bytes]:
    """Give the digest of what the pages that are no topic's are made from: all of them, too."""
    pages = msgpack.encode([sheet.page for sheet in front], order="deterministic")
    shape = digest(base, pages)
    told = (sheet for sheet in front if sheet.digest)
    return {s.page.path: digest(shape, s.page.path.encode(), s.digest) for s in told}


def _wrong_in_content(start: _Start, outlines: Iterable[Outline]) -> Iterator[Problem]:
    yield from start.ground.problems
    yield from start.topics.problems
    points, links = {}, {}
    for outline in outlines:
        yield from outline.problems
        points[outline.id], links[outline.id] = outline.points, outline.links
    yield from lost_references(start.ground, start.topics, points, links)


class _Copy(Struct, frozen=True, kw_only=True):
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


def _print(start: _Start, layout: _Layout, hands: Hands) -> _Copy:
    """Make the pages that are not remembered, or whose links are not what they were."""
    front = {
        path: record
        for path, key in layout.keys.items()
        if (record := start.front.get(path)) and record.key == key
    }
    new = [sheet for sheet in layout.front if sheet.page.path not in front]
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


def _copy(opening: Print, front: Mapping[str, FrontRecord], prints: Mapping[str, Print]) -> _Copy:
    ids: dict[str, Set[str]] = {path: record.ids for path, record in front.items()}
    for printed in (opening, *prints.values()):
        ids |= printed.survey.ids
    return _Copy(opening=opening, front=front, prints=dict(prints), ids=ids)


def _unlinked(start: _Start, layout: _Layout, copy: _Copy) -> list[str]:
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


def _is_missing(layout: _Layout, copy: _Copy, target: str, anchor: str) -> bool:
    if target not in layout.paths:
        return True
    ids = _ids(layout, copy, target) if anchor else None
    return ids is not None and anchor not in ids


def _ids(layout: _Layout, copy: _Copy, path: str) -> Set[str] | None:
    """Give the ids of a page: of one that was not made again, those of its points. None: any."""
    if (found := copy.ids.get(path)) is not None:
        return found
    return layout.plan.anchors(path)


def _wrong_in_print(layout: _Layout, copy: _Copy, place_of: PlaceOf) -> list[Problem]:
    """Tell what the templates have wrong, once for all pages; or else what the pages have."""
    faults: dict[tuple[Place, str], Problem] = {}
    for printed in copy.all:
        for problem in printed.faults:
            faults.setdefault((problem.place, problem.message), problem)
    if faults:
        return list(faults.values())
    outgoing = [link for printed in copy.all for link in printed.survey.outgoing]
    found = [problem for printed in copy.all for problem in printed.survey.problems]
    ids = {link.target: _ids(layout, copy, link.target) for link in outgoing if link.anchor}
    known = {path: each for path, each in ids.items() if each is not None}
    return [*found, *every_link_arrives(outgoing, layout.paths, known, place_of)]


def _lost(plan: Plan, published: str) -> Iterator[Problem]:
    """Tell of addresses that were published and would lead nowhere."""
    pages = (page for each in plan.pages.values() for page in each)
    return lost(plan.site, pages, published)


class _Written:
    """Finds who wrote a link that is in a file of the site."""

    def __init__(self, start: _Start, layout: _Layout, copy: _Copy) -> None:
        self._start, self._layout, self._copy = start, layout, copy

    def __call__(self, path: str, written: str) -> Place:
        """Give where in the sources a link was written, or else where in the file it is."""
        outputs = Gathered(*(printed.outputs for printed in self._copy.all))
        address = self._layout.plan.site.address
        folder = self._folder(path)
        sheets = self._sheets(folder)
        found = self._origins(folder).of(sheets[path], written) if path in sheets else None
        return found or place_in(outputs, address, path, written)

    def _folder(self, path: str) -> str:
        """Give the folder of the topic that a file is of, or ""."""
        prints = self._copy.prints.items()
        return next((folder for folder, printed in prints if path in printed.outputs), "")

    @cache  # noqa: B019 — it lives as long as a build that fails
    def _sheets(self, folder: str) -> Mapping[str, Sheet]:
        sheets = self._layout.front
        if folder:
            job = self._start.job_on([folder])
            found = study(job.files, job.ground, job.folders[folder], job.as_of)
            sheets = found.sheets
        return {sheet.page.path: sheet for sheet in sheets}

    @cache  # noqa: B019
    def _origins(self, folder: str) -> Origins:
        files = self._start.job_on([folder] if folder else []).files
        return Origins(files, self._layout.plan.site, self._layout.plan.atlas)


def _edition(start: _Start, layout: _Layout, copy: _Copy) -> Edition:
    assert start.ground.briefing is not None, "what is wrong with it was told"
    span = span_of_ground(start.ground.briefing, start.as_of)
    for outline in layout.outlines.values():
        span = span.within(outline.span)
    topics = {folder: _record(start, layout, copy, folder) for folder in start.keys}
    front = dict(copy.front)
    for path, key in layout.keys.items():
        if path not in front:
            front[path] = FrontRecord(
                key=key,
                output=copy.opening.digests[path],
                ids=frozenset(copy.ids.get(path, ())),
            )
    packed = start.packed if start.same else pack(start.shared, layout.plan.compiled)
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


def _record(start: _Start, layout: _Layout, copy: _Copy, folder: str) -> Record:
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
