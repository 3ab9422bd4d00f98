"""Every Python from the oldest that is promised to the newest makes the same bytes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from other_pythons import DONE, FOLDER

from briefing.commands.arguments import ROOT
from briefing.storage.read_sources import read_tree
from support.disk import found, plant
from support.generate import generate
from support.sites import Sources

PYTHONS = sorted(done.parent for done in FOLDER.glob(f"*/{DONE}"))
"""The environments that `make test` has made for other Pythons than the one that runs this."""
GROUPS = re.compile(r"\)(?:[*+?]|\{[0-9, ]*\})\+|\(\?>")
"""A group whose repetition is possessive, or an atomic one."""
TEXT = """\
One line
and another.
## A heading
> A quotation.
>
> Its second paragraph, with **strong [text](point:halt)** and *emphasis*.

| a | b |
|---|--:|
| x | **y** |

- one
- two,
  in two lines
1. **[all of a link](https://a.example/?b=1&c=2)**

**a [b](https://c.example/) d**, **“停火”**三十天, "quoted" and it's.
"""
"""A text with the constructs that are read by patterns."""


def build(python: str | Path, root: Path, output: Path) -> dict[str, bytes]:
    """Build a site from nothing; return its files."""
    command = [python, ROOT / "build.py", "--root", root, "--output", output]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return found(output)


@pytest.fixture(scope="module")
def roots(
    tmp_path_factory: pytest.TempPathFactory, small: Sources, real: Sources
) -> dict[str, Path]:
    """The folders of four sites, by name."""
    templates = read_tree(ROOT, "templates")
    river = "content/river-talks/topic.en.md"
    written = small[river] + b"\n\n" + TEXT.replace("point:halt", "topic:vote").encode()
    sites = {
        "real": real,
        "small": small,
        "marked": small | {river: written},
        "generated": generate(templates, topics=3, articles=6),
    }
    folder = tmp_path_factory.mktemp("sites")
    for name, files in sites.items():
        plant(folder / name, files)
    return {name: folder / name for name in sites}


@pytest.mark.promise(11)
@pytest.mark.sampled(2)
@pytest.mark.parametrize("site", ["real", "small", "marked", "generated"])
def test_the_oldest_and_the_newest_python_make_the_same_bytes(
    site: str, roots: dict[str, Path], tmp_path: Path
) -> None:
    """The patterns of Python 3.11.0 to 3.11.4 match some groups otherwise than those of today."""
    if not PYTHONS:
        pytest.skip("not run: there is one Python here only (tools/other_pythons.py looks)")
    here = build(sys.executable, roots[site], tmp_path / "here")

    assert len(here) > 10
    for environment in PYTHONS:
        there = build(environment / "bin/python", roots[site], tmp_path / environment.name)
        assert {path for path in here.keys() | there if here.get(path) != there.get(path)} == set()


@pytest.mark.parametrize(
    "path", [ROOT / "build.py", *sorted((ROOT / "briefing").rglob("*.py"))], ids=str
)
def test_no_pattern_has_a_possessive_or_atomic_group(path: Path) -> None:
    """Python 3.11.0 to 3.11.4 match them wrongly: https://github.com/python/cpython/issues/106052.

    A single possessive character or class is matched rightly by all.
    """
    text = re.sub(r"\[(?:\\.|[^\]\\])*\]", "[]", path.read_text(encoding="utf-8"))

    assert GROUPS.findall(text) == []
