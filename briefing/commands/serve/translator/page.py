"""A page of a previewed site -> the translations on it, and those that it might have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from msgspec import Struct

from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.translator.view import TextView, text_view
from briefing.commands.serve.writing.file_change import digest_of
from briefing.commands.translate.earlier_text import earlier_text
from briefing.commands.translate.pair import ENDING, read_pair
from briefing.content.classify import TOPIC_STEM
from briefing.content.shared import Files
from briefing.model.site import Site
from briefing.problems import Problems

_INDEX = "/index.html"
_MOST_PARTS = 2
"""Parts of the path of a page below its language: a topic, and an article of it."""


class Beginning(Struct, frozen=True, kw_only=True):
    """A translation that is not there yet."""

    path: str
    """Of its original."""
    digest: str
    language: str
    facing: str
    """The path of the page on which the two will stand beside each other; "" if none will be."""


class TranslatorView(Struct, frozen=True, kw_only=True):
    """What a page shows a translator."""

    texts: tuple[TextView, ...] = ()
    """The translations of a page, in one language or in two."""
    beginnings: tuple[Beginning, ...] = ()


class _PageTexts(Struct, frozen=True, kw_only=True):
    """The texts that a page is made of."""

    key: str
    """The path of the page below its languages; "" for the start page."""
    languages: tuple[str, ...]
    """Of the page."""
    paths: Mapping[str, str]
    """The file of the text in each language that it is there in."""


def translator_view(site: LiveSite, page: str) -> TranslatorView:
    """Return the translations of a page, by its path."""
    files, whole = site.sources, site.whole
    if whole is None or page not in site.pages:
        return TranslatorView()
    codes = tuple(language.code for language in whole.languages)
    if (texts := _texts_of(page, codes, files)) is None:
        return TranslatorView()
    shown = [texts.paths.get(code) for code in texts.languages]
    return TranslatorView(
        texts=tuple(_translations(site, files, shown)),
        beginnings=tuple(_beginnings(whole, files, texts, sees=site.shows_drafts)),
    )


def _texts_of(page: str, known: tuple[str, ...], files: Files) -> _PageTexts | None:
    """Return the texts of a page; None if it is of no text. known: the languages of the site."""
    first, _, key = page.removesuffix(_INDEX).partition("/")
    languages = next(
        (both for one in known for other in known if "-".join(both := (one, other)) == first),
        (first,) if first in known else (),
    )
    parts = key.split("/") if key else []
    if not languages or not 0 < len(parts) <= _MOST_PARTS:
        return None
    stem = f"content/{key}" if key == "about" or len(parts) > 1 else f"content/{key}/{TOPIC_STEM}"
    paths = {code: path for code in known if (path := f"{stem}.{code}{ENDING}") in files}
    return _PageTexts(key=key, languages=languages, paths=paths) if paths else None


def _translations(site: LiveSite, files: Files, paths: list[str | None]) -> Iterator[TextView]:
    """Yield the translations among the texts of a page; one that is wrong is left out."""
    for path in filter(None, paths):
        with suppress(Problems):
            pair = read_pair(files, path)
            yield text_view(files, pair, earlier_text(site.root, *pair.summaries), paths)


def _beginnings(site: Site, files: Files, texts: _PageTexts, *, sees: bool) -> Iterator[Beginning]:
    """Yield the translations that are not there, of the text that the page shows, or of another.

    sees: whether the preview shows drafts.
    """
    there = texts.paths
    shown = next((code for code in texts.languages if code in there), "")
    own = [code for code in there if not _is_translation(files, there[code])]
    code = shown if shown in own else next(iter(own), next(iter(there)))
    pairs = [(one.code, other.code) for one, other in site.facing]
    for language in (each.code for each in site.languages if each.code not in there):
        both = next((pair for pair in pairs if set(pair) == {code, language}), ())
        yield Beginning(
            path=there[code],
            digest=digest_of(files[there[code]]),
            language=language,
            facing=f"{'-'.join(both)}/{texts.key}/" if both and sees else "",
        )


def _is_translation(files: Files, path: str) -> bool:
    """Whether a text says that it translates another; one that cannot be read does not."""
    with suppress(Problems):
        read_pair(files, path, reads_of=False)
        return True
    return False
