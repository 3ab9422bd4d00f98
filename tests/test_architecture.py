"""The rules of the house, held by the machine."""

from __future__ import annotations

import ast
import json
import re
from itertools import accumulate
from pathlib import Path

import pytest

import briefing
from build import ROOT

PACKAGE = ROOT / "briefing"
FLOW = (
    "digests",
    "problems",
    "annotations",
    "addresses",
    "nodes",
    "source",
    "values",
    "prose",
    "plain",
    "commonmark",
    "markdown",
    "model",
    "language",
    "content.fields",
    "content.site",
    "content.registers",
    "content.tree",
    "content.redirects",
    "content.topics",
    "content.claims",
    "content.articles",
    "content",
    "renaming.edits",
    "renaming.names",
    "renaming.links",
    "renaming.requests",
    "renaming.noting",
    "renaming.proof",
    "renaming",
    "release",
    "history",
    "locators",
    "verdict",
    "audit",
    "compare",
    "data.shapes",
    "data.registers",
    "data.selectors",
    "data.values",
    "data.findings",
    "data.relations",
    "data.topic",
    "data.writing",
    "data.table",
    "data",
    "family",
    "pictures",
    "atlas",
    "pages",
    "front",
    "companions",
    "cards.ink",
    "cards.lines",
    "cards",
    "templates",
    "press",
    "here",
    "feeds",
    "mail",
    "linked_data",
    "signposts",
    "writers",
    "render",
    "checks.content",
    "checks.tags",
    "checks.looked",
    "checks.heads",
    "checks.output",
    "checks",
    "status",
    "origins",
    "stages",
    "memory",
    "sources",
    "hands",
    "start",
    "layout",
    "printing",
    "proofreading",
    "making",
    "remaking",
    "cache_folder",
    "shelf",
    "stamp",
    "files.reading",
    "files.rewriting",
    "files.plan",
    "files.exchange",
    "files.at_once",
    "files.one_by_one",
    "files.writing",
    "files.lock",
    "files",
    "past",
    "gallery",
    "ending",
    "progress",
    "workers",
    "publishing.git",
    "publishing.sources",
    "publishing.commits",
    "publishing.branch",
    "publishing",
    "preview.watching",
    "preview.faults",
    "preview.margin",
    "preview.workshop",
    "preview.telling",
    "preview.serving",
    "preview",
)
"""Each may import only those before it."""
CORE = FLOW[: FLOW.index("cache_folder")]
IMPURE = {"open", "print", "input", "Path", "os", "sys", "shutil", "subprocess", "random", "time"}
HOMES = {
    "yaml": {"source"},
    "markdown_it": {"commonmark"},
    "jinja2": {"templates"},
    "livereload": {"preview.serving"},
    "tornado": {"preview.serving"},
    "watchfiles": {"preview.watching"},
    "babel": {"language"},
    "PIL": {"cards.ink"},
    "ghp_import": {"publishing.commits"},
    "zoneinfo": {"language", "pictures", "release"},
}
"""The one home of each third party, and of the time zones."""


def path_of(module: str) -> Path:
    folder = PACKAGE / module.replace(".", "/")
    return folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")


def tree(module: str) -> ast.Module:
    return ast.parse(path_of(module).read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """The modules that a module imports, in full."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_every_module_is_in_the_flow() -> None:
    """No module stands outside the order."""
    modules = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        for path in PACKAGE.rglob("*.py")
    }

    assert modules - {"__init__"} == set(FLOW)


@pytest.mark.parametrize("module", FLOW)
def test_a_module_imports_only_those_before_it(module: str) -> None:
    """The text flows one way, and so do the imports."""
    own = {name.removeprefix("briefing.") for name in imports(module) if "briefing" in name}

    assert own <= set(FLOW[: FLOW.index(module)])


@pytest.mark.parametrize("module", CORE)
def test_the_core_does_not_touch_the_world(module: str) -> None:
    """No disk, no clock, no console: what a core function gives depends on what it is given."""
    names = {node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}

    assert not (names | imports(module)) & IMPURE
    assert not attributes & {"now", "today", "utcnow", "read_text", "read_bytes", "write_text"}


@pytest.mark.parametrize("module", FLOW)
def test_each_third_party_has_one_home(module: str) -> None:
    """A library is imported in its home and nowhere else."""
    for library in {name.split(".")[0] for name in imports(module)} & HOMES.keys():
        assert module in HOMES[library]


@pytest.mark.parametrize("module", FLOW)
def test_every_module_and_every_public_name_says_what_it_is(module: str) -> None:
    """The code can be read by its docstrings."""
    assert ast.get_docstring(tree(module))
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{module}.{node.name}"


def test_the_package_and_the_page_on_its_shape_name_every_module() -> None:
    """`briefing/__init__.py` and ARCHITECTURE.md are maps of the whole engine."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for module in {name.split(".")[0] for name in FLOW}:
        assert re.search(rf"^    {module} ", briefing.__doc__ or "", re.MULTILINE), module
        assert re.search(rf"\b{module}\b", page), module


@pytest.mark.promise(14)
def test_the_lock_files_name_no_registry_and_pin_every_hash() -> None:
    """What is installed is what was looked at, wherever it is installed from."""
    for name in (
        "requirements.txt",
        "requirements-cards.txt",
        "requirements-dev.txt",
        "requirements-audit.txt",
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "http" not in text
        assert "index" not in text
        pinned = re.findall(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==\S+.*\\$", text, re.MULTILINE)
        packages = re.findall(r"^[a-z0-9]\S*", text, re.MULTILINE)
        assert len(pinned) == len(packages) > 5


STYLES = ROOT / "templates/styles"


@pytest.mark.parametrize(
    "path", sorted(set(STYLES.glob("*.css")) - {STYLES / "layers.css"}), ids=lambda path: path.name
)
def test_a_style_sheet_is_one_layer_of_its_name(path: Path) -> None:
    """No rule stands outside a layer, none is forced, and none goes by an id."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()

    assert text.startswith(f"@layer {path.stem} {{\n")
    depths = list(accumulate((sign == "{") - (sign == "}") for sign in text))
    assert depths.index(0, 20) == len(text) - 1, "something stands outside of the layer"
    assert "!important" not in text
    selectors = re.findall(r"([^{};]+)\{", text)
    assert not [selector for selector in selectors if "#" in selector]


def test_the_layers_are_the_style_sheets() -> None:
    """In the order in which one goes before the other."""
    order = (STYLES / "layers.css").read_text(encoding="utf-8")

    assert order == "@layer tokens, base, layout, parts, print;\n"
    assert {path.stem for path in STYLES.glob("*.css")} == {
        "layers",
        *re.findall(r"(\w+)[,;]", order),
    }


def test_colours_and_faces_stand_in_the_tokens_alone() -> None:
    """Whoever changes the look edits one short file."""
    for path in STYLES.glob("*.css"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "tokens":
            assert len(text.splitlines()) < 70
        else:
            colours = re.findall(r":[^;{}]*(#[0-9a-f]{3,8}\b|\brgba?\()", text)
            assert colours == (["#000"] if path.stem == "print" else []), path.name
            assert "serif" not in text


def test_the_lock_of_the_web_tools_has_hashes_and_names_no_host() -> None:
    """What is installed is what was looked at, from whatever registry it comes."""
    lock = json.loads((ROOT / "tools/web/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert packages
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
