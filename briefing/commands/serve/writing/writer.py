"""Writes what the preview is asked for to source files, and undoes it.

A file is written only as the page showed it, and undone only as it was written: each time its
content is compared, on the disk. Nothing else of it is known, so an editor may save at any time.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from secrets import token_urlsafe
from threading import Lock

from msgspec import Struct

from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.writing.claim_check import with_edited_claim
from briefing.commands.serve.writing.edits import AddClaim, SetPassage, SourceEdit, What
from briefing.commands.serve.writing.refusals import Refusal, Refused
from briefing.content.shared import Files
from briefing.storage.site_sources.replace import read_source, replace_source

MAX_UNDO = 100
"""Edits that can be undone, the last ones."""


class Written(Struct, frozen=True, kw_only=True):
    """What was written, for the page that asked for it."""

    path: str
    line: int
    """The first line that is another one now."""
    undo: str = ""
    """The name by which it can be undone; "" for what undid another."""


class _Edited(Struct, frozen=True):
    """A file before and after an edit."""

    path: str
    before: bytes
    after: bytes


class SourceWriter:
    """Writes to the sources of a site that is previewed; several threads may use it."""

    def __init__(self, site: LiveSite) -> None:
        self._site, self._lock = site, Lock()
        self._edited: OrderedDict[str, _Edited] = OrderedDict()
        """What can be undone, by name, the oldest first."""

    def write(self, edit: SourceEdit) -> Written:
        """Make an edit of a file that the site has read; return what was written.

        Raises Refused, and Problems for what would be wrong or cannot be written: nothing is
        changed then.
        """
        with self._lock:
            path, files = edit.path, self._site.sources
            before = read_source(self._site.root, path) if _is_written(path, files) else None
            if before is None:
                raise Refused(Refusal.PATH)
            if digest_of(before) != edit.digest:
                raise Refused(Refusal.SAVED)
            after = edited({**files, path: before}, path, edit.what)
            if not replace_source(self._site.root, path, before, after):
                raise Refused(Refusal.SAVED)
            name = token_urlsafe(12)
            self._edited[name] = _Edited(path, before, after)
            if len(self._edited) > MAX_UNDO:
                self._edited.popitem(last=False)
            return Written(path=path, line=_first_line(before, after), undo=name)

    def undo(self, name: str) -> Written:
        """Undo the edit of a name; return what was written.

        Raises Refused if there is none, or if the file was saved since; Problems if the system
        refuses.
        """
        with self._lock:
            if (edited := self._edited.get(name)) is None:
                raise Refused(Refusal.UNDO)
            path, before, after = edited.path, edited.before, edited.after
            is_there = read_source(self._site.root, path) == after
            if not is_there or not replace_source(self._site.root, path, after, before):
                raise Refused(Refusal.UNDO_SAVED)
            del self._edited[name]
            return Written(path=path, line=_first_line(after, before))


def edited(files: Files, path: str, what: What) -> bytes:
    """Return the content of the file at `path` after an edit.

    files: those of the site, that one among them. Raises Problems for what would be wrong.
    """
    match what:
        case AddClaim() | SetPassage():
            return with_edited_claim(files, path, what)


def digest_of(data: bytes) -> str:
    """Return the digest by which a page names the content that it shows."""
    return sha256(data).hexdigest()


def _is_written(path: str, files: Files) -> bool:
    """Whether a file may be written: one of a topic, which the site has read."""
    return path in files and path.startswith("content/") and path.endswith(".md")


def _first_line(before: bytes, after: bytes) -> int:
    """Return the number of the first line of `after` that `before` has not, from 1."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    same = 0
    for one, other in pairs:
        if one != other:
            break
        same += 1
    return same + 1
