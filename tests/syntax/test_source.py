"""Bytes -> text and YAML: what is taken, what is refused, and where everything stands."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.problems import BROKEN, AllBroken, Collector, Place, Problem, Problems
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import (
    Node,
    items,
    mapping,
    optional,
    part,
    required,
    text,
)
from briefing.syntax.readers import YES_OR_NO, Each, OneOf
from briefing.syntax.text import MAX_FORBIDDEN, LineIndex, Text
from briefing.syntax.text import decode_text as decode_and_tell
from briefing.syntax.yaml import MAX_YAML, MAX_YAML_DEPTH, parse_yaml
from support.nightly import examples


def decode(path: str, data: bytes) -> Text:
    """Read a file as text, or raise what is told of it."""
    collector = Collector()
    text = decode_and_tell(path, data, collector)
    collector.done()
    return text


LAW = examples(50)

SEEN = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"])
"""Characters of any script, without those that cannot be seen."""
SCRIPTS = st.one_of(
    SEEN,
    st.sampled_from("aăâđêôơưệộỹẢ河流日报“”，。カなひ한글ñß🙂𠮷 "),
    st.sampled_from("\n\n\r\t:-[]{}#'\"|>&*!?%@`,\\"),
)
TEXTS = st.text(SCRIPTS, max_size=60)


def yaml(written: str) -> Node:
    """Parse YAML of a file named a.yaml."""
    return parse_yaml(Text("a.yaml", written))


def told(written: str) -> str:
    """Give what is told of wrong YAML."""
    with pytest.raises(Problems) as error:
        yaml(written)
    return str(error.value)


def plain(node: Node) -> object:
    """Give the value of a node without its places."""
    match node.value:
        case str():
            return node.value
        case tuple():
            return [plain(item) for item in node.value]
        case _:
            return {key: plain(item) for key, item in node.value.items()}


def test_a_file_is_text_in_utf_8() -> None:
    """What editors on any system save is read alike: a mark at the start, CRLF, CR."""
    assert decode("a", "\ufeffmột\r\nhai\rba\n".encode()).text == "một\nhai\nba\n"


def test_letters_are_composed() -> None:
    """A Mac may write ệ as three characters; it is one, so that words compare."""
    decomposed = unicodedata.normalize("NFD", "Việt Nam")

    assert decode("a", decomposed.encode()).text == "Việt Nam"


@LAW
@given(TEXTS)
def test_reading_a_text_twice_changes_nothing(written: str) -> None:
    """What was read, saved and read again is the same."""
    once = decode_and_tell("a", written.encode(), Collector()).text

    assert decode_and_tell("a", once.encode(), Collector()).text == once


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfeh\x00i\x00", "a:1:1: not UTF-8 but UTF-16"),
        (b"\xfe\xff\x00h\x00i", "a:1:1: not UTF-8 but UTF-16"),
        (b"h\x00i\x00", "a:1:1: not UTF-8 but UTF-16"),
        (b"\xef\xbb\xbfa\xff", "a:1:2: not UTF-8: byte 0xFF"),
        (b"ok\n\xc3\xa9t\xe9\n", "a:2:3: not UTF-8: byte 0xE9"),
        ("ok\nx\u202ey".encode(), "a:2:2: U+202E (right-to-left override) is not allowed"),
        (b"ab\x00", "a:1:3: U+0000 (a control character) is not allowed"),
        ("a\u0085b".encode(), "a:1:2: U+0085 (a control character) is not allowed"),
        ("a\u2028b".encode(), "a:1:2: U+2028 (line separator) is not allowed"),
    ],
)
def test_what_hides_or_reorders_a_text_is_refused_where_it_stands(data: bytes, said: str) -> None:
    """Another encoding, control characters and overrides of direction are told of."""
    with pytest.raises(Problems) as error:
        decode("a", data)

    assert str(error.value).startswith(f"{said}\n    ")


def test_a_file_of_refused_characters_is_one_mistake_and_not_a_million() -> None:
    """Only the first few are told of."""
    with pytest.raises(Problems) as error:
        decode("a", b"\x01" * 5000)

    assert len(error.value) == MAX_FORBIDDEN


@LAW
@given(TEXTS, st.integers(1, 50))
def test_a_character_is_placed_by_the_lines_and_columns_of_an_editor(
    written: str, first: int
) -> None:
    """Only LF ends a line; lines and columns count from 1, columns in characters."""
    lines = LineIndex(Text("a", written, first))

    for index in range(len(written) + 1):
        before = written[:index]
        column = index - (before.rfind("\n") + 1) + 1
        assert lines.place(index) == Place("a", first + before.count("\n"), column)


def test_a_line_begins_where_it_begins_and_none_after_the_end() -> None:
    """The start of a line beyond the last is the end of the text."""
    lines = LineIndex(Text("a", "một\nhai"))

    assert [lines.start(line) for line in range(3)] == [0, 4, 7]


@pytest.mark.parametrize("scalar", ["no", "12:30", "010", "null", "~", "1e3", "2025-03-18", "0x1F"])
def test_a_scalar_stays_the_text_it_is(scalar: str) -> None:
    """YAML does not decide what a value means; the field that reads it does."""
    node = yaml(f"{scalar}: [{scalar}, {{k: {scalar}}}]")

    assert plain(node) == {scalar: [scalar, {"k": scalar}]}


@pytest.mark.parametrize("written", ["", "# a note\n", "\n\n"])
def test_no_yaml_is_an_empty_mapping(written: str) -> None:
    """An empty file has no fields, and the reader says which are missing."""
    assert yaml(written) == Node({}, Place("a.yaml"))


def test_a_key_without_a_value_has_an_empty_text() -> None:
    """`title:` alone is a text that is empty, and its reader says so."""
    assert plain(yaml("title:")) == {"title": ""}


QUOTABLE = st.text(SEEN.filter(lambda c: c not in "'\ufeff"), min_size=1, max_size=12)


@LAW
@given(st.lists(QUOTABLE, min_size=1, max_size=8, unique=True), st.integers(1, 30))
@example(["Điện Kremlin", "停火三十天", "𠮷🙂", "x"], 3)
def test_every_node_stands_where_an_editor_finds_it(texts: list[str], first: int) -> None:
    """Line and column of keys, values and items are right beside any script."""
    lines = [f"'{word}' : ['{word}',  '{word}']" for word in texts]

    node = parse_yaml(Text("a.yaml", "\n".join(lines), first))

    for number, (word, item) in enumerate(mapping(node).items(), first):
        size = len(word) + 2
        assert item.name == word
        assert item.key == Place("a.yaml", number, 1)
        assert item.place == Place("a.yaml", number, size + 4)
        one, other = items(item)
        assert one.place == Place("a.yaml", number, size + 5)
        assert other.place == Place("a.yaml", number, 2 * size + 8)


@LAW
@given(TEXTS)
@example("[" * 100_000)
@example("{" * 100_000)
@example("- " * 100_000)
@example("? " * 100_000)
@example("%YAML 9.9\n---\na")
@example("a: '")
def test_any_text_is_yaml_or_told_of(written: str) -> None:
    """Whatever a file holds, the reader gives a node or problems in it, and never crashes."""
    source = decode_and_tell("a.yaml", written.encode(), Collector())

    problems = problems_of(source)

    last = source.place(len(source.text))
    assert all(Place("a.yaml") <= problem.place <= last for problem in problems)


def problems_of(source: Text) -> tuple[Problem, ...]:
    """Give what is told of a text, which may be nothing."""
    try:
        parse_yaml(source)
    except Problems as problems:
        return problems.problems
    return ()


def test_brackets_without_end_are_refused() -> None:
    """Depth is bounded, so that 100 000 brackets cost no more than twenty."""
    assert told("[" * 100_000).startswith(
        f"a.yaml:1:{MAX_YAML_DEPTH + 1}: more than {MAX_YAML_DEPTH} levels of YAML\n"
        "    close the brackets"
    )


def test_a_file_without_end_is_refused() -> None:
    """So is length."""
    assert f"more than {MAX_YAML} characters" in told("a" * (MAX_YAML + 1))


@pytest.mark.parametrize(
    ("written", "place", "said"),
    [
        ("a: 1\na: 2", "2:1", "a: written twice, first on line 1"),
        ("b: &x 1", "1:4", "an anchor (`&x`) is not taken"),
        ("b: *x", "1:4", "an alias (`*x`) is not taken"),
        ("b: !!int 1", "1:4", "a tag (`!!int`) is not taken"),
        ("a: [*x, 1]", "1:5", "an alias (`*x`) is not taken"),
        ("b:\n  <<: {a: 1}", "2:3", "a merge key (`<<`) is not taken"),
        ("? [a]\n: 1", "1:3", "a key must be a text"),
        ("'': 1", "1:1", "a key must be a text"),
        ('a: "\\u202e"', "1:4", "U+202E (right-to-left override) is not allowed"),
        ("a: 1\n---\nb: 2", "2:1", "a second YAML document"),
        ("title: a: b", "1:9", "not YAML: a second `: ` in one value"),
        ("\ta: 1", "1:1", "not YAML: found character that cannot start any token"),
        ("a: @b", "1:4", "not YAML: a text that begins with `@`"),
        ("a: 1\nb\nc: 2", "2:1", "not YAML: could not find expected ':'"),
        ("a: [1, 2\nb: 3", "1:4", "not YAML: did not find expected ',' or ']'"),
        ("a: 1\n b: 2", "2:3", "not YAML: `b:` is not indented as the line above"),
        ("x: 1\na: 'b\n\nc: d\n", "2:4", "not YAML: found unexpected end of stream"),
    ],
)
def test_yaml_that_could_mean_two_things_is_refused_where_it_stands(
    written: str, place: str, said: str
) -> None:
    """What is no YAML, or lets a file mean other than it shows, is told of with the cure."""
    first, cure = told(written).splitlines()[:2]

    assert first.startswith(f"a.yaml:{place}: {said}")
    assert cure.strip()


def test_all_that_is_refused_is_told_in_one_run() -> None:
    """A file with an anchor, an alias and a key twice has three problems."""
    assert told("a: &x 1\nb: *x\na: 2").count("\na.yaml:") == 2


def test_front_matter_and_body_know_the_lines_they_begin_on() -> None:
    """A mistake in either is placed by the lines of the file."""
    matter, body = split_front_matter(Text("a.md", "---\ntitle: T\n--- \n\nText.\n"))

    assert matter == Text("a.md", "title: T\n", 2)
    assert body == Text("a.md", "\nText.\n", 4)
    assert body.place(1) == Place("a.md", 5, 1)


def test_a_rule_in_the_body_does_not_end_the_front_matter_again() -> None:
    """Only the first two lines of `---` are fences."""
    _, body = split_front_matter(Text("a.md", "---\n---\na\n\n---\n\nb"))

    assert body.text == "a\n\n---\n\nb"


@pytest.mark.parametrize("written", ["", "Text.", "---\ntitle: T\n", "\n---\na: b\n---\n"])
def test_a_file_without_front_matter_is_told_how_to_begin(written: str) -> None:
    """The first line is a fence, and there is a second."""
    with pytest.raises(Problems, match="begin the file with a line `---`"):
        split_front_matter(Text("a.md", written))


@LAW
@given(st.text(SEEN, max_size=20), TEXTS)
def test_front_matter_and_body_are_what_was_written(title: str, body: str) -> None:
    """Splitting loses no character of either."""
    matter, rest = split_front_matter(Text("a.md", f"---\n{title}#\n---\n{body}"))

    assert (matter.text, rest.text) == (f"{title}#\n", body)


class Talk(NamedTuple):
    """A record to read."""

    title: str
    tags: tuple[str, ...]
    draft: bool | None


def talk(written: str) -> Talk:
    """Read a record with a field that must be there and two that may be left out."""
    return yaml(written).record(
        Talk,
        title=required(text),
        tags=optional(Each(text), default=()),
        draft=optional(YES_OR_NO, default=False),
    )


def test_a_record_is_made_of_its_fields() -> None:
    """What is left out has its default."""
    assert talk("{title: T, tags: [a, b], draft: true}") == Talk("T", ("a", "b"), True)
    assert talk("title: T") == Talk("T", (), False)


def test_every_wrong_field_of_a_record_is_told_of() -> None:
    """A field that is missing, unknown or cannot be read does not hide the others."""
    with pytest.raises(Problems) as error:
        talk("sort: T\ntags: [a, {}, '']\ndraft: 'no'")

    assert [f"{problem.place}: {problem.message}" for problem in error.value] == [
        "a.yaml:1:1: `title` is missing",
        "a.yaml:1:1: sort: no such field",
        "a.yaml:2:11: tags: must be a text",
        "a.yaml:2:15: tags: is empty",
        "a.yaml:3:8: draft: `no` is not one of these",
    ]
    assert all(problem.cure for problem in error.value)


def test_a_misspelt_field_is_told_of_once() -> None:
    """With the field that was meant, which is then not told of as missing."""
    with pytest.raises(Problems) as error:
        talk("titel: T")

    assert str(error.value) == "a.yaml:1:1: titel: no such field\n    did you mean `title`?"


def test_a_field_with_nothing_in_it_is_told_of() -> None:
    """One that must be there and one that may be left out, whatever it should hold."""
    with pytest.raises(Problems) as error:
        talk("title:\ntags:")

    assert [f"{problem.place}: {problem.message}" for problem in error.value] == [
        "a.yaml:1:7: title: is empty",
        "a.yaml:2:6: tags: is empty",
    ]


@pytest.mark.parametrize(
    ("written", "said"), [("[a]", "must be a mapping"), ("a: b", "tags: must be a list")]
)
def test_a_value_of_another_shape_is_told_of(written: str, said: str) -> None:
    """A list is no mapping, and a text is no list."""
    with pytest.raises(Problems, match=said):
        talk(written.replace("a: b", "{title: T, tags: b}"))


def test_the_problem_of_a_value_without_a_name_is_told_without_one() -> None:
    """A value that stands under no key is told of by its place alone."""
    with pytest.raises(Problems) as error:
        yaml("a").fail("is odd", "make it even")

    assert str(error.value) == "a.yaml:1:1: is odd\n    make it even"


def test_a_part_that_is_missing_fails_in_silence() -> None:
    """Whoever needs it has nothing to add to what `record` tells."""
    assert part(yaml("a: b"), "a").value == "b"
    with pytest.raises(Problems) as error:
        part(yaml("a: b"), "c")
    assert len(error.value) == 0


def test_a_name_stands_for_one_of_the_choices() -> None:
    """An unknown name is told of; one of a broken thing, which was told of, is not."""
    read = OneOf({"gazette": "G", "mirror": BROKEN}, "outlet")

    assert read(yaml("gazette")) == "G"
    with pytest.raises(Problems, match=r"no outlet `gazete`\n    did you mean `gazette`\?"):
        read(yaml("gazete"))
    with pytest.raises(Problems) as error:
        read(yaml("mirror"))
    assert len(error.value) == 0


def test_any_name_is_known_in_a_file_that_could_not_be_read() -> None:
    """References into it fail in silence."""
    collector = Collector()

    made = collector.attempt(lambda: OneOf(AllBroken())(yaml("anything")))

    assert made is BROKEN
    with pytest.raises(Problems) as error:
        collector.done()
    assert len(error.value) == 0


def test_problems_of_a_list_stand_in_the_order_of_its_items() -> None:
    """Each wrong item is told of where it stands."""
    with pytest.raises(Problems) as error:
        Each(text)(yaml("['', '', a, '']"))

    places = [problem.place for problem in error.value]
    assert len(places) == 3
    assert all(one < other for one, other in pairwise(places))
