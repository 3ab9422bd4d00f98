"""Ids: names of folders and files, addresses of pages and anchors of rows, all at once."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.commands.arguments import ROOT
from briefing.content.fields import id_mistake
from briefing.storage.read_sources import read_tree
from briefing.storage.write_output import write_output
from briefing.syntax.file_names import WINDOWS_DEVICE_NAMES
from build import make_site
from support.promises import Count
from support.sites import AS_OF

WORDS = st.text(st.characters(categories=["Ll", "Lo", "Nd", "Mn"]), min_size=1, max_size=8)
NAMES = st.one_of(
    st.text(max_size=12),
    st.lists(WORDS, min_size=1, max_size=3).map("-".join),
    st.sampled_from(
        ["..", ".", "a/b", "a\\b", "~", "CON", "con", "a.b", "đập", "ß", "ﬁ", "İ", "ı"]
    ),
)


@pytest.mark.promise(4)
@pytest.mark.parametrize(
    "id", ["halt-days", "đàm-phán", "河流", "пар", "ไทย", "हिंदी", "7", "a" * 120]
)
def test_letters_of_any_script_make_an_id(id: str) -> None:
    """Small letters with the marks that belong to them, digits and single hyphens."""
    assert id_mistake(unicodedata.normalize("NFC", id)) is None


@pytest.mark.promise(4)
@pytest.mark.parametrize(
    "id",
    [
        *("", "-", "-a", "a-", "a--b", "a b", "a_b", "a.b", "..", "a/b", "a\\b", "~", "a:b", "a*"),
        *("A", "aB", "Đập", "ß", "ς", "ﬁ", "ａ", "²", "¹", "½", "ǆ", "ª", "İ", "K"),
        *(
            "a\u0301".upper(),
            "\u0301a",
            "a\u200bb",
            "a\u00adb",
            "a\u2060",
            "\u3164",
            "a\ufe0f",
            "\u115f",
        ),
        *("a\n", "a\0", "é\u202e", "🙂", "a+b", "a%41", "a?b", "a#b", "a&b", "a'b", '"', "<b>"),
        *("a" * 121, "đ" * 61, *sorted(WINDOWS_DEVICE_NAMES)),
    ],
)
def test_what_a_disk_or_an_address_may_take_for_another_makes_none(id: str) -> None:
    """No capitals, no signs, nothing unseen, no name that Windows keeps, at most 120 bytes."""
    assert id_mistake(id)


@pytest.mark.promise(4)
def test_two_ids_are_two_names_on_every_disk(count: Count) -> None:
    """Ids that differ still differ without regard to case and Unicode form."""

    @given(NAMES, NAMES)
    def holds(one: str, other: str) -> None:
        count(1)
        if one != other and not id_mistake(one) and not id_mistake(other):
            forms = {unicodedata.normalize("NFKD", id).casefold() for id in (one, other)}
            assert len(forms) == 2

    holds()


def renamed(files: dict[str, bytes], id: str) -> dict[str, bytes]:
    """Give the small site with a topic, an article and a point of another name."""
    site = {}
    for path, data in files.items():
        place = path.replace("content/vote/count.", f"content/vote/{id}.")
        place = place.replace("content/vote/", f"content/{id}/")
        if not path.endswith((".md", ".yaml", ".html", ".xml", ".css", ".js", ".svg")):
            site[place] = data  # a font, a picture
            continue
        text = re.sub(r"\bturnout\b", id, data.decode()) if "content/" in path else data.decode()
        text = text.replace("topic:vote", f"topic:{id}").replace("point:vote/", f"point:{id}/")
        site[place] = text.replace("article:count", f"article:{id}").encode()
    return site


@pytest.mark.promise(4)
@pytest.mark.parametrize("id", ["đàm-phán", "河流", "ไทย", "a" * 120, "đ" * 60])
def test_every_link_arrives_whatever_the_id(
    small: dict[str, bytes], id: str, tmp_path: Path
) -> None:
    """The build itself follows every link; addresses are written in ASCII."""
    site = make_site(renamed(small, id), AS_OF)
    write_output(tmp_path / "site", site, ROOT)

    assert f"vi/{id}/{id}/index.html" in site
    assert read_tree(tmp_path, "site")[f"site/vi/{id}/{id}/index.html"]
    hrefs = re.findall(rb'href="([^"]*)"', site[f"vi/{id}/index.html"])
    assert all(href.isascii() or href.startswith(b"#") for href in hrefs)


@pytest.mark.promise(3, 4)
def test_names_that_a_mac_took_apart_are_the_same_names(
    small: dict[str, bytes], tmp_path: Path
) -> None:
    """A project copied from a disk that decomposes names builds the same site."""
    site = renamed(small, "đàm-phán")
    for path, data in site.items():
        place = tmp_path / unicodedata.normalize("NFD", path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    read = read_tree(tmp_path, "site.yaml", "content", "templates")

    assert read == site
    assert make_site(read, AS_OF) == make_site(site, AS_OF)


@pytest.mark.promise(4)
def test_no_id_leads_out_of_a_folder(count: Count) -> None:
    """It has no separator of any system, no dot, no control, and is not empty."""

    @given(NAMES)
    def holds(name: str) -> None:
        count(1)
        if id_mistake(name) is None:
            assert re.fullmatch(r"[^\W_][^/\\.:~\0\s]*", name)

    holds()
