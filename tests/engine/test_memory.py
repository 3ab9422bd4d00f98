"""What is remembered changes nothing: the same bytes come out as without it."""

from __future__ import annotations

from collections.abc import Set

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engine.making import Edition, make
from briefing.engine.record import NOTHING, Memory, decode
from briefing.engine.sources import Sources
from briefing.model.values import Moment
from briefing.problems import Problems
from support.edits import (
    DAYS,
    Files,
    edits,
    number,
    topics_of,
)
from support.generate import generate
from support.nightly import examples
from support.sites import AS_OF


def attempt(
    files: Files, as_of: Moment, memory: Memory = NOTHING, intact: Set[str] = frozenset()
) -> Edition | str:
    """Make a site, or give what is wrong with it."""
    try:
        return make(Sources.of(files), as_of, memory, intact)
    except Problems as problems:
        return str(problems)


@pytest.mark.parametrize("forgets", [False, True], ids=["all is there", "some output is lost"])
@examples(8)
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
