"""A site is made again with as few pages as can be, and has the bytes of one that is made whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engine.executor import Alone, Job
from briefing.engine.making import Edition, make
from briefing.engine.remaking import remake
from briefing.engine.sources import Sources
from briefing.model.prose import Prose
from briefing.model.values import Moment
from briefing.problems import Problems
from support.edits import DAYS, edits
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
def made(large: Files) -> Edition:
    """That site, made."""
    return make(Sources.of(large), AS_OF)


def again(made: Edition, files: Files, as_of: Moment = AS_OF) -> Edition | None:
    """Make a site again after another."""
    return remake(made, Sources.of(files), as_of)


def attempt(files: Files, as_of: Moment, last: Edition | None = None) -> Edition | str:
    """Make a site, after another with what the process has of it, or give what is wrong."""
    sources = Sources.of(files)
    try:
        if last is None:
            return make(sources, as_of)
        return make(sources, as_of, last.memory, last.paths, ready=last.ready)
    except Problems as problems:
        return str(problems)


def changed(files: Files, path: str, old: str, new: str) -> Files:
    assert old.encode() in files[path]
    return files | {path: files[path].replace(old.encode(), new.encode(), 1)}


@examples(12)
@given(data=st.data())
def test_it_has_the_bytes_of_one_that_is_made_whole(small: Files, data: st.DataObject) -> None:
    """After each of some edits, made again from what the process has, as days go by or not."""
    files = dict(small)
    last = make(Sources.of(files), AS_OF)
    there, days = dict(last.made), [AS_OF] * 4 + DAYS
    for edit in data.draw(st.lists(edits, min_size=1, max_size=6)):
        wanted, as_of = edit(files), data.draw(st.sampled_from(days))
        cold, new = attempt(wanted, as_of), again(last, wanted, as_of)
        warm = new or attempt(wanted, as_of, last)
        if isinstance(cold, str) or isinstance(warm, str):
            assert warm == cold
            continue  # the editor takes it back
        files, last = wanted, warm
        there = {path: there[path] for path in warm.kept} | dict(warm.made)
        assert there == cold.made
        assert dict(warm.memory.outputs) == dict(cold.memory.outputs)


def test_of_a_text_only_its_own_pages_are_made(large: Files, made: Edition) -> None:
    """The page in its language, and the feeds of its topic there."""
    files = large | {TRANSLATION: large[TRANSLATION] + b"\n\nMore.\n"}
    found = again(made, files)

    assert found is not None
    feeds = {"en/topic-1/feed.xml", "en/topic-1/feed.json"}
    assert set(found.made) == {"en/topic-1/article-1/index.html"} | feeds


def test_a_value_is_on_all_pages_of_its_topic(large: Files, made: Edition) -> None:
    """What an article claims stands in the comparison, too, but in no other topic."""
    found = again(made, changed(large, LEAD, '"at": "', '"at": "so '))

    assert found is not None
    assert "en/topic-1/index.html" in found.made
    assert all("/topic-1" in page for page in found.made)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (LEAD, '"title"', '"titel"'),
        ("content/topic-1/topic.vi.md", "Title of", "Another title of"),
        ("site.yaml", "Title en", "Name en"),
        ("templates/parts/claim.html", "claim_value", "claim_what"),
    ],
    ids=["a mistake", "a headline", "the site", "a template"],
)
def test_what_is_more_than_a_text_is_left_to_the_whole(
    large: Files, made: Edition, path: str, old: str, new: str
) -> None:
    """Where other pages show what has changed, or something is wrong, `make` has to tell."""
    assert again(made, changed(large, path, old, new)) is None


def test_a_style_is_no_matter_to_any_page(large: Files, made: Edition) -> None:
    """The sheet goes out again, and nothing else."""
    path = "templates/styles/tokens.css"
    files = large | {path: large[path] + b"/* more */"}
    found = again(made, files)

    assert found is not None
    assert set(found.made) == {"assets/site.css"}
    assert found.made["assets/site.css"] == make(Sources.of(files), AS_OF).made["assets/site.css"]
    assert again(found, files) is not None


def test_new_files_and_lost_ones_are_left_to_the_whole(large: Files, made: Edition) -> None:
    """Other files make other pages."""
    assert again(made, large | {"content/topic-1/article-9.vi.md": large[LEAD]}) is None
    assert again(made, {path: large[path] for path in large if path != TRANSLATION}) is None


def test_nothing_is_made_where_nothing_has_changed(large: Files, made: Edition) -> None:
    """The same files make no page."""
    found = again(made, large)

    assert found is not None
    assert not found.made
    assert found.paths == made.paths


def test_pages_are_not_given_what_other_texts_say(large: Files, made: Edition) -> None:
    """Each text is given to its own page only: so it is no matter to any other."""
    ready = made.ready
    job = Job(files=large, ground=ready.ground, folders=ready.topics.folders, as_of=AS_OF)
    hands = Alone(job)
    hands.study(list(ready.topics.folders))
    for study in hands.studies.values():
        for sheet in study.sheets:
            others = {
                name: sheet.context[name] for name in sheet.context.keys() - {"told", "summary"}
            }
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
