"""The command `status`: how each text stands, and what is most useful to do next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from briefing.commands.arguments import ROOT
from briefing.commands.main import main
from briefing.commands.status.next_steps import next_steps
from briefing.commands.status.read import read_status
from briefing.commands.status.statuses import SiteStatus, State
from briefing.commands.status.terminal import COLUMNS, status_lines, width
from briefing.content.values import read_moment
from briefing.problems import Problems
from support.disk import plant
from support.edits import edited
from support.new_sites import LANGUAGES, init, sources

NOW = read_moment("2026-01-01")
TALKS = "content/river-talks"
GAZETTE = f"{TALKS}/gazette.en.md"
Files = Mapping[str, bytes]
Said = pytest.CaptureFixture[str]


def status(files: Files, kept: Files | None = None) -> SiteStatus:
    return read_status(files, kept or {}, NOW)


def states(told: SiteStatus) -> dict[str, list[str]]:
    """Give what is said of each text, by its path."""
    entries = [entry for topic in told.topics for entry in topic.entries]
    entries += [told.about] if told.about else []
    return {text.path: [*text.states] for entry in entries for text in entry.texts}


def lines(told: SiteStatus) -> list[str]:
    return [*status_lines(told, "who-said-what")]


def steps(told: SiteStatus) -> list[str]:
    """Give what is to be done, each as its command or its place."""
    return [step.command or str(step.place) for step in next_steps(told)]


def test_each_text_has_its_states(small: Files) -> None:
    """Those of the small site, article by article and language by language."""
    assert states(status(small)) == {
        f"{TALKS}/topic.vi.md": ["ok"],
        f"{TALKS}/topic.en.md": ["ok"],
        f"{TALKS}/statement.vi.md": ["ok"],
        f"{TALKS}/statement.en.md": ["stale"],
        f"{TALKS}/mirror.vi.md": ["missing"],
        f"{TALKS}/mirror.en.md": ["ok"],
        f"{TALKS}/gazette.vi.md": ["ok"],
        f"{TALKS}/gazette.en.md": ["ok"],
        f"{TALKS}/river-daily.vi.md": ["ok"],
        f"{TALKS}/river-daily.en.md": ["draft"],
        "content/vote/topic.vi.md": ["ok"],
        "content/vote/topic.en.md": ["missing"],
        "content/vote/count.vi.md": ["ok"],
        "content/vote/count.en.md": ["missing"],
        "content/vote/later.vi.md": ["held back"],
        "content/vote/later.en.md": ["missing"],
        "content/about.vi.md": ["ok"],
        "content/about.en.md": ["missing"],
    }


@pytest.mark.parametrize(
    ("path", "line", "expected"),
    [
        ("gazette.vi.md", "machine: true", {"gazette.vi.md": ["machine"]}),
        (
            "gazette.vi.md",
            "machine: reviewed\nreviewed: {by: An, on: 2025-07-01}",
            {"gazette.vi.md": ["ok"]},
        ),
        (
            "gazette.en.md",
            "draft: true",
            {"gazette.en.md": ["draft"], "gazette.vi.md": ["behind a draft"]},
        ),
        ("statement.en.md", "draft: true", {"statement.en.md": ["stale", "draft"]}),
    ],
)
def test_a_text_may_have_several_states(
    small: Files, path: str, line: str, expected: Mapping[str, list[str]]
) -> None:
    """In one order; a text that is done waits for its lead."""
    files = edited(dict(small), f"{TALKS}/{path}", "---\ntitle:", f"---\n{line}\ntitle:")
    found = states(status(files))
    assert {name: found[f"{TALKS}/{name}"] for name in expected} == expected


def test_the_terminal_shows_a_table(small: Files) -> None:
    """A row for each text, a column for each language, and what is to be done."""
    told = "\n".join(lines(status(small)))
    assert re.search(r"^  topic +ok +ok$", told, re.MULTILINE)
    assert re.search(
        r"^  statement +ok +stale\n    7 of 7 passages never proved$", told, re.MULTILINE
    )
    assert re.search(r"^  later +from 2030-01-01 +missing$", told, re.MULTILINE)
    assert "5 missing · 1 stale · 1 draft · 1 held back · 10 ok · 25 passages not proved" in told
    assert "   who-said-what translate content/river-talks/statement.vi.md en" in told


def test_what_is_kept_tells_of_the_passages(small: Files) -> None:
    """Which are not in it, and that it is another text than the one that was read."""
    kept = {"river-talks/gazette.txt": b"Something else."}
    path = f"{TALKS}/gazette.en.md"
    proof = "proved: {on: 2025-06-30, text: 0123456789ab, passages: [01234567]}"
    files = edited(dict(small), path, "tags: [rivers]", f"tags: [rivers]\n{proof}")
    told = lines(status(files, kept))
    at = told.index("    10 of 10 passages not in the kept text")
    assert told[at + 1] == "    the kept text is not the one that was read"
    assert steps(status(files, kept))[0].startswith(f"{path}:")


def test_claims_that_are_prepared_and_not_written_are_counted(small: Files) -> None:
    """As `new article` leaves them: comments with a gap."""
    more = "tags: [rivers]\n#claims:\n#  - {point: fees, says: …, by: …, at: …}\n# - {point: mood}"
    files = edited(dict(small), GAZETTE, "tags: [rivers]", more)
    assert "    claims to be written: 1" in lines(status(files))


def test_a_claim_on_a_point_that_was_looked_for_is_to_be_written_if_it_is_begun(
    small: Files,
) -> None:
    """Where nothing was found, the article is silent: nothing is to be written."""
    prepared = "#  - {point: dams, says: …, by: …, at: …}\n#  - {point: mood, says: …, at: a word}"
    files = edited(dict(small), GAZETTE, "tags: [rivers]", f"tags: [rivers]\n#claims:\n{prepared}")
    assert "    claims to be written: 1" in lines(status(files))


def test_the_first_thing_to_do_is_what_readers_see_wrong(small: Files) -> None:
    """A mistake before all, then what is not so, stale, not proved, missing, and a draft."""
    kept = {"river-talks/gazette.txt": b"Something else."}
    assert steps(status(small)) == [
        "translate content/river-talks/statement.vi.md en",
        "prove river-talks/statement",
        "prove river-talks/mirror",
    ]
    first, *_ = steps(status(small, kept))
    assert first.startswith(GAZETTE)
    files = edited(dict(small), "content/vote/count.vi.md", "outlet: ministry", "outlet: ministri")
    assert steps(status(files, kept))[0].startswith("content/vote/count.vi.md:3:")


def without_claims(files: Files) -> dict[str, bytes]:
    """Give a site of which nothing is to be proved, and no translation is stale."""
    return {
        path: re.sub(rb"\nclaims:\n(?:  .*\n)*|\nof: [^\n]*", b"\n", data)
        for path, data in files.items()
    }


def test_then_translations_are_missing_and_last_come_drafts(small: Files) -> None:
    """Where all is proved and nothing is stale."""
    bare = status(without_claims(small))
    assert [step.partition(" ")[0] for step in steps(bare)] == ["translate"] * 3
    only = {
        path: data for path, data in small.items() if "/vote/" not in path and "about" not in path
    }
    links = {
        p: re.sub(rb"\]\([a-z]+:vote[^)]*\)", b"](topic:river-talks)", d) for p, d in only.items()
    }
    links.pop(f"{TALKS}/mirror.en.md")
    told = steps(status(without_claims(links)))
    assert told == [f"{TALKS}/river-daily.en.md:4:1"]


def test_a_site_with_nothing_to_do_says_nothing_of_it(tmp_path: Path) -> None:
    """But how its texts stand."""
    init(tmp_path / "site", "en")
    files = without_claims(sources(tmp_path / "site"))
    assert next_steps(status(files)) == ()
    assert "What to do next" not in lines(status(files))


def test_a_topic_with_mistakes_is_named_and_the_others_are_shown(small: Files) -> None:
    """With the number of all mistakes."""
    files = edited(dict(small), "content/vote/count.vi.md", "outlet: ministry", "outlet: ministri")
    told = status(files)
    assert [topic.id for topic in told.topics] == ["river-talks"]
    assert told.unread == ("vote",)
    assert "vote: not shown, there are mistakes in it" in lines(told)
    assert f"{len(told.problems)} mistake: `check` tells them all" in lines(told)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("content/voices.yaml", b"sides: {}\nvoices: [\n"),
        ("content/outlets.yaml", b"gazette: {}\n"),
        ("redirects.yaml", b"renamed: {a: b, c: d\n"),
        ("content/about.en.md", b"no front matter"),
    ],
)
def test_a_mistake_in_what_topics_share_hides_no_more_than_it_must(
    small: Files, path: str, data: bytes
) -> None:
    """What can be read without it is shown."""
    told = status({**small, path: data})
    assert told.problems
    assert told.title == "Trang nhỏ"
    assert {topic.id for topic in told.topics} | {*told.unread} == {"river-talks", "vote"}


def test_without_a_site_file_the_problems_are_told(small: Files) -> None:
    """There is nothing else to tell."""
    with pytest.raises(Problems):
        status({**small, "site.yaml": b"title: [\n"})


@pytest.mark.parametrize("languages", [*LANGUAGES, "vi,en,zh-Hans", "ar,en,es,fr,ja,ru,vi,zh-Hans"])
def test_a_line_has_at_most_eighty_cells(tmp_path: Path, languages: str) -> None:
    """In every script, and with many languages, where the table becomes a list."""
    init(tmp_path / "site", languages)
    files = sources(tmp_path / "site")
    lead = next(path for path in files if path.endswith("topic.yaml")).replace("topic.yaml", "")
    more = {
        path.replace("/gazette.", "/停火三十天.").replace("/radio.", "/đàm-phán."): data
        for path, data in files.items()
    }
    told = lines(status(more))
    assert lead
    assert all(width(line) <= COLUMNS for line in told), told
    rows = [line for line in told if line.startswith("  停火三十天")]
    assert len(rows) == 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_a_title_of_any_length_and_script_fits(small: Files, title: str) -> None:
    """It is cut at a whole sign."""
    (topic, *others) = status(small).topics
    told = replace(status(small), topics=(replace(topic, title=title), *others))
    assert all(width(line) <= COLUMNS + 12 for line in lines(told))


def test_wide_signs_take_two_cells() -> None:
    """As terminals show them; marks take none."""
    assert [width(text) for text in ("ngày", "停火", "カタ", "ｶﾀ", "e\u0301", "")] == [
        4,
        4,
        4,
        2,
        1,
        0,
    ]


@pytest.fixture
def project(tmp_path: Path, small: Files) -> Path:
    plant(tmp_path, dict(small))
    return tmp_path


def run(project: Path, *words: str) -> int:
    return main(["status", "--root", str(project), "--as-of", "2026-01-01", *words])


def test_the_command_tells_of_some_topics(project: Path, capsys: Said) -> None:
    """By their ids; one that is not there is told of."""
    assert run(project, "vote") == 0
    told = capsys.readouterr().out
    assert "(vote)" in told
    assert "(river-talks)" not in told
    assert "\033" not in told
    assert run(project, "vot") == 1
    assert "did you mean `vote`?" in capsys.readouterr().err


def test_with_a_mistake_the_command_fails_after_it_has_told(project: Path, capsys: Said) -> None:
    """With status 1, as `check`; of another topic it does not."""
    (project / "content/vote/count.vi.md").write_text("no front matter")
    with pytest.raises(SystemExit) as ended:
        run(project)
    assert ended.value.code == 1
    assert "Hội đàm về sông (river-talks)" in capsys.readouterr().out
    assert run(project, "river-talks") == 0


def fields(value: Any, path: str = "") -> set[str]:
    """Give the names of all fields of JSON, with those above."""
    if isinstance(value, dict):
        below = [fields(each, f"{path}.{key}") for key, each in value.items()]
        return {f"{path}.{key}" for key in value}.union(*below)
    return (
        set().union(*(fields(each, path) for each in value)) if isinstance(value, list) else set()
    )


def test_json_has_the_shape_that_is_documented(project: Path, capsys: Said) -> None:
    """Each field stands in docs/commands.md."""
    assert run(project, "--json") == 0
    made = json.decode(capsys.readouterr().out)
    assert made["form"] == 1
    assert [topic["id"] for topic in made["topics"]] == ["river-talks", "vote"]
    statement = made["topics"][0]["entries"][1]
    assert statement["texts"]["en"]["states"] == ["stale"]
    assert statement["claims"]["never_proved"] == 7
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    section = page.partition("\n## status\n")[2].partition("\n## ")[0]
    documented = set(re.findall(r"`(\w+)`", section))
    names = {path.rpartition(".")[2] for path in fields(made)}
    assert names - {"vi", "en"} <= documented
    assert {state.value for state in State} <= set(re.findall(r"`([\w ]+)`", section))
