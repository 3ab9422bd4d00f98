"""A translation of which some parts are right as they stand -> the files that note it."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from briefing.checks.translations.paragraphs import EarlierText
from briefing.commands.translate.acknowledged import acknowledged
from briefing.commands.translate.kept_original import TextVersion, kept_original
from briefing.commands.translate.of_edit import with_digests
from briefing.commands.translate.pair import Pair
from briefing.model.article import TextDigests
from briefing.problems import Place, mistake
from briefing.translation.changes import changes_since


class Noted(Struct, frozen=True):
    """What is written when parts of a translation are right."""

    translation: bytes
    kept: bytes
    """The file at `kept_path` of it."""


def noted(
    pair: Pair,
    data: bytes,
    parts: Collection[str],
    earlier: EarlierText,
    kept: TextVersion | None,
    *,
    gone: Collection[int] = (),
) -> Noted:
    """Return the files of a translation with the content `data` once `parts` of it are right.

    parts, gone: as for `acknowledged`; both empty: all of it is right. earlier: what is known of
    the original as it was; kept: what was kept of that. Raises Problems.
    """
    now, sources = pair.original.digests, dict(pair.original.sources)
    of = _acknowledged_parts(pair, parts, earlier, gone) if parts or gone else now
    if kept:
        sources = {**kept.sources, **sources}
    return Noted(with_digests(pair.path, data, of), kept_original(pair.path, of, sources))


def made_from(pair: Pair, earlier: EarlierText) -> TextDigests | None:
    """Return the digests of what a translation was made from, part by part; None: nobody knows."""
    if pair.of and pair.of.whole:
        is_same = pair.of.whole == pair.summaries[0].digest
        return pair.original.digests if is_same else earlier.digests
    return pair.of


def _acknowledged_parts(
    pair: Pair, parts: Collection[str], earlier: EarlierText, gone: Collection[int]
) -> TextDigests:
    """Return what a translation is made from once `parts` are right. Raises Problems."""
    if (of := made_from(pair, earlier)) is None:
        cure = f"if all of it is right, `ack {pair.path}`"
        raise mistake(Place(pair.path), "nobody knows from which words it was made", cure)
    version = pair.original
    changes = changes_since(of, version.title, version.dek, version.body, earlier.words)
    return acknowledged(pair.path, of, version.digests, changes, parts, gone=gone)
