"""The files of a site and the last build of it -> the next build."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import partial

from briefing.content.shared import Files
from briefing.engine.build import build
from briefing.engine.fork import choose_executor
from briefing.engine.session import Build
from briefing.engine.sources import SourceTree
from briefing.model.fingerprint import fingerprint
from briefing.model.values import Moment


def build_again(files: Files, changed: Set[str], as_of: Moment, last: Build | None) -> Build:
    """Build the site of `files` as of a time, reusing the build `last`. Raises Problems.

    `changed`: the paths of the files that are new, changed or gone since.
    """
    if last is None:
        return build(SourceTree.of(files), as_of, choose_executor=choose_executor)
    known = {path: fingerprint(files[path]) for path in changed if path in files}
    if len(known) == len(changed) and last.sources.has(known):
        return build(last.sources.changed(known, partial(_read_of, files)), as_of, last)
    return build(SourceTree.of(files), as_of, last)


def _read_of(files: Files, paths: Iterable[str]) -> dict[str, bytes]:
    return {path: files[path] for path in paths}
