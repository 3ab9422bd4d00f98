"""The rules of the house, held by the machine."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT
from support.disk import plant
from support.sites import Sources

PACKAGE = ROOT / "briefing"
LAYERS = (
    {"problems", "version"},
    {"model"},
    {"syntax", "comparison", "translation"},
    {"content", "rendering", "numerals"},
    {"outputs"},
    {"checks"},
    {"engine", "intake"},
    {"storage"},
    {"commands"},
    {"__main__"},
)
"""Each room imports only from those above its line, and from none on it."""
PURE = {room for layer in LAYERS[:-3] for room in layer}
WORLDLY = {"engine.fork", "engine.second_process", "intake.network.fetch", "intake.network.errors"}
"""Where a process is forked, and where a page is fetched."""
LIGHT = {
    "briefing",
    "briefing.commands",
    "briefing.commands.arguments",
    "briefing.commands.main",
    "briefing.commands.options",
    "briefing.commands.options.ack",
    "briefing.commands.options.build",
    "briefing.commands.options.check",
    "briefing.commands.options.locate",
    "briefing.commands.options.prove",
    "briefing.commands.options.init",
    "briefing.commands.options.new",
    "briefing.commands.options.override",
    "briefing.commands.options.publish",
    "briefing.commands.options.rename",
    "briefing.commands.options.schema",
    "briefing.commands.options.serve",
    "briefing.commands.options.status",
    "briefing.commands.options.translate",
    "briefing.commands.options.usage",
    "briefing.commands.options.visibility",
    "briefing.commands.process",
    "briefing.commands.up_to_date",
    "briefing.storage",
    "briefing.storage.cache_files",
    "briefing.storage.cache_folder",
    "briefing.storage.seal_key",
    "briefing.commands.site_folder",
    "briefing.storage.site_sources",
    "briefing.storage.site_sources.folders",
    "briefing.storage.stat_cache",
    "briefing.storage.system",
    "briefing.storage.system.abilities",
    "briefing.storage.system.folder_handle",
    "briefing.storage.theme_folder",
    "briefing.syntax",
    "briefing.syntax.characters",
    "briefing.syntax.urls",
    "briefing.version",
}
"""What a build with nothing to do loads: it needs no library."""
IMPURE = {"open", "print", "input", "Path", "os", "sys", "shutil", "subprocess", "random", "time"}
HOMES = {
    "yaml": {"syntax.yaml"},
    "markdown_it": {"syntax.markdown.commonmark", "syntax.markdown.block_rules"},
    "jinja2": {
        "rendering.templates",
        "rendering.template_compiler",
        "rendering.template_errors",
        "rendering.template_uses",
    },
    "babel": {"syntax.cldr", "rendering.i18n", "rendering.cldr_formats"},
    "livereload": {"commands.serve.handlers"},
    "tornado": {
        "commands.serve.handlers",
        "commands.serve.local_handler",
        "commands.serve.server",
    },
    "watchfiles": {"commands.serve.watcher"},
    "PIL": {"outputs.cards.canvas"},
    "polib": {"commands.translate.po.po_file"},
    "ghp_import": {"commands.publish.commits"},
    "trafilatura": {"intake.body"},
    "lxml": {"intake.markup"},
    "http": {"intake.network.fetch", "intake.network.errors"},
    "ssl": {"intake.network.fetch", "intake.network.errors"},
    "socket": {"intake.network.fetch", "intake.network.errors", "commands.serve.server"},
    "zoneinfo": {"syntax.cldr", "rendering.i18n", "content.publication", "outputs.charts"},
}
"""The home of each third party, and of the time zones."""
RUN = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print(*sys.modules)
"""
"""Runs a program, and prints what it has loaded."""
MOST_FILES, MOST_LINES = 18, 350
"""Files of a package beside its packages, and lines of a file."""
MANY_PARAMETERS = 3
"""Parameters of a function from which its docstring names at least one."""


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


PATHS = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
MODULES = sorted(PATHS.keys() - {"__init__"})
PACKAGES = {path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("__init__.py")}


def tree(module: str) -> ast.Module:
    return ast.parse(PATHS[module].read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """The modules that a module imports, in full."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & {f"briefing.{name}" for name in PATHS} or {node.module or ""}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def own_imports(module: str) -> set[str]:
    """Those of them that are ours."""
    return {
        name.removeprefix("briefing.") for name in imports(module) if name.startswith("briefing.")
    }


def room_of(module: str) -> str:
    return module.partition(".")[0]


def layer_of(room: str) -> int:
    return next(at for at, layer in enumerate(LAYERS) if room in layer)


def test_every_room_has_its_layer() -> None:
    """No room stands outside of the plan."""
    assert {room_of(module) for module in MODULES} == set().union(*LAYERS)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_the_layers_above(module: str) -> None:
    """Imports run one way, and never sideways."""
    room = room_of(module)
    others = {room_of(name) for name in own_imports(module)} - {room}

    assert {other for other in others if layer_of(other) >= layer_of(room)} == set()


def test_no_modules_import_each_other() -> None:
    """In a room, too, imports run one way."""
    left = {module: own_imports(module) & PATHS.keys() for module in MODULES}
    while left:
        free = {module for module, wanted in left.items() if wanted.isdisjoint(left)}
        assert free, f"a circle among {sorted(left)}"
        left = {module: wanted for module, wanted in left.items() if module not in free}


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_a_package_is_small_and_begins_with_its_charter_alone(package: str) -> None:
    """Names are imported from where they are defined."""
    folder = PACKAGE / package
    body = ast.parse((folder / "__init__.py").read_text(encoding="utf-8")).body

    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    files = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert len(files) <= MOST_FILES
    for path in files:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES, path.name


@pytest.mark.parametrize("module", [m for m in MODULES if room_of(m) in PURE - WORLDLY])
def test_the_core_does_not_touch_the_world(module: str) -> None:
    """No disk, no clock, no console: what a core function gives depends on what it is given."""
    if module in WORLDLY:
        return
    names = {node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}

    assert not (names | imports(module)) & IMPURE
    assert not attributes & {"now", "today", "utcnow", "read_text", "read_bytes", "write_text"}


@pytest.mark.parametrize("module", MODULES)
def test_each_third_party_has_one_home(module: str) -> None:
    """A library is imported in its home and nowhere else."""
    for library in {name.split(".")[0] for name in imports(module)} & HOMES.keys():
        assert module in HOMES[library]


@pytest.mark.parametrize("module", MODULES)
def test_every_module_and_every_public_name_says_what_it_is(module: str) -> None:
    """The code can be read by its docstrings."""
    assert ast.get_docstring(tree(module))
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{module}.{node.name}"


def public_functions(module: str) -> Iterator[ast.FunctionDef]:
    """The public functions of a module, and the public methods of its public classes."""
    bodies = [tree(module).body]
    bodies += [n.body for n in bodies[0] if isinstance(n, ast.ClassDef) and n.name[0] != "_"]
    for node in (node for body in bodies for node in body):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("module", MODULES)
def test_docstrings_name_parameters_and_what_is_raised(module: str) -> None:
    """What a function needs and what leaves it can be read without its code."""
    for function in public_functions(module):
        doc = ast.get_docstring(function) or ""
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        names = [argument.arg for argument in arguments if argument.arg not in {"self", "cls"}]
        if len(names) >= MANY_PARAMETERS:
            named = [name for name in names if re.search(rf"\b{name}\b", doc)]
            assert named, f"{module}.{function.name} names none of {names}"
        if any(isinstance(node, ast.Raise) for node in ast.walk(function)):
            assert "Raises " in doc, f"{module}.{function.name} says not what it raises"


@pytest.mark.parametrize("module", MODULES)
def test_docstrings_say_what_is_returned_or_done(module: str) -> None:
    """Their first line is a plain one: no `Give`, `Tell` or `Say`."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = (ast.get_docstring(node) or "").partition("\n")[0]
            assert not re.match(r"(?:Give|Tell|Say)s?\b", first), f"{module}.{node.name}: {first}"


def test_the_page_on_the_shape_repeats_every_charter() -> None:
    """ARCHITECTURE.md is the map of the rooms."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for room in {room_of(module) for module in MODULES} - {"__main__", "problems", "version"}:
        charter = ast.get_docstring(tree(room))
        assert f"| `{room}` | {charter} |" in page, room


def test_a_build_with_nothing_to_do_loads_no_library(tmp_path: Path, small: Sources) -> None:
    """What it needs is the standard library, and few modules of ours."""
    plant(tmp_path, small)
    command = [sys.executable, "-c", RUN, str(ROOT / "build.py"), "--root", str(tmp_path)]
    runs = [
        subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(3)
    ]
    loaded = runs[-1].splitlines()[-1].split()

    assert "nothing has changed" in runs[-1]
    assert {name for name in loaded if name.partition(".")[0] == "briefing"} <= LIGHT
    assert "msgspec" not in loaded


@pytest.mark.promise(14)
def test_the_lock_files_name_no_registry_and_pin_every_hash() -> None:
    """What is installed is what was looked at, wherever it is installed from."""
    for name in (
        "requirements.txt",
        "requirements-cards.txt",
        "requirements-intake.txt",
        "requirements-dev.txt",
        "requirements-audit.txt",
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "http" not in text
        assert "index" not in text
        pinned = re.findall(r"^[a-z0-9-]+(?:\[[a-z,_]+\])?==\S+.*\\$", text, re.MULTILINE)
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

    assert order == "@layer tokens, base, layout, parts, print, states;\n"
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


MAKERS = {"Problem": 2, "mistake": 2, "fail": 1}
"""What makes a problem, and how many arguments come before its cure."""
TELLERS = {"commands.main", "commands.process"}
"""What prints a problem that was made elsewhere."""


@pytest.mark.parametrize("module", [m for m in MODULES if m not in TELLERS])
def test_no_problem_is_made_without_a_cure(module: str) -> None:
    """Each says what to do about it; what names nothing to do is no cure."""
    for call in ast.walk(tree(module)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in MAKERS and not any(isinstance(given, ast.Starred) for given in call.args):
            cures = [*call.args[MAKERS[name] :], *(k.value for k in call.keywords)]
            assert cures, f"{module}:{call.lineno}"
            for part in ast.walk(cures[-1]):
                assert getattr(part, "value", None) != "", f"{module}:{call.lineno}"
