"""The cards that were drawn, kept by what is on them: to draw one takes as long as many pages."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import msgpack

from briefing.cards import Card, draw, is_there
from briefing.cards.ink import can_shape
from briefing.digests import digest
from briefing.shelf import version

FOLDER = ".cache/cards"
MOST = 5_000
"""Cards that are kept; of more, those are deleted that were not wanted for longest."""


class Gallery:
    """Draws cards, each once."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self._fonts: tuple[int, bytes] = (0, b"")

    def __call__(self, card: Card, fonts: Mapping[str, bytes]) -> bytes | None:
        """Give a card as PNG, or None where the fonts cannot draw every sign of it.

        Raises Problems for a font that cannot be read.
        """
        shaped = card.rtl and can_shape()  # which depends on the system
        parts = (version(), msgpack.encode(card), self._digest_of(fonts), b"shaped" * shaped)
        known = digest(*parts).hex()
        path = self._folder / f"{known}.png"
        with suppress(OSError):
            data = path.read_bytes()
            os.utime(path)
            return data or None
        drawn = draw(card, fonts)
        self._keep(path, drawn or b"")
        return drawn

    def _digest_of(self, fonts: Mapping[str, bytes]) -> bytes:
        """Give the digest of the fonts, which are the same for all cards of a build."""
        if self._fonts[0] != id(fonts):
            parts = (part for path in sorted(fonts) for part in (path.encode(), fonts[path]))
            self._fonts = id(fonts), digest(*parts)
        return self._fonts[1]

    def _keep(self, path: Path, data: bytes) -> None:
        """Keep a card, if the disk lets us; what is there is whole at any time."""
        new = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(data)
            new.replace(path)

    def tidy(self) -> None:
        """Delete what was not wanted for longest, if there is too much."""
        with suppress(OSError):
            entries = sorted(os.scandir(self._folder), key=lambda entry: -entry.stat().st_mtime)
            for entry in entries[MOST:]:
                Path(entry.path).unlink()


def gallery(root: Path) -> Gallery | None:
    """Give where the cards of a site are drawn, or None where there is nothing to draw with."""
    return Gallery(root) if is_there() else None
