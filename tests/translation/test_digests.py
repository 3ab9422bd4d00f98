"""A digest is of what words say, and not of how they are written."""

from __future__ import annotations

import pytest

from briefing.model.prose import Prose
from briefing.problems import Collector
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.text import Text, decode_text
from briefing.translation.digests import digest_of_words, digests_of_parts, of_field


def prose(text: str) -> Prose:
    return parse_markdown(decode_text("a.md", text.encode(), Collector()))


def digests(text: str) -> tuple[str, ...]:
    return digests_of_parts("", None, prose(text)).text


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("Ba bên đồng ý.", "Ba  bên\nđồng ý. "),
        ("Ba bên.\r\n\r\nHai.", "Ba bên.\n\n\nHai."),
        ("He said “yes” then.", 'He said "yes" then.'),
        ("Il dit « oui » alors.", 'Il dit "oui" alors.'),
        ("It’s over.", "It's over."),
        ("他说“好”。", "他说「好」。"),
        ("河水\n上涨。", "河水上涨。"),
        ("Hội đàm", "Ho\u0323\u0302i đa\u0300m"),
        ("30\u00a0ngày", "30 ngày"),
        ("The **dams** open.", "The dams open."),
        ("See [the halt](point:halt).", "See [the halt](point:stop)."),
        ("See [it](https://a.example/).", "See [it](https://b.example/x)."),
    ],
)
def test_what_does_not_change_the_meaning_does_not_change_the_digest(then: str, now: str) -> None:
    """Spaces, line ends, quotation marks, the form of letters, emphasis, where a link leads."""
    assert digests(then) == digests(now)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("30 ngày", "300 ngày"),
        ("30 000 men", "3 0000 men"),
        ("No dam opens.", "A dam opens."),
        ("10 m²", "10 m2"),
        ("A ~~dam~~ opens.", "A dam opens."),
        ("- Cá", "- Tôm"),
        ("One.", "one."),
        ("Is it?", "Is it!"),
    ],
)
def test_other_words_have_another_digest(then: str, now: str) -> None:
    """A number, a sign, a word that is struck out."""
    assert digests(then) != digests(now)


def test_each_part_of_a_text_has_a_digest() -> None:
    """Title, dek and each block; it is written in one line."""
    made = digests_of_parts("Title", "Dek", prose("One.\n\n- Two\n- Three\n\n## Four"))

    assert len(made.text) == 3
    assert made.title == digest_of_words("Title")
    written = of_field(made)
    assert written == f"{{title: {made.title}, dek: {made.dek}, text: [{', '.join(made.text)}]}}"
    assert "dek" not in of_field(digests_of_parts("Title", None, parse_markdown(Text("a", ""))))
