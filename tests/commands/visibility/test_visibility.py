"""The commands `hide`, `show` and `withdraw`: what is written, and what readers find then."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from briefing.checks.published_urls import missing_urls
from briefing.commands.arguments import SOURCES
from briefing.commands.main import main
from briefing.commands.rename.command import rename
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.visibility.command import hide, show, withdraw
from briefing.content.values import read_moment
from briefing.engine.build import build
from briefing.engine.sources import SourceTree
from briefing.problems import Problems
from briefing.storage.site_sources.read import read_site_sources
from build import make_site
from support.disk import found, plant
from support.new_sites import init
from support.sites import Sources
from support.web import serve

NOW = read_moment("2026-03-01T03:00Z")
GAZETTE, MIRROR = "river-talks/gazette", "river-talks/mirror"
LEAD = "content/river-talks/gazette.en.md"
FACTS = "content/river-talks/topic.yaml"
REASON = ("vi=Bài này bịa đặt.", "en=It was made up.")
WHY = {"vi": "Bài này bịa đặt.", "en": "It was made up."}
Said = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, small: Sources) -> Path:
    """The small site on disk."""
    plant(tmp_path, small)
    return tmp_path


def sources(root: Path) -> dict[str, bytes]:
    return read_site_sources(root, *SOURCES)


def site_of(root: Path) -> Mapping[str, bytes]:
    """Give the site as readers see it."""
    return make_site(sources(root), NOW)


def changed(before: Mapping[str, bytes], root: Path) -> set[str]:
    after = found(root)
    return {path for path in {**before, **after} if before.get(path) != after.get(path)}


def told(do: Callable[[], object]) -> list[str]:
    """Give the problems that something is refused with, each with its cure."""
    with pytest.raises(Problems) as refused:
        do()
    return str(refused.value).splitlines()


def gone(root: Path, published: Mapping[str, bytes]) -> list[str]:
    """Give what is said of addresses that were published and lead nowhere now."""
    built = build(SourceTree.of(sources(root)), NOW)
    pages = [page for pages in built.whole.plan.pages.values() for page in pages]
    manifest = published["manifest.txt"].decode()
    return [str(each) for each in missing_urls(built.whole.plan.site, pages, manifest)]


@pytest.mark.parametrize(
    ("name", "language", "paths"),
    [
        (GAZETTE, "", {LEAD}),
        (GAZETTE, "vi", {"content/river-talks/gazette.vi.md"}),
        ("content/river-talks/gazette.vi.md", "", {"content/river-talks/gazette.vi.md"}),
        ("vote", "", {"content/vote/topic.vi.md"}),
        ("river-talks", "", {f"content/river-talks/topic.{code}.md" for code in ("vi", "en")}),
        ("content/river-talks/", "en", {"content/river-talks/topic.en.md"}),
        ("about", "", {"content/about.vi.md"}),
    ],
)
def test_what_is_hidden_is_shown_again_byte_for_byte(
    project: Path, name: str, language: str, paths: set[str]
) -> None:
    """One line in each file that has to be a draft; the rest of it is as it was."""
    before = found(project)
    said = hide(project, [name], language, NOW)
    assert changed(before, project) == paths
    for path in paths:
        lines = set(found(project)[path].splitlines()) - set(before[path].splitlines())
        assert {line.partition(b"#")[0].strip() for line in lines} == {b"draft: true"}
        assert f"{path} is a draft now" in said
    hidden = found(project)
    assert hide(project, [name], language, NOW).startswith("nothing to do: ")
    assert found(project) == hidden
    show(project, [name], language, NOW)
    assert found(project) == before
    assert show(project, [name], language, NOW).startswith("nothing to do: ")


def test_several_are_hidden_and_shown_in_one_run(project: Path) -> None:
    """All or nothing; what there is nothing to do for is told."""
    before = found(project)
    names = [GAZETTE, "content/river-talks/topic.en.md", GAZETTE, "vote"]
    said = hide(project, names, "", NOW)
    paths = {LEAD, "content/river-talks/topic.en.md", "content/vote/topic.vi.md"}
    assert changed(before, project) == paths
    undo = "show river-talks/gazette content/river-talks/topic.en.md vote"
    assert f"`python build.py {undo}` undoes it" in said
    assert said.count("its address must not vanish") == 3
    again = hide(project, [GAZETTE, MIRROR], "", NOW)
    assert "nothing to do: `river-talks/gazette` is a draft already" in again
    assert "content/river-talks/mirror.en.md is a draft now" in again
    said = show(project, [*names, MIRROR, "river-talks/statement"], "", NOW)
    assert "nothing to do: `river-talks/statement` is no draft, nor withdrawn" in said
    assert found(project) == before


def test_a_topic_and_a_text_of_it_are_hidden_as_the_topic(project: Path) -> None:
    """In whatever order they are named, so that the topic is shown with both texts again."""
    before = found(project)
    text = "content/river-talks/topic.en.md"
    for names in (["river-talks", text], [text, "river-talks"]):
        hide(project, names, "", NOW)
        show(project, ["river-talks"], "", NOW)
        assert found(project) == before


def test_an_original_is_hidden_with_its_translation(project: Path) -> None:
    """Where both are named: readers find neither."""
    paths = [f"content/river-talks/topic.{code}.md" for code in ("vi", "en")]
    before = found(project)
    hide(project, paths, "", NOW)
    assert changed(before, project) == {*paths}
    show(project, paths, "", NOW)
    assert found(project) == before


def test_of_several_names_all_that_are_wrong_are_told(project: Path) -> None:
    """And nothing is written."""
    before = found(project)
    lines = told(lambda: hide(project, ["vota", GAZETTE, "river-tlks"], "", NOW))
    assert [line for line in lines if "there is no text" in line and "vota" in line]
    assert [line for line in lines if "there is no text" in line and "river-tlks" in line]
    assert found(project) == before


def test_what_was_withdrawn_in_several_runs_is_shown_in_one(project: Path) -> None:
    """With the line of each correction."""
    for name in (GAZETTE, MIRROR):
        withdraw(project, name, "", REASON, NOW)
    said = show(project, [GAZETTE, MIRROR], "", NOW)
    assert "no longer as withdrawn: river-talks/gazette, river-talks/mirror" in said
    assert said.count("tells of the withdrawal") == 2
    assert found(project)["redirects.yaml"] == b""


def test_it_is_named_what_readers_find_without_it(project: Path) -> None:
    """Which addresses lead nowhere, and what of the comparison is another."""
    said = hide(project, [GAZETTE], "", NOW)
    assert "no page: /en/river-talks/gazette/, /vi-en/river-talks/gazette/, " in said
    assert "the comparison of `river-talks` has 10 claims fewer" in said
    assert "the verdict on `dams`: they differ → they are compatible" in said
    assert "its address must not vanish: `python build.py withdraw river-talks/gazette`" in said
    assert not any(path.startswith("en/river-talks/gazette/") for path in site_of(project))


def test_a_translation_that_was_a_draft_before_stays_one(project: Path) -> None:
    """Whether its article or its topic is hidden and shown again."""
    path = project / "content/river-talks/topic.en.md"
    path.write_bytes(path.read_bytes().replace(b"---\n", b"---\ndraft: true\n", 1))
    before = found(project)
    hide(project, ["river-talks"], "", NOW)
    show(project, ["river-talks"], "", NOW)
    assert found(project) == before
    statement = project / "content/river-talks/statement.en.md"
    statement.write_bytes(statement.read_bytes().replace(b"---\n", b"---\ndraft: true\n", 1))
    before = found(project)
    hide(project, ["river-talks/statement"], "", NOW)
    show(project, ["river-talks/statement"], "", NOW)
    assert found(project) == before
    said = show(project, ["river-talks"], "", NOW)
    assert "a draft is content/river-talks/topic.en.md: `python build.py show content/" in said
    show(project, ["content/river-talks/topic.en.md"], "", NOW)
    assert b"draft" not in path.read_bytes()


@pytest.mark.parametrize(
    ("written", "then"),
    [
        (b"draft: false", b""),
        (b'draft: "false"', b'draft: "false"'),
        (b"draft: false  # ask Lan first", b"draft: false  # ask Lan first"),
    ],
)
def test_what_an_editor_has_written_beside_it_stays(
    project: Path, written: bytes, then: bytes
) -> None:
    """Quotation marks and a comment; a line that says no more than `false` may go."""
    path = project / LEAD
    plain = path.read_bytes()
    path.write_bytes(plain.replace(b"---\n", b"---\n" + written + b"\n", 1))
    hide(project, [GAZETTE], "", NOW)
    assert written.replace(b"false", b"true") in path.read_bytes()
    show(project, [GAZETTE], "", NOW)
    line = then + b"\n" if then else b""
    assert path.read_bytes() == plain.replace(b"---\n", b"---\n" + line, 1)


def test_the_comment_of_a_new_file_goes_with_its_draft(project: Path, capsys: Said) -> None:
    """It says that the line below it is to be deleted."""
    root = str(project)
    assert main(["new", "translation", "--root", root, "content/vote/topic.vi.md", "en"]) == 0
    path = project / "content/vote/topic.en.md"
    assert b"Delete this line" in path.read_bytes()
    show(project, ["content/vote/topic.en.md"], "", NOW)
    assert b"Delete this line" not in path.read_bytes()
    assert b"draft" not in path.read_bytes()
    assert "write it over" in capsys.readouterr().out


def test_windows_line_ends_stay(project: Path) -> None:
    """In what is added, too."""
    for file in (project / LEAD, project / FACTS):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    before = found(project)
    withdraw(project, GAZETTE, "", REASON, NOW)
    for path in (LEAD, FACTS):
        assert b"\r\n" in found(project)[path]
        assert not re.search(rb"(?<!\r)\n", found(project)[path])
    show(project, [GAZETTE], "", NOW)
    assert found(project)[LEAD] == before[LEAD]


@pytest.mark.parametrize("verb", ["hide", "withdraw"])
@pytest.mark.parametrize(
    ("name", "language", "problem"),
    [
        (
            LEAD,
            "",
            (
                "without it readers find nothing of the article, in no language, and none of its",
                "`{verb} river-talks/gazette` does that to all of it",
            ),
        ),
        (
            "river-talks",
            "vi",
            (
                "topic.en.md is translated from it, and readers would find that alone",
                "`{verb} river-talks` does that to all of it; or `{verb} content/river-talks/",
            ),
        ),
        ("river-tlks", "", ("there is no text, article or topic `river-tlks`", "did you mean")),
        ("river-talks", "fr", ("there is no text in `fr`", "there is one in: ")),
        ("content/river-talks/topic.en.md", "vi", ("it is not the text in `vi`", "name the")),
    ],
)
def test_what_cannot_be_hidden_alone_is_refused(
    project: Path, verb: str, name: str, language: str, problem: tuple[str, str]
) -> None:
    """With what readers would find, and how it is done; nothing is written."""
    before = found(project)
    done = {
        "hide": lambda: hide(project, [name], language, NOW),
        "withdraw": lambda: withdraw(project, name, language, (), NOW),
    }
    message, cure = told(done[verb])
    assert problem[0] in message
    assert cure.strip().startswith(problem[1].format(verb=verb))
    assert found(project) == before


def test_the_last_text_and_the_page_on_the_site_are_not_withdrawn(project: Path) -> None:
    """There is a way to do what is meant."""
    last = told(lambda: withdraw(project, MIRROR, "en", (), NOW))
    assert "it is the only text of `river-talks/mirror` that readers find" in last[0]
    about = told(lambda: withdraw(project, "about", "", (), NOW))
    assert about[1].strip() == "`hide about` hides its text"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["en=It was made up."], "the reason is not told in `vi`"),
        (["vi=Bịa.", "en= "], "the reason is not told in `en`"),
        (["It was made up."], "names no language of the site"),
        (["fr=Inventé."], "names no language of the site"),
    ],
)
def test_a_reason_is_told_in_every_language(project: Path, given: list[str], message: str) -> None:
    """Else the readers of one would not know it."""
    before = found(project)
    assert message in told(lambda: withdraw(project, GAZETTE, "", given, NOW))[0]
    assert found(project) == before


def test_what_is_withdrawn_says_when_and_why(project: Path) -> None:
    """At its address in each language, and as a correction on page, in feeds and in the mail."""
    published = site_of(project)
    said = withdraw(project, GAZETTE, "", REASON, NOW)
    assert "that it was withdrawn: /en/river-talks/gazette/" in said
    site = site_of(project)
    assert gone(project, published) == []
    page = site["en/river-talks/gazette/index.html"].decode()
    assert "<p>Withdrawn on 1 March 2026.</p>" in page
    assert "<p>It was made up.</p>" in page
    assert "<p>Bài này bịa đặt.</p>" in site["vi/river-talks/gazette/index.html"].decode()
    sentence = "We have withdrawn our summary “Council says the dams stay shut”. It was made up."
    for path in ("en/river-talks/index.html", "en/river-talks/feed.xml", "en/feed.xml"):
        assert sentence in site[path].decode(), path
    assert sentence in " ".join(site["en/river-talks/email.txt"].decode().split())
    assert "gazette" not in site["sitemap.xml"].decode()
    assert b'"article":"gazette"' not in site["data/river-talks.json"]


def test_numbers_of_corrections_that_readers_know_stay(project: Path) -> None:
    """The new one is the last."""
    known = re.findall(r"Correction no\. (\d+), ([^<]*)<", page_of(project))
    withdraw(project, GAZETTE, "", REASON, NOW)
    now = re.findall(r"Correction no\. (\d+), ([^<]*)<", page_of(project))
    assert now[1:] == known
    assert now[0][0] == str(len(known) + 1)


def page_of(root: Path) -> str:
    return site_of(root)["en/river-talks/index.html"].decode()


def test_a_second_withdrawal_has_nothing_to_do(project: Path) -> None:
    """And changes nothing."""
    withdraw(project, GAZETTE, "", REASON, NOW)
    before = found(project)
    assert withdraw(project, GAZETTE, "", REASON, NOW).startswith("nothing to do: ")
    assert found(project) == before


def test_the_same_correction_is_told_once_a_day(project: Path) -> None:
    """Of what is withdrawn, shown and withdrawn again; with another reason it is another."""
    withdraw(project, GAZETTE, "", REASON, NOW)
    before = found(project)
    show(project, [GAZETTE], "", NOW)
    said = withdraw(project, GAZETTE, "", REASON, NOW)
    assert found(project) == before
    assert "page, feeds and mail of the topic tell of it, as a correction" in said
    show(project, [GAZETTE], "", NOW)
    withdraw(project, GAZETTE, "", ("vi=Sai ngày.", "en=Its day was wrong."), NOW)
    show(project, [GAZETTE], "", NOW)
    withdraw(project, GAZETTE, "", REASON, read_moment("2026-03-02T03:00Z"))
    corrections = re.findall(r"We have withdrawn our summary", found(project)[FACTS].decode())
    assert len(corrections) == 3


def test_what_was_withdrawn_is_shown_again(project: Path) -> None:
    """But for the correction, whose line is named: it may be known to readers."""
    before = found(project)
    withdraw(project, GAZETTE, "", REASON, NOW)
    said = show(project, [GAZETTE], "", NOW)
    line = found(project)[FACTS].decode().splitlines().index("  - date: 2026-03-01") + 1
    assert f"{FACTS}:{line} tells of the withdrawal" in said
    assert changed(before, project) == {FACTS, "redirects.yaml"}
    assert found(project)["redirects.yaml"] == b""


def test_a_whole_topic_is_withdrawn_with_its_articles(project: Path) -> None:
    """Those that readers saw; and so it is shown again."""
    published, before = site_of(project), found(project)
    withdraw(project, "vote", "", REASON, NOW)
    assert gone(project, published) == []
    written = found(project)["redirects.yaml"].decode()
    assert re.findall(r"id: ([^,]*),", written) == ["vote", "vote/count"]  # `later` was never there
    assert "It was made up." in site_of(project)["en/vote/count/index.html"].decode()
    show(project, ["vote"], "", NOW)
    assert changed(before, project) == {"redirects.yaml"}


def test_an_article_that_was_withdrawn_before_its_topic_stays_so(project: Path) -> None:
    """It has its own reason."""
    withdraw(project, GAZETTE, "", REASON, NOW)
    withdraw(project, "river-talks", "", (), NOW)
    show(project, ["river-talks"], "", NOW)
    (left,) = re.findall(r"- (.*)", found(project)["redirects.yaml"].decode())
    assert left.startswith("{id: river-talks/gazette, on: 2026-03-01, reason: ")


def test_one_language_is_withdrawn_where_nothing_else_stands(project: Path) -> None:
    """Its correction says which language it was."""
    published = site_of(project)
    withdraw(project, GAZETTE, "vi", REASON, NOW)
    assert gone(project, published) == []
    sentence = "We have withdrawn “Council says the dams stay shut” in Vietnamese."
    assert sentence in page_of(project)
    assert "It was made up" in site_of(project)["en/river-talks/index.html"].decode()
    show(project, [GAZETTE], "vi", NOW)
    assert found(project)["redirects.yaml"] == b""


REDIRECTS = [
    "withdrawn: [hoax]\n",
    "withdrawn: []\n",
    "# Ours.\nwithdrawn:\n- hoax  # by mistake\n# the end\n",
    "withdrawn:\n  - id: hoax\n    on: 2025-06-01\n\nreplaced: {lost: vote}\n",
    "{withdrawn: [{id: hoax, on: 2025}], replaced: {lost: vote}}\n",
    "{replaced: {lost: vote}}",
    "replaced:\n  lost: vote",
    "# nothing yet\n",
    "",
]


@pytest.mark.parametrize("written", REDIRECTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_redirects_may_be_written_in_any_way(project: Path, written: str, end: str) -> None:
    """An entry is added and taken out again, and nothing else changes."""
    path = project / "redirects.yaml"
    path.write_bytes(written.replace("\n", end).encode())
    before = found(project)
    withdraw(project, GAZETTE, "", REASON, NOW)
    assert "It was made up" in site_of(project)["en/river-talks/gazette/index.html"].decode()
    show(project, [GAZETTE], "", NOW)
    kept = written.replace("withdrawn: []\n", "")  # its last entry takes an empty list with it
    after = path.read_bytes().decode()
    assert after.strip() == kept.replace("\n", end).strip()
    assert changed(before, project) <= {FACTS, "redirects.yaml"}


@pytest.mark.parametrize(
    "changes",
    [
        "",
        "changes: []\n",
        "changes: [{date: 2025-06-04, kind: update, text: {vi: Một., en: One.}}]\n",
        "changes:\n- date: 2025-06-04\n  kind: update\n  text:\n    vi: A.\n    en: B.\n# end\n",
    ],
)
def test_corrections_may_be_written_in_any_way(project: Path, changes: str) -> None:
    """The new one is added after the others."""
    path = project / FACTS
    facts = path.read_text(encoding="utf-8")
    start = facts.index("changes:")
    path.write_text(facts[:start] + changes, encoding="utf-8")
    withdraw(project, GAZETTE, "", REASON, NOW)
    assert "We have withdrawn our summary" in page_of(project)
    assert path.read_text(encoding="utf-8").startswith(facts[:start])


def test_a_rename_comes_before_or_after(project: Path) -> None:
    """What was withdrawn is so by each of its ids, and is shown again by the last."""
    rename(project, "article", GAZETTE, "paper")
    published = site_of(project)
    withdraw(project, "river-talks/paper", "", REASON, NOW)
    rename(project, "topic", "river-talks", "river")
    rename(project, "article", "river/paper", "daily-gazette")
    assert gone(project, published) == []
    site = site_of(project)
    for id in ("river-talks/gazette", "river-talks/paper", "river/paper", "river/daily-gazette"):
        assert "It was made up." in site[f"en/{id}/index.html"].decode(), id
    show(project, ["river/daily-gazette"], "", NOW)
    assert gone(project, published) == []
    assert "withdrawn" not in found(project)["redirects.yaml"].decode()
    assert "Council says" in site_of(project)["en/river/daily-gazette/index.html"].decode()


@pytest.mark.parametrize("order", ["article first", "topic first"])
@pytest.mark.parametrize("renamed", ["before", "after"])
def test_what_is_withdrawn_and_shown_again_has_the_addresses_that_it_had(
    project: Path, order: str, renamed: str
) -> None:
    """An id that it never had gets no page, in whatever order article and topic were renamed."""

    def rename_both() -> None:
        if order == "article first":
            rename(project, "article", GAZETTE, "paper")
            rename(project, "topic", "river-talks", "river")
        else:
            rename(project, "topic", "river-talks", "river")
            rename(project, "article", "river/gazette", "paper")

    if renamed == "before":
        rename_both()
        name = "river/paper"
    else:
        name = GAZETTE
    published = site_of(project)
    withdraw(project, name, "", REASON, NOW)
    assert gone(project, published) == []
    if renamed == "after":
        rename_both()
    withdrawn = site_of(project)
    assert (order == "topic first") == ("en/river/gazette/index.html" in withdrawn)
    said = show(project, ["river/paper"], "", NOW)
    assert "no page" not in said
    assert gone(project, withdrawn) == gone(project, published) == []


def test_a_hand_written_withdrawal_of_an_id_that_never_was_leaves_the_others(
    project: Path,
) -> None:
    """The address of an article that is there leads on to it still."""
    rename(project, "article", GAZETTE, "paper")
    rename(project, "topic", "river-talks", "river")
    path = project / "redirects.yaml"
    path.write_bytes(path.read_bytes() + b"withdrawn: [river/gazette]\n")
    site = site_of(project)
    assert b"withdrawn" in site["en/river/gazette/index.html"]
    assert b"river/paper" in site["en/river-talks/gazette/index.html"]


def test_an_editor_is_told_where_showing_a_text_leaves_no_page(project: Path) -> None:
    """As where its lead was hidden meanwhile; the command that is named mends it."""
    withdraw(project, GAZETTE, "vi", REASON, NOW)
    published = site_of(project)
    hide(project, [GAZETTE], "", NOW)
    said = show(project, [GAZETTE], "vi", NOW)
    assert "its address must not vanish: `python build.py withdraw river-talks/gazette`" in said
    withdraw(project, GAZETTE, "", REASON, NOW)
    assert gone(project, published) == []


def test_the_preview_shows_the_draft_of_what_was_withdrawn(project: Path) -> None:
    """At its address, to editors; and readers' pages as readers find them."""
    live, public = (LiveSite(project, SOURCES, lambda: NOW, *as_of) for as_of in ((), (None,)))
    path = "en/river-talks/gazette/index.html"
    for each in (live, public):
        assert not each.open().problems
    commands: list[Callable[[], str]] = [
        lambda: withdraw(project, GAZETTE, "", REASON, NOW),
        lambda: show(project, [GAZETTE], "", NOW),
        lambda: hide(project, [GAZETTE], "", NOW),
    ]
    for do in commands:
        before = found(project)
        do()
        for each in (live, public):
            assert not each.rebuild(changed(before, project)).problems
        assert b"Council says the dams stay shut" in live.pages[path]
        assert public.pages.get(path) == site_of(project).get(path)


def test_nothing_is_written_over_a_mistake_elsewhere(project: Path) -> None:
    """All problems are told, as by every other command."""
    other = project / "content/vote/count.vi.md"
    other.write_bytes(other.read_bytes().replace(b"outlet: ministry", b"outlet: ministri"))
    before = found(project)
    assert "no outlet `ministri`" in told(lambda: hide(project, [GAZETTE], "", NOW))[0]
    assert found(project) == before


def test_the_program_takes_the_commands(project: Path, capsys: Said) -> None:
    """As the documents have them."""
    root = str(project)
    reasons = [word for each in REASON for word in ("--reason", each)]
    assert main(["withdraw", "--root", root, GAZETTE, *reasons]) == 0
    assert main(["build", "--root", root]) == 0
    assert main(["show", "--root", root, GAZETTE]) == 0
    assert main(["hide", "--root", root, GAZETTE, "--lang", "vi"]) == 0
    assert main(["check", "--root", root]) == 0
    assert main(["hide", "--root", root, "nothing"]) == 1
    assert "there is no text, article or topic `nothing`" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["hide", "--root", root])


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site in Vietnamese, English and Chinese, of which an article was withdrawn."""
    folder = tmp_path_factory.mktemp("three") / "site"
    init(folder, "vi,en,zh-Hans")
    reasons = ("vi=Sai.", "en=It was wrong.", "zh-hans=内容有误。")
    before = found(folder)
    withdraw(folder, "belora-bridge/gazette", "", reasons, NOW)
    written = changed(before, folder)
    assert all(path == "redirects.yaml" or path.startswith("content/") for path in written)
    return folder


def test_a_site_in_three_languages_says_it_in_each(three: Path) -> None:
    """At the address, and in the feed of the topic, as a sentence of the language."""
    site = site_of(three)
    page = "belora-bridge/gazette/index.html"
    assert "Rút lại ngày" in site[f"vi/{page}"].decode()
    assert "It was wrong." in site[f"en/{page}"].decode()
    assert "撤回日期：2026年3月1日。" in site[f"zh-hans/{page}"].decode()
    assert "内容有误。" in site[f"zh-hans/{page}"].decode()
    assert "Sai." in site[f"vi/{page}"].decode()
    feed = site["zh-hans/belora-bridge/feed.xml"].decode()
    assert "我们撤回了摘要《" in feed
    assert "》。内容有误。" in feed


def test_a_reader_of_the_old_address_is_told(page: Page, three: Path) -> None:
    """In a browser: the heading, the day and the reason."""
    with serve(site_of(three), "/") as address:
        page.goto(f"{address}en/belora-bridge/gazette/")
        expect(page.get_by_role("heading", level=1)).to_have_text("This page has been withdrawn")
        expect(page.get_by_text("It was wrong.")).to_be_visible()
