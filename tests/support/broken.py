"""Broken sites: the cases of tests/broken, and the small site with the edits of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from support.sites import TESTS

CASES = sorted((TESTS / "broken").glob("*.yaml"))


def broken(case: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the small site with the edits of a case."""
    site = dict(files)
    for path, edits in case.get("edit", {}).items():
        text = site[path].decode()
        for old, new in edits:
            assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
            text = text.replace(old, new)
        site[path] = text.encode()
    for path, text in case.get("add", {}).items():
        site[path] = text.encode()
    for path, text in case.get("bytes", {}).items():
        site[path] = text.encode("latin-1").decode("unicode_escape").encode("latin-1")
    for path in case.get("remove", []):
        del site[path]
    return site
