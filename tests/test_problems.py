"""What is told of a mistake, and how all of them are told at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.problems import (
    BROKEN,
    AllBroken,
    Collector,
    Place,
    Problem,
    Problems,
    did_you_mean,
    mistake,
    raise_if_any,
)
from support.nightly import examples

HERE = Place("content/a.md", 2, 5)
PLACES = st.builds(Place, st.sampled_from("ab"), st.integers(1, 9), st.integers(1, 9))
PROBLEMS = st.builds(Problem, PLACES, st.sampled_from(["x", "y"]), st.sampled_from(["do", "z"]))


def fail(message: str) -> str:
    """Fail with one problem."""
    raise mistake(HERE, message, "mend it")


def test_a_problem_is_told_with_its_place_and_the_cure_below() -> None:
    """The form is that of compilers, so that an editor can jump to the place."""
    problem = Problem(HERE, "titel: no such field", "did you mean `title`?")

    assert str(problem) == "content/a.md:2:5: titel: no such field\n    did you mean `title`?"


@examples(50)
@given(st.lists(PROBLEMS))
def test_problems_are_told_once_each_in_order_of_place(told: list[Problem]) -> None:
    """However they were found, an author reads them from top to bottom."""
    problems = Problems(told)

    assert list(problems) == sorted(set(told))
    assert len(problems) == len(set(told))
    assert str(problems) == "\n".join(str(problem) for problem in problems)


def test_lines_are_ordered_as_numbers() -> None:
    """Line 10 comes after line 9."""
    ninth, tenth = Problem(Place("a", 9), "x", "y"), Problem(Place("a", 10), "x", "y")

    assert list(Problems([tenth, ninth])) == [ninth, tenth]


def test_every_step_is_made_and_every_mistake_is_kept() -> None:
    """A step that fails does not hide what the next ones find."""
    collector = Collector()

    made = [collector.attempt(partial(fail, "one")), collector.attempt(lambda: "whole")]
    with collector.collect():
        fail("two")
    collector.add([Problem(HERE, "three", "mend it")])

    assert made == [BROKEN, "whole"]
    with pytest.raises(Problems) as told:
        collector.done()
    assert [problem.message for problem in told.value] == ["one", "three", "two"]


def test_nothing_is_raised_where_nothing_is_wrong() -> None:
    """A collector of no problems, and a check that finds none, let the build go on."""
    collector = Collector()

    collector.add([])
    raise_if_any([])

    collector.done()


def test_a_step_that_fails_in_silence_fails_all_the_same() -> None:
    """What needs a broken thing has nothing to tell, and yet is not made."""
    collector = Collector()

    with collector.collect():
        raise Problems

    with pytest.raises(Problems) as told:
        collector.done()
    assert len(told.value) == 0


def test_the_problems_of_a_generator_are_kept_when_it_fails() -> None:
    """A check that raises on its way is told of too."""

    def check() -> Iterator[Problem]:
        yield Problem(HERE, "one", "mend it")
        fail("two")

    collector = Collector()

    collector.add(check())

    with pytest.raises(Problems, match="two"):
        collector.done()


def test_a_bug_of_ours_is_not_taken_for_a_mistake_of_an_author() -> None:
    """Any other exception goes through, to be seen."""
    collector = Collector()

    with pytest.raises(ZeroDivisionError), collector.collect():
        _ = 1 // 0

    collector.done()


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("titel", ["title", "outlet"], "did you mean `title`?"),
        ("xyz", ["title", "outlet"], "fields: title, outlet"),
        ("xyz", [], "there is none yet: write one first, or leave this out"),
    ],
)
def test_the_known_word_that_was_meant_is_named(word: str, known: list[str], said: str) -> None:
    """One that is near is named, else all there are."""
    assert did_you_mean(word, known, "fields") == said


def test_of_a_file_that_cannot_be_read_every_id_is_known_and_broken() -> None:
    """No reference into it is told of as dead."""
    register: AllBroken[str] = AllBroken()

    assert "anything" in register
    assert register["anything"] is BROKEN
    assert list(register) == []
    assert len(register) == 0


def test_what_could_be_read_of_a_file_is_found_beside_what_is_broken() -> None:
    """Where only some ids could not be read, the others lead to what was read."""
    register = AllBroken({"gazette": "G"})

    assert register["gazette"] == "G"
    assert register["anything"] is BROKEN
    assert list(register) == ["gazette"]
    assert len(register) == 1
