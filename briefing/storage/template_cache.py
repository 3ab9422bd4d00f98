"""Compiled templates in the cache of the user: a first build of a site need not compile them.

They are sealed with the user's key and the version of the program, as all that is cached, and each
is used only for the source that it was compiled from. So what was changed, truncated or planted
there counts as missing. Sites with the same templates share a file,
and all sites that of the theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from briefing.model.fingerprint import fingerprint_of_files
from briefing.model.theme import TEMPLATES, THEME
from briefing.rendering.template_files import is_template
from briefing.rendering.templates import join_dumps, part_of_dump
from briefing.storage.cache_files import SealedFolder
from briefing.storage.cache_folder import TEMPORARY_SUFFIX
from briefing.storage.seal_key import user_folder

TEMPLATES_FOLDER = "briefing/templates"
"""The folder of compiled templates in the folder of the caches of a user."""
MAX_FILES = 8
"""Files in the folder, each of one set of templates; beyond it, the oldest are deleted."""
MAX_BYTES = 16_000_000
_OURS = rf"[0-9a-f]{{32}}\.templates{TEMPORARY_SUFFIX}"


class TemplateCache:
    """The compiled templates of a site, in the cache of the user.

    Those of the theme have a file for all sites; those that a site has of its own have another.
    """

    def __init__(self, root: str, fingerprints: Mapping[str, bytes]) -> None:
        """Name the templates among the source files of the site at `root`, by path."""
        self._base = user_folder("cache")
        self._folder = SealedFolder(self._base or "", TEMPLATES_FOLDER, MAX_BYTES, site=root)
        self._sets: dict[str, list[str]] = {}
        for top in (THEME, TEMPLATES):
            paths = sorted(p for p in fingerprints if p.startswith(top) and is_template(p))
            if paths:
                name = f"{fingerprint_of_files(fingerprints, paths).hex()}.templates"
                self._sets[name] = paths
        self._stored: set[str] = set()

    def read(self) -> bytes:
        """Return what `dump_templates` returned for these templates; b"" if none is stored."""
        found = {name: data for name in self._sets if (data := self._folder.read(name))}
        for name in found:
            self._folder.mark_used(name)
        self._stored.update(found)
        return join_dumps(found.values())

    def write(self, dumped: bytes) -> None:
        """Store what `dump_templates` returned, if the disk allows it, without what is there."""
        missing = {name: paths for name, paths in self._sets.items() if name not in self._stored}
        if not self._base or not missing:
            return
        with suppress(OSError):
            Path(self._base).mkdir(0o700, parents=True, exist_ok=True)
        for name, paths in missing.items():
            self._folder.write(name, part_of_dump(dumped, paths))
        self._folder.delete_oldest(_OURS, MAX_FILES)
