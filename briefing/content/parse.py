"""Source files -> Site and topics, or every problem in them.

docs/content.md describes the format. Each file is read on its own; what refers to something in a
file that is wrong fails in silence, so that a mistake is told once and all mistakes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from functools import partial
from typing import Literal, TypeVar

from msgspec.structs import replace

from briefing.content.articles import (
    MarkdownFile,
    duplicates_of_duplicates,
    read_article,
    read_markdown_file,
    read_own_text,
)
from briefing.content.classify import (
    TopicFolder,
    classify_shared,
    classify_topic,
    split_by_topic,
    unresolved_links,
)
from briefing.content.outlets_voices import (
    OUTLETS,
    VOICES,
    KnownIds,
    Register,
    read_outlets,
    read_sides,
    read_voices,
)
from briefing.content.redirects import NO_OLD_IDS, REDIRECTS, read_redirects
from briefing.content.references import unresolved_references
from briefing.content.shared import Files, ParsedTopic, SharedContent, TopicFolders
from briefing.content.site import SITE, pairs, read_languages, read_site, with_words
from briefing.content.topics import TopicFacts, read_facts, read_points
from briefing.model.article import Article, ArticleType, Localized, Summary
from briefing.model.prose import Link
from briefing.model.site import Language, Point, Site, Topic
from briefing.model.values import Choice, Period, Quantity, Value
from briefing.problems import (
    BROKEN,
    AllBroken,
    Broken,
    Collector,
    Place,
    Problem,
    Problems,
    mistake,
    raise_if_any,
)
from briefing.syntax.nodes import Node, mapping, part
from briefing.syntax.text import decode_text
from briefing.syntax.yaml import parse_yaml

K = TypeVar("K")
T = TypeVar("T")
MAX_VALUES = 300
"""Different values of one point in a topic."""
_TYPES = list(ArticleType)


def parse_site(files: Files) -> Site:
    """Read the whole site, or raise every problem in it."""
    shared, paths = split_by_topic(files)
    ground = read_shared({path: files[path] for path in shared})
    topics = classify_topics(ground, {name: tuple(found) for name, found in paths.items()})
    return assemble(ground, topics, [read_topic(files, ground, f) for f in topics.folders.values()])


def assemble(shared: SharedContent, topics: TopicFolders, readings: Sequence[ParsedTopic]) -> Site:
    """Put a briefing together, or raise every problem in it, those of its links too."""
    points = {reading.id: reading.points for reading in readings}
    links = {reading.id: reading.links for reading in readings}
    told = [problem for reading in readings for problem in reading.problems]
    lost = unresolved_references(shared, topics, points, links)
    raise_if_any([*shared.problems, *topics.problems, *told, *lost])
    made = [reading.topic for reading in readings if reading.topic is not None]
    if shared.site is None or len(made) < len(readings):
        raise Problems  # told of already
    return replace(shared.site, topics=tuple(sorted(made, key=_newest_first)))


def classify_topics(shared: SharedContent, paths: Mapping[str, tuple[str, ...]]) -> TopicFolders:
    """Sort the files of each folder, whose paths are in order, into what they are."""
    codes = frozenset(language.code for language in shared.known.languages)
    if not codes:  # then no name of a text can be right
        return TopicFolders(folders={}, problems=())
    found = {name: classify_topic(name, paths[name], codes) for name in paths}
    return TopicFolders(
        folders={name: folder for name, each in found.items() if (folder := each.folder)},
        problems=tuple(problem for each in found.values() for problem in each.problems),
    )


def read_shared(files: Files, address: str | None = None) -> SharedContent:
    """Read what every topic stands on, of the files that are no topic's.

    The site stands at the address it names, or at another that is given. What is wrong is among
    its problems.
    """
    collector = Collector()
    open_yaml = partial(_open_yaml, files, collector)
    root = collector.attempt(partial(open_yaml, SITE))
    if root is BROKEN:
        return _without_languages(collector)
    languages = read_languages(root, collector)
    site = collector.attempt(partial(read_site, root, languages))
    worded = collector.attempt(partial(with_words, languages, open_yaml))
    codes = {language.code for language in languages}
    paths = classify_shared(files, codes, collector)
    sides, known, primaries = _registers(open_yaml, languages, collector)
    read = _read_files(files, codes, collector, paths)
    old = NO_OLD_IDS
    if REDIRECTS in files:
        with collector.collect():
            old = read_redirects(open_yaml(REDIRECTS))
    about = _told(read, known, paths, collector)
    briefing = None
    if site is not BROKEN and worded is not BROKEN and not collector.failed:
        briefing = Site(
            address=address or site.address,
            first_address=site.formerly,
            redirects=old.redirects,
            title=site.title,
            description=site.description,
            contact=site.contact,
            time_zone=site.time_zone,
            missing=site.missing,
            about=about,
            languages=worded,
            facing=pairs(worded, site.facing),
            sides=_made(sides),
            voices=_made(known.voices),
            topics=(),
        )
    return SharedContent(
        site=briefing,
        known=known,
        primaries=primaries,
        links=tuple(link for file in read for link in file.body.links),
        old=old,
        problems=collector.found,
    )


def _without_languages(collector: Collector) -> SharedContent:
    """Without languages nothing can be read."""
    known = KnownIds(languages=(), outlets=AllBroken(), voices=AllBroken(), points={})
    return SharedContent(
        site=None,
        known=known,
        primaries=(),
        links=(),
        old=NO_OLD_IDS,
        problems=collector.found,
    )


def _registers(
    open_yaml: Callable[[str], Node], languages: tuple[Language, ...], collector: Collector
) -> tuple[Register[Localized], KnownIds, tuple[tuple[str, Place], ...]]:
    """Read what is used by id everywhere; of a file that cannot be read, every id is BROKEN."""
    known = KnownIds(languages=languages, outlets=AllBroken(), voices=AllBroken(), points={})
    sides: Register[Localized] = AllBroken()
    primaries: tuple[tuple[str, Place], ...] = ()
    with collector.collect():
        outlets = read_outlets(open_yaml(OUTLETS), languages, collector)
        known = replace(known, outlets=outlets)
    with collector.collect():
        root = open_yaml(VOICES)
        sides = read_sides(root, languages, collector)
        known = replace(known, voices=read_voices(root, sides, languages, collector))
        primaries = tuple(_primaries(part(root, "voices")))
    return sides, known, primaries


def _primaries(voices: Node) -> Iterator[tuple[str, Place]]:
    for voice in mapping(voices).values():
        primary = voice.value.get("primary") if isinstance(voice.value, Mapping) else None
        if primary and primary.value and isinstance(primary.value, str):
            yield primary.value, primary.place


def read_topic(files: Files, shared: SharedContent, here: TopicFolder) -> ParsedTopic:
    """Read the topic of a folder; what is wrong is among its problems."""
    collector = Collector()
    root = collector.attempt(partial(_open_yaml, files, collector, here.facts))
    points: Register[Point] = AllBroken()
    if root is not BROKEN:
        points = read_points(root, shared.known.languages, collector)
    known = replace(shared.known, points=points)
    links: list[Link] = []
    topic = collector.attempt(partial(_topic, files, here, root, known, links))
    ids = None if isinstance(points, AllBroken) else tuple(points)
    far: list[Link] = []
    near: list[Link] = []
    for link in links:
        (near if link.resolve(here.id)[0] == here.id else far).append(link)
    collector.add(unresolved_links({here.id: here}, {here.id: ids}, here.id, near))
    return ParsedTopic(
        id=here.id,
        topic=None if topic is BROKEN else topic,
        points=ids,
        links=tuple(far),
        problems=collector.found,
    )


def _told(
    read: tuple[MarkdownFile, ...], known: KnownIds, paths: Mapping[str, str], collector: Collector
) -> Mapping[str, Summary]:
    """Read the texts of a topic, or of the site, by language; what is wrong is told."""
    return _made(
        {
            file.language: collector.attempt(partial(read_own_text, file, known, paths))
            for file in read
        }
    )


def _topic(
    files: Files,
    folder: TopicFolder,
    root: Node | Literal[Broken.BROKEN],
    known: KnownIds,
    links: list[Link],
) -> Topic:
    """Read a topic, and note the links in its texts. Raises Problems."""
    collector = Collector()
    facts: TopicFacts | Literal[Broken.BROKEN] = BROKEN
    if root is not BROKEN:
        facts = collector.attempt(partial(read_facts, root, known, folder.articles))
    codes = {language.code for language in known.languages}
    read = partial(_read_files, files, codes, collector)
    own = read(folder.texts)
    texts = {id: read(paths) for id, paths in folder.articles.items()}
    for file in (*own, *(file for files in texts.values() for file in files)):
        links += file.body.links
    collector.add(duplicates_of_duplicates(texts))
    briefings = _told(own, known, folder.texts, collector)
    articles = [
        collector.attempt(partial(read_article, id, texts[id], known, folder.articles, paths))
        for id, paths in folder.articles.items()
    ]
    collector.done()
    if facts is BROKEN:
        raise Problems  # told when the file was opened
    whole = tuple(article for article in articles if article is not BROKEN)
    raise_if_any(_too_many_values(whole))
    return Topic(
        id=folder.id,
        event=facts.event,
        missing=facts.missing,
        groups=facts.groups,
        points=facts.points,
        primary=_primary(facts, known, folder),
        articles=tuple(sorted(whole, key=_nearest_first)),
        texts=briefings,
        changes=facts.changes,
    )


def _too_many_values(articles: tuple[Article, ...]) -> Iterator[Problem]:
    """A point on which hundreds of different things are said is several; each two are compared."""
    values: dict[str, set[Value]] = {}
    for claim in (claim for article in articles for claim in article.claims):
        if isinstance(claim.value, Quantity | Period | Choice):
            said = values.setdefault(claim.point, set())
            if claim.value not in said and len(said) == MAX_VALUES:
                message = f"more than {MAX_VALUES} different values of `{claim.point}` in the topic"
                yield Problem(claim.place, message, "make several points of it")
            said.add(claim.value)


def _read_files(
    files: Files,
    languages: Set[str],
    collector: Collector,
    paths: Mapping[str, str],
) -> tuple[MarkdownFile, ...]:
    """Read the language files of one text; one that is no such file is told, and left out."""
    read = []
    for language, path in paths.items():
        if language not in languages:
            continue  # its name is told of
        with collector.collect():
            text = decode_text(path, files[path], collector)
            read.append(read_markdown_file(language, text, collector))
    return tuple(read)


def _primary(facts: TopicFacts, known: KnownIds, folder: TopicFolder) -> Mapping[str, str]:
    """Each voice's own text among the articles of the topic: by voices.yaml, then by topic.yaml."""
    voices = _made(known.voices)
    own = {id: voice.primary for id, voice in voices.items() if voice.primary in folder.articles}
    return {id: primary for id, primary in (own | dict(facts.primary)).items() if primary}


def _made(register: Mapping[K, T | Broken]) -> dict[K, T]:
    return {id: thing for id, thing in register.items() if not isinstance(thing, Broken)}


def _newest_first(topic: Topic) -> tuple[float, str]:
    return -topic.event.start.begins().timestamp(), topic.id


def _nearest_first(article: Article) -> tuple[int, datetime, str]:
    return _TYPES.index(article.type), article.published.ends(), article.id


def _open_yaml(files: Files, collector: Collector, path: str) -> Node:
    if path not in files:
        raise mistake(Place(path), "no such file", "write it; docs/content.md says how")
    return parse_yaml(decode_text(path, files[path], collector))
