"""What is made of a text beside its page."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content.parse import parse_site
from briefing.model.prose import MAX_EXCERPT, Block, Prose
from build import make_site
from support.sites import AS_OF, Sources

WORDS = "Một câu dài về việc sửa cầu qua sông trong ba mươi ngày, theo lời thị trưởng. "
CASES = {
    "Hai *bài* nói [khác nhau](topic:vote) & `ngắn`.": "Hai bài nói khác nhau & ngắn.",
    "Dòng một\ndòng hai\\\ndòng ba": "Dòng một dòng hai dòng ba",
    "## Đề mục\n\n- một\n\nĐoạn đầu.": "Đoạn đầu.",
    "- chỉ có danh sách": "",
    "2 < 3 <b>x</b>": "2 < 3 <b>x</b>",
}


@pytest.mark.parametrize("written", CASES)
def test_an_excerpt_is_the_first_paragraph_in_plain_words(small: Sources, written: str) -> None:
    """Without marks, links and line ends; what is a sign of markup in HTML is itself."""
    path = "content/vote/topic.vi.md"
    head = small[path].decode().rpartition("---\n")[0]
    site = parse_site({**small, path: f"{head}---\n{written}\n".encode()})
    (text,) = (topic.texts["vi"] for topic in site.topics if topic.id == "vote")

    assert text.body.excerpt == CASES[written]
    assert text.description == (text.dek or CASES[written])


@given(st.text(st.sampled_from("aă ế工 .,"), max_size=400))
def test_an_excerpt_is_cut_at_a_word(words: str) -> None:
    """At most 160 signs, each of them of the text; a script without spaces is cut at a sign."""
    seen = " ".join(words.split())
    cut = Prose((Block(f"<p>{words}</p>", ()),)).excerpt

    assert len(cut) <= MAX_EXCERPT
    assert cut == seen or seen.startswith(cut.removesuffix("…"))
    assert cut.endswith("…") is (len(seen) > MAX_EXCERPT) or "…" in seen


def test_every_topic_has_a_description_of_its_own(small: Sources) -> None:
    """In search results, and where it is shared; its `dek`, or else the begin of its text."""
    path = "content/vote/topic.vi.md"
    head = small[path].decode().rpartition("---\n")[0]
    long = make_site({**small, path: f"{head}---\n{WORDS * 4}\n".encode()}, AS_OF)
    page = long["vi/vote/index.html"].decode()
    found = page.partition('<meta name="description" content="')[2].partition('"')[0]

    assert found.startswith("Một câu dài")
    assert found.endswith("…")
    assert len(found) <= MAX_EXCERPT
    assert found.removesuffix("…").split()[-1] in WORDS.split()
    assert f'property="og:description" content="{found}"' in page
    told = [
        data.decode().partition('<meta name="description" content="')[2].partition('"')[0]
        for path, data in make_site(small, AS_OF).items()
        if path.startswith("vi/") and path.count("/") == 2 and path.endswith("index.html")
    ]
    assert all(one != other for one, other in pairwise(sorted(told)))
