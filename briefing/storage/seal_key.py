"""The secret key of a user, with which the files of the cache are sealed.

It is 32 random bytes in a file that only the user may read, outside of every site, so that a
file of the cache that came with the sources of a site cannot have a valid seal. The module
imports the standard library only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

from briefing.storage.cache_folder import CacheFolder

DEFAULT_STATE_FOLDER = "~/.local/state"
"""The folder of the state of programs, if XDG_STATE_HOME names no other:
https://specifications.freedesktop.org/basedir/latest/"""
KEY_FOLDER, KEY_FILE = "briefing", "cache.key"
"""The folder of the key in the state folder, and the file in it."""
_KEY_SIZE = 32


def read_key(root: str) -> bytes | None:
    """Return the key of the user, for the site at `root`; None if there is no usable key."""
    key = None
    with suppress(OSError):
        if base := _state_folder(root):
            key = CacheFolder(base, KEY_FOLDER, private=True).read(KEY_FILE, _KEY_SIZE)
    return key if key and len(key) == _KEY_SIZE else None


def make_key(root: str) -> bytes | None:
    """Write a new key for the user, and return it; None if it cannot be stored safely."""
    with suppress(OSError):
        if base := _state_folder(root):
            os.makedirs(base, 0o700, exist_ok=True)
            CacheFolder(base, KEY_FOLDER, private=True).write(KEY_FILE, os.urandom(_KEY_SIZE))
    return read_key(root)  # perhaps the key of another build, written in the same moment


def user_folder(variable: str, default: str) -> str | None:
    """Return the folder of the user that a variable of the environment names, else the default.

    default: it may begin with `~`. None where neither is an absolute path.
    """
    base = os.environ.get(variable, "")
    if not os.path.isabs(base):
        base = os.path.expanduser(default)
    return base if os.path.isabs(base) else None


def _state_folder(root: str) -> str | None:
    """Return the state folder of the user; None if the site holds it, or it is another user's.

    Raises OSError.
    """
    base = user_folder("XDG_STATE_HOME", DEFAULT_STATE_FOLDER)
    if base is None:
        return None
    site = os.stat(root)
    owners = []
    for path in (*_with_parents(os.path.realpath(base)), *_with_parents(base)):
        with suppress(FileNotFoundError):
            status = os.stat(path)
            if os.path.samestat(status, site):
                return None
            owners.append(status.st_uid)
    return base if owners[0] == os.geteuid() else None


def _with_parents(path: str) -> Iterator[str]:
    """Yield a folder and its parents, up to the root of the file system."""
    yield path
    while (parent := os.path.dirname(path)) != path:
        yield (path := parent)
