"""What has changed in an original, from digests alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.article import TextDigests
from briefing.model.prose import Prose
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.text import Text
from briefing.translation.changes import Change, ChangeKind, Part, changes_since
from briefing.translation.digests import digests_of_parts, words_by_digest
from support.nightly import examples

A, B, C, D = "One day passed.", "Two dams are open. They stay so.", "Three ask why.", "Four left."


def prose(*paragraphs: str) -> Prose:
    return parse_markdown(Text("a.md", "\n\n".join(paragraphs)))


def of(*paragraphs: str, title: str = "Title", dek: str | None = None) -> TextDigests:
    return digests_of_parts(title, dek, prose(*paragraphs))


def told(then: list[str], now: list[str], *, known: bool = False) -> list[str]:
    """Give the changes of the paragraphs of a text, as `changed 1 2`: of then, and of now."""
    words = words_by_digest("Title", None, prose(*then)) if known else None
    changes = changes_since(of(*then), "Title", None, prose(*now), words)
    return [f"{each.kind} {line(each.old)} {line(each.new)}" for each in changes]


def line(indexes: tuple[int, ...]) -> str:
    return "+".join(str(at + 1) for at in indexes) or "-"


@pytest.mark.parametrize(
    ("now", "changes"),
    [
        ([A, B, C, D], []),
        ([A, B, "Thirteen ask why.", D], ["changed 3 3"]),
        ([A, B, "New.", C, D], ["added - 3"]),
        (["New.", A, B, C, D], ["added - 1"]),
        ([A, B, C, D, "New."], ["added - 5"]),
        ([A, C, D], ["removed 2 -"]),
        ([A, B, C], ["removed 4 -"]),
        ([A, C, D, B], ["moved 2 4"]),
        ([A, "Two dams are open.", "They stay so.", C, D], ["split 2 2+3"]),
        ([A, B, f"{C} {D}"], ["merged 3+4 3"]),
        ([A, f"{B} {C} {D}"], ["merged 2+3+4 2"]),
        ([A, "They stay so.", C, D], ["changed 2 2"]),
        (["X.", "Y.", "Z.", "W."], ["changed 1 1", "changed 2 2", "changed 3 3", "changed 4 4"]),
        ([], ["removed 1 -", "removed 2 -", "removed 3 -", "removed 4 -"]),
    ],
)
def test_what_has_changed_is_told_by_paragraph(now: list[str], changes: list[str]) -> None:
    """Where paragraphs were moved, split or merged in the same words, that is told."""
    assert told([A, B, C, D], now) == changes


def test_a_changed_paragraph_beside_a_new_one_is_known_by_its_words() -> None:
    """Where the words of then are known; else the first of the two is taken for it."""
    now = [A, "Nobody came at all.", "Two dams are open. They do not stay so.", C, D]

    assert told([A, B, C, D], now) == ["changed 2 2", "added - 3"]
    assert told([A, B, C, D], now, known=True) == ["added - 2", "changed 2 3"]


def test_title_and_dek_are_told_apart() -> None:
    """A dek may be new, changed or gone."""

    def parts(then: TextDigests, title: str, dek: str | None) -> list[tuple[Part, ChangeKind]]:
        return [(each.part, each.kind) for each in changes_since(then, title, dek, prose(A))]

    assert parts(of(A), "Other", None) == [(Part.TITLE, ChangeKind.CHANGED)]
    assert parts(of(A), "Title", "Dek") == [(Part.DEK, ChangeKind.ADDED)]
    assert parts(of(A, dek="Dek"), "Title", "Other") == [(Part.DEK, ChangeKind.CHANGED)]
    assert parts(of(A, dek="Dek"), "Title", None) == [(Part.DEK, ChangeKind.REMOVED)]


def test_a_text_in_a_script_without_spaces_is_split_and_merged_as_well() -> None:
    """At the end of a sentence."""
    assert told(["河水上涨。", "大坝开闸。"], ["河水上涨。大坝开闸。"]) == ["merged 1+2 1"]
    assert told(["河水上涨。大坝开闸。"], ["河水上涨。", "大坝开闸。"]) == ["split 1 1+2"]


def test_every_paragraph_is_told_once_however_a_text_changes() -> None:
    """All of then, and all of now, are in one change, or in none and the same."""
    paragraphs = st.lists(st.sampled_from([A, B, C, D, "X.", "Y. Z.", "Y.", "Z."]), max_size=7)

    @examples(60)
    @given(paragraphs, paragraphs)
    def holds(then: list[str], now: list[str]) -> None:
        changes: tuple[Change, ...] = changes_since(of(*then), "Title", None, prose(*now))
        old = [at for change in changes for at in change.old]
        new = [at for change in changes for at in change.new]
        assert len(old) == len(set(old))
        assert len(new) == len(set(new))
        same = [each for at, each in enumerate(then) if at not in old]
        assert same == [each for at, each in enumerate(now) if at not in new]

    holds()
