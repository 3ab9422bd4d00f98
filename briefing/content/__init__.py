"""Source files -> Briefing, or every problem in them.

docs/content.md describes the format. Each file is read on its own; what refers
to something in a file that is wrong fails in silence, so that a mistake is told
once and all mistakes are told at once.

    fields      ids, texts in every language, dates, addresses
    site        site.yaml and the words files
    registers   outlets.yaml and voices.yaml
    tree        which file is what, and which ids there are
    topics      topic.yaml
    claims      the claims of a lead
    articles    the Markdown files
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Literal, TypeVar

from msgspec.structs import replace

from briefing.content.articles import (
    MarkdownFile,
    duplicates_of_duplicates,
    read_article,
    read_briefing_text,
    read_markdown_file,
)
from briefing.content.registers import (
    OUTLETS,
    VOICES,
    Known,
    Register,
    read_outlets,
    read_sides,
    read_voices,
)
from briefing.content.site import PATH as SITE
from briefing.content.site import pairs, read_languages, read_site, with_words
from briefing.content.topics import TopicFacts, read_points, read_topic
from briefing.content.tree import Folder, References, Tree, sort_files
from briefing.model import Article, ArticleType, Briefing, Language, Localized, Summary, Topic
from briefing.nodes import Node, mapping, part
from briefing.problems import (
    BROKEN,
    AllBroken,
    Broken,
    Collector,
    Place,
    Problem,
    Problems,
    did_you_mean,
    mistake,
    stop_on,
)
from briefing.source import decode, parse_yaml
from briefing.values import Choice, Period, Quantity, Value

K = TypeVar("K")
T = TypeVar("T")

Files = Mapping[str, bytes]
"""What is in each file, by path from the root of the project."""

MAX_VALUES = 300
"""Different values of one point in a topic."""

_TYPES = list(ArticleType)


def parse_briefing(files: Files) -> Briefing:
    """Read the whole site, or raise every problem in it."""
    collector = Collector()
    open_yaml = partial(_open_yaml, files, collector)
    root = open_yaml(SITE)
    languages = read_languages(root, collector)
    site = collector.attempt(partial(read_site, root, languages))
    worded = collector.attempt(partial(with_words, languages, open_yaml))
    tree = sort_files(files, {language.code for language in languages}, collector)
    folders = tuple(tree.folders.values())
    sides, known = _registers(open_yaml, languages, folders, collector)
    texts = collector.attempt(partial(_texts, files, tree, known))
    collector.done()
    assert site is not BROKEN
    assert worded is not BROKEN
    assert texts is not BROKEN
    topics, about = texts
    return Briefing(
        address=site.address,
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
        topics=tuple(sorted(topics, key=_newest_first)),
    )


def _registers(
    open_yaml: Callable[[str], Node],
    languages: tuple[Language, ...],
    folders: tuple[Folder, ...],
    collector: Collector,
) -> tuple[Register[Localized], Known]:
    """Read what is used by id everywhere; of a file that cannot be read, every id is BROKEN."""
    known = Known(languages=languages, outlets=AllBroken(), voices=AllBroken(), points=AllBroken())
    sides: Register[Localized] = AllBroken()
    with collector.collect():
        outlets = read_outlets(open_yaml(OUTLETS), languages, collector)
        known = replace(known, outlets=outlets)
    with collector.collect():
        root = open_yaml(VOICES)
        sides = read_sides(root, languages, collector)
        known = replace(known, voices=read_voices(root, sides, languages, collector))
        collector.add(_lost_primaries(part(root, "voices"), folders))
    return sides, known


def _lost_primaries(voices: Node, folders: tuple[Folder, ...]) -> Iterator[Problem]:
    """A voice's own text must be an article of some topic."""
    articles = dict.fromkeys(id for folder in folders for id in folder.articles)
    for voice in mapping(voices).values():
        primary = voice.value.get("primary") if isinstance(voice.value, Mapping) else None
        if primary and isinstance(primary.value, str) and primary.value not in articles:
            message = f"primary: no article `{primary.value}` in any topic"
            yield Problem(primary.place, message, did_you_mean(primary.value, articles))


def _texts(files: Files, tree: Tree, known: Known) -> tuple[list[Topic], Mapping[str, Summary]]:
    """Read every topic, the points of all first, for texts link to them; and the about text."""
    collector = Collector()
    folders = tuple(tree.folders.values())
    roots = {
        f.id: collector.attempt(partial(_open_yaml, files, collector, f.facts)) for f in folders
    }
    points = {
        id: AllBroken() if root is BROKEN else read_points(root, known.languages, collector)
        for id, root in roots.items()
    }
    references = References(
        folders={folder.id: folder for folder in folders},
        points=points,
        languages={language.code for language in known.languages},
    )
    topics = [
        collector.attempt(
            partial(
                _topic,
                files,
                folder,
                roots[folder.id],
                replace(known, points=points[folder.id]),
                references,
            )
        )
        for folder in folders
    ]
    about = _told(
        _read_files(files, "", references, collector, tree.about), known, tree.about, collector
    )
    collector.done()
    return [topic for topic in topics if topic is not BROKEN], about


def _told(
    read: tuple[MarkdownFile, ...], known: Known, paths: Mapping[str, str], collector: Collector
) -> Mapping[str, Summary]:
    """Read the texts of a topic, or of the site, by language; what is wrong is told."""
    return _made(
        {
            file.language: collector.attempt(partial(read_briefing_text, file, known, paths))
            for file in read
        }
    )


def _topic(
    files: Files,
    folder: Folder,
    root: Node | Literal[Broken.BROKEN],
    known: Known,
    references: References,
) -> Topic:
    collector = Collector()
    facts: TopicFacts | Literal[Broken.BROKEN] = BROKEN
    if root is not BROKEN:
        facts = collector.attempt(partial(read_topic, root, known, folder.articles))
    read = partial(_read_files, files, folder.id, references, collector)
    texts = {id: read(paths) for id, paths in folder.articles.items()}
    collector.add(duplicates_of_duplicates(texts))
    briefings = _told(read(folder.texts), known, folder.texts, collector)
    articles = [
        collector.attempt(partial(read_article, id, texts[id], known, folder.articles, paths))
        for id, paths in folder.articles.items()
    ]
    collector.done()
    if facts is BROKEN:
        raise Problems  # told when the file was opened
    whole = tuple(article for article in articles if article is not BROKEN)
    stop_on(_too_many_values(whole))
    return Topic(
        id=folder.id,
        event=facts.event,
        missing=facts.missing,
        groups=facts.groups,
        points=facts.points,
        primary=_primary(facts, known, folder),
        articles=tuple(sorted(whole, key=_nearest_first)),
        briefings=briefings,
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
    topic: str,
    references: References,
    collector: Collector,
    paths: Mapping[str, str],
) -> tuple[MarkdownFile, ...]:
    """Read the language files of one text; one that is no such file is told, and left out."""
    read = []
    for language, path in paths.items():
        if language not in references.languages:
            continue  # its name is told of
        with collector.collect():
            text = decode(path, files[path], collector)
            file = read_markdown_file(language, text, collector)
            collector.add(references.dead_links(topic, file.body))
            read.append(file)
    return tuple(read)


def _primary(facts: TopicFacts, known: Known, folder: Folder) -> Mapping[str, str]:
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
    return parse_yaml(decode(path, files[path], collector))
