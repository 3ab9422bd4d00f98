"""The tree of content files: what each file is by its name, and what ids there are to refer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from msgspec import Struct

from briefing.content.fields import id_mistake
from briefing.content.registers import OUTLETS, VOICES
from briefing.problems import Collector, Place, Problem, did_you_mean
from briefing.prose import Link

TOPIC = "topic"
"""The name of a topic's own files, which no article can have."""

PAGES = {"about", "outlets", "page", "search", "tags"}
"""Names of pages beside the topics, which no topic can have."""

ABOUT = "about"
"""The name of the text in which the site speaks of itself."""

CURE = (
    "content holds outlets.yaml, voices.yaml, about.<lang>.md, and in a folder for each topic "
    "topic.yaml, topic.<lang>.md and <article>.<lang>.md"
)


class Folder(Struct):
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


class Tree(Struct, frozen=True):
    """The Markdown files of the content, sorted."""

    folders: dict[str, Folder] = {}
    """By name."""
    about: dict[str, str] = {}
    """The path of each about.<lang>.md, by language."""


def sort_files(paths: Iterable[str], languages: Set[str], collector: Collector) -> Tree:
    """Sort the paths of the content into topics; a path that is none of these is told."""
    tree = Tree()
    for path in sorted(paths):
        if path.startswith("content/") and path not in (OUTLETS, VOICES):
            collector.add(_sort_in(path, tree, languages))
    for folder in tree.folders.values():
        if not folder.texts:
            cure = f"write `{folder.facts.removesuffix('yaml')}<lang>.md`"
            collector.add(
                [Problem(Place(folder.facts), "the topic has no title in any language", cure)]
            )
    return tree


def _sort_in(path: str, tree: Tree, languages: Set[str]) -> Iterator[Problem]:
    """Put a file where it belongs, even one with a wrong name: what refers to it is not wrong."""
    folders = tree.folders
    _, *parents, name = path.split("/")
    stem, *endings = name.split(".")
    match parents, endings:
        case [parent], ["yaml"] if stem.lower() == TOPIC:
            yield from _misnamed(path, stem)
            yield from _make_folder(path, parent, folders)
            folders[parent].facts = path
        case [parent], [language, "md"]:
            yield from _misnamed(path, stem)
            yield from _make_folder(path, parent, folders)
            texts, articles = folders[parent].texts, folders[parent].articles
            id = stem.lower()
            (texts if id == TOPIC else articles.setdefault(id, {}))[language] = path
            yield from _unknown(path, language, languages)
        case [], [language, "md"] if stem == ABOUT:
            tree.about[language] = path
            yield from _unknown(path, language, languages)
        case [_], ["md"]:
            cure = f"name it `{stem}.<lang>.md`, with one of: {', '.join(sorted(languages))}"
            yield Problem(Place(path), "no language in the file name", cure)
        case _:
            yield Problem(Place(path), "not a file of the content", CURE)


def _unknown(path: str, language: str, languages: Set[str]) -> Iterator[Problem]:
    if language not in languages:
        cure = did_you_mean(language, sorted(languages), "languages of site.yaml")
        yield Problem(Place(path), f"no language `{language}`", cure)


def _misnamed(path: str, name: str) -> Iterator[Problem]:
    if wrong := id_mistake(name):
        yield Problem(Place(path), f"`{name}` {wrong}", "rename it")


def _make_folder(path: str, name: str, folders: dict[str, Folder]) -> Iterator[Problem]:
    """Make the folder of a topic, whose name is told of once if it is wrong."""
    if name not in folders:
        folders[name] = Folder(name.lower(), f"content/{name}/{TOPIC}.yaml")
        yield from _misnamed(path, name)
        if name in PAGES:
            yield Problem(Place(path), f"`{name}` is the name of a page of the site", "rename it")


def dead_links(
    folders: Mapping[str, Folder],
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
