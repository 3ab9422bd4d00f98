"""A disk for tests: files put down and looked up, and users who may not do everything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.storage.output_changes import BUILD_MANIFEST

NOBODY = 65534
SITE = {"index.html": b"home", "en/a/index.html": b"a", "en/b/index.html": b"b"}


def plant(folder: Path, files: dict[str, bytes]) -> None:
    """Put files in a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def found(folder: Path) -> dict[str, bytes]:
    """Give all files in a folder but the list of ours."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != BUILD_MANIFEST
    }


def times(folder: Path) -> dict[str, int]:
    """Give when each file was last written."""
    return {path: (folder / path).stat().st_mtime_ns for path in found(folder)}


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act as a user who may not read everything, as root may."""
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield
