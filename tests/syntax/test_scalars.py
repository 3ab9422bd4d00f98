"""Texts that are written as scalars of YAML, and read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.syntax.nodes import mapping, text
from briefing.syntax.scalars import write_scalar
from briefing.syntax.text import Text
from briefing.syntax.yaml import parse_fields


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("trong 30 ngày", "trong 30 ngày"),
        ("至少两个半小时", "至少两个半小时"),
        ("12:30", '"12:30"'),
        ("the mayor's words", "the mayor's words"),
        ('he said "no"', "'he said \"no\"'"),
        ('it\'s "no"', "'it''s \"no\"'"),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("“in July”", '"“in July”"'),
        ("a, b", '"a, b"'),
    ],
)
def test_quotes_are_written_where_they_are_needed(value: str, written: str) -> None:
    """A plain text stays plain, so that it is read as it is spoken."""
    assert write_scalar(value) == written


@given(st.text("ab1 :#,[]{}'\"\\-&*!|>%@`~?“”…\xa0", min_size=1))
def test_whatever_is_written_is_read_again(value: str) -> None:
    """In braces and on a line of its own."""
    value = " ".join(value.split()) or "a"
    for line in (f"at: {write_scalar(value)}\n", f"at: {{x: {write_scalar(value)}}}\n"):
        node = mapping(parse_fields(Text("a.md", line)))["at"]
        assert text(node if isinstance(node.value, str) else mapping(node)["x"]) == value
