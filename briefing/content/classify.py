"""The content files of a site: what each is by its name, and what ids there are to refer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from functools import lru_cache

from msgspec import Struct

from briefing.content.fields import id_mistake
from briefing.content.outlets_voices import OUTLETS, VOICES
from briefing.model.prose import Link
from briefing.problems import Collector, Place, Problem, did_you_mean

TOPIC = "topic"
"""The name of a topic's own files, which no article can have."""
PAGES = {"404", "about", "index", "outlets", "page", "schema", "search", "tags"}
"""Names of pages, and of data, beside the topics, which no topic can have."""
ABOUT = "about"
"""The name of the text in which the site speaks of itself."""
CURE = (
    "content holds outlets.yaml, voices.yaml, about.<lang>.md, and in a folder for each topic "
    "topic.yaml, topic.<lang>.md and <article>.<lang>.md"
)


class TopicFolder(Struct):
    """The files of one topic, sorted into what they are."""

    id: str
    facts: str
    """The path of its topic.yaml."""
    texts: dict[str, str] = {}
    """The path of each topic.<lang>.md, by language."""
    articles: dict[str, dict[str, str]] = {}
    """The path of each <article>.<lang>.md, by article and language."""

    @property
    def paths(self) -> Iterator[str]:
        """The path of every file."""
        yield self.facts
        for paths in (self.texts, *self.articles.values()):
            yield from paths.values()


class Sorted(Struct, frozen=True):
    """The files of a folder, and what is wrong with their names."""

    folder: TopicFolder | None
    """None where no file is a topic's."""
    problems: tuple[Problem, ...]


def split_by_topic(paths: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Tell the files that are no topic's from those that are, which come by folder."""
    shared: list[str] = []
    topics: dict[str, list[str]] = {}
    for path in sorted(paths):
        top, _, below = path.partition("/")
        folder, slash, _ = below.partition("/")
        (topics.setdefault(folder, []) if slash and top == "content" else shared).append(path)
    return shared, topics


def classify_shared(
    paths: Iterable[str], languages: Set[str], collector: Collector
) -> Mapping[str, str]:
    """Give the path of each about.<lang>.md, by language; a path that should not be is told."""
    about: dict[str, str] = {}
    for path in paths:
        top, _, name = path.partition("/")
        if top == "content" and path not in (OUTLETS, VOICES):
            match name.split("."):
                case [stem, language, "md"] if stem == ABOUT:
                    about[language] = path
                    if language not in languages:
                        collector.add([_unknown(path, language, languages)])
                case _:
                    collector.add([Problem(Place(path), "not a file of the content", CURE)])
    return about


@lru_cache(maxsize=10_000)
def classify_topic(name: str, paths: tuple[str, ...], languages: frozenset[str]) -> Sorted:
    """Sort the files of a folder, which come in order, into what they are."""
    folder = TopicFolder(name.lower(), f"content/{name}/{TOPIC}.yaml")
    found = Collector()
    known = [path for path in paths if _sort_in(path, folder, languages, found)]
    if known:
        found.add(_misnamed(known[0], name))
        if name in PAGES:
            message = f"`{name}` is the name of a page of the site"
            found.add([Problem(Place(known[0]), message, "rename it")])
        if not folder.texts:
            cure = f"write `{folder.facts.removesuffix('yaml')}<lang>.md`"
            message = "the topic has no title in any language"
            found.add([Problem(Place(folder.facts), message, cure)])
    return Sorted(folder if known else None, found.found)


def _sort_in(path: str, folder: TopicFolder, languages: frozenset[str], found: Collector) -> bool:
    """Put a file where it belongs, even one with a wrong name: what refers to it is not wrong."""
    _, _, *inner = path.split("/")
    stem, *endings = inner[-1].split(".")
    match inner, endings:
        case [_], ["yaml"] if stem.lower() == TOPIC:
            folder.facts = path
        case [_], [language, "md"]:
            id = stem.lower()
            texts = folder.texts if id == TOPIC else folder.articles.setdefault(id, {})
            texts[language] = path
            if language not in languages:
                found.add([_unknown(path, language, languages)])
        case [_], ["md"]:
            cure = f"name it `{stem}.<lang>.md`, with one of: {', '.join(sorted(languages))}"
            found.add([Problem(Place(path), "no language in the file name", cure)])
            return False
        case _:
            found.add([Problem(Place(path), "not a file of the content", CURE)])
            return False
    if wrong := _misnamed(path, stem):
        found.add(wrong)
    return True


def _unknown(path: str, language: str, languages: Set[str]) -> Problem:
    cure = did_you_mean(language, sorted(languages), "languages of site.yaml")
    return Problem(Place(path), f"no language `{language}`", cure)


def _misnamed(path: str, name: str) -> list[Problem]:
    wrong = id_mistake(name)
    return [Problem(Place(path), f"`{name}` {wrong}", "rename it")] if wrong else []


def unresolved_links(
    folders: Mapping[str, TopicFolder],
    points: Mapping[str, Collection[str] | None],
    topic: str,
    links: Iterable[Link],
) -> Iterator[Problem]:
    """Tell of the links in the texts of a topic whose target does not exist.

    The ids of the points of each topic are given by topic; None has them all.
    """
    for link in links:
        in_topic, id = link.resolve(topic)
        if not in_topic:
            cure = f"write `{link.kind}:<topic>/{link.target}`"
            yield Problem(link.place, f"`{link.kind}:{link.target}` names no topic", cure)
        elif in_topic not in folders:
            yield _dead(link, "topic", in_topic, folders)
        elif link.kind == "article" and id not in folders[in_topic].articles:
            yield _dead(link, "article", id, folders[in_topic].articles)
        elif link.kind == "point" and (known := points[in_topic]) is not None and id not in known:
            yield _dead(link, "point", id, known)


def _dead(link: Link, what: str, id: str, known: Collection[str]) -> Problem:
    return Problem(link.place, f"no {what} `{id}`", did_you_mean(id, known))
