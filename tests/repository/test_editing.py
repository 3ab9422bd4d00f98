"""An editor who has docs/editing.md alone comes from two addresses to a published comparison."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT
from support.editing import ARTICLES, REMOTE, Editor, claims_of, editor, steps_of, typed_lines

DOCUMENTS = ("docs/editing.md", "docs/editing.vi.md")
MAX_TYPED = 40
"""Lines that an editor types, in the terminal and into files."""
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PICTURE = re.compile(r"!\[[^\]]+\]\((pictures/[\w-]+)\.(en|vi)\.png\)")
MAX_PICTURE = 120_000
"""Bytes of a picture."""


def test_two_addresses_become_a_published_comparison(tmp_path: Path) -> None:
    """By the steps of the document and nothing else; what it shows of the program is what it says.

    Typed are the commands and the lines of files with new words. Not typed is what is deleted, or
    chosen in the preview: of a claim there, the value and its meaning are written in fields.
    """
    steps = steps_of("docs/editing.md")
    typed = [line for step in steps for line in typed_lines(step)]
    made_in_preview = sum(len(claims_of(step)) for step in steps if step.kind == "claims")
    with editor(tmp_path) as at_work:
        for step in steps:
            at_work.do(step)
        previewed = shown(at_work)
        checked = at_work.terminal.run("cd my-briefing\nwho-said-what check")
        published = at_work.terminal.run(
            f"git --git-dir {tmp_path / 'remote.git'} show gh-pages:en/ferry/index.html "
            "gh-pages:vi/ferry/index.html"
        )

    assert len(typed) <= MAX_TYPED, f"{len(typed)} lines typed, {made_in_preview} claims beside"
    assert "0 warnings" in checked
    assert "9 of 9 proved" in checked
    for page in (previewed, published):
        assert page.index("Where they differ") < page.index('id="weeks"') < page.index('id="bus"')
        assert "Voices on different sides say the same" in page
        assert "Chỗ khác nhau" in page
        assert "back within four weeks" in page
        assert "at least eight weeks" in page
    assert "_preview" in previewed
    assert "_preview" not in published
    assert all(address in published for address in ARTICLES)


def shown(at_work: Editor) -> str:
    """What the preview shows of the topic, in both languages."""
    preview = at_work.preview
    assert preview
    paths = (f"{preview.base}{code}/ferry/" for code in ("en", "vi"))
    return "".join(preview.get(path).body.decode() for path in paths)


def test_the_way_has_six_points_two_articles_and_two_languages() -> None:
    """As an editor meets it, and no smaller."""
    steps = steps_of("docs/editing.md")
    files = {step.path: step.code for step in steps if step.path}
    said = "".join(step.code for step in steps if step.kind == "sh")

    assert len(re.findall(r"^\+.*\bkind: ", files["content/ferry/topic.yaml"], re.MULTILINE)) == 6
    assert all(said.count(address) == 1 for address in (*ARTICLES, REMOTE))
    assert "--languages en,vi" in said
    for command in ("serve", "locate", "prove", "status", "check", "publish"):
        assert f"who-said-what {command}" in said


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_document_is_one_page_with_small_pictures(document: str) -> None:
    """In its own language, where they show words."""
    text = (ROOT / document).read_text(encoding="utf-8")
    pictures = PICTURE.findall(text)

    assert text.count("\n") <= 250
    assert 1 <= len(pictures) <= 4
    assert {language for _, language in pictures} == {"vi" if ".vi." in document else "en"}
    for stem, language in pictures:
        assert (ROOT / f"docs/{stem}.{language}.png").stat().st_size <= MAX_PICTURE


def test_both_languages_say_the_same() -> None:
    """The same code, tables of claims, sections and pictures, in the same order."""
    english, vietnamese = ((ROOT / document).read_text(encoding="utf-8") for document in DOCUMENTS)

    assert FENCE.findall(english) == FENCE.findall(vietnamese)
    for of_english, of_vietnamese in zip(*map(steps_of, DOCUMENTS), strict=True):
        if of_english.kind == "claims":
            assert claims_of(of_english) == claims_of(of_vietnamese)
    shapes = [skeleton(text) for text in (english, vietnamese)]
    assert shapes[0] == shapes[1]


def skeleton(text: str) -> list[str]:
    """What a document is made of: its headings by their level, pictures, tables and code."""
    plain = FENCE.sub("```", text)
    parts = re.compile(r"^(##*) (\d+\.)?|!\[[^\]]*\]\(([\w/-]+)|^(\|-[|-]*)$|^(```)$", re.MULTILINE)
    return ["".join(filter(None, match.groups())) for match in parts.finditer(plain)]
