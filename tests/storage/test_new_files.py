"""New files are written all or none, over nothing, also by who is killed in the middle."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT
from briefing.problems import Problems
from briefing.storage.new_files import write_new_files
from support.disk import as_nobody, found, plant

FILES = {"site.yaml": b"site", "content/a.md": b"a", "content/b/c.md": b"c", ".gitignore": b"g"}
KILLED = """
import os, signal, sys
from pathlib import Path
from briefing.storage.new_files import write_new_files

folder, last, files = Path(sys.argv[1]), int(sys.argv[2]), {files!r}
seen = 0

def strike(event, given):
    global seen
    changes = event in ("os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir")
    if changes or (event == "open" and given[1] == "xb"):
        seen += 1
        if seen > last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(strike)
write_new_files(folder, files, among_others=len(sys.argv) > 3)
"""
"""Writes files, and kills itself at a change of the disk: https://docs.python.org/3/library/audit_events.html."""


def killed(folder: Path, after: int, *more: str) -> bool:
    """Write the files, killed after so many changes; return whether there were as many."""
    script = KILLED.replace("{files!r}", repr(FILES))
    line = [sys.executable, "-c", script, str(folder), str(after), *more]
    return subprocess.run(line, cwd=ROOT, check=False, timeout=60).returncode != 0


def visible(folder: Path) -> dict[str, bytes]:
    """Give the files that are in their places, not on the way there."""
    return {path: data for path, data in found(folder).items() if ".new/" not in path}


def test_a_new_folder_is_there_whole_or_not_at_all_wherever_it_is_killed(tmp_path: Path) -> None:
    """And who does it again gets all of it, and no rest."""
    changes = 0
    while killed(tmp_path / str(changes) / "site", changes):
        folder = tmp_path / str(changes) / "site"
        assert not folder.exists() or found(folder) == FILES
        if not folder.exists():
            write_new_files(folder, FILES)
        assert found(folder.parent) == {f"site/{path}": data for path, data in FILES.items()}
        changes += 1
    assert changes > len(FILES)


@pytest.mark.parametrize("others", [{}, {"README.md": b"mine"}], ids=["empty", "with a file"])
def test_in_a_folder_that_is_there_the_first_file_stands_for_all(
    tmp_path: Path, others: dict[str, bytes]
) -> None:
    """Killed anywhere, it is not there, or all are; who does it again gets all, and no rest."""
    changes, more = 0, ["among others"] * bool(others)
    while True:
        folder = tmp_path / str(changes)
        folder.mkdir()
        plant(folder, others)
        if not killed(folder, changes, *more):
            break
        assert "site.yaml" not in visible(folder) or visible(folder) == FILES | others
        if visible(folder) != FILES | others:
            write_new_files(folder, FILES, among_others=bool(others))
            assert found(folder) == FILES | others
        changes += 1
    assert changes > 2 * len(FILES)


def test_what_a_killed_writing_has_left_is_not_taken_for_other_files(tmp_path: Path) -> None:
    """A file that was put there since is."""
    plant(tmp_path, {".site.yaml.new/site.yaml": b"si", "content/a.md": b"a", "notes": b"mine"})

    with pytest.raises(Problems, match="the folder holds other files: `notes`"):
        write_new_files(tmp_path, FILES)

    (tmp_path / "notes").unlink()
    write_new_files(tmp_path, FILES)
    assert found(tmp_path) == FILES


def test_a_file_that_is_there_stays_where_it_may_and_is_told_of_where_not(tmp_path: Path) -> None:
    """Each of those that may not be there, with its place."""
    others = {"site.yaml": b"mine", "content/b": b"mine", ".gitignore": b"mine"}
    plant(tmp_path, others)

    with pytest.raises(Problems) as told:
        write_new_files(tmp_path, FILES, among_others=True, optional=[".gitignore"])
    assert [problem.place.path for problem in told.value] == [
        f"{tmp_path}/content/b",
        f"{tmp_path}/site.yaml",
    ]
    assert found(tmp_path) == others

    (tmp_path / "site.yaml").unlink()
    (tmp_path / "content/b").unlink()
    write_new_files(tmp_path, FILES, among_others=True, optional=[".gitignore"])
    assert found(tmp_path) == FILES | {".gitignore": b"mine"}


def test_a_folder_of_somebody_else_is_not_taken_for_a_rest(tmp_path: Path) -> None:
    """It would be removed otherwise."""
    others = {".site.yaml.new/mine": b"mine"}
    plant(tmp_path, others)

    with pytest.raises(Problems, match="is in the way"):
        write_new_files(tmp_path, FILES)

    assert found(tmp_path) == others


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """Nothing is written where it leads."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/content").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(Problems, match="is not a folder"):
        write_new_files(tmp_path / "site", FILES, among_others=True)

    assert found(tmp_path) == {}


def test_a_folder_in_which_nobody_may_write_is_a_problem(tmp_path: Path) -> None:
    """And no traceback; nothing is written."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.name.startswith("pytest"):
            folder.chmod(0o755)
    with as_nobody(), pytest.raises(Problems, match="cannot be written: Permission denied"):
        write_new_files(tmp_path / "new/site", FILES)

    assert found(tmp_path) == {}
