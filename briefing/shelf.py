"""The cache: what a build leaves for the next, in a folder that can be deleted at any time.

Each file begins with the digest of what follows it, so that one which was cut off or changed
is as good as none. Files of another version of the program are not read. It needs no library.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b

FOLDER = ".cache/site"
MOST = 24
"""Files that are kept: those of some outputs, each with three."""
_DIGEST = 16


@cache
def version() -> bytes:
    """Give the digest of the program: its code, its Python and its libraries."""
    found = blake2b(sys.version.encode(), digest_size=_DIGEST)
    here = os.path.dirname(__file__)
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


class Shelf:
    """Where a build of some sources into some folder keeps things, each under a name."""

    def __init__(self, root: str, output: str, address: str | None = None) -> None:
        """The address is that of the site, if it is not the one that the sources name."""
        self._folder = os.path.join(root, FOLDER)
        place = f"{os.path.abspath(output)}\0{address or ''}"
        place = blake2b(os.fsencode(place), digest_size=8).hexdigest()
        self._stem = os.path.join(self._folder, place)
        self._version = version()

    def read(self, name: str) -> bytes | None:
        """Give what was kept under a name, or None where nothing whole is."""
        try:
            with open(f"{self._stem}.{name}", "rb") as file:
                data = file.read()
        except OSError:
            return None
        kept = data[_DIGEST:]
        return kept if data[:_DIGEST] == self._seal(kept) else None

    def write(self, name: str, data: bytes) -> None:
        """Keep something, if the disk lets us; what is there is whole at any time."""
        path = f"{self._stem}.{name}"
        new = f"{path}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(self._folder, exist_ok=True)
            try:
                with open(new, "wb") as file:
                    file.write(self._seal(data) + data)
                os.replace(new, path)
            except BaseException:
                with suppress(OSError):
                    os.unlink(new)
                raise
            self._forget()

    def _seal(self, data: bytes) -> bytes:
        return blake2b(self._version + data, digest_size=_DIGEST).digest()

    def _forget(self) -> None:
        """Delete what was not written for longest."""
        entries = sorted(os.scandir(self._folder), key=lambda entry: -entry.stat().st_mtime_ns)
        for entry in entries[MOST:]:
            os.unlink(entry.path)
