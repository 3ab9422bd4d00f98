"""Yields what has changed in an original since it was translated, with the words then and now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from briefing.checks.translations.pairs import translated_texts
from briefing.checks.translations.word_changes import WordChange, word_changes
from briefing.content.shared import Files
from briefing.model.article import Summary, TextDigests
from briefing.model.site import Site
from briefing.problems import Collector, Place, Problem
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.markdown.source_blocks import source_blocks
from briefing.syntax.text import decode_text
from briefing.translation.changes import Change, ChangeKind, Part, changes_of, changes_since
from briefing.translation.digests import plain_words

MAX_WORD_CHANGES = 5
"""Differences of two versions of a paragraph that are told one by one."""
MAX_SHOWN = 80
"""Characters of words that are shown, before an ellipsis."""


class EarlierText(Struct, frozen=True, kw_only=True):
    """What is known of an original as it was when it was translated."""

    words: Mapping[str, str] = {}
    """What it said, by digest."""
    digests: TextDigests | None = None
    """The digests of its parts, of a translation that has only one of the whole."""


EarlierOf = Callable[[Summary, Summary], EarlierText]
"""Returns what is known of an original as it was when a translation was made of it."""


def paragraphs_are_of_today(site: Site, files: Files, earlier_of: EarlierOf) -> Iterator[Problem]:
    """Yield each paragraph of an original that has changed since, where it is translated.

    files: the sources, by path.
    """
    for original, translation in translated_texts(site):
        if changes_of(original, translation):
            earlier = earlier_of(original, translation)
            for _, problem in changed_paragraphs(original, translation, files, earlier):
                yield problem


def changed_paragraphs(
    original: Summary, translation: Summary, files: Files, earlier: EarlierText
) -> Iterator[tuple[Change, Problem]]:
    """Yield what has changed in an original since its translation was made, and how it is told.

    files: the sources, by path.
    """
    yield from _Told(original, translation, files, earlier).problems()


class _Told:
    """What is told of a translation that is behind its original."""

    def __init__(
        self, original: Summary, translation: Summary, files: Files, earlier: EarlierText
    ) -> None:
        self._original, self._translation, self._earlier = original, translation, earlier
        self._of = earlier.digests or translation.of or TextDigests()
        self._path = translation.place.path
        self._lines = block_places(self._path, files)
        self._original_lines = block_places(original.place.path, files)

    def problems(self) -> Iterator[tuple[Change, Problem]]:
        """Yield each change with the problem that tells it."""
        original = self._original
        if self._of.whole:
            message = f"the translation is older than its original in `{original.language}`"
            cure = self._cure("bring it up to date", "")
            whole = Change(kind=ChangeKind.CHANGED, part=Part.WHOLE)
            yield whole, Problem(self._translation.place, message, cure)
            return
        parts = original.title, original.dek, original.body
        for change in changes_since(self._of, *parts, self._earlier.words):
            yield change, self._problem(change)

    def _problem(self, change: Change) -> Problem:
        if change.part is not Part.TEXT:
            what = "title" if change.part is Part.TITLE else "dek"
            message = f"the {what} of the original {_BECAME[change.kind]}{self._differing(change)}"
            place = Place(self._path, 1)
            return Problem(place, message, self._cure("follow it here", what))
        numbers = " ".join(str(at + 1) for at in change.new)
        was, now = _paragraphs(change.old), _paragraphs(change.new)
        match change.kind:
            case ChangeKind.CHANGED:
                message = f"{now} of the original has changed{self._differing(change)}"
                cure = self._cure("follow it here", numbers)
            case ChangeKind.ADDED:
                shown = _shown(plain_words(self._original.body.blocks[change.new[0]]))
                message = f"{now} of the original is new: {shown}"
                cure = self._cure("translate it", numbers)
            case ChangeKind.REMOVED:
                words, _ = then_and_now(change, self._original, self._of, self._earlier)
                shown = f": {_shown(words)}" if words else ""
                message = f"{was} is gone from the original{shown}"
                cure = self._cure("take it out here, too", "")
            case ChangeKind.MOVED:
                message = f"what was {was} of the original is {now} today"
                cure = self._cure("move it here, too", "")
            case _:
                message = f"what was {was} of the original is {now} today, in the same words"
                cure = self._cure("let the translation follow", numbers)
        return Problem(self._place_of(change), self._with_source(change, message), cure)

    def _cure(self, first: str, parts: str) -> str:
        return f"{first}, then `ack {' '.join(filter(None, (self._path, parts)))}`"

    def _place_of(self, change: Change) -> Place:
        """Return where the translation is to follow."""
        paired = len(self._lines) == len(self._of.text)
        at = change.old[0] if change.old else max(change.after, 0)
        return self._lines[at] if paired and at < len(self._lines) else self._translation.place

    def _with_source(self, change: Change, message: str) -> str:
        """Return a message with the line of the original in it."""
        if not change.new or change.new[0] >= len(self._original_lines):
            return message
        place = self._original_lines[change.new[0]]
        return message.replace("of the original", f"of the original ({place.path}:{place.line})", 1)

    def _differing(self, change: Change) -> str:
        """Return what the words of a part were and are, after a colon."""
        then, words = then_and_now(change, self._original, self._of, self._earlier)
        if then == "":
            return f": {_shown(words)}"
        if then is None:
            return f"; what it said is not known, now it is: {_shown(words)}" if words else ""
        found = word_changes(then, words, self._original.language)
        told = [_told(each) for each in islice(found, MAX_WORD_CHANGES)]
        more = len(found) - len(told)
        return ": " + "; ".join([*told, *([f"and {more} more"] if more > 0 else [])])


def then_and_now(
    change: Change, original: Summary, of: TextDigests, earlier: EarlierText
) -> tuple[str | None, str]:
    """Return the words of a part of an original as it was, None if they are not known, and is.

    of: what the translation was made from, part by part. "": there was no such part, or is none.
    """
    now = "\n\n".join(plain_words(original.body.blocks[at]) for at in change.new)
    digests = [of.text[at] for at in change.old]
    if change.part is Part.TITLE:
        digests, now = [of.title], original.title
    elif change.part is Part.DEK:
        digests, now = [of.dek] if of.dek else [], original.dek or ""
    known = [earlier.words.get(digest) for digest in digests]
    then = None if None in known else "\n\n".join(filter(None, known))
    return then, now


_BECAME = {
    ChangeKind.CHANGED: "has changed",
    ChangeKind.ADDED: "is new",
    ChangeKind.REMOVED: "is gone",
}


def _told(change: WordChange) -> str:
    """Return the words then and now, as `number 30 → 300`."""
    kind = f"{change.kind.value} " if change.kind.value else ""
    if change.old and change.new:
        return f"{kind}{_shown(change.old)} is now {_shown(change.new)}"
    return f"{kind}{_shown(change.old or change.new)} is {'new' if change.new else 'gone'}"


def _shown(words: str) -> str:
    cut = words if len(words) <= MAX_SHOWN else f"{words[:MAX_SHOWN].rstrip()}…"
    return f"`{cut}`"


def _paragraphs(indexes: tuple[int, ...]) -> str:
    """Return paragraphs by their numbers, from 1."""
    if len(indexes) == 1:
        return f"paragraph {indexes[0] + 1}"
    if not indexes:
        return ""
    between = "and" if len(indexes) == 2 else "to"  # noqa: PLR2004
    return f"paragraphs {indexes[0] + 1} {between} {indexes[-1] + 1}"


def block_places(path: str, files: Files) -> tuple[Place, ...]:
    """Return where each block of a Markdown file begins; () if it is not among the files."""
    if path not in files:
        return ()
    _, text = split_front_matter(decode_text(path, files[path], Collector()))
    return tuple(text.place(block.start) for block in source_blocks(text))
