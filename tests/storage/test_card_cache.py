"""Cards are drawn once, and kept by what is on them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.engine.build import build
from briefing.engine.sources import SourceTree
from briefing.outputs.cards.draw import Card, render_card
from briefing.storage import card_cache as module
from briefing.storage.cache_files import SealedFolder
from briefing.storage.card_cache import (
    CARDS_FOLDER,
    MAX_CARD_BYTES,
    PNG_HEADER,
    CardCache,
    open_card_cache,
)
from support.cards import CARD, FONTS
from support.sites import AS_OF, Sources


def kept(root: Path) -> list[Path]:
    return sorted((root / CARDS_FOLDER).glob("*"))


def test_a_card_is_drawn_once(tmp_path: Path) -> None:
    """The second time it is what lies there; another card is another file."""
    drawn = CardCache(tmp_path)(CARD, FONTS)
    assert drawn == render_card(CARD, FONTS)
    (path,) = kept(tmp_path)
    lies = PNG_HEADER + b"as it lies there"
    SealedFolder(str(tmp_path), CARDS_FOLDER, MAX_CARD_BYTES).write(path.name, lies)
    assert CardCache(tmp_path)(CARD, FONTS) == lies
    other = Card(**{name: getattr(CARD, name) for name in CARD.__struct_fields__} | {"site": "B"})
    assert CardCache(tmp_path)(other, FONTS) == render_card(other, FONTS)
    assert len(kept(tmp_path)) == 2


def test_other_fonts_make_another_card(tmp_path: Path) -> None:
    """What is kept is kept by them, too; that nobody can draw it is known the next time."""
    assert CardCache(tmp_path)(CARD, {}) is None
    assert CardCache(tmp_path)(CARD, {}) is None
    assert CardCache(tmp_path)(CARD, FONTS) is not None
    assert len(kept(tmp_path)) == 2


def test_where_nothing_can_be_kept_cards_are_drawn_all_the_same(tmp_path: Path) -> None:
    """A file may stand in the way."""
    (tmp_path / ".cache").write_bytes(b"theirs")
    assert CardCache(tmp_path)(CARD, FONTS) == render_card(CARD, FONTS)
    CardCache(tmp_path).delete_oldest()
    assert (tmp_path / ".cache").read_bytes() == b"theirs"


def test_what_was_not_wanted_for_longest_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If there is too much."""
    monkeypatch.setattr(module, "MAX_CARDS", 2)
    folder = tmp_path / CARDS_FOLDER
    folder.mkdir(parents=True)
    new, older, oldest = (f"{letter * 32}.png" for letter in "bca")
    for age, name in enumerate((new, older, oldest)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (1_000_000 - age, 1_000_000 - age))
    CardCache(tmp_path).delete_oldest()
    assert [path.name for path in kept(tmp_path)] == [new, older]


def test_a_site_has_the_card_of_each_topic_in_each_language(tmp_path: Path, small: Sources) -> None:
    """Drawn where there is somebody to draw, and plain without; no other file is another."""
    plain = build(SourceTree.of(small), AS_OF).outputs
    artist = open_card_cache(tmp_path)
    assert artist is not None
    drawn = build(SourceTree.of(small), AS_OF, draw_card=artist).outputs
    differ = {path for path in plain if plain[path] != drawn[path]}
    assert differ == {path for path in plain if path.endswith("/card.png")} - {"assets/card.png"}
    assert len({drawn[path] for path in differ}) == len(differ) == len(kept(tmp_path))


def test_the_plain_card_is_on_all_topics_that_have_no_other(small: Sources) -> None:
    """When it is another one, they have that."""
    path = "templates/assets/card.png"
    last = build(SourceTree.of(small), AS_OF)
    files = small | {path: small[path] + b"more"}
    warm = build(SourceTree.of(files), AS_OF, last)
    there = {**last.outputs, **warm.outputs}
    assert there["en/river-talks/card.png"] == files[path] == there["assets/card.png"]
