"""Makes a commit of the files of a build, without moving a branch to it.

ghp-import makes the commit (https://github.com/c-w/ghp-import). It imports whole folders, moves
branches and does not report failures. So it gets a copy of the files of the build, and a temporary
repository that shares the objects of the real one; the commit it makes is compared with the files.
Next: `git`.
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
    BLOB_MODE,
    Blob,
    blobs_of,
    commit_at,
    environment,
    git,
    object_format,
)
from briefing.model.fingerprint import fingerprint
from briefing.problems import Place, Problem, mistake, raise_if_any
from briefing.storage.output_changes import FolderContents, read_manifest, scan_folder

_REMOTE, _BRANCH = "there", "site"
"""Names of the remote and the branch in the temporary repository."""
_CHANGED = "is no longer the file that was built"
_UNSAFE_PATH = re.compile('^"|\n')
"""In a path: ghp-import passes it to git unquoted, and git would read another path."""


def blobs_of_build(
    root: Path, output: Path, built: Mapping[str, bytes] | None = None
) -> dict[str, Blob]:
    """Return the git blobs of the files that the build wrote to `output`, by path.

    built: the fingerprint of each of them, by path; None: not known. Raises Problems if no build
    wrote there, if a file is another one now, or cannot be published under its name.
    https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    """
    paths, contents = sorted(read_manifest(output)), scan_folder(output)
    if not paths:
        raise mistake(Place(str(output)), "holds no site that was built", "build it first")
    raise_if_any(_unpublishable(output, paths, contents))
    kind = object_format(root)

    def blob(data: bytes) -> Blob:
        content = b"blob %d\0" % len(data) + data
        return BLOB_MODE, hashlib.new(kind, content, usedforsecurity=False).hexdigest()

    files = {path: (output / path).read_bytes() for path in paths}
    raise_if_any(
        Problem(Place(str(output / path)), _CHANGED, "build again")
        for path, data in files.items()
        if built is not None and built.get(path) != fingerprint(data)
    )
    return {path: blob(data) for path, data in files.items()}


def _unpublishable(
    output: Path, paths: Iterable[str], contents: FolderContents
) -> Iterator[Problem]:
    """Yield a problem for each file that is not there any more, and each name git cannot take."""
    for path in paths:
        place = Place(str(output / path))
        if not contents.is_file(path):
            yield Problem(place, _CHANGED, "build again")
        if _UNSAFE_PATH.search(path):
            yield Problem(place, "ghp-import cannot tell git of a file of that name", "rename it")


def make_commit(
    root: Path,
    output: Path,
    site: Mapping[str, Blob],
    *,
    parent: str | None,
    message: str,
    identity: Mapping[str, str],
) -> str:
    """Return the id of a new commit of the files `site`, which are in the folder `output`.

    parent: a commit id; None: the first commit of a branch. identity: as `committer_identity`
    returns it. No ref is changed. Raises Problems.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy, repository = Path(folder, "site"), _temporary_repository(root, Path(folder, "git"))
        if parent:
            git(root, "update-ref", f"refs/remotes/{_REMOTE}/{_BRANCH}", parent, env=repository)
        for path in site:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(output / path, copy / path)  # without its mode
        with _process_environment(environment({**repository, **identity})):
            _import(copy, message)
        commit = commit_at(root, f"refs/heads/{_BRANCH}", repository)
    if not commit or blobs_of(root, commit) != site:
        failure = "git has not taken the site as it is; what it says of that stands above"
        raise mistake(Place(str(output)), failure, "build again, and publish again")
    return commit


def _temporary_repository(root: Path, folder: Path) -> dict[str, str]:
    """Make a bare repository in `folder` with the objects of the real one, and no refs.

    Return the environment variables by which git uses it.
    https://git-scm.com/docs/git#_environment_variables
    """
    objects, shallow = (
        os.fspath((root / os.fsdecode(path).rstrip("\n")).resolve())
        for path in (git(root, "rev-parse", "--git-path", name) for name in ("objects", "shallow"))
    )
    here = {"GIT_DIR": os.fspath(folder), "GIT_OBJECT_DIRECTORY": objects}
    variables = {**here, "GIT_SHALLOW_FILE": shallow}
    kind = object_format(root)
    git(root, "init", "--quiet", "--bare", "--template=", f"--object-format={kind}", env=variables)
    return variables


@contextmanager
def _process_environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Replace the environment of this process during the block.

    ghp-import takes no environment: it runs git with that of the process.
    """
    before = dict(os.environ)
    try:
        os.environ.clear()
        os.environ.update(variables)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _import(folder: Path, message: str) -> None:
    """Commit a folder by ghp-import, which does not report failures: check the commit after it."""
    # Imported here: only `publish` needs the library.
    from ghp_import import GhpError, ghp_import  # type: ignore[import-untyped]  # noqa: PLC0415

    # If git fails, ghp-import writes bytes to a text stream, or to a closed pipe, and does not
    # wait for git to end, of which Python would warn.
    with catch_warnings(), suppress(GhpError, TypeError, BrokenPipeError):
        simplefilter("ignore", ResourceWarning)
        ghp_import(os.fspath(folder), remote=_REMOTE, branch=_BRANCH, mesg=message)
