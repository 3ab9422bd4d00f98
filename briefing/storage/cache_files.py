"""The cache: what a build leaves for the next, in a folder that can be deleted at any time.

Each file ends with a seal of what is in it, made with a key that only this user has. One that
was cut off or changed, or that came with the sources, is as good as none; so it can say that
a page is as it was made, and hold code. Files of another version of the program are not read.
It needs no library.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b

from briefing.storage.cache_folder import UNFINISHED, CacheFolder
from briefing.storage.cache_key import make_key, read_key

FOLDER = ".cache/site"
MOST = 24
"""Files that are kept: those of some outputs, each with three."""
LARGEST = 256_000_000
"""Bytes of a file: a bound on what a hostile one can cost. A topic takes some ten thousand."""
_SEAL_SIZE = 16
_OURS = rf"[0-9a-f]{{16}}\.(?:stamps|digests|memory){UNFINISHED}"


@cache
def version() -> bytes:
    """Give the digest of the program: its code, its Python and its libraries."""
    found = blake2b(sys.version.encode(), digest_size=16)
    here = os.path.dirname(os.path.dirname(__file__))  # the package, not this folder of it
    for folder, inner, names in os.walk(here):
        inner.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), "rb") as file:
                    found.update(file.read())
    for folder in sys.path:
        with suppress(OSError):
            installed = (name for name in os.listdir(folder) if name.endswith(".dist-info"))
            found.update("\n".join(sorted(installed)).encode())
    return found.digest()


class SealedFolder:
    """A folder of a site in which files are kept that only builds of this user can have made."""

    def __init__(self, root: str, path: str, largest: int) -> None:
        """The path is below the root; no file is larger than so many bytes."""
        self._root, self._path, self._largest = root, path, largest
        self._folder = CacheFolder(root, path)
        self._version = version()
        self._key: bytes | None = None

    def read(self, name: str) -> bytes | None:
        """Give what was kept under a name, or None where nothing whole of this user is."""
        self._key = self._key or read_key(self._root)
        data = self._folder.read(name, self._largest + _SEAL_SIZE) if self._key else None
        if self._key is None or data is None:
            return None
        kept = data[:-_SEAL_SIZE]
        return kept if data[-_SEAL_SIZE:] == self._seal(self._key, name, kept) else None

    def write(self, name: str, data: bytes) -> None:
        """Keep something, if the disk lets us; what is there is whole at any time."""
        self._key = self._key or read_key(self._root) or make_key(self._root)
        if self._key and len(data) <= self._largest:
            self._folder.write(name, data + self._seal(self._key, name, data))

    def touch(self, name: str) -> None:
        """Note that what is kept under a name was wanted now."""
        self._folder.touch(name)

    def tidy(self, pattern: str, most: int) -> None:
        """Delete of what is kept under names of a pattern all but what was wanted last."""
        self._folder.tidy(pattern, most)

    def _seal(self, key: bytes, name: str, data: bytes) -> bytes:
        seal = blake2b(os.fsencode(f"{self._path}/{name}\0"), key=key, digest_size=_SEAL_SIZE)
        seal.update(self._version)
        seal.update(data)
        return seal.digest()


class Shelf:
    """Where a build of some sources into some folder keeps things, each under a name."""

    def __init__(self, root: str, output: str, address: str | None = None) -> None:
        """The address is that of the site, if it is not the one that the sources name."""
        place = f"{os.path.abspath(output)}\0{address or ''}"
        self._stem = blake2b(os.fsencode(place), digest_size=8).hexdigest()
        self._folder = SealedFolder(root, FOLDER, LARGEST)

    def read(self, name: str) -> bytes | None:
        """Give what was kept under a name, or None where nothing whole is."""
        return self._folder.read(f"{self._stem}.{name}")

    def write(self, name: str, data: bytes) -> None:
        """Keep something, and delete what was not written for longest."""
        self._folder.write(f"{self._stem}.{name}", data)
        self._folder.tidy(_OURS, MOST)
