"""Parses the files that are not a topic's, and finds which topics there are.

site.yaml, the words files, outlets.yaml, voices.yaml, terms.yaml, redirects.yaml and
about.<lang>.md go in; a `SharedContent` comes out, with the problems in them. Next: `parse_topic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from briefing.content.classify import classify_shared, classify_topic
from briefing.content.outlets_voices import (
    OUTLETS,
    VOICES,
    KnownIds,
    Register,
    read_outlets,
    read_sides,
    read_voices,
    without_broken,
)
from briefing.content.redirects import NO_OLD_IDS, REDIRECTS, read_redirects
from briefing.content.shared import Files, SharedContent, TopicFolders
from briefing.content.site import SITE_FILE, facing_pairs, read_languages, read_site
from briefing.content.source_files import open_yaml, read_markdown_files
from briefing.content.terms.read import TERMS, read_terms
from briefing.content.texts import read_texts
from briefing.content.words.merge import WordsFiles
from briefing.content.words.read import read_words
from briefing.model.article import Localized
from briefing.model.site import Language, Site
from briefing.model.terms import Term
from briefing.problems import BROKEN, AllBroken, Collector, Place
from briefing.syntax.file_names import wrong_static_names
from briefing.syntax.nodes import Node, mapping, part


def read_shared(files: Files, address: str | None = None) -> SharedContent:
    """Return what all topics have in common, with every problem in it.

    files: at least all that are not a topic's. address: the URL of the site; None: the one that
    site.yaml names.
    """
    collector = Collector()
    open_file = partial(open_yaml, files, collector)
    root = collector.attempt(partial(open_file, SITE_FILE))
    if root is BROKEN:
        return _without_languages(collector)
    languages = read_languages(root, collector)
    site = collector.attempt(partial(read_site, root, languages))
    with_words = collector.attempt(partial(read_words, languages, WordsFiles(files, open_file)))
    codes = {language.code for language in languages}
    paths = classify_shared(files, codes, collector)
    collector.add(wrong_static_names(files))
    sides, known, primaries = _registers(open_file, languages, collector)
    about_files = read_markdown_files(files, codes, collector, paths)
    old_ids = NO_OLD_IDS
    if REDIRECTS in files:
        with collector.collect():
            old_ids = read_redirects(open_file(REDIRECTS), languages)
    terms: tuple[Term, ...] = ()
    if TERMS in files:
        with collector.collect():
            terms = read_terms(open_file(TERMS), known, collector)
    about = read_texts(about_files, known, paths, collector)
    whole = None
    if site is not BROKEN and with_words is not BROKEN and not collector.failed:
        whole = Site(
            address=address or site.address,
            first_address=site.formerly,
            redirects=old_ids.redirects,
            title=site.title,
            description=site.description,
            contact=site.contact,
            responsible=site.responsible,
            time_zone=site.time_zone,
            missing=site.missing,
            proof=site.proof,
            about=about,
            languages=with_words,
            facing=facing_pairs(with_words, site.facing),
            sides=without_broken(sides),
            voices=without_broken(known.voices),
            terms=terms,
            topics=(),
        )
    return SharedContent(
        site=whole,
        known_ids=known,
        primaries=primaries,
        links=tuple(link for file in about_files for link in file.body.links),
        old_ids=old_ids,
        problems=collector.found,
    )


def _without_languages(collector: Collector) -> SharedContent:
    """Return shared content in which nothing is known, as without languages no text can be read."""
    known = KnownIds(languages=(), outlets=AllBroken(), voices=AllBroken(), points={})
    return SharedContent(
        site=None,
        known_ids=known,
        primaries=(),
        links=(),
        old_ids=NO_OLD_IDS,
        problems=collector.found,
    )


def _registers(
    open_file: Callable[[str], Node], languages: tuple[Language, ...], collector: Collector
) -> tuple[Register[Localized], KnownIds, tuple[tuple[str, Place], ...]]:
    """Return the sides, what articles may refer to, and the references to primary texts.

    Of a file that cannot be read, every id is known and BROKEN.
    """
    known = KnownIds(languages=languages, outlets=AllBroken(), voices=AllBroken(), points={})
    sides: Register[Localized] = AllBroken()
    primaries: tuple[tuple[str, Place], ...] = ()
    with collector.collect():
        outlets = read_outlets(open_file(OUTLETS), languages, collector)
        known = replace(known, outlets=outlets)
    with collector.collect():
        root = open_file(VOICES)
        sides = read_sides(root, languages, collector)
        known = replace(known, voices=read_voices(root, sides, languages, collector))
        primaries = tuple(_primary_references(part(root, "voices")))
    return sides, known, primaries


def _primary_references(voices: Node) -> Iterator[tuple[str, Place]]:
    """Yield the article id of each `primary:` of voices.yaml, and where it stands."""
    for voice in mapping(voices).values():
        primary = voice.value.get("primary") if isinstance(voice.value, Mapping) else None
        if primary and primary.value and isinstance(primary.value, str):
            yield primary.value, primary.place


def classify_topics(shared: SharedContent, paths: Mapping[str, tuple[str, ...]]) -> TopicFolders:
    """Return the topics by the name of their folder, and the problems in names of files.

    paths: the files of each folder, sorted, by its name. Without languages in `shared` there is
    no topic, and no problem beside those of site.yaml.
    """
    codes = frozenset(language.code for language in shared.known_ids.languages)
    if not codes:
        return TopicFolders(folders={}, problems=())
    classified = {name: classify_topic(name, paths[name], codes) for name in paths}
    return TopicFolders(
        folders={name: folder for name, each in classified.items() if (folder := each.folder)},
        problems=tuple(problem for each in classified.values() for problem in each.problems),
    )
