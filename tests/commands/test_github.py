"""What GitHub understands of a problem that it is told of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.commands.github import Level, github_annotation
from briefing.problems import Place, Problem, Problems

HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(["\n", "\r", "\r\n", "::", "::error::", "::add-mask::x", "##[error]", "]"]),
        st.sampled_from(["%", "%0A", "%0D", "%25", "%3A", "%2C", ":", ",", "=", "file=a", " "]),
        st.sampled_from(["\u2028", "\x85", "\x0b", "\x1b[31m", "\u200b", "\0"]),
        st.text(max_size=5),
    ),
    max_size=8,
).map("".join)
LEVELS = st.sampled_from(["error", "warning"])
COMMANDS = {"error", "warning", "notice", "add-mask", "stop-commands", "set-output", "group"}


def read(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Give the commands in what was said: name, properties, data; read as the runner does.

    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    lines = output.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [command for line in lines if (command := read_line(line))]


def read_line(line: str) -> tuple[str, dict[str, str], str] | None:
    """Read a line that may be a command, in the form of today or, if it is not, in the old one."""
    line = line.lstrip()
    info, ends, data = line[2:].partition("::")
    name, _, given = info.partition(" ")
    if line.startswith("::") and ends and name in COMMANDS:
        pairs = [pair.partition("=") for pair in given.strip().split(",") if pair]
        properties = {key: restored(value, ":,") for key, _, value in pairs if value}
        return name, properties, restored(data, "")
    _, begins, rest = line.partition("##[")
    name = rest.partition("]")[0].partition(" ")[0]
    return (name, {}, rest) if begins and "]" in rest and name in COMMANDS else None


def restored(text: str, signs: str) -> str:
    """Undo the escapes, `%25` last."""
    for sign in f"\r\n{signs}%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def test_an_annotation_has_the_place_the_message_and_the_cure() -> None:
    """GitHub shows it at the line of the file, and the cure below what is wrong."""
    problem = Problem(Place("content/x.md", 5, 2), "titel: no such field", "write `title`, not it")

    assert github_annotation(problem) == (
        "::error file=content/x.md,line=5,col=2,title=Cannot be built"
        "::titel: no such field%0Awrite `title`, not it"
    )


def test_a_warning_is_told_as_one() -> None:
    """What could be better stops nothing."""
    assert github_annotation(Problem(Place("a.md"), "no translation", "write it"), "warning") == (
        "::warning file=a.md,line=1,col=1,title=Could be better::no translation%0Awrite it"
    )


def test_a_place_without_a_line_has_none() -> None:
    """A property that would be empty is left out."""
    assert github_annotation(Problem(Place("site.yaml", 0, 0), "no such file", "write it")) == (
        "::error file=site.yaml,title=Cannot be built::no such file%0Awrite it"
    )


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("content/a,line=9.md", "content/a%2Cline=9.md"),
        ("content/a::b.md", "content/a%3A%3Ab.md"),
        ("content/100%.md", "content/100%25.md"),
        ("content/a\n::error::b.md", "content/a%0A%3A%3Aerror%3A%3Ab.md"),
    ],
)
def test_what_parts_properties_is_escaped_in_them(path: str, written: str) -> None:
    """A path may have any sign in it, and stays the path."""
    assert github_annotation(Problem(Place(path), "x", "y")).startswith(
        f"::error file={written},line=1,"
    )


@given(HOSTILE.filter(lambda path: not path.startswith("=")), HOSTILE, HOSTILE, LEVELS)
def test_whatever_the_content_says_the_annotation_is_one_command(
    path: str, message: str, cure: str, level: Level
) -> None:
    """No text of an author begins another command, and none of it is lost on the way."""
    problem = Problem(Place(path, 3, 7), message, cure)

    ((name, properties, data),) = read(github_annotation(problem, level))

    assert name == level
    assert properties.get("file", "") == path
    assert (properties["line"], properties["col"]) == ("3", "7")
    message_told, _, cure_told = data.partition("\n")
    assert str(problem).endswith(f": {message_told}\n    {cure_told}")


def test_a_text_without_end_is_cut() -> None:
    """As it is where problems are told to a terminal."""
    problem = Problem(Place("a.md"), "x" * 100_000, "y" * 100_000)

    assert len(github_annotation(problem)) < len(str(Problems([problem]))) + 100


@given(
    st.lists(st.builds(Problem, st.builds(Place, st.just("a.md")), HOSTILE, HOSTILE), max_size=5)
)
def test_each_problem_is_one_annotation(problems: list[Problem]) -> None:
    """A line for each, so that GitHub counts as many as there are."""
    assert len(read("\n".join(github_annotation(problem) for problem in problems))) == len(problems)
