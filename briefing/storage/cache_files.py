"""Sealed files that a build leaves for the next, in a folder that can be deleted any time.

Bytes by name in, the same bytes out, or None. Each file ends with a seal: a keyed BLAKE2b digest
of its path, the version of the program and its content (RFC 7693), made with a key that only this
user has. A file that was truncated, changed, copied in with the sources, or written by another
version of the program counts as missing. So the cache may hold code, and may say that a page is
as it was built.

The module imports the standard library only: a build with nothing to do ends before any other
library is loaded. Next: `cache_folder` (how the folder is opened), `seal_key` (the key).
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b

from briefing.storage.cache_folder import TEMPORARY_SUFFIX, CacheFolder
from briefing.storage.seal_key import make_key, read_key

CACHE_FOLDER = ".cache/site"
MAX_FILES = 32
"""Files in the cache: four for each output folder and address.

Beyond it, the oldest are deleted.
"""
MAX_FILE_BYTES = 256_000_000
"""Bytes of one file: a bound on what a hostile file costs. A topic takes some 10,000 bytes.

A larger file is neither written nor read.
"""
_SEAL_SIZE = 16
_NAMES = "stats|fingerprints|record|notices|stamps|digests|memory"
_OURS = rf"[0-9a-f]{{16}}\.(?:{_NAMES}){TEMPORARY_SUFFIX}"
"""Matches the files of a build; the last three are those of earlier versions, which go too."""


@cache
def program_version() -> bytes:
    """Return the fingerprint of the program: its files, its Python and the installed libraries.

    16 bytes; computed once in a process. The theme of an installed program is among its files.
    That of the repository is not: it is edited there, and is a source of the site.
    """
    fingerprint = blake2b(sys.version.encode(), digest_size=16)
    package = os.path.dirname(os.path.dirname(__file__))  # all of briefing/, not only storage/
    for folder, subfolders, names in os.walk(package):
        subfolders.sort()
        for name in sorted(names):
            if not name.endswith(".pyc"):
                with open(os.path.join(folder, name), "rb") as file:
                    fingerprint.update(file.read())
    for folder in sys.path:
        with suppress(OSError):
            installed = (name for name in os.listdir(folder) if name.endswith(".dist-info"))
            fingerprint.update("\n".join(sorted(installed)).encode())
    return fingerprint.digest()


class SealedFolder:
    """A folder of files that only builds of this user, with this program, can have written."""

    def __init__(self, root: str, path: str, max_bytes: int, *, site: str = "") -> None:
        """Name the folder `path` below `root`; files of more than `max_bytes` are refused.

        site: the root of the site, whose folder must not hold the key; "": it is `root`.
        """
        self._site, self._path, self._largest = site or root, path, max_bytes
        self._folder = CacheFolder(root, path)
        self._version = program_version()
        self._key: bytes | None = None

    def read(self, name: str) -> bytes | None:
        """Return the bytes stored under `name`.

        None if missing, too large, or not sealed by this user and this version of the program.
        """
        self._key = self._key or read_key(self._site)
        data = self._folder.read(name, self._largest + _SEAL_SIZE) if self._key else None
        if self._key is None or data is None:
            return None
        content, seal = data[:-_SEAL_SIZE], data[-_SEAL_SIZE:]
        return content if seal == self._seal(self._key, name, content) else None

    def write(self, name: str, data: bytes) -> None:
        """Store `data` under `name`, in one step; do nothing if the disk or the size forbids it."""
        self._key = self._key or read_key(self._site) or make_key(self._site)
        if self._key and len(data) <= self._largest:
            self._folder.write(name, data + self._seal(self._key, name, data))

    def mark_used(self, name: str) -> None:
        """Set the time of the file `name` to now, so that `delete_oldest` spares it."""
        self._folder.mark_used(name)

    def delete_oldest(self, pattern: str, keep: int) -> None:
        """Delete the files whose names match `pattern`, but for the `keep` newest."""
        self._folder.delete_oldest(pattern, keep)

    def _seal(self, key: bytes, name: str, data: bytes) -> bytes:
        seal = blake2b(os.fsencode(f"{self._path}/{name}\0"), key=key, digest_size=_SEAL_SIZE)
        seal.update(self._version)
        seal.update(data)
        return seal.digest()


class BuildCache:
    """The part of the cache that belongs to one site, output folder and address: bytes by name."""

    def __init__(self, root: str, output: str, address: str | None = None) -> None:
        """Open the part for builds of `root` into `output`.

        address: the address given on the command line; None: the one that site.yaml names.
        """
        target = f"{os.path.abspath(output)}\0{address or ''}"
        self._stem = blake2b(os.fsencode(target), digest_size=8).hexdigest()
        self._folder = SealedFolder(root, CACHE_FOLDER, MAX_FILE_BYTES)

    def read(self, name: str) -> bytes | None:
        """Return the bytes stored under `name`.

        None if missing, truncated, or written by another version of the program.
        """
        return self._folder.read(f"{self._stem}.{name}")

    def write(self, name: str, data: bytes) -> None:
        """Store `data` under `name`, and delete the oldest files beyond MAX_FILES."""
        self._folder.write(f"{self._stem}.{name}", data)
        self._folder.delete_oldest(_OURS, MAX_FILES)
