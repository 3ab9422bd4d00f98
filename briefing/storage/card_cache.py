"""The cards that were drawn, kept by what is on them: to draw one takes as long as many pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from struct import pack

from msgspec import msgpack

from briefing.model.fingerprint import fingerprint
from briefing.outputs.cards.canvas import SIZE, can_shape, is_there
from briefing.outputs.cards.draw import Card, draw
from briefing.storage.cache_files import SealedFolder, version
from briefing.storage.cache_folder import UNFINISHED

FOLDER = ".cache/cards"
MAX_CARDS = 5_000
"""Cards that are kept; of more, those are deleted that were not wanted for longest."""
LARGEST = 4_000_000
"""Bytes of a card: more than one whose every pixel is told apart."""
START = b"\x89PNG\r\n\x1a\n" + pack(">I4sII", 13, b"IHDR", *SIZE)
"""How a card begins, a PNG of its size: https://www.w3.org/TR/png-3/#11IHDR"""
_OURS = rf"[0-9a-f]{{32}}\.png{UNFINISHED}"


class CardCache:
    """Draws cards, each once."""

    def __init__(self, root: Path) -> None:
        self._folder = SealedFolder(str(root), FOLDER, LARGEST)
        self._fonts: tuple[int, bytes] = (0, b"")

    def __call__(self, card: Card, fonts: Mapping[str, bytes]) -> bytes | None:
        """Give a card as PNG, or None where the fonts cannot draw every sign of it.

        Raises Problems for a font that cannot be read.
        """
        shaped = card.rtl and can_shape()  # which depends on the system
        parts = (version(), msgpack.encode(card), self._digest_of(fonts), b"shaped" * shaped)
        known = fingerprint(*parts).hex()
        name = f"{known}.png"
        kept = self._folder.read(name)
        if kept is not None and (not kept or kept.startswith(START)):
            self._folder.touch(name)
            return kept or None
        drawn = draw(card, fonts)
        self._folder.write(name, drawn or b"")
        return drawn

    def _digest_of(self, fonts: Mapping[str, bytes]) -> bytes:
        """Give the digest of the fonts, which are the same for all cards of a build."""
        if self._fonts[0] != id(fonts):
            parts = (part for path in sorted(fonts) for part in (path.encode(), fonts[path]))
            self._fonts = id(fonts), fingerprint(*parts)
        return self._fonts[1]

    def tidy(self) -> None:
        """Delete what was not wanted for longest, if there is too much."""
        self._folder.tidy(_OURS, MAX_CARDS)


def open_card_cache(root: Path) -> CardCache | None:
    """Give where the cards of a site are drawn, or None where there is nothing to draw with."""
    return CardCache(root) if is_there() else None
