"""What the build made, as a commit that no branch is at yet.

ghp-import, which has its home here, makes it (https://github.com/c-w/ghp-import). It takes whole
folders, moves branches and tells of no failure, so it is given a copy of what the build made and
a repository for the moment, whose objects are the real one's.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from warnings import catch_warnings, simplefilter

from briefing.commands.publish.git import (
    MODE,
    Blob,
    blobs_of,
    commit_at,
    environment,
    git,
    object_format,
)
from briefing.problems import Place, Problem, mistake, raise_if_any
from briefing.storage.output_changes import FolderContents, read_manifest, scan_folder

_THERE, _BRANCH = "there", "site"
"""What the remote and the branch are called in the repository for the moment."""
_UNSAID = re.compile('^"|\n')
"""In a path: ghp-import writes it to git as it is, and git would read another."""


def blobs_in(root: Path, output: Path) -> dict[str, Blob]:
    """Give the files of the build, as git will know them, by path. Raises Problems.

    https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    """
    paths, held = sorted(read_manifest(output)), scan_folder(output)
    if not paths:
        raise mistake(Place(str(output)), "holds no site that was built", "build it first")
    raise_if_any(_not_to_be_published(output, paths, held))
    kind = object_format(root)

    def blob(data: bytes) -> Blob:
        whole = b"blob %d\0" % len(data) + data
        return MODE, hashlib.new(kind, whole, usedforsecurity=False).hexdigest()

    return {path: blob((output / path).read_bytes()) for path in paths}


def _not_to_be_published(
    output: Path, paths: Iterable[str], held: FolderContents
) -> Iterator[Problem]:
    for path in paths:
        place = Place(str(output / path))
        if not held.is_file(path):
            yield Problem(place, "is no longer the file that was built", "build again")
        if _UNSAID.search(path):
            yield Problem(place, "ghp-import cannot tell git of a file of that name", "rename it")


def committed(
    root: Path,
    output: Path,
    site: Mapping[str, Blob],
    *,
    parent: str | None,
    message: str,
    identity: Mapping[str, str],
) -> str:
    """Make a commit of some files of a folder, and no ref; give its id. Raises Problems."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy, aside = Path(folder, "site"), _aside(root, Path(folder, "git"))
        if parent:
            git(root, "update-ref", f"refs/remotes/{_THERE}/{_BRANCH}", parent, env=aside)
        for path in site:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(output / path, copy / path)  # and not its mode
        with _surroundings(environment({**aside, **identity})):
            _import(copy, message)
        commit = commit_at(root, f"refs/heads/{_BRANCH}", aside)
    if not commit or blobs_of(root, commit) != site:
        said = "git has not taken the site as it is; what it says of that stands above"
        raise mistake(Place(str(output)), said, "build again, and publish again")
    return commit


def _aside(root: Path, folder: Path) -> dict[str, str]:
    """Make a repository with refs of its own and the objects of the real one; give its variables.

    https://git-scm.com/docs/git#_environment_variables
    """
    objects, shallow = (
        os.fspath((root / os.fsdecode(said).rstrip("\n")).resolve())
        for said in (git(root, "rev-parse", "--git-path", name) for name in ("objects", "shallow"))
    )
    here = {"GIT_DIR": os.fspath(folder), "GIT_OBJECT_DIRECTORY": objects}
    aside = {**here, "GIT_SHALLOW_FILE": shallow}
    kind = object_format(root)
    git(root, "init", "--quiet", "--bare", "--template=", f"--object-format={kind}", env=aside)
    return aside


@contextmanager
def _surroundings(variables: Mapping[str, str]) -> Iterator[None]:
    """Have another environment, for a library that takes what it finds."""
    before = dict(os.environ)
    try:
        os.environ.clear()
        os.environ.update(variables)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _import(folder: Path, message: str) -> None:
    """Make a commit of a folder by ghp-import; what came of it must be looked at."""
    # Who does not publish needs none of it.
    from ghp_import import GhpError, ghp_import  # type: ignore[import-untyped]  # noqa: PLC0415

    # Where git fails, it writes bytes to a stream of text, or to a pipe that has been closed;
    # then it does not wait for the end of git, of which Python would warn.
    with catch_warnings(), suppress(GhpError, TypeError, BrokenPipeError):
        simplefilter("ignore", ResourceWarning)
        ghp_import(os.fspath(folder), remote=_THERE, branch=_BRANCH, mesg=message)
