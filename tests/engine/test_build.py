"""A build has the bytes of `make_site`, whatever of a previous build it reuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engine.build import build
from briefing.engine.executor import SerialExecutor, TopicJob
from briefing.engine.fork import ForkExecutor
from briefing.engine.record import EMPTY_RECORD, BuildRecord, decode_record
from briefing.engine.session import NOTHING, Build
from briefing.engine.sources import SourceTree
from briefing.model.fingerprint import fingerprint
from briefing.model.prose import Prose
from briefing.model.values import Moment
from briefing.outputs.registry import INDEX_OUTPUTS, SITE_OUTPUTS
from briefing.problems import Problems
from build import make_site
from support.edits import DAYS, edits, number, topics_of
from support.generate import generate
from support.nightly import examples
from support.sites import AS_OF
from support.sites import Sources as Files

LEAD, TRANSLATION = "content/topic-1/article-1.vi.md", "content/topic-1/article-1.en.md"


@pytest.fixture(scope="module")
def large(small: Files) -> Files:
    """A site of some topics."""
    return generate({path: small[path] for path in small if "templates/" in path}, 4, 3)


@pytest.fixture(scope="module")
def built(large: Files) -> Build:
    """That site, built from nothing."""
    return build(SourceTree.of(large), AS_OF)


def tree_after(last: Build, old: Files, new: Files) -> SourceTree:
    """Give the tree of files after a save, as the preview does where no file came or went."""
    whole = SourceTree.of(new)
    changed = {path: fingerprint(new[path]) for path in new if old.get(path) != new[path]}
    return last.sources.changed(changed, whole.read) if old.keys() == new.keys() else whole


def outcome(
    sources: SourceTree, as_of: Moment, previous: Build = NOTHING, **options: Any
) -> Build | str:
    """Build a site after another, or give what is wrong with it."""
    try:
        return build(sources, as_of, previous, **options)
    except Problems as problems:
        return str(problems)


def defined(files: Files, as_of: Moment) -> Files | str:
    """Give what `make_site` makes, or what it says is wrong."""
    try:
        return make_site(files, as_of)
    except Problems as problems:
        return str(problems)


def test_a_first_build_makes_what_the_definition_makes(large: Files, built: Build) -> None:
    """File by file."""
    assert dict(built.outputs) == make_site(large, AS_OF)
    assert built.paths == built.outputs.keys()
    assert not built.kept


@pytest.mark.parametrize("forgets", [False, True], ids=["all is there", "some output is lost"])
@examples(8)
@given(data=st.data())
def test_a_build_after_a_record_makes_what_the_definition_makes(
    small: Files, forgets: bool, data: st.DataObject
) -> None:
    """After each of some edits, with mistakes and their cures, and as days go by."""
    files, record = dict(small), EMPTY_RECORD
    there: Files = {}
    for edit in data.draw(st.lists(edits, min_size=1, max_size=5)):
        wanted, as_of = edit(files), data.draw(st.sampled_from(DAYS))
        intact = {path for path in there if not forgets or data.draw(st.booleans())}
        expected = defined(wanted, as_of)
        found = outcome(SourceTree.of(wanted), as_of, Build(record=record), intact=intact)
        if isinstance(found, str) or isinstance(expected, str):
            assert found == expected
            continue  # the editor takes it back; the site and the record are as they were
        files, record = wanted, decode_record(found.record.encode())
        there = {path: there[path] for path in found.kept} | dict(found.outputs)
        assert there == expected


@examples(12)
@given(data=st.data())
def test_a_build_after_another_in_the_same_process_makes_what_the_definition_makes(
    small: Files, data: st.DataObject
) -> None:
    """After each of some saves, as days go by or not; and its record is that of a first build."""
    files = dict(small)
    last = build(SourceTree.of(files), AS_OF)
    there, days = dict(last.outputs), [AS_OF] * 4 + DAYS
    for edit in data.draw(st.lists(edits, min_size=1, max_size=6)):
        wanted, as_of = edit(files), data.draw(st.sampled_from(days))
        expected = defined(wanted, as_of)
        found = outcome(tree_after(last, files, wanted), as_of, last)
        if isinstance(found, str) or isinstance(expected, str):
            assert found == expected
            continue  # the editor takes it back
        files, last = wanted, found
        there = {path: there[path] for path in found.kept} | dict(found.outputs)
        assert there == expected
        first = build(SourceTree.of(wanted), as_of).record
        assert dict(found.record.outputs) == dict(first.outputs)
        assert found.record.topics.keys() == first.topics.keys()


def after(built: Build, old: Files, new: Files) -> Build:
    """Build a site after a save."""
    return build(tree_after(built, old, new), AS_OF, built)


def changed(files: Files, path: str, old: str, new: str) -> Files:
    assert old.encode() in files[path]
    return files | {path: files[path].replace(old.encode(), new.encode(), 1)}


def test_of_a_text_only_its_own_pages_are_made(large: Files, built: Build) -> None:
    """The page in its language, and the feeds of its topic there; and the plan stands."""
    found = after(built, large, large | {TRANSLATION: large[TRANSLATION] + b"\n\nMore.\n"})

    feeds = {"en/topic-1/feed.xml", "en/topic-1/feed.json"}
    assert set(found.outputs) == {"en/topic-1/article-1/index.html"} | feeds
    assert found.whole.plan is built.whole.plan


def test_a_value_is_on_all_pages_of_its_topic(large: Files, built: Build) -> None:
    """What an article claims stands in the comparison, too, but in no other topic."""
    found = after(built, large, changed(large, LEAD, '"at": "', '"at": "so '))

    assert "en/topic-1/index.html" in found.outputs
    assert all("/topic-1" in page for page in found.outputs)
    assert found.whole.plan is built.whole.plan


CORRECTION = '{"changes": [{"date": "2025-12-30", "kind": "correction", "text": %s}], '


def test_a_correction_is_told_by_feeds_and_sitemap_without_another_plan(
    large: Files, built: Build
) -> None:
    """What topics export for single outputs of the site is looked at by these outputs alone."""
    path = "content/topic-1/topic.yaml"
    text = '{"vi": "Một.", "en": "One.", "ar": "واحد."}'
    files = large | {path: (CORRECTION % text).encode() + large[path].removeprefix(b"{")}
    found = after(built, large, files)

    outside = {page for page in found.outputs if "topic-1" not in page}
    feeds = {f"{code}/feed.{form}" for code in ("vi", "en", "ar") for form in ("xml", "json")}
    lists = {f"{code}/index.html" for code in ("vi", "en", "ar")}
    assert outside <= feeds | lists | {"sitemap.xml"}
    assert "sitemap.xml" in outside
    assert outside & feeds
    assert found.whole.plan.pages is built.whole.plan.pages
    expected = make_site(files, AS_OF)
    assert {path: expected[path] for path in found.outputs} == dict(found.outputs)


def test_a_headline_is_on_the_pages_that_list_topics(large: Files, built: Build) -> None:
    """Then the site is planned again, in the same process and with the same result."""
    files = changed(large, "content/topic-1/topic.vi.md", "Title of", "Another title of")
    found = after(built, large, files)

    assert "vi/index.html" in found.outputs
    assert found.whole.plan is not built.whole.plan
    expected = make_site(files, AS_OF)
    assert {path: expected[path] for path in found.outputs} == dict(found.outputs)


def test_a_title_is_on_the_pages_of_the_topics_before_and_after(large: Files, built: Build) -> None:
    """They are made again, and those of no other topic."""
    order = [line.id for line in built.whole.plan.contents.headlines]
    number = order.index("topic-1")
    beside = {*order[max(number - 1, 0) : number], *order[number + 1 : number + 2]}
    files = changed(large, "content/topic-1/topic.vi.md", "Title of", "Another title of")
    found = after(built, large, files)

    of_topics = {path.split("/")[1] for path in found.outputs if path.count("/") > 1}
    assert beside
    assert of_topics & set(order) == beside | {"topic-1"}
    for topic in beside:
        assert b"Another title of" in found.outputs[f"vi/{topic}/index.html"]


def test_a_style_is_no_matter_to_any_page(large: Files, built: Build) -> None:
    """The sheet goes out again, and nothing else."""
    path = "templates/styles/tokens.css"
    files = large | {path: large[path] + b"a { color: red }"}
    found = after(built, large, files)

    assert set(found.outputs) == {"assets/site.css"}
    assert found.outputs["assets/site.css"] == make_site(files, AS_OF)["assets/site.css"]
    assert not after(found, files, files).outputs


def test_files_that_go_out_as_they_are_come_and_go(large: Files, built: Build) -> None:
    """A new one is in the site at once, and one that is gone is not."""
    path = "templates/assets/probe.txt"
    more = large | {path: b"probe"}
    found = after(built, large, more)
    gone = after(found, more, large)

    assert dict(found.outputs) == {"assets/probe.txt": b"probe"}
    assert found.paths == built.paths | {"assets/probe.txt"}
    assert gone.paths == built.paths
    assert not gone.outputs


def test_nothing_is_made_where_nothing_has_changed(large: Files, built: Build) -> None:
    """The same files make no page."""
    found = after(built, large, large)

    assert not found.outputs
    assert found.paths == built.paths


def test_of_a_record_only_the_topic_that_changed_is_made(large: Files, built: Build) -> None:
    """A text has no effect on the pages of other topics."""
    record = Build(record=decode_record(built.record.encode()))
    files = large | {TRANSLATION: large[TRANSLATION] + b"\n\nMore.\n"}
    same = build(SourceTree.of(large), AS_OF, record, intact=built.paths)
    found = build(SourceTree.of(files), AS_OF, record, intact=built.paths)

    others = set(topics_of(large)) - {"topic-1"}
    assert not any("topic" in page for page in same.outputs)
    assert any("/topic-1/" in page for page in found.outputs)
    assert not any(f"/{other}/" in page for other in others for page in found.outputs)


def test_two_processes_leave_the_record_that_one_leaves(large: Files, built: Build) -> None:
    """Whoever has rendered a topic."""
    found = build(SourceTree.of(large), AS_OF, choose_executor=ForkExecutor)

    assert dict(found.record.outputs) == dict(built.record.outputs)
    assert found.record.topics == built.record.topics


def test_every_entry_that_topics_export_is_that_of_an_output(built: Build) -> None:
    """By its name in the registry, each once."""
    outputs = [*SITE_OUTPUTS, *INDEX_OUTPUTS]
    names = {output.name for output in outputs if output.entry_of}

    assert len({output.name for output in outputs}) == len(outputs)
    assert names
    for topic in built.record.topics.values():
        assert topic.exports.entries.keys() == names


@given(st.binary(max_size=200), number)
def test_a_record_that_cannot_be_read_is_none(noise: bytes, at: int) -> None:
    """And no error."""
    whole = BuildRecord().encode()

    assert decode_record(noise) == EMPTY_RECORD or noise == whole
    assert decode_record(whole[: at % len(whole)]) == EMPTY_RECORD


def test_pages_are_not_given_what_other_texts_say(large: Files, built: Build) -> None:
    """Each text is given to its own page only: so it is no matter to any other."""
    session = built.whole
    folders = session.folders.folders
    job = TopicJob(files=large, shared=session.shared, folders=folders, as_of=AS_OF)
    executor = SerialExecutor(job)
    executor.analyze(list(folders))
    for unit in executor.units.values():
        for planned in unit.pages:
            context = planned.context
            others = {name: context[name] for name in context.keys() - {"told", "summary"}}
            assert not any(prose.blocks for prose in _proses(others))


def _proses(thing: Any) -> list[Prose]:
    """Find the texts anywhere in what a page is given."""
    if isinstance(thing, Prose):
        return [thing]
    if isinstance(thing, dict):
        return [prose for value in thing.values() for prose in _proses(value)]
    if isinstance(thing, (tuple, list)):
        return [prose for value in thing for prose in _proses(value)]
    fields = getattr(thing, "__struct_fields__", ())
    return [prose for name in fields for prose in _proses(getattr(thing, name))]
