"""A new site: what is in it, that it builds, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from briefing.commands.arguments import ROOT
from briefing.commands.init.site_files import own_name
from briefing.commands.main import main
from briefing.content.parse import parse_site
from briefing.storage.theme_folder import theme_folder
from briefing.syntax.cldr import babel_locale, plural_forms
from briefing.version import VERSION
from build import make_site
from support.disk import found, plant
from support.new_sites import EXAMPLE, init, sources
from support.sites import AS_OF

SAMPLES = ROOT / "briefing/commands/init/sample"
SAMPLED = sorted(path.stem for path in SAMPLES.iterdir())
SITES = {"vi,en": 14, "en,fr": 14, "ar,en": 14, "zh-Hans,ja,es": 17, "ru,ar": 14, "de": 11}
"""The most files of a site by its languages, but for words that are to be translated."""


@pytest.mark.parametrize("languages", SITES)
def test_a_new_site_builds_and_checks_without_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: str
) -> None:
    """Whatever the languages and their direction; but for the words that nobody has translated."""
    folder = tmp_path / "my-briefing"
    init(folder, languages)
    written = found(folder)
    capsys.readouterr()

    to_translate = {path for path in written if "/words/" in path}
    assert len(written) - len(to_translate) <= SITES[languages]
    assert main(["check", "--root", str(folder)]) == 0
    warnings = re.findall(r"^warning: ([^:]+):\S+ (.*)", capsys.readouterr().out, re.MULTILINE)
    assert {path for path, _ in warnings} == to_translate
    assert all("words not translated, shown in English" in told for _, told in warnings)
    assert main(["build", "--root", str(folder)]) == 0


@pytest.mark.parametrize("languages", ["vi,en", "zh-Hans,ja,es"])
def test_the_example_compares_something(tmp_path: Path, languages: str) -> None:
    """On one point the two articles agree, on one they differ, and on one a single one speaks."""
    init(tmp_path / "site", languages)

    site = make_site(sources(tmp_path / "site"), AS_OF)

    data = json.loads(site["data/belora-bridge.json"])
    verdicts = {each["point"]: each["verdict"] for each in data["verdicts"]}
    assert verdicts == {"votes": "agree", "closure": "differ", "ferry": "only-one"}


def test_the_example_is_read_in_each_language_of_the_site(tmp_path: Path) -> None:
    """The first article stands in the first language, the second in the second; so do outlets."""
    init(tmp_path, "zh-Hans,ja,es")

    leads = {
        path.name: "outlet:" in path.read_text(encoding="utf-8")
        for path in (tmp_path / EXAMPLE).glob("*.md")
    }
    assert {name for name, is_lead in leads.items() if is_lead} == {
        "gazette.zh-hans.md",
        "radio.ja.md",
    }
    outlets = yaml.safe_load((tmp_path / "content/outlets.yaml").read_text(encoding="utf-8"))
    assert {outlet["language"] for outlet in outlets.values()} == {"zh-hans", "ja"}
    assert {outlet["country"] for outlet in outlets.values()} == {"CN"}, "it is one town"


def test_a_language_is_written_as_the_closest_one_there_is(tmp_path: Path) -> None:
    """Canadian French as French, Chinese of China as simplified, and what has none in English."""
    init(tmp_path, "fr-CA,zh-CN,zh-TW,de")

    title = yaml.safe_load((tmp_path / "site.yaml").read_text(encoding="utf-8"))["title"]
    assert title == {
        "fr-ca": "Qui a dit quoi",
        "zh-cn": "谁说了什么",
        "zh-tw": "Who Said What",
        "de": "Who Said What",
    }


def test_title_and_address_are_those_that_were_given(tmp_path: Path) -> None:
    """In each language, with any sign."""
    address = "https://news.example.org/belora/"
    title = "Ai: “nói” {gì} #1?\n"
    init(tmp_path, "vi,en", "--title", title, "--address", address)

    facts = yaml.safe_load((tmp_path / "site.yaml").read_text(encoding="utf-8"))
    assert facts["title"] == dict.fromkeys(("vi", "en"), title.strip())
    assert facts["address"] == address
    assert f"{address}en/".encode() in make_site(sources(tmp_path))["en/index.html"]


@pytest.mark.parametrize("code", ["en-gb", "vi-vn"])
def test_a_broader_language_of_the_theme_has_the_words_of_a_narrower_one(
    tmp_path: Path, code: str
) -> None:
    """British English has nothing to be translated."""
    init(tmp_path, code)

    assert not (tmp_path / "templates").exists()
    (language,) = parse_site(sources(tmp_path)).languages
    assert language.untranslated == ()
    assert language.words


def test_words_are_in_english_until_somebody_writes_them(tmp_path: Path) -> None:
    """One by one, those with plural forms too."""
    init(tmp_path, "pl,en")
    path = tmp_path / "templates/words/pl.yaml"
    text = path.read_text(encoding="utf-8")
    empty = '{one: "", few: "", many: "", other: ""}'
    forms = '{one: "{n} a", few: "{n} b", many: "{n} c", other: "{n} d"}'
    text = text.replace('  skip: ""', '  skip: "Do treści"')
    text = text.replace(f"  n_articles: {empty}", f"  n_articles: {forms}")
    path.write_text(text, encoding="utf-8")

    polish, english = parse_site(sources(tmp_path)).languages
    assert polish.words["skip"] == "Do treści"
    assert polish.words["n_articles"]["few"] == "{n} b"  # type: ignore[index]
    assert {"skip", "n_articles"}.isdisjoint(polish.untranslated)
    assert len(polish.untranslated) == len(english.words) - 2
    assert polish.words["older"] == english.words["older"]


def test_words_that_nobody_has_translated_are_listed_beside_the_english(tmp_path: Path) -> None:
    """One line a word, in the plural forms that the language has."""
    init(tmp_path, "pl,en")

    (path,) = (tmp_path / "templates/words").iterdir()
    words = yaml.safe_load(path.read_text(encoding="utf-8"))["words"]
    english = (theme_folder() / "words/en.yaml").read_text(encoding="utf-8")
    assert words.keys() == yaml.safe_load(english)["words"].keys()
    assert words["skip"] == ""
    assert words["n_articles"] == {"one": "", "few": "", "many": "", "other": ""}
    lines = path.read_text(encoding="utf-8").splitlines()
    assert '  skip: "" # Skip to the text' in lines
    assert path.name == "pl.yaml"


@pytest.mark.parametrize("code", SAMPLED)
def test_every_sample_has_the_same_texts(code: str) -> None:
    """None is empty, and what has plural forms has those of its language."""
    samples = {
        each: yaml.safe_load((SAMPLES / f"{each}.yaml").read_text(encoding="utf-8"))
        for each in SAMPLED
    }

    assert list(samples[code]) == list(samples["en"])
    assert all(samples[code].values())
    forms = plural_forms(str(babel_locale(code)))
    assert all(set(t) == forms for t in samples[code].values() if isinstance(t, dict))
    for name in ("topic_text", "gazette_text", "radio_text"):
        paragraphs = {each: texts[name].count("\n\n") for each, texts in samples.items()}
        assert len(set(paragraphs.values())) == 1
    same = [key for key, text in samples[code].items() if text == samples["en"][key]]
    assert code == "en" or set(same) <= {"radio"}, "the same as in English"


def test_what_to_do_next_is_said_in_few_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the site is, how to see it, how to go on."""
    monkeypatch.setattr("sys.argv", ["/usr/bin/who-said-what"])
    plant(tmp_path, {".gitignore": b"mine"})

    init(tmp_path, "de,pl")

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 6
    assert "15 files, with an example in Deutsch, Polski" in lines[0]
    assert ".gitignore" in lines[1]
    assert "templates/words/de.yaml, templates/words/pl.yaml" in lines[2]
    assert lines[3] == f"    cd {tmp_path}"
    assert lines[4].startswith("    who-said-what serve --open ")
    assert lines[5].startswith("    who-said-what new topic my-topic ")
    assert (tmp_path / ".gitignore").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--languages", "vn,xx"], "no language `vn`, did you mean `vi`?; no language `xx`"),
        (["--languages", "en,EN"], "`en` is there twice"),
        (["--languages", ", "], "there is no language in it"),
        (["--title", " \n"], "it is empty"),
        (["--title", "a\x07b"], "U+0007"),
        (["--address", "example.org"], "argument --address: `example.org` begins with no http"),
        (["other"], "write: init FOLDER"),
    ],
)
def test_what_cannot_be_made_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    """With the cure, and nothing is written."""
    with pytest.raises(SystemExit) as stopped:
        main(["init", str(tmp_path / "site"), *options])

    assert stopped.value.code == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_files_is_refused_unless_told_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A history of git alone does not fill it; what is there is never written over."""
    others = {"README.md": b"mine", ".git/HEAD": b"ref", "content/old.txt": b"old"}
    plant(tmp_path, others)

    assert main(["init", str(tmp_path)]) == 1
    assert "the folder holds other files: `README.md`, `content`" in capsys.readouterr().err
    assert found(tmp_path) == others

    init(tmp_path, "vi,en", "--among-others")
    assert len(found(tmp_path)) == 14 + len(others)
    assert found(tmp_path).items() >= others.items()


def test_a_file_that_is_there_already_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of them are told, and nothing is written."""
    others = {"site.yaml": b"mine", ".github/workflows/pages.yml": b"mine", "content": b"a file"}
    plant(tmp_path, others)

    assert main(["init", str(tmp_path), "--among-others"]) == 1

    told = capsys.readouterr().err
    assert f"{tmp_path}/site.yaml:1:1: is there already" in told
    assert f"{tmp_path}/.github/workflows/pages.yml:1:1: is there already" in told
    assert f"{tmp_path}/content:1:1: is not a folder" in told
    assert found(tmp_path) == others


def test_the_example_can_be_taken_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One folder is deleted, and the site builds and has no warning."""
    init(tmp_path, "vi,en")
    for path in (tmp_path / EXAMPLE).iterdir():
        path.unlink()
    (tmp_path / EXAMPLE).rmdir()
    capsys.readouterr()

    assert main(["check", "--root", str(tmp_path)]) == 0
    assert " 0 warnings" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "name"), [("vi", "Tiếng Việt"), ("zh-hans", "简体中文"), ("fr", "Français")]
)
def test_a_language_is_named_in_itself(code: str, name: str) -> None:
    """As in the toggle of a page."""
    assert own_name(code) == name


def test_the_workflows_install_the_version_that_made_the_site(tmp_path: Path) -> None:
    """And no other, until somebody changes the number."""
    init(tmp_path, "en")

    for name in ("pages.yml", "check.yml"):
        text = (tmp_path / ".github/workflows" / name).read_text(encoding="utf-8")
        assert f'"who-said-what[cards]=={VERSION}"' in text
        assert "@VERSION@" not in text
