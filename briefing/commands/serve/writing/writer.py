"""Writes what the preview is asked for to source files, and undoes it.

A file is written only as the page showed it, and undone only as it was written: each time its
content is compared, on the disk. Nothing else of it is known, so an editor may save at any time.
"""

from __future__ import annotations

from collections import OrderedDict
from secrets import token_urlsafe
from threading import Lock

from msgspec import Struct

from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.translator.changes import (
    begun_translation,
    shown_translation,
    translation_change,
)
from briefing.commands.serve.writing.claim_check import with_edited_claim
from briefing.commands.serve.writing.edits import (
    AddClaim,
    BeginTranslation,
    SetPassage,
    ShowTranslation,
    SourceEdit,
)
from briefing.commands.serve.writing.file_change import FileChange, carry_out, digest_of
from briefing.commands.serve.writing.refusals import Refusal, Refused
from briefing.content.shared import Files
from briefing.storage.site_sources.replace import read_source

MAX_UNDO = 100
"""Edits that can be undone, the last ones."""


class Written(Struct, frozen=True, kw_only=True):
    """What was written, for the page that asked for it."""

    path: str
    line: int
    """The first line that is another one now."""
    undo: str = ""
    """The name by which it can be undone; "" where nothing was written, and for an undoing."""
    noted: bool = False
    """Whether a part of a translation was noted as right."""


class SourceWriter:
    """Writes to the sources of a site that is previewed; several threads may use it."""

    def __init__(self, site: LiveSite) -> None:
        self._site, self._lock = site, Lock()
        self._edited: OrderedDict[str, FileChange] = OrderedDict()
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
            change = self._change({**files, path: before}, edit)
            if change.is_none:
                return Written(path=path, line=change.line)
            if change.before is not None and not carry_out(self._site.root, change):
                raise Refused(Refusal.SAVED)
            name = token_urlsafe(12)
            self._edited[name] = change
            if len(self._edited) > MAX_UNDO:
                self._edited.popitem(last=False)
            is_noted = bool(change.beside)
            return Written(path=change.path, line=change.line, undo=name, noted=is_noted)

    def _change(self, files: Files, edit: SourceEdit) -> FileChange:
        """Return what an edit makes of its file; what is begun is written. Raises as `write`."""
        path, what = edit.path, edit.what
        if isinstance(what, AddClaim | SetPassage):
            after = with_edited_claim(files, path, what)
            return FileChange(path=path, before=files[path], after=after)
        if isinstance(what, BeginTranslation):
            return begun_translation(self._site, path, what)
        if isinstance(what, ShowTranslation):
            return shown_translation(self._site, files, path)
        return translation_change(self._site, files, path, what)

    def undo(self, name: str) -> Written:
        """Undo the edit of a name; return what was written.

        Raises Refused if there is none, or if the file was saved since; Problems if the system
        refuses.
        """
        with self._lock:
            if (change := self._edited.get(name)) is None:
                raise Refused(Refusal.UNDO)
            if not carry_out(self._site.root, change.undone):
                raise Refused(Refusal.UNDO_SAVED)
            del self._edited[name]
            return Written(path=change.path, line=change.line)


def _is_written(path: str, files: Files) -> bool:
    """Whether a file may be written: one of a topic, which the site has read."""
    return path in files and path.startswith("content/") and path.endswith(".md")
