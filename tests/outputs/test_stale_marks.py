"""Readers of a translation are told what has changed in the original, where it stands."""

from __future__ import annotations

import re

import pytest

from briefing.content.parse import parse_site
from briefing.translation.digests import digests_of, of_field
from build import make_site
from support.sites import AS_OF, Sources

TALKS = "content/river-talks"
CHANGED = "This paragraph of the original has changed since."
WHOLE = "The original has changed since this translation was made; parts may be out of date."


def translated(small: Sources, text: str, article: str = "") -> Sources:
    """Give the site with a translation that is right, and then edit its original."""
    site = parse_site(small)
    texts = site.topics[0].texts
    if article:
        (texts,) = (each.summaries for each in site.topics[0].articles if each.id == article)
    path = f"{TALKS}/{article or 'topic'}.en.md"
    line = f"translates: vi\nof: {of_field(digests_of(texts['vi']))}\n".encode()
    data = re.sub(rb"(?m)^of: .*\n", b"", small[path]).replace(b"translates: vi\n", line)
    original = path.replace(".en.", ".vi.")
    old, new = text.split(" > ")
    assert old in small[original].decode()
    return {**small, path: data, original: small[original].decode().replace(old, new).encode()}


def page(site: Sources, path: str) -> str:
    return make_site(site, AS_OF)[path].decode()


@pytest.mark.parametrize("folder", ["en", "vi-en"])
def test_a_changed_paragraph_is_told_where_it_stands(small: Sources, folder: str) -> None:
    """On the page and on the facing page, after that paragraph alone, and not over the text."""
    html = page(translated(small, "Bộ nói > Bộ không nói"), f"{folder}/river-talks/index.html")

    assert html.count(CHANGED) == 1
    assert WHOLE not in html
    _, first, second, *_ = re.split(r'id="_p\d+"', html)
    assert CHANGED not in first
    assert f'<p class="prose_stale">{CHANGED}</p>' in second


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ("dek: Ba bài > dek: Hai bài", "The title or the sentence below it has changed"),
        ("title: Hội đàm > title: Cuộc họp", "The title or the sentence below it has changed"),
        ("Hai bên khác > Mới.\n\nHai bên khác", "A paragraph has been added to the original here"),
        ("Hai bên khác nhau về [các con đập](point:dams).\n > \n", "no longer in the original"),
    ],
)
def test_what_is_new_or_gone_is_told_too(small: Sources, edit: str, told: str) -> None:
    """Once, in its own words."""
    html = page(translated(small, edit), "en/river-talks/index.html")

    assert html.count(told) == html.count('class="prose_stale"') == 1


@pytest.mark.parametrize("folder", ["en", "vi-en"])
def test_a_paragraph_that_has_changed_and_has_a_new_one_behind_it_is_told_of_both(
    small: Sources, folder: str
) -> None:
    """Neither hides the other."""
    site = translated(small, "Hai bên khác > Ba bên khác")
    path = f"{TALKS}/topic.vi.md"
    site[path] = site[path].decode().replace("Bộ nói", "Đoạn mới.\n\nBộ nói", 1).encode()
    html = page(site, f"{folder}/river-talks/index.html")

    told = re.findall(r'<p class="prose_stale">(.*?)</p>', html)
    assert told[0] == CHANGED
    assert told[1].startswith("A paragraph has been added to the original here")
    assert len(told) == 2


@pytest.mark.parametrize(
    "edit",
    [
        "Bộ nói > Bộ  nói",
        "(point:dams) > (point:terms)",
        "mình. Xem > mình.\n\nXem",
    ],
)
def test_what_does_not_change_what_is_said_is_not_told(small: Sources, edit: str) -> None:
    """Spaces, links, a paragraph that was split."""
    assert "prose_stale" not in page(translated(small, edit), "en/river-talks/index.html")


@pytest.mark.parametrize("name", ["feed.xml", "feed.json", "email.html", "email.txt"])
def test_feeds_and_mails_say_it_once(small: Sources, name: str) -> None:
    """Over the text, for it is read elsewhere."""
    site = translated(small, "Bộ nói > Bộ không nói")
    written = page(site, f"en/river-talks/{name}")
    before = page(small, f"en/river-talks/{name}")

    def said(text: str) -> int:
        return " ".join(text.split()).count("The original has changed since this translation")

    assert said(written) == said(before) + 1
    assert CHANGED not in written


def test_where_paragraphs_do_not_pair_it_is_told_over_the_text(small: Sources) -> None:
    """As nobody can say which of the translation it is."""
    site = translated(small, "Bộ nói > Bộ không nói")
    path = f"{TALKS}/topic.en.md"
    html = page({**site, path: site[path] + b"\nOne more.\n"}, "en/river-talks/index.html")

    assert html.count(WHOLE) == 1
    assert "prose_stale" not in html
