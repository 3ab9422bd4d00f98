"""The documents tell the truth."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from briefing.commands.arguments import COMMANDS, ROOT, parse_arguments
from briefing.content.parse import parse_site
from support.sites import TESTS

PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").glob("*.md"),
]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^(?:#+ |!\[.*\)|- |\d+\. |\|)", re.MULTILINE)
"""What a line of a document begins with, or all of a picture."""
MAX_PICTURE = 120_000
"""Bytes of a picture in one language."""


def test_every_command_has_a_section_that_begins_with_an_example() -> None:
    """Each line of it is a command that the program takes."""
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (\w+)\n\n```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)

    assert {name for name, _ in sections} == COMMANDS.keys()
    for name, example in sections:
        for line in example.splitlines():
            program, *words = shlex.split(line)
            assert program == "who-said-what"
            assert parse_arguments(words).command == name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_arrive(page: Path) -> None:
    """A link to another file leads to a file."""
    text = re.sub(
        r"^```.*?^```$|`[^`\n]*`",
        "",
        page.read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize(
    "page",
    [*PAGES, *ROOT.glob("templates/*/README.md")],
    ids=lambda page: page.parent.name + page.name,
)
def test_files_of_the_program_that_a_document_names_are_there(page: Path) -> None:
    """What was moved or deleted is named by its new place, or no longer."""
    named = re.findall(
        r"`((?:briefing|benchmarks|templates|tests|tools)/[\w./-]+)`",
        page.read_text(encoding="utf-8"),
    )
    missing = {name for name in named if not (ROOT / name).exists()}

    assert not missing


@pytest.mark.parametrize("page", [*(ROOT / "docs").glob("*.vi.md")], ids=lambda page: page.name)
def test_a_document_in_vietnamese_is_that_in_english(page: Path) -> None:
    """With the same code and as many sections, tables, steps and pictures, in the same order."""
    english = page.with_name(page.name.replace(".vi.", "."))
    one, other = (each.read_text(encoding="utf-8") for each in (english, page))

    assert FENCE.findall(one) == FENCE.findall(other)
    assert shape_of(one) == shape_of(other)
    assert f"[Tiếng Việt]({page.name})" in one
    assert f"[English]({english.name})" in other


def shape_of(document: str) -> list[str]:
    """Give what each line of a document is; of a picture, its name; prose and code left out."""
    parts = LINE.findall(FENCE.sub("", document))
    return [re.sub(r".*\((.*?)\.\w+\.png\)", r"\1", part) for part in parts]


@pytest.mark.parametrize(
    "picture", [*(ROOT / "docs/pictures").glob("*.*.png")], ids=lambda picture: picture.name
)
def test_a_picture_with_words_is_small_and_shown(picture: Path) -> None:
    """In the document of its language alone."""
    language = picture.suffixes[0]
    name = f"](pictures/{picture.name})"
    shown = [page.name for page in PAGES if name in page.read_text(encoding="utf-8")]

    assert picture.stat().st_size <= MAX_PICTURE
    assert len(shown) == 1
    assert shown[0].endswith(".vi.md") == (language == ".vi")


def test_the_full_lead_of_the_format_is_read(small: dict[str, bytes]) -> None:
    """The example with everything a lead can say has no field that the reader does not know."""
    text = (ROOT / "docs/content.md").read_text(encoding="utf-8")
    lead = next(
        fence for fence in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "claims:" in fence
    )
    documented = set(re.findall(r"^(\w+):", lead, re.MULTILINE))
    everything = b"\n".join(data for path, data in small.items() if path.endswith(".md"))
    used = {name.decode() for name in re.findall(rb"^(\w+):", everything, re.MULTILINE)}

    assert parse_site(small)
    assert used - documented <= {"dek", "translates", "of", "translator", "machine"}


def test_the_table_of_promises_names_the_tests_that_hold_them() -> None:
    """Each promise of SECURITY.md stands in docs/promises.md with every file that has its mark."""
    marked: dict[int, set[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "promise"
            ):
                for number in (arg.value for arg in node.args if isinstance(arg, ast.Constant)):
                    assert isinstance(number, int)
                    marked.setdefault(number, set()).add(path.relative_to(TESTS).as_posix())
    table = (ROOT / "docs/promises.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) .* \|([^|]*)\|$", table, re.MULTILINE)
    promised = re.findall(
        r"^(\d+)\. \*\*", (ROOT / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert [number for number, _ in rows] == promised
    named = {
        int(number): set(re.findall(r"`((?:\w+/)*test_\w+\.py)`", tests)) for number, tests in rows
    }
    assert {number: names for number, names in named.items() if names} == marked


def test_the_licences_are_named_where_they_are_looked_for() -> None:
    """The README names each, and pyproject.toml those of the package, which has no content."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("\n## Licence\n")[2]
    begins = {
        "LICENSE": "MIT License",
        "LICENSE-CONTENT": "Attribution 4.0 International",
        "templates/card_fonts/OFL.txt": "SIL OPEN FONT LICENSE",
    }

    assert project["license"] == "MIT AND OFL-1.1"
    assert project["license-files"] == [path for path in begins if path != "LICENSE-CONTENT"]
    for path, words in begins.items():
        assert f"]({path})" in section
        assert words in (ROOT / path).read_text(encoding="utf-8")
    for folder in re.findall(r"`(\w+(?:/\w+)*/)`", section):
        assert (ROOT / folder).is_dir(), folder
