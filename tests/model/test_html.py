"""What is escaped is what markupsafe escapes."""

from __future__ import annotations

import markupsafe
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.html import escape, to_html


@given(st.text(st.sampled_from("&<>'\"a đ\n") | st.characters(), max_size=20))
def test_a_text_is_escaped_as_markupsafe_escapes_it(text: str) -> None:
    """All of it, once."""
    assert escape(text) == str(markupsafe.escape(text)) == to_html(text)
    assert type(escape(text)) is str


def test_markup_is_not_escaped_again() -> None:
    """And what is neither is written out first."""
    assert to_html(markupsafe.Markup("<b>a</b>")) == "<b>a</b>"
    assert to_html(["<"]) == "[&#39;&lt;&#39;]"
