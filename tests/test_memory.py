"""What is remembered changes nothing: the same bytes come out as without it."""

from __future__ import annotations

from collections.abc import Callable, Set

import pytest
from conftest import AS_OF
from generate import generate
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.content.values import read_moment
from briefing.engine.making import Edition, make
from briefing.engine.record import NOTHING, Memory, decode
from briefing.engine.sources import Sources
from briefing.model.values import Moment
from briefing.problems import Problems

Files = dict[str, bytes]
Edit = Callable[[Files], Files]
DAYS = [read_moment(day) for day in ("2024-06-01", "2025-04-01", "2026-01-01", "2031-01-01")]


def topics_of(files: Files) -> list[str]:
    """Give the folders of the topics."""
    paths = (path for path in files if path.startswith("content/") and path.count("/") == 2)
    return sorted({path.split("/")[1] for path in paths})


def append(ending: str, text: str, which: int) -> Edit:
    """Give the edit that adds a text to one of the files with an ending."""

    def edit(files: Files) -> Files:
        paths = sorted(path for path in files if path.endswith(ending))
        path = paths[which % len(paths)]
        return files | {path: files[path] + text.encode()}

    return edit


def change(path: str, old: str, new: str) -> Edit:
    """Give the edit that changes a text wherever it stands in a file."""

    def edit(files: Files) -> Files:
        return files | {path: files[path].replace(old.encode(), new.encode())}

    return edit


def delete(which: int) -> Edit:
    """Give the edit that deletes one of the Markdown files."""

    def edit(files: Files) -> Files:
        paths = sorted(path for path in files if path.endswith(".md"))
        return {path: files[path] for path in files if path != paths[which % len(paths)]}

    return edit


def copy(which: int) -> Edit:
    """Give the edit that copies the files of an article to one of another name."""

    def edit(files: Files) -> Files:
        leads = sorted(path for path in files if path.endswith(".md") and path.count("/") == 2)
        folder, _, name = leads[which % len(leads)].rpartition("/")
        stem = f"{folder}/{name.split('.')[0]}."
        copied = {f"{stem[:-1]}-copy.{p[len(stem) :]}": files[p] for p in files if stem in p}
        return files | copied

    return edit


def rename(which: int) -> Edit:
    """Give the edit that renames a topic, whatever links to it."""

    def edit(files: Files) -> Files:
        topics = sorted(
            {path.split("/")[1] for path in files if path.count("/") == 2 and "content/" in path}
        )
        topic = topics[which % len(topics)]
        return {p.replace(f"/{topic}/", f"/{topic}-moved/"): data for p, data in files.items()}

    return edit


LINKED = "\n\nSee [it](topic:river-talks), [that](point:river-talks/dams).\n"
TEXTS = ["\n\nMore.", LINKED, "\n\n[x](nowhere)"]
number = st.integers(0, 30)
edits = st.one_of(
    st.builds(append, st.just(".md"), st.sampled_from(TEXTS), number),
    st.builds(append, st.just(".html"), st.just("{# more #}\n"), number),
    st.builds(append, st.just("topic.yaml"), st.just("\n# more\n"), number),
    st.builds(delete, number),
    st.builds(copy, number),
    st.builds(rename, number),
    st.sampled_from(
        [
            change("site.yaml", "small", "little"),
            change("content/outlets.yaml", "River", "Stream"),
            change("content/voices.yaml", "name", "name "),
            change("templates/words/en.yaml", "Latest", "Newest"),
            change("templates/parts/claim.html", "claim_value", "claim_what"),
            change("templates/base.html", "assets/site.js", "assets/none.js"),
            change("content/vote/topic.vi.md", "title: ", "title: Mới "),
            change("content/river-talks/topic.yaml", "id: dams", "id: weirs"),
        ]
    ),
)
"""An edit an editor may make, a good one or one with a mistake in it."""


def attempt(
    files: Files, as_of: Moment, memory: Memory = NOTHING, intact: Set[str] = frozenset()
) -> Edition | str:
    """Make a site, or give what is wrong with it."""
    try:
        return make(Sources.of(files), as_of, memory, intact)
    except Problems as problems:
        return str(problems)


@pytest.mark.parametrize("forgets", [False, True], ids=["all is there", "some output is lost"])
@settings(max_examples=40)
@given(data=st.data())
def test_a_warm_build_gives_the_bytes_of_a_cold_one(
    small: Files, forgets: bool, data: st.DataObject
) -> None:
    """After each of some edits, with mistakes and their cures, and as days go by."""
    files, memory = dict(small), NOTHING
    there: Files = {}
    for edit in data.draw(st.lists(edits, min_size=1, max_size=5)):
        wanted = edit(files)
        as_of = data.draw(st.sampled_from(DAYS))
        intact = {path for path in there if not forgets or data.draw(st.booleans())}
        cold, warm = attempt(wanted, as_of), attempt(wanted, as_of, memory, intact)
        if isinstance(cold, str) or isinstance(warm, str):
            assert warm == cold
            continue  # the editor takes it back; the site and what is remembered are as they were
        files, memory = wanted, decode(warm.memory.encode())
        there = {path: there[path] for path in warm.kept} | dict(warm.made)
        assert there == cold.made


def edition_of(files: Files, past: Edition | None = None) -> Edition:
    """Make a site after another."""
    if past is None:
        return make(Sources.of(files), AS_OF)
    return make(Sources.of(files), AS_OF, past.memory, past.made.keys() | past.kept)


@pytest.fixture(scope="module")
def large(small: Files) -> Files:
    """A site of some topics."""
    return generate({path: small[path] for path in small if "templates/" in path}, 4, 3)


def test_nothing_is_made_again_where_nothing_changed(large: Files) -> None:
    """But for the few pages that are no topic's."""
    again = edition_of(large, edition_of(large))

    assert not any("topic" in path for path in again.made)


def test_only_the_topic_that_changed_is_made_again(large: Files) -> None:
    """A text has no effect on the pages of other topics."""
    path = next(path for path in sorted(large) if path.endswith(".en.md") and path.count("/") == 2)
    topic = path.split("/")[1]
    again = edition_of(large | {path: large[path] + b"\n\nMore.\n"}, edition_of(large))

    others = set(topics_of(large)) - {topic}
    assert any(f"/{topic}/" in page for page in again.made)
    assert not any(f"/{other}/" in page for other in others for page in again.made)


@given(st.binary(max_size=200), number)
def test_what_cannot_be_read_is_forgotten(noise: bytes, at: int) -> None:
    """A broken memory is no memory, and no error."""
    whole = Memory().encode()

    assert decode(noise) == NOTHING or noise == whole
    assert decode(whole[: at % len(whole)]) == NOTHING
