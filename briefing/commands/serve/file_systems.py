"""The file system of a folder -> whether saves in it are told of, by what is mounted."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path, PurePosixPath

MOUNTS = Path("/proc/mounts")
"""What is mounted where: https://man7.org/linux/man-pages/man5/proc_mounts.5.html."""
SILENT_TYPES = frozenset(
    {
        *("9p", "virtiofs", "drvfs"),  # Windows drives under WSL, folders of a host
        *("cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "ceph"),  # network drives
        *("vboxsf", "vmhgfs", "prl_fs", "fakeowner", "fuse", "fuseblk"),  # virtual machines
    }
)
"""Types of file systems that do not tell of what is saved from outside of this system; so are all
whose type begins with `fuse.`. https://man7.org/linux/man-pages/man7/inotify.7.html#CAVEATS"""
_ESCAPE = re.compile(r"\\([0-7]{3})")


def silent_file_system(folder: Path, mounts: str | None = None) -> str | None:
    """Return the type of the file system of `folder` if it does not tell of all saves, else None.

    mounts: the content of MOUNTS; None: it is read. Where there is no such file, None is returned.
    """
    if mounts is None:
        mounts = ""
        with suppress(OSError):
            mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    path, found = PurePosixPath(folder.resolve()), (0, "")
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:  # noqa: PLR2004 — a device, a place, a type
            place = PurePosixPath(_ESCAPE.sub(lambda code: chr(int(code[1], 8)), fields[1]))
            if path.is_relative_to(place) and len(place.parts) >= found[0]:
                found = len(place.parts), fields[2]  # a later one hides an earlier one
    kind = found[1]
    return kind if kind in SILENT_TYPES or kind.startswith("fuse.") else None
