"""`schema`: JSON Schemas of a site, and an editor that has them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT
from briefing.commands.main import main
from support.disk import found, plant
from support.language_server import LanguageServer, language_server
from support.sites import Sources

Said = pytest.CaptureFixture[str]
SETTINGS = ".vscode/settings.json"
TOPIC = "content/river-talks/topic.yaml"


def run(root: Path, *words: str) -> int:
    return main(["schema", *words, "--root", str(root)])


@pytest.fixture
def site(tmp_path: Path, small: Sources) -> Path:
    """A folder with the small site, which has no templates/."""
    root = tmp_path / "site"
    plant(root, {path: small[path] for path in small if not path.startswith("templates/")})
    return root


def settings(root: Path) -> dict[str, dict[str, list[str]]]:
    """The settings of VS Code for a folder."""
    read: dict[str, dict[str, list[str]]] = json.loads((root / SETTINGS).read_text("utf-8"))
    return read


def test_each_file_that_the_settings_name_is_there(site: Path, capsys: Said) -> None:
    """A second time there is nothing to write."""
    assert run(site) == 0
    capsys.readouterr()
    named = settings(site)["yaml.schemas"]
    first = found(site)

    assert run(site) == 0
    assert found(site) == first
    assert "0 added, 0 changed, 0 removed" in capsys.readouterr().out
    assert {*named} == {path for path in first if path.endswith(".schema.json")}
    assert "content/river-talks/*.md" in named[".schemas/river-talks/article.schema.json"]


def test_the_schemas_of_a_topic_go_with_it(site: Path) -> None:
    """As after a rename: neither a file nor the settings name what was."""
    run(site)
    (site / "content/vote").rename(site / "content/ballot")

    assert run(site) == 0
    assert not (site / ".schemas/vote").exists()
    assert (site / ".schemas/ballot/topic.schema.json").is_file()
    assert "vote" not in (site / SETTINGS).read_text("utf-8")


def test_other_settings_stay(site: Path) -> None:
    """Those of other schemas too, and the indentation of the file."""
    own = {"editor.tabSize": 4, "yaml.schemas": {"mine.json": ["a.yaml"]}, "z": None}
    (site / ".vscode").mkdir()
    (site / SETTINGS).write_text(json.dumps(own, indent="\t"), "utf-8")

    assert run(site) == 0
    now = settings(site)
    assert [*now] == [*own]
    assert now["yaml.schemas"]["mine.json"] == ["a.yaml"]
    assert ".schemas/site.schema.json" in now["yaml.schemas"]
    assert '\n\t"editor.tabSize"' in (site / SETTINGS).read_text("utf-8")


@pytest.mark.parametrize(
    "text", ["{\n  // mine\n}\n", '{"a": 1, "a": 2}', '{"yaml.schemas": []}', "[]", "\ufeff{}", ""]
)
def test_settings_that_would_lose_something_are_not_written(
    site: Path, text: str, capsys: Said
) -> None:
    """What belongs into them is printed instead, and the schemas are there."""
    (site / ".vscode").mkdir()
    (site / SETTINGS).write_text(text, "utf-8")

    assert run(site) == 0
    assert (site / SETTINGS).read_text("utf-8") == text
    said = capsys.readouterr().out
    assert "stays as it is; put this into it" in said
    printed = json.loads(said[said.index("\n{") :])
    assert ".schemas/river-talks/topic.schema.json" in printed["yaml.schemas"]


def test_schemas_go_into_a_folder_that_is_named(site: Path, tmp_path: Path) -> None:
    """For an editor that is told of them in another way."""
    assert run(site, str(tmp_path / "for-editors")) == 0

    assert (tmp_path / "for-editors/river-talks/topic.schema.json").is_file()
    assert not (site / ".schemas").exists()
    assert not (site / ".vscode").exists()


def test_a_link_in_the_place_of_the_settings_is_not_followed(
    site: Path, tmp_path: Path, capsys: Said
) -> None:
    """Nothing is written, there or here."""
    (tmp_path / "other.json").write_text("{}", "utf-8")
    (site / ".vscode").mkdir()
    (site / SETTINGS).symlink_to(tmp_path / "other.json")

    assert run(site) == 1
    assert (tmp_path / "other.json").read_text("utf-8") == "{}"
    assert not (site / ".schemas").exists()
    assert SETTINGS in capsys.readouterr().err


def test_a_link_in_the_place_of_their_folder_is_not_followed(site: Path, tmp_path: Path) -> None:
    """Whether there are settings in what it leads to or not."""
    for name in ("empty", "full"):
        (tmp_path / name).mkdir()
    (tmp_path / "full/settings.json").write_text("{}", "utf-8")
    for name in ("empty", "full"):
        (site / ".vscode").unlink(missing_ok=True)
        (site / ".vscode").symlink_to(tmp_path / name)
        before = found(tmp_path / name)

        assert run(site) == 1
        assert found(tmp_path / name) == before


def test_mistakes_in_the_content_are_no_hindrance(site: Path) -> None:
    """But for those in the languages, without which nothing is known of any text."""
    (site / TOPIC).write_text("points: [\n", "utf-8")
    assert run(site) == 0
    (site / "site.yaml").write_text("title: {en: A}\n", "utf-8")
    before = found(site)

    assert run(site) == 1
    assert found(site) == before


def test_no_other_command_minds_the_schemas(site: Path) -> None:
    """A site with them is built as one without."""
    main(["build", "--root", str(site), "--as-of", "2026-01-01"])
    without = found(site / "output")
    run(site)

    assert main(["build", "--root", str(site), "--as-of", "2026-01-01"]) == 0
    assert found(site / "output") == without
    assert main(["rename", "topic", "vote", "ballot", "--root", str(site)]) == 0
    assert run(site) == 0
    assert main(["check", "--root", str(site), "--as-of", "2026-01-01"]) == 0


def test_a_new_site_keeps_the_schemas_out_of_git(tmp_path: Path) -> None:
    """They are made of the content, by whoever edits."""
    main(["init", str(tmp_path / "new")])
    assert run(tmp_path / "new") == 0

    assert "/.schemas/" in (tmp_path / "new/.gitignore").read_text("utf-8").splitlines()


@pytest.mark.parametrize("command", ["build", "check"])
def test_what_makes_schemas_is_loaded_by_schema_alone(site: Path, command: str) -> None:
    """No other command is slower for it."""
    program = "import sys, briefing.commands.main as m; m.main(sys.argv[1:]); print(*sys.modules)"
    arguments = [sys.executable, "-c", program, command, "--root", str(site)]
    said = subprocess.run(
        arguments, cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ}
    ).stdout

    assert "briefing.content.claims.claim" in said
    assert "schemas" not in said.splitlines()[-1]


ARTICLE = "content/river-talks/new.vi.md"
LEAD = "title: Bài mới\noutlet: gazette\npublished: 2025-06-02\nclaims:\n"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory, small: Sources) -> Iterator[LanguageServer]:
    """The language server of an editor, in a folder in which `schema` was run."""
    root = tmp_path_factory.mktemp("edited")
    plant(root, {path: small[path] for path in small if not path.startswith("templates/")})
    text = small[TOPIC].decode()
    asked = text.replace(
        "label: {vi: Kéo dài", 'question: {vi: "Bao lâu?", en: "How long?"}, label: {vi: Kéo dài'
    )
    assert asked != text
    (root / TOPIC).write_text(asked, "utf-8")
    assert run(root) == 0
    with language_server(root, settings(root)["yaml.schemas"]) as server:
        yield server


def offered(editor: LanguageServer, text: str, path: str = ARTICLE) -> dict[str, str]:
    """What an editor offers where `|` stands, each with what it says of it."""
    return {
        each["label"]: str(each.get("documentation")) for each in editor.completions(path, text)
    }


def test_an_editor_offers_the_points_of_the_topic_with_their_questions(
    editor: LanguageServer,
) -> None:
    """In lines and in braces; a point without a question has its label."""
    for text in (f"{LEAD}  - point: |\n", f"{LEAD}  - {{point: |, says: 1}}\n"):
        points = offered(editor, text)
        assert {"began", "lasted", "dams", "fees"} <= points.keys()
        assert points["lasted"] == "Bao lâu?\n\nHow long?"
        assert points["began"] == "Bắt đầu\n\nBegan"


def test_an_editor_offers_the_options_of_the_point(editor: LanguageServer) -> None:
    """Each with its label; of another point others."""
    dams = offered(editor, f"{LEAD}  - {{point: dams, says: |, at: a b}}\n")
    terms = offered(editor, f"{LEAD}  - point: terms\n    says:\n      - |\n")

    assert {*dams} == {"open", "open-in-may", "closed"}
    assert dams["closed"] == "đóng\n\nclosed"
    assert {*terms} == {"water", "fish", "boats"}


def test_an_editor_offers_voices_outlets_and_fields(editor: LanguageServer) -> None:
    """Those of this site, and for each field what it is."""
    assert "own" in offered(editor, f"{LEAD}  - {{point: began, by: |, at: a b}}\n")
    assert "gazette" in offered(editor, "title: A\noutlet: |\n")
    fields = offered(editor, "title: A\n|\n")
    assert fields["outlet"] == "Who published the article."
    assert "translates" in fields
    assert {"vi", "en"} == {*offered(editor, "title: A\ntranslates: |\n")}
    groups = offered(editor, "points:\n  - id: a\n    group: |\n", TOPIC)
    assert {*groups} == {"meeting", "outcome"}


def test_an_editor_shows_the_question_of_a_point(editor: LanguageServer) -> None:
    """Where the mouse rests on its id; on an option, its label."""
    point = editor.hover(ARTICLE, f"{LEAD}  - {{point: la|sted, says: 5, at: a b}}\n")
    option = editor.hover(ARTICLE, f"{LEAD}  - {{point: dams, says: clo|sed, at: a b}}\n")

    assert "Bao lâu?\n\nHow long?" in point
    assert "đóng\n\nclosed" in option


def test_an_editor_finds_no_fault_with_what_is_right(
    editor: LanguageServer, small: Sources
) -> None:
    """Front matter as well as whole files, with numbers and dates without quotes."""
    for path, data in small.items():
        if path == "site.yaml" or (path.startswith("content/") and path != TOPIC):
            text = data.decode()
            matter = text.split("---\n")[1] if path.endswith(".md") else text
            assert editor.mistakes(path, matter) == [], path


def test_an_editor_tells_what_the_readers_would_refuse(editor: LanguageServer) -> None:
    """A point that there is none of, and a key that the format does not know."""
    wrong = f"{LEAD}  - {{point: lastd, says: 5, at: a b}}\ncolour: red\n"
    told = editor.mistakes("content/river-talks/wrong.vi.md", wrong)

    assert any('"lasted"' in message for message in told)
    assert "Property colour is not allowed." in told


def test_an_editor_that_takes_a_whole_article_for_yaml_completes_its_facts(
    editor: LanguageServer,
) -> None:
    """As VS Code does when its language mode is YAML; of the text below it tells nothing true."""
    text = f"---\n{LEAD}  - {{point: |, says: 1, at: a b}}\n---\nBài viết: một, hai.\n\n- *ba*\n"

    assert offered(editor, text)["lasted"] == "Bao lâu?\n\nHow long?"
    hovered = editor.hover(ARTICLE, text.replace("point: |", "point: la|sted"))
    assert "How long?" in hovered
