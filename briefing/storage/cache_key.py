"""The key of a user, with which what a build leaves in the cache is sealed. It needs no library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

from briefing.storage.cache_folder import CacheFolder

STATE = "~/.local/state"
"""The folder of what programs keep for a user, if the environment names no other:
https://specifications.freedesktop.org/basedir/latest/"""
KEY_FOLDER, KEY = "briefing", "cache.key"
"""The folder of the key in that folder, and its file."""
_KEY_SIZE = 32


def read_key(root: str) -> bytes | None:
    """Give the key of the user who builds a site, or None if there is none yet."""
    key = None
    with suppress(OSError):
        if base := _state(root):
            key = CacheFolder(base, KEY_FOLDER, private=True).read(KEY, _KEY_SIZE)
    return key if key and len(key) == _KEY_SIZE else None


def make_key(root: str) -> bytes | None:
    """Make the user another key and give it, or None where none can be kept."""
    with suppress(OSError):
        if base := _state(root):
            os.makedirs(base, 0o700, exist_ok=True)
            CacheFolder(base, KEY_FOLDER, private=True).write(KEY, os.urandom(_KEY_SIZE))
    return read_key(root)  # which may be that of another build, made in the same moment


def _state(root: str) -> str | None:
    """Give the folder of the user's state, or None if it is in the site, or is another user's.

    Raises OSError.
    """
    base = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.expanduser(STATE)
    if not os.path.isabs(base):
        return None
    site = os.stat(root)
    owners = []
    for path in (*_upwards(os.path.realpath(base)), *_upwards(base)):
        with suppress(FileNotFoundError):
            status = os.stat(path)
            if os.path.samestat(status, site):
                return None
            owners.append(status.st_uid)
    return base if owners[0] == os.geteuid() else None


def _upwards(path: str) -> Iterator[str]:
    """Give a folder and all it is in, up to the root of the disk."""
    yield path
    while (above := os.path.dirname(path)) != path:
        yield (path := above)
