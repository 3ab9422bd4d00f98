"""The same sources give the same bytes, wherever and however they are built.

Each build is a process of its own, and what happens to it is real.
"""

from __future__ import annotations

import os
import random
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import faults as f
from support.disk import plant
from support.faults import Rebuild
from support.nightly import Some
from support.promises import Count
from support.sites import Sources


@dataclass(frozen=True)
class Variation:
    """A way to build that must not matter."""

    name: str
    env: Mapping[str, str]
    folder: str = "project"
    cwd: str = "."
    root: str = ""
    umask: int = 0o022

    def __str__(self) -> str:
        return self.name


def told(**env: str) -> Variation:
    """Give a variation of the environment."""
    return Variation(" ".join(f"{name}={value}" for name, value in env.items()), env)


PLAIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
VARIATIONS = (
    told(LC_ALL="C"),
    told(LC_ALL="POSIX"),
    told(LC_ALL="C.UTF-8"),
    told(LC_ALL="vi_VN.UTF-8"),
    told(LC_ALL="tr_TR.UTF-8", LANGUAGE="tr"),
    told(LC_ALL="no such thing"),
    told(TZ="UTC"),
    told(TZ="Asia/Ho_Chi_Minh"),
    told(TZ="Pacific/Kiritimati"),
    told(TZ="America/St_Johns"),
    told(TZ="no such thing"),
    told(PYTHONHASHSEED="0"),
    told(PYTHONHASHSEED="1"),
    told(PYTHONHASHSEED="random"),
    told(PYTHONHASHSEED="4294967295", LC_ALL="C", TZ="Pacific/Kiritimati"),
    told(**PLAIN, LC_ALL="C"),
    told(**PLAIN, LC_ALL="POSIX"),
    told(PYTHONUTF8="1", LC_ALL="C"),
    told(PYTHONIOENCODING="ascii"),
    told(SOURCE_DATE_EPOCH="0"),
    Variation("umask 000", {}, umask=0o000),
    Variation("umask 077", {}, umask=0o077),
    Variation("umask 777", {}, umask=0o777),
    Variation("from the root of all", {}, cwd="/"),
    Variation("from the project", {}, cwd="project", root="."),
    Variation("from its content", {}, cwd="project/content", root=".."),
    Variation("from beside it", {}, root="./project/../project"),
    Variation("a path with spaces and signs", {}, folder="it's %s {{ 100% }} <b> & $HOME #1"),
    Variation("a Vietnamese path", PLAIN | {"LC_ALL": "C"}, folder="dự án/bản tin"),
    Variation("a path that is not UTF-8", {}, folder=os.fsdecode(b"caf\xe9")),
    Variation("a hidden path with the words of the project", {}, folder=".x/content/templates"),
    Variation("a long path", {}, folder="/".join(["long" * 50] * 6)),
)


@pytest.mark.promise(11)
def test_the_same_sources_give_the_same_bytes_everywhere(
    tmp_path: Path, small: Sources, count: Count, some: Some
) -> None:
    """Place, time zone, locale, hash seed, encoding and umask are in no byte and no mode."""

    def vary(variation: Variation) -> str:
        with tempfile.TemporaryDirectory(dir=tmp_path) as name:
            project = Path(name) / variation.folder
            project.mkdir(parents=True)
            plant(project, f.other_site(small))
            root = variation.root or str(project)
            done = f.run(
                f.command(root),
                f.environment(**variation.env),
                cwd=Path(name) / variation.cwd,
                umask=variation.umask,
            )
            wrong = "" if done.status == 0 else f"{done}"
            return done.untidy or wrong or f.difference(f.snapshot(project / "output"), site)

    site = f.made(tmp_path, f.other_site(small))
    chosen = some(VARIATIONS, 8)
    count(len(chosen))
    f.try_all(vary, chosen)


@pytest.mark.promise(11)
def test_the_order_and_the_age_of_files_on_the_disk_do_not_matter(
    tmp_path: Path, small: Sources, count: Count
) -> None:
    """A folder lists its files in an order of its own: on a disk in memory, the newest first."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else tmp_path
    site = f.made(tmp_path, small)

    def shuffle(seed: int) -> str:
        order = sorted(small, reverse=bool(seed % 2))
        if seed > 1:
            random.Random(seed).shuffle(order)
        with tempfile.TemporaryDirectory(dir=place, prefix="faults-") as name:
            plant(Path(name), {path: small[path] for path in order})
            for number, path in enumerate(order):
                os.utime(Path(name) / path, (seed * 10**8, number * 10**8))
                (Path(name) / path).chmod((0o644, 0o600, 0o444, 0o755)[number % 4])
            f.must(f.build(Path(name)))
            return f.difference(f.snapshot(Path(name) / "output"), site)

    count(8)
    f.try_all(shuffle, range(8))


@pytest.mark.promise(11)
def test_a_rebuild_equals_a_build_from_nothing(
    small: Sources, tmp_path: Path, large: Rebuild, count: Count
) -> None:
    """Over the other site, over a larger one, over a damaged one: nothing of it is left."""
    other = f.other_site(small)
    sites = [(files, f.made(tmp_path, files)) for files in (small, other)]
    project = f.copy(large.project, tmp_path / "project")
    subprocess.run(["rm", "-rf", str(project / "output")], check=True)
    f.must(f.build(project))
    wrong = []
    for number in range(4):
        files, site = sites[number % 2]
        f.replant(project, files)
        f.must(f.build(project))
        wrong.append(f.difference(f.snapshot(project / "output"), site))
    damage(project / "output")
    f.must(f.build(project))
    wrong.append(f.difference(f.snapshot(project / "output"), site))

    count(len(wrong))
    f.none_of(wrong)


def damage(output: Path) -> None:
    """Do to our own files what others should not."""
    (output / "index.html").write_bytes(b"changed")
    (output / "en/index.html").unlink()
    (output / "vi/index.html").chmod(0o600)
    (output / "en/river-talks").chmod(0o700)
    subprocess.run(["rm", "-rf", str(output / "vi/vote")], check=True)
