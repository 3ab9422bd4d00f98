"""What an original said when it was translated: as it was kept then, or from the history in git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from briefing.checks.translations.paragraphs import EarlierText
from briefing.commands.publish.git import contents_of, decode_output, git
from briefing.commands.translate.kept_original import TextVersion, kept_path, read_version
from briefing.content.texts import digest_of_text
from briefing.model.article import Summary, TextDigests
from briefing.problems import Problems
from briefing.storage.read_sources import read_tree
from briefing.translation.digests import digests_of

MAX_VERSIONS = 60
"""Versions of a text in git that are looked at, the last first."""
_RAW_FIELDS = 5
"""What a line of `git log --raw` says before the name: two modes, two blobs, what was done."""


def earlier_text(root: Path, original: Summary, translation: Summary) -> EarlierText:
    """Return what is known of an original as it was when a translation was made of it."""
    path, of = translation.place.path, translation.of or TextDigests()
    if of.whole:
        version = _version_of_whole(root, original.place.path, of.whole)
        if version is None:
            return EarlierText()
        return EarlierText(words=version.words, digests=version.digests)
    words = _kept_words(root, path)
    now = digests_of(original)
    wanted = {of.title, of.dek, *of.text} - {"", now.title, now.dek, *now.text}
    if missing := frozenset(wanted - words.keys()):
        words = {**_words_in_history(root, original.place.path, missing), **words}
    return EarlierText(words=words)


def kept_version(root: Path, translation: str) -> TextVersion | None:
    """Return what was kept of what a text was translated from; None if nothing was."""
    path = kept_path(translation)
    with suppress(Problems):  # it is the program's own file: one that cannot be read says nothing
        if data := read_tree(root, path).get(path):
            return read_version(path, data)
    return None


def _kept_words(root: Path, translation: str) -> Mapping[str, str]:
    version = kept_version(root, translation)
    return version.words if version else {}


@lru_cache(500)  # the preview asks after each save
def _words_in_history(root: Path, path: str, wanted: frozenset[str]) -> Mapping[str, str]:
    """Return the words with these digests, as far as versions of a text in git have them."""
    found: dict[str, str] = {}
    for version in _history(root, path):
        found |= {digest: words for digest, words in version.words.items() if digest in wanted}
        if found.keys() == wanted:
            break
    return found


@lru_cache(500)
def _version_of_whole(root: Path, path: str, digest: str) -> TextVersion | None:
    """Return the version of a text in git with a digest of `digest_of_text`; None if none has."""
    for version in _history(root, path):
        if digest_of_text(version.title, version.file.text.text) == digest:
            return version
    return None


def _history(root: Path, path: str) -> Iterator[TextVersion]:
    """Yield the versions of a text in git, the last first; none without git, or history."""
    with suppress(Problems):
        form = ("--follow", "--raw", "--no-abbrev", "--format=", f"--max-count={MAX_VERSIONS}")
        listed = decode_output(git(root, "log", *form, "--", path)).splitlines()
        fields = [line.split(maxsplit=_RAW_FIELDS) for line in listed if line.startswith(":")]
        blobs = dict.fromkeys(blob for _, _, old, new, *_ in fields for blob in (new, old))
        contents = contents_of(root, [blob for blob in blobs if blob.strip("0")])
        for data in contents.values():
            with suppress(Problems):
                yield read_version(path, data)
