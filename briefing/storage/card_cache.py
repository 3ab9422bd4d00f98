"""Draws share cards, and stores each in the cache by a fingerprint of what it is drawn from.

A card takes as long as many pages, so a card with the same words and fonts is drawn once.
`outputs.cards.draw` does the drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from struct import pack

from msgspec import msgpack

from briefing.model.fingerprint import fingerprint
from briefing.outputs.cards.canvas import CARD_SIZE, can_shape, is_available
from briefing.outputs.cards.draw import Card, render_card
from briefing.storage.cache_files import SealedFolder, program_version
from briefing.storage.cache_folder import TEMPORARY_SUFFIX

CARDS_FOLDER = ".cache/cards"
MAX_CARDS = 5_000
"""Cards in the cache; beyond it, those that were not used for longest are deleted."""
MAX_CARD_BYTES = 4_000_000
"""Bytes of one card. A PNG of this size with no two pixels alike is smaller."""
PNG_HEADER = b"\x89PNG\r\n\x1a\n" + pack(">I4sII", 13, b"IHDR", *CARD_SIZE)
"""The first bytes of every card, a PNG of that size: https://www.w3.org/TR/png-3/#11IHDR"""
_OURS = rf"[0-9a-f]{{32}}\.png{TEMPORARY_SUFFIX}"


class CardCache:
    """Draws cards, or returns them from the cache. It is called as `draw` is."""

    def __init__(self, root: Path) -> None:
        self._folder = SealedFolder(str(root), CARDS_FOLDER, MAX_CARD_BYTES)
        self._fonts: tuple[int, bytes] = (0, b"")

    def __call__(self, card: Card, fonts: Mapping[str, bytes]) -> bytes | None:
        """Return `card` as PNG; None if `fonts` lack a character of it.

        fonts: content by path. None is stored too, as b"". Raises Problems for a font that
        cannot be read.
        """
        shaped = card.rtl and can_shape()  # depends on the libraries of the system
        parts = (
            program_version(),
            msgpack.encode(card),
            self._fingerprint_of(fonts),
            b"shaped" * shaped,
        )
        name = f"{fingerprint(*parts).hex()}.png"
        stored = self._folder.read(name)
        if stored is not None and (not stored or stored.startswith(PNG_HEADER)):
            self._folder.mark_used(name)
            return stored or None
        png = render_card(card, fonts)
        self._folder.write(name, png or b"")
        return png

    def _fingerprint_of(self, fonts: Mapping[str, bytes]) -> bytes:
        """Return the fingerprint of the fonts.

        Remembered by identity: all cards of a build are drawn with one mapping of fonts, of
        some megabytes.
        """
        if self._fonts[0] != id(fonts):
            parts = (part for path in sorted(fonts) for part in (path.encode(), fonts[path]))
            self._fonts = id(fonts), fingerprint(*parts)
        return self._fonts[1]

    def delete_oldest(self) -> None:
        """Delete the cards that were not used for longest, beyond MAX_CARDS."""
        self._folder.delete_oldest(_OURS, MAX_CARDS)


def open_card_cache(root: Path) -> CardCache | None:
    """Return the card cache of the site at `root`; None if Pillow is not installed."""
    return CardCache(root) if is_available() else None
