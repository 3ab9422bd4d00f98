"""Install what a build needs for the oldest and the newest Python found: `make test` runs this.

An environment for each, but for the version that runs this, in `.cache/pythons/<version>`.
Looked for are Debian's own Python, those on the PATH, and those of pyenv; PYTHONS names others.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".cache/pythons"
DONE = ".installed"
OLDEST = (3, 11)
NEWEST_LOOKED_FOR = 20
VERSION = "import sys; print(*sys.version_info[:3], sep='.')"
Version = tuple[int, ...]


def candidates() -> Iterator[str]:
    """Yield the paths of what may be a Python."""
    yield from os.environ.get("PYTHONS", "").split()
    yield "/usr/bin/python3"
    names = (f"python3.{minor}" for minor in range(OLDEST[1], NEWEST_LOOKED_FOR))
    yield from (path for name in names if (path := shutil.which(name)))
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from map(str, sorted(pyenv.glob("versions/*/bin/python3")))


def version_of(python: str) -> Version | None:
    """Return the version of a Python; None if it does not run."""
    try:
        command = [python, "-c", VERSION]
        asked = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
        return tuple(map(int, asked.stdout.split("."))) if asked.returncode == 0 else None
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None


def others() -> dict[Version, str]:
    """Return the oldest and the newest Python that can run the program, without this one."""
    found: dict[Version, str] = {}
    for python in candidates():
        version = version_of(python)
        if version and version >= OLDEST:
            found.setdefault(version, python)
    ends = {min(found), max(found)} if found else set()
    return {version: found[version] for version in ends - {sys.version_info[:3]}}


def install(python: str, folder: Path) -> None:
    """Make an environment with the pinned requirements. Raises CalledProcessError."""
    subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
    pip: list[str | Path] = [
        folder / "bin/python",
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
    ]
    requirements = ROOT / "requirements-cards.txt"
    subprocess.run([*pip, "--require-hashes", "-r", requirements], check=True)
    (folder / DONE).touch()


def main() -> None:
    """Install each, delete those of other Pythons, and print what could not be installed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = {".".join(map(str, version)): python for version, python in others().items()}
    for folder in FOLDER.glob("*/"):
        if folder.name not in wanted:
            shutil.rmtree(folder)
    for name, python in wanted.items():
        try:
            install(python, FOLDER / name)
        except subprocess.CalledProcessError:
            shutil.rmtree(FOLDER / name, ignore_errors=True)
            print(f"Python {name} ({python}): no environment. It is not tried.", file=sys.stderr)


if __name__ == "__main__":
    main()
