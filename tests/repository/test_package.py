"""What a user installs: the package, built here, in a new environment away from the repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

from briefing.commands.arguments import COMMANDS, ROOT
from briefing.version import VERSION
from support.disk import found, plant
from support.documents import FIRST_TOPIC, steps
from support.sites import Sources
from support.web import not_run

WHEELS = ROOT / ".cache/wheels"
"""What the package needs, which `make test` has downloaded."""
DAY = ("--as-of", "2026-01-01")
PROGRAMS = (["who-said-what"], ["briefing"], ["python", "-m", "briefing"])


def do(*words: str | Path, cwd: Path) -> str:
    """Run a program that succeeds; return what it has printed."""
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(words, cwd=cwd, env=outside, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pip_of(python: Path) -> list[str]:
    """The command of a pip for the environment of another Python, which needs none of its own."""
    return [sys.executable, "-m", "pip", "--isolated", "--python", f"{python}"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the repository."""
    if find_spec("hatchling") is None:
        not_run("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    offline = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    do(sys.executable, "-m", "pip", "wheel", *offline, "-w", folder, ROOT, cwd=folder)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment in which the wheel was installed."""
    if not list(WHEELS.glob("*.whl")):
        not_run("folder of what the package needs")
    folder = tmp_path_factory.mktemp("environment")
    do(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    offline = ["--no-index", "--find-links", f"{WHEELS}", "--quiet"]
    python = folder / "bin/python"
    do(*pip_of(python), "install", *offline, f"{wheel}[cards]", cwd=folder)
    return python.parent


@pytest.fixture
def site(tmp_path: Path, small: Sources) -> Path:
    """The folder of the small site."""
    plant(tmp_path / "site", small)
    return tmp_path / "site"


def test_the_wheel_has_the_program_and_the_theme_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        files = {path: archive.read(path) for path in archive.namelist()}
    info = f"who_said_what-{VERSION}.dist-info"
    theme = {f"briefing/theme/{path}": data for path, data in found(ROOT / "templates").items()}
    code = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "briefing").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    ours = {path: data for path, data in files.items() if not path.startswith(info)}
    assert ours == code | theme
    licences = {path for path in files if path.startswith(f"{info}/licenses/")}
    assert licences == {
        f"{info}/licenses/LICENSE",
        f"{info}/licenses/templates/card_fonts/OFL.txt",
    }


def test_the_package_is_built_alike_from_its_own_sources(wheel: Path, tmp_path: Path) -> None:
    """What a distribution packs has what the wheel is made of, and neither content nor tests."""
    hatchling = [sys.executable, "-m", "hatchling", "build"]
    do(*hatchling, "-t", "sdist", "-d", tmp_path, cwd=ROOT)
    (packed,) = tmp_path.iterdir()
    with tarfile.open(packed) as archive:
        # https://docs.python.org/3/library/tarfile.html#hints-for-further-verification
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        archive.extractall(tmp_path)
    sources = tmp_path / f"who_said_what-{VERSION}"
    assert {path.name for path in sources.iterdir()}.isdisjoint({"content", "tests", "output"})
    do(*hatchling, "-t", "wheel", "-d", tmp_path, cwd=sources)

    (again,) = tmp_path.glob("*.whl")
    with ZipFile(again) as this, ZipFile(wheel) as other:
        assert sorted(this.namelist()) == sorted(other.namelist())


@pytest.mark.parametrize("program", PROGRAMS, ids=" ".join)
def test_the_installed_program_says_its_version_and_its_name(
    programs: Path, tmp_path: Path, program: list[str]
) -> None:
    """Its messages name what was typed."""
    typed = [str(programs / program[0]), *program[1:]]

    assert do(*typed, "--version", cwd=tmp_path) == f"who-said-what {VERSION}\n"
    assert do(*typed, "--help", cwd=tmp_path).startswith(f"usage: {' '.join(program)} [command]")
    example = do(*typed, "serve", "--help", cwd=tmp_path)
    assert f"  {' '.join(program)} serve --open" in example


def test_the_installed_program_makes_the_site_that_build_py_makes(
    programs: Path, site: Path, tmp_path: Path
) -> None:
    """From a folder of the site as well; what is written is the same, byte by byte."""
    do(sys.executable, ROOT / "build.py", "--root", site, *DAY, cwd=tmp_path)
    ours = found(site / "output")
    (site / "output").rename(tmp_path / "ours")

    do(programs / "who-said-what", "build", *DAY, cwd=site)
    assert found(site / "output") == ours
    (site / "output").rename(tmp_path / "theirs")
    do(programs / "python", "-m", "briefing", *DAY, cwd=site / "content")
    assert found(site / "output") == ours


def test_the_installed_program_checks_and_has_nothing_to_do_twice(
    programs: Path, site: Path
) -> None:
    program = programs / "who-said-what"
    assert "files would be written" in do(program, "check", cwd=site)
    for _ in range(3):
        said = do(program, cwd=site)

    assert "nothing has changed" in said
    assert said.splitlines()[-1] == "`who-said-what check` has the details"


def test_the_first_topic_is_made_with_what_was_installed(programs: Path, tmp_path: Path) -> None:
    """By the commands and the files of its document, in an empty folder; then it is built."""
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    script = f"export PATH='{path}'\n{steps(FIRST_TOPIC)}\nwho-said-what build"
    do("sh", "-e", "-c", script, cwd=tmp_path)
    page = (tmp_path / "my-briefing/output/en/bridge/index.html").read_text(encoding="utf-8")

    rows = re.findall(r'<tr id="(\w+)"[^>]* data-verdict="([\w-]+)"', page)
    assert rows == [("weeks", "differ"), ("toll", "agree")]
    assert "at least 8 weeks" in page


def test_the_installed_package_is_whole(programs: Path, tmp_path: Path) -> None:
    """All that it needs is named in it, and every command can be loaded with nothing more."""
    do(*pip_of(programs / "python"), "check", cwd=tmp_path)
    load = "from briefing.commands.run import LOADERS; import json; print(json.dumps([*LOADERS]))"

    assert json.loads(do(programs / "python", "-c", load, cwd=tmp_path)) == [*COMMANDS]


def test_every_python_that_is_promised_is_tried() -> None:
    """The package names them, and the workflow has each."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    classifiers = tomllib.loads(text)["project"]["classifiers"]
    versions = [each.rpartition(" ")[2] for each in classifiers if "Python :: 3." in each]
    workflow = (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")

    assert versions == ["3.11", "3.12", "3.13", "3.14"]
    assert f"python: {json.dumps(versions)}" in workflow
