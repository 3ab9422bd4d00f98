"""What the audits found, as readers see it: on pages, facing pages, in mails and lists."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from briefing.comparison.audit import Audit
from build import make_site
from support.sites import AS_OF

TOPIC = "river-talks"


@pytest.fixture(scope="module")
def site(small: dict[str, bytes]) -> Mapping[str, bytes]:
    """The small site, where an altered copy makes a difference of its own."""
    path = f"content/{TOPIC}/river-daily.vi.md"
    copied = small[path].replace(b"says: 30, by: council", b"says: 60, by: council")
    outlets = small["content/outlets.yaml"].replace(b"The Gazette", b"The Gazette & <Co>")
    return make_site(small | {path: copied, "content/outlets.yaml": outlets}, AS_OF)


def row(page: bytes, point: str) -> str:
    return page.decode().split(f'id="{point}"')[1].split("</tr>")[0]


def texts(html: str) -> str:
    inline = re.sub(r"</?span[^>]*>", "", html)
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (f"vi-en/{TOPIC}/index.html", "statement/#_c-began"),
        (f"en/{TOPIC}/gazette/index.html", "../statement/#_c-began"),
        (f"vi-en/{TOPIC}/gazette/index.html", "../statement/#_c-began"),
    ],
)
def test_what_is_confirmed_leads_to_the_statement(
    site: Mapping[str, bytes], path: str, address: str
) -> None:
    """Its mark is a tick and no flag, and the link arrives at the claims on the same point."""
    found = re.findall(r'<p class="flag flag-confirmed".*?</p>', site[path].decode(), re.DOTALL)

    assert len(found) == 1
    for each in found:
        assert "✓" in each
        assert "⚑" not in each
        assert f'href="{address}"' in each
    folder = path.split("/", maxsplit=1)[0]
    assert b'id="_c-began"' in site[f"{folder}/{TOPIC}/statement/index.html"]


def test_a_finding_is_told_in_the_language_of_its_page(site: Mapping[str, bytes]) -> None:
    """In a few words, with the number of the article that is the statement."""
    english = texts(row(site[f"en/{TOPIC}/index.html"], "began"))
    vietnamese = texts(row(site[f"vi/{TOPIC}/index.html"], "began"))

    assert "✓ as in 1" in english
    assert "✓ đúng như 1" in vietnamese
    assert "the ministry’s own statement says so, and 1 other article reports it." in english


def test_what_we_infer_is_marked_wherever_it_is_shown(site: Mapping[str, bytes]) -> None:
    """In the position, in what the verdict was made from, in the cell, and as what it rests on."""
    mood = texts(row(site[f"en/{TOPIC}/index.html"], "mood"))

    assert "Southern council (our inference): cool." in mood
    assert "Southern council (3): cool – our inference" in mood
    assert "Rests on our inference (The Gazette &amp; &lt;Co&gt;)." in mood
    assert "(theo suy luận của chúng tôi)" in texts(row(site[f"vi/{TOPIC}/index.html"], "mood"))


def test_a_voice_in_its_own_statement_is_told_from_reports_of_it(
    site: Mapping[str, bytes],
) -> None:
    """Where it is credited with two values; names are escaped once."""
    dams = texts(row(site[f"en/{TOPIC}/index.html"], "dams"))

    assert "the ministry (own statement): opened in May." in dams
    assert "Southern council and the ministry (as told by 3): closed." in dams


def test_what_partly_different_sets_have_in_common_is_told(site: Mapping[str, bytes]) -> None:
    """By the labels of the options."""
    assert "All name water;" in texts(row(site[f"en/{TOPIC}/index.html"], "terms"))
    assert "Các bài đều nêu nước," in texts(row(site[f"vi/{TOPIC}/index.html"], "terms"))


def test_a_difference_in_a_mail_has_its_findings(site: Mapping[str, bytes]) -> None:
    """In both of its forms; and an altered copy and an inferred outlet are named as that."""
    mail = texts(site[f"en/{TOPIC}/email.html"].decode())
    plain = " ".join(site[f"en/{TOPIC}/email.txt"].decode().split())

    assert "Rests on an altered copy (河流日报). Without it: “One article only –" in mail
    assert "Rests on an altered copy (河流日报). Without it: “One article only –" in plain
    assert "⚑ 3: the ministry’s own statement puts this differently." in plain
    marks = plain.split("4. 河流日报, 3 June 2025 · ")[1].split(" · Our summary")[0]
    outlet, altered = marks.split(" · ")
    assert outlet == "outlet: our inference"
    assert altered.startswith("Altered copy: ")


def test_the_figures_count_what_depends_on_altered_copies_and_inferences(
    site: Mapping[str, bytes],
) -> None:
    """Once on the page, on the home page, in mails and feeds."""
    page = texts(site[f"en/{TOPIC}/index.html"].decode())
    assert "4 is an altered copy; 3 of 11 points depend on it, marked ⚑4." in page
    assert "1 of 11 points rests on our inference, marked ∴." in page
    told = "3 of 11 depend on an altered copy. 1 of 11 rests on our inference."
    for path in ("en/index.html", f"en/{TOPIC}/email.html"):
        assert told in texts(site[path].decode())
    assert "depend on an altered copy" in site["en/feed.xml"].decode()


def test_the_method_page_names_every_audit(site: Mapping[str, bytes]) -> None:
    """What holds, and what does not."""
    page = texts(site["en/about/index.html"].decode())
    section = page.split("Nothing specific that")[-1]

    for name in ("Confirmed by the statement", "Not quite as in the statement"):
        assert name in section
    listed = site["en/about/index.html"].decode().split('<dl class="legend">')[3]
    assert listed.count("<dt>") == len(Audit)
