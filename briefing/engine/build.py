"""Sources and a previous build -> a new build: what is stale is made again, the rest is reused.

`build` is one function for a first build, a build with a record from the cache, a save in the
preview, and `check`. Its files are those of `make_site` in build.py, which tests hold.

Where all that the changed topics export is as it was, nothing outside them can have changed, and
the plan of the site stands: the early cutoff of incremental builders, which Salsa calls backdating
(https://salsa-rs.github.io/salsa/reference/algorithm.html). So the work of a save grows with what
has changed, not with the site. Next: `engine.work`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import closing
from itertools import chain

from msgspec.structs import replace

from briefing.checks.published_urls import missing_urls
from briefing.engine.executor import (
    ChooseExecutor,
    OnProgress,
    SerialExecutor,
    ignore_progress,
)
from briefing.engine.inputs import read_inputs, reusable_topics
from briefing.engine.record import BuildRecord, TopicRecord, record_topic, update_record
from briefing.engine.render import HtmlIds, MergedFiles, PageRecord, Target
from briefing.engine.session import NOTHING, Build, Session
from briefing.engine.sources import SourceTree
from briefing.engine.work import Rendered, Work, plan_work, topics_to_render_again
from briefing.model.site import Topic
from briefing.model.values import Moment
from briefing.problems import Problem, raise_if_any
from briefing.rendering.renderer import DrawCard
from briefing.rendering.templates import dump_templates


def build(
    sources: SourceTree,
    as_of: Moment,
    previous: Build = NOTHING,
    *,
    intact: Set[str] | None = None,
    choose_executor: ChooseExecutor = SerialExecutor,
    draw_card: DrawCard | None = None,
    published: str = "",
    progress: OnProgress = ignore_progress,
) -> Build:
    """Return the site of `sources`, reusing what of `previous` is current. Raises Problems.

    intact: the paths of the output files that are still as `previous` made them; None: all are.
    draw_card: draws share cards, which are plain without it. published: addresses that must not
    vanish, one a line. progress: is told each stage.
    """
    progress("shared", 0, 1)
    inputs = read_inputs(sources, as_of, previous, draw_card)
    reusable = reusable_topics(inputs, previous.record, intact)
    stale = [folder for folder in inputs.folders.folders if folder not in reusable.current]
    with closing(choose_executor(inputs.job_on(stale, reusable.changed, progress))) as executor:
        analysis = executor.analyze(stale)
        work = plan_work(inputs, reusable, analysis, previous, intact)
        executor.start_rendering(work.plan, work.renderer)
        rendered = {"": work.render(work.stale_site_pages)}
        rendered |= executor.render(work.plan, work.renderer)
    while again := topics_to_render_again(work, rendered):
        rendered |= work.render_whole(again)
    progress("check", 0, 1)
    raise_if_any([*work.problems(rendered), *_missing_urls(work, published)])
    topics = {}
    if isinstance(executor, SerialExecutor):  # another process has none to give
        topics = {folder: unit.topic for folder, unit in executor.units.items()}
    return _build_of(work, rendered, topics)


def _missing_urls(work: Work, published: str) -> Iterator[Problem]:
    """Yield the published addresses at which nothing would be."""
    if published:
        pages = chain.from_iterable(work.plan.pages.values())
        yield from missing_urls(work.plan.site, pages, published)


def _build_of(work: Work, rendered: Rendered, topics: Mapping[str, Topic]) -> Build:
    """Return the build that came of some work, with what the next one can reuse."""
    ids = work.ids(rendered)
    new = {folder: _record(work, rendered, folder, ids) for folder in rendered if folder}
    previous, session = work.previous, work.previous.session
    if work.is_cutoff and session is not None:
        records = {**previous.record.topics, **new}
        targets = session.link_targets.union(_far_targets(new, ids))
    else:
        records = {**work.reusable.current, **new}
        targets = frozenset(_far_targets(records, ids))
    return Build(
        sources=work.inputs.sources,
        record=_build_record(work, rendered, records),
        session=Session(
            site=work.site,
            shared=work.inputs.shared,
            files=work.inputs.files,
            keys=work.inputs.keys,
            folders=work.inputs.folders,
            plan=work.plan,
            renderer=work.renderer,
            link_targets=targets,
        ),
        topics=topics,
        outputs=_outputs(work, rendered),
        paths=work.paths,
    )


def _record(work: Work, rendered: Rendered, folder: str, ids: HtmlIds) -> TopicRecord:
    """Return the record of a topic of which pages were rendered."""
    exports, pages, key = work.exports[folder], rendered[folder], work.inputs.key_of(folder)
    recorded = work.reusable.changed.get(folder)
    if recorded is not None and not work.is_whole(folder, rendered):
        return update_record(recorded, key, exports, pages, ids)
    linked = {link.resolve(exports.id)[0] for link in exports.links}
    uses = {topic: work.plan.pages_fingerprints.get(topic, b"") for topic in linked}
    neighbours = work.plan.neighbours_fingerprints.get(exports.id, b"")
    return record_topic(key, exports, pages, ids, uses, neighbours=neighbours)


def _far_targets(records: Mapping[str, TopicRecord], ids: HtmlIds) -> Iterator[Target]:
    """Yield the ids, other than those of points, that recorded topics link to in other units."""
    for record in records.values():
        yield from ids.not_points(record.links_out)


def _build_record(work: Work, rendered: Rendered, topics: Mapping[str, TopicRecord]) -> BuildRecord:
    inputs, record = work.inputs, work.previous.record
    shared = inputs.keys.all
    dumped = record.templates
    if inputs.templates is None and record.shared != shared:
        dumped = dump_templates(inputs.files, work.renderer.templates)
    return BuildRecord(
        topics=topics,
        site_pages={**work.reused_site_pages, **_site_page_records(work, rendered)},
        shared=shared,
        shared_content=inputs.shared,
        templates=dumped,
        valid=work.plan.valid,
    )


def _site_page_records(work: Work, rendered: Rendered) -> Mapping[str, PageRecord]:
    """Return the records of the pages of the site unit that were rendered, by output path."""
    pages = rendered[""]
    if not pages.records:
        return {}
    known = work.plan.inputs_of_site_pages(work.inputs.base)
    return {
        path: replace(record, inputs=known.get(path, b""), ids=_ids_of(pages.links.ids, path))
        for path, record in pages.records.items()
    }


def _ids_of(ids: Mapping[str, Set[str]], path: str) -> frozenset[str] | None:
    return frozenset(ids[path]) if path in ids else None


def _outputs(work: Work, rendered: Rendered) -> Mapping[str, bytes]:
    """Return the files that are new, or may be, by path."""
    return MergedFiles(work.new_static, *(pages.outputs for pages in rendered.values()))
