"""The secret key of a user, with which the files of the cache are sealed.

It is 32 random bytes in a file that only the user may read, outside of every site, so that a
file of the cache that came with the sources of a site cannot have a valid seal. The module
imports the standard library only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from briefing.storage.cache_folder import CacheFolder
from briefing.storage.system.abilities import HAS_OWNERS

_VARIABLES = {"state": "XDG_STATE_HOME", "cache": "XDG_CACHE_HOME"}
"""What names the folder of a kind in the environment, on every system:
https://specifications.freedesktop.org/basedir/latest/"""
DEFAULT_STATE_FOLDER = "~/.local/state"
_DEFAULTS = {
    "state": {"darwin": "~/Library/Application Support", "": DEFAULT_STATE_FOLDER},
    "cache": {"darwin": "~/Library/Caches", "": "~/.cache"},
}
"""Where it is else, by `sys.platform`; "": every other."""
_WINDOWS_FOLDER = "~/AppData/Local"
"""Both, on Windows, if LOCALAPPDATA names no other:
https://learn.microsoft.com/windows/win32/shell/knownfolderid"""
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


def user_folder(kind: Literal["state", "cache"], system: str = sys.platform) -> str | None:
    """Return the folder of the user for the state of programs, or for their caches.

    system: as `sys.platform` names it. None where it is no absolute path.
    """
    base = os.environ.get(_VARIABLES[kind], "")
    if not os.path.isabs(base) and system == "win32":
        base = os.environ.get("LOCALAPPDATA", "") or os.path.expanduser(_WINDOWS_FOLDER)
    if not os.path.isabs(base):
        defaults = _DEFAULTS[kind]
        base = os.path.expanduser(defaults.get(system, defaults[""]))
    return base if os.path.isabs(base) else None


def _state_folder(root: str) -> str | None:
    """Return the state folder of the user; None if the site holds it, or it is another user's.

    Raises OSError.
    """
    base = user_folder("state")
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
    return base if not HAS_OWNERS or owners[0] == os.geteuid() else None


def _with_parents(path: str) -> Iterator[str]:
    """Yield a folder and its parents, up to the root of the file system."""
    yield path
    while (parent := os.path.dirname(path)) != path:
        yield (path := parent)
