"""A part of a text is written, however the file is written, and nothing else of it changes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.commands.serve.translator.part_edits import (
    sources_of,
    with_field,
    with_new_paragraph,
    with_paragraph,
    without_paragraph,
)
from briefing.problems import Problems
from support.markdowns import WORDS
from support.nightly import examples

PATH = "content/talks/gazette.en.md"
PLAIN = (
    st.text(st.sampled_from("ab ế.5-"), min_size=1, max_size=20).map(str.strip).filter(str.isalpha)
)
BODIES = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4)


def text(body: str, fields: str = "title: A\n", newline: str = "\n", mark: str = "") -> bytes:
    """Give a file with some fields and a body."""
    return f"{mark}---\n{fields}---\n{body}".replace("\n", newline).encode()


@examples(150)
@given(blocks=BODIES, newline=st.sampled_from(["\n", "\r\n"]), mark=st.sampled_from(["", "\ufeff"]))
def test_the_same_words_change_nothing(blocks: list[str], newline: str, mark: str) -> None:
    """Whatever a paragraph is written as, line ends and byte order mark too."""
    data = text("\n\n".join(blocks) + "\n", newline=newline, mark=mark)
    try:
        sources = sources_of(PATH, data)
    except Problems:
        assume(condition=False)
    for at, source in enumerate(sources):
        assert with_paragraph(PATH, data, at, source) == data
        assert with_paragraph(PATH, data, at, source.replace("\n", "\r\n")) == data
    assert with_field(PATH, data, "title", "A") == data


@examples(150)
@given(
    blocks=BODIES,
    words=PLAIN,
    newline=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    some=st.data(),
)
def test_only_the_bytes_of_a_paragraph_change(
    blocks: list[str], words: str, newline: str, mark: str, some: st.DataObject
) -> None:
    """What stands before it and after it is as it was, or nothing is written."""
    data = text("\n\n".join(blocks) + "\n", newline=newline, mark=mark)
    try:
        sources = sources_of(PATH, data)
        at = some.draw(st.integers(0, len(sources) - 1)) if sources else assume(condition=False)
        after = with_paragraph(PATH, data, at, words)
    except Problems:
        assume(condition=False)
    now = sources_of(PATH, after)
    assert now == (*sources[:at], words, *sources[at + 1 :])
    start, end = len(_common(data, after)), len(_common(data[::-1], after[::-1]))
    old = sources[at].replace("\n", newline).encode()
    assert len(data) - start - end <= len(old) or data == after
    assert after.startswith(mark.encode())
    assert b"\r\n" not in after if newline == "\n" else b"\n" not in after.replace(b"\r\n", b"")


def _common(one: bytes, other: bytes) -> bytes:
    """Give what two have in common at their beginning."""
    size = next(
        (at for at, both in enumerate(zip(one, other, strict=False)) if both[0] != both[1]), -1
    )
    return one[:size] if size >= 0 else min(one, other, key=len)


@examples(100)
@given(blocks=st.lists(PLAIN, max_size=4), words=PLAIN, newline=st.sampled_from(["\n", "\r\n"]))
def test_a_paragraph_is_added_and_taken_out(blocks: list[str], words: str, newline: str) -> None:
    """At any place; taking it out gives the file as it was."""
    data = text("".join(f"{each}\n\n" for each in blocks).removesuffix("\n"), newline=newline)
    for at in range(len(blocks) + 1):
        after = with_new_paragraph(PATH, data, at, words)
        assert sources_of(PATH, after) == (*blocks[:at], words, *blocks[at:])
        assert without_paragraph(PATH, after, at) == data or not blocks


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ("title: A # c\nx: 1\n", 'title: "B: b" # c\nx: 1\n'),
        ("title: 'A' # c\n", "title: 'B: b' # c\n"),
        ('title: "A\n  a" # c\nx: 1\n', 'title: "B: b" # c\nx: 1\n'),
        ("title: >\n  A\n  a\nx: 1\n", 'title: "B: b"\nx: 1\n'),
        ("title: A\n  a\nx: 1\n", 'title: "B: b"\nx: 1\n'),
        ("title:\n  A\nx: 1\n", 'title:\n  "B: b"\nx: 1\n'),
        ("{title: A, x: 1}\n", '{title: "B: b", x: 1}\n'),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_title_is_written_over(fields: str, after: str, newline: str) -> None:
    """However it is written; comments and other fields stay."""
    data = text("x\n", fields, newline)
    assert with_field(PATH, data, "title", " B: b\n") == text("x\n", after, newline)


@pytest.mark.parametrize("fields", ["title: A # c\nx: 1\n", "{title: A, x: 1}\n"])
def test_a_sentence_below_the_title_comes_and_goes(fields: str) -> None:
    """A new one stands by the title, and can be taken out where it has a line."""
    data = text("x\n", fields)
    added = with_field(PATH, data, "dek", "Ba bài.")
    assert added != data
    assert with_field(PATH, added, "dek", "Hai bài.") == added.replace(b"Ba b", b"Hai b")
    if not fields.startswith("{"):
        assert with_field(PATH, added, "dek", "") == data


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("a\n\nb", "paragraph 1 would become 2 paragraphs"),
        ("---\nx: 1\n---", "paragraph 1 would become"),
        ("- a\n\nb\n\n- c", "paragraph 1 would become 3 paragraphs"),
        ("```\na", "paragraph 1 would become 0 paragraphs"),
    ],
)
def test_what_makes_other_paragraphs_is_refused(words: str, message: str) -> None:
    """With what would come of it."""
    with pytest.raises(Problems, match=message):
        with_paragraph(PATH, text("Một.\n\nHai.\n"), 0, words)
    with pytest.raises(Problems, match="several lines"):
        with_field(PATH, text("Một.\n"), "title", "a\nb")
