"""New articles: what is written of a page, that the site builds, and what is refused."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from briefing.commands.main import main
from briefing.content.parse import parse_site
from briefing.storage.read_sources import read_tree
from support.disk import found, plant
from support.odd_servers import page, redirect, says, serving
from support.sites import TESTS, Sources

PAGES = TESTS / "intake/pages"
NEWSPAPER = PAGES / "newspaper-en.html"
FROM = "https://gazette.example/news/7?utm_source=mail"
LEAD = "content/river-talks/gazette-2.vi.md"
KEPT = ".sources/river-talks/gazette-2.txt"
CAPTURE = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path, small: Sources) -> Path:
    """The small site, on disk."""
    plant(tmp_path, small)
    return tmp_path


def new_article(site: Path, *words: str) -> int:
    return main(["new", "article", *words, "--root", str(site)])


def refused(site: Path, capsys: CAPTURE, *words: str) -> str:
    """What is said where nothing is written."""
    before = found(site)
    assert new_article(site, *words) == 1
    assert found(site) == before
    return capsys.readouterr().err


def test_a_saved_page_becomes_a_draft_with_its_facts(site: Path) -> None:
    assert new_article(site, "river-talks", str(NEWSPAPER), "--from", FROM) == 0
    lead = (site / LEAD).read_text(encoding="utf-8")

    assert lead.startswith(
        "---\n"
        "# Write the title in Tiếng Việt, in words of your own.\n"
        "title: Reservoir to be lowered before autumn rains\n"
        "outlet: gazette\n"
        'url: "https://gazette.example/news/7"\n'
        "published: 2025-05-14T16:32Z\n"
    )
    assert 'author: "Jane Doe, Imran Malik"\nlanguage: en\ntype: report' in lead
    assert "\noriginal_title: Reservoir to be lowered before autumn rains\n" in lead
    assert "\ndraft: true\n" in lead
    assert lead.endswith("---\n")


def test_the_text_is_kept_with_a_paragraph_in_each_line(site: Path) -> None:
    assert new_article(site, "river-talks", str(NEWSPAPER), "--from", FROM) == 0
    lines = (site / KEPT).read_text(encoding="utf-8").splitlines()

    assert lines[0] == "Reservoir to be lowered before autumn rains"
    assert len(lines) == 7
    assert lines[-1].startswith("Another meeting is expected in June")


def test_every_point_is_a_line_to_fill_in_with_its_question_and_options(site: Path) -> None:
    assert new_article(site, "river-talks", str(NEWSPAPER), "--from", FROM, "--language", "en") == 0
    lead = (site / LEAD.replace(".vi.", ".en.")).read_text(encoding="utf-8")
    topic = next(each for each in parse_site(sources_of(site)).topics if each.id == "river-talks")

    for point in topic.points:
        assert f"#  - {{point: {point.id}, says: …, by: …, at: …}}\n" in lead
    assert "# What becomes of the dams?\n#   open (opened); open-in-may (opened in May); " in lead
    assert "# Next meeting\n" in lead
    assert "#   › Another meeting is expected in June, once surveyors" in lead


def sources_of(site: Path) -> Sources:
    return read_tree(site, "site.yaml", "redirects.yaml", "content", "templates")


def test_check_says_only_what_is_to_be_written(site: Path, capsys: CAPTURE) -> None:
    main(["check", "--root", str(site)])
    before = capsys.readouterr().out.splitlines()
    assert new_article(site, "river-talks", str(NEWSPAPER), "--from", FROM) == 0
    capsys.readouterr()

    assert main(["check", "--root", str(site)]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if line not in before]
    assert [line for line in said if line.startswith("warning")] == [
        "warning: content/river-talks/gazette-2.en.md:1:1: no translation"
    ]


def test_the_lines_of_a_lead_are_right_once_their_signs_are_deleted(site: Path) -> None:
    assert new_article(site, "river-talks", str(NEWSPAPER), "--from", FROM) == 0
    path = site / LEAD
    text = path.read_text(encoding="utf-8").replace("#claims:", "claims:")
    text = text.replace("#checked: all", "checked: all")
    text = text.replace(
        "#  - {point: lasted, says: …, by: …, at: …}",
        "  - {point: lasted, says: '>180', by: council, at: more than three hours}",
    )
    path.write_text(text, encoding="utf-8")

    topic = next(each for each in parse_site(sources_of(site)).topics if each.id == "river-talks")
    article = next(each for each in topic.articles if each.id == "gazette-2")
    assert [claim.point for claim in article.claims] == ["lasted"]
    assert article.checked == {point.id for point in topic.points}


def test_an_outlet_that_is_not_known_is_proposed(site: Path, capsys: CAPTURE) -> None:
    address = "https://www.courier.example/a"
    assert new_article(site, "river-talks", str(NEWSPAPER), "--from", address) == 0
    said = capsys.readouterr().out

    facts = "name: The Lowmere Courier, kind: …, country: …, language: en"
    assert f"\n    courier: {{{facts}, domains: [courier.example]}}\n" in said
    assert "kind: newspaper, magazine, agency" in said
    lead = site / "content/river-talks/courier.vi.md"
    assert "outlet: courier\n" in lead.read_text(encoding="utf-8")


def test_an_outlet_is_found_by_a_domain_it_names(site: Path, capsys: CAPTURE) -> None:
    outlets = site / "content/outlets.yaml"
    facts = "name: C, kind: newspaper, country: GB, language: en"
    entry = f"courier: {{{facts}, domains: [courier.example]}}\n"
    outlets.write_text(outlets.read_text(encoding="utf-8") + entry, encoding="utf-8")

    assert (
        new_article(site, "river-talks", str(NEWSPAPER), "--from", "https://news.courier.example/a")
        == 0
    )
    assert "outlet: courier, by the address" in capsys.readouterr().out


def test_nothing_is_written_by_a_dry_run(site: Path, capsys: CAPTURE) -> None:
    before = found(site)
    assert new_article(site, "river-talks", str(NEWSPAPER), "--from", FROM, "--dry-run") == 0

    assert f"{LEAD}, {KEPT}: would be written" in capsys.readouterr().out
    assert found(site) == before


def test_a_page_is_fetched_from_its_address(site: Path, capsys: CAPTURE) -> None:
    """A page of this machine has the address that it says it has elsewhere."""
    answers = {"/old": redirect("/a"), "/a": page(NEWSPAPER.read_bytes())}
    with serving(says(answers)) as server:
        assert new_article(site, "river-talks", f"{server.address}/old") == 0

    assert f"redirected to {server.address}/a" in capsys.readouterr().out
    lead = (site / "content/river-talks/courier.vi.md").read_text(encoding="utf-8")
    assert 'url: "https://www.courier.example/news/2025/may/14/reservoir-lowered"' in lead


def test_what_is_typed_is_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Họp về hồ Khe Mây\n\nHai bên họp hơn ba giờ về lịch xả nước của hồ.\nChưa có kết quả.\n"
    typed = io.TextIOWrapper(io.BytesIO(text.encode()))
    monkeypatch.setattr(sys, "stdin", typed)
    address = "https://gazette.example/vi"

    assert new_article(site, "river-talks", "-", "--from", address, "--id", "gazette-vi") == 0
    lead = (site / "content/river-talks/gazette-vi.vi.md").read_text(encoding="utf-8")
    assert "original_title: Họp về hồ Khe Mây\n" in lead
    assert "language: vi\n" in lead
    assert "published: …\n" in lead


def test_a_text_file_keeps_its_paragraphs(site: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    saved.write_bytes("Tít bài\r\nĐoạn một của bài.\r\n\r\nĐoạn hai của bài.\r\n".encode())

    assert new_article(site, "river-talks", str(saved), "--from", FROM) == 0
    kept = (site / KEPT).read_text(encoding="utf-8")
    assert kept == "Tít bài\nĐoạn một của bài.\nĐoạn hai của bài.\n"


def test_the_text_of_another_outlet_is_proposed_as_a_duplicate(site: Path, capsys: CAPTURE) -> None:
    assert new_article(site, "river-talks", str(NEWSPAPER), "--from", FROM) == 0
    capsys.readouterr()
    again = "https://mirror.example/x"

    assert new_article(site, "river-talks", str(PAGES / "amp-en.html"), "--from", again) == 0
    assert "of this text stands in river-talks/gazette-2 too" in capsys.readouterr().out
    lead = (site / "content/river-talks/mirror-2.vi.md").read_text(encoding="utf-8")
    assert "\n#duplicate_of: gazette-2\n" in lead


def test_the_same_address_is_refused(site: Path, capsys: CAPTURE) -> None:
    for address in ("https://gazette.example/river", "http://www.gazette.example/river/?fbclid=1"):
        told = refused(site, capsys, "river-talks", str(NEWSPAPER), "--from", address)
        assert "content/river-talks/gazette.en.md" in told
        assert "we have this article already" in told


def test_the_same_text_of_the_same_outlet_is_refused(site: Path, capsys: CAPTURE) -> None:
    assert new_article(site, "river-talks", str(NEWSPAPER), "--from", FROM) == 0
    other = "https://gazette.example/elsewhere"
    told = refused(site, capsys, "river-talks", str(NEWSPAPER), "--from", other)
    assert "we have this text already" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere", str(NEWSPAPER), "--from", FROM], "there is no topic `nowhere`"),
        (["river-talks", str(NEWSPAPER), "--from", FROM, "--id", "mirror"], "there is an article"),
        (["river-talks", str(NEWSPAPER), "--from", FROM, "--id", "topic"], "taken"),
        (["river-talks", str(NEWSPAPER), "--from", FROM, "--id", "A B"], "`A B` "),
        (["river-talks", str(NEWSPAPER), "--from", FROM, "--language", "de"], "no language `de`"),
        (["river-talks", str(NEWSPAPER), "--from", "gazette"], "is no address of a web page"),
        (["river-talks", str(PAGES / "no-meta-en.html")], "does not say where it stands"),
        (["river-talks", "file:///etc/passwd"], "is no address of a web page"),
        (["river-talks", "no-such-file.html"], "cannot be read"),
        (["river-talks", str(PAGES)], "cannot be read"),
        (["river-talks", "http://127.0.0.1:1/a"], "takes no connection"),
        (["river-talks", str(PAGES / "front-page-en.html"), "--from", FROM], "list of articles"),
    ],
)
def test_what_cannot_be_is_refused_with_nothing_written(
    site: Path, capsys: CAPTURE, words: list[str], told: str
) -> None:
    assert told in refused(site, capsys, *words)


def test_an_old_id_is_never_used_again(site: Path, capsys: CAPTURE) -> None:
    (site / "redirects.yaml").write_text("renamed: {river-talks/past: river-talks/gazette}\n")
    told = refused(site, capsys, "river-talks", str(NEWSPAPER), "--from", FROM, "--id", "past")
    assert "an old id is never used again" in told


@pytest.mark.parametrize(
    "words",
    [
        ["topic", "a", "--id", "b"],
        ["translation", "a", "b", "--dry-run"],
        ["translation", "a", "b", "--title", "c"],
        ["article", "a", "b", "--start", "2025"],
    ],
)
def test_options_of_an_article_are_of_no_other(words: list[str], capsys: CAPTURE) -> None:
    with pytest.raises(SystemExit):
        main(["new", *words])
    assert re.search("is for `new (article|topic)`, not for", capsys.readouterr().err)


def test_without_the_libraries_it_says_how_to_install_them(
    site: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    told = refused(site, capsys, "river-talks", str(NEWSPAPER), "--from", FROM)
    assert 'pip install "who-said-what[intake]"' in told
