"""Sorts the content files of a site by their names, and finds which ids a link can lead to.

A file that can be no page and no YAML file of ours is stray: it is left out, and `stray_files`
warns of it. All other wrong names are problems, for something that was written would be lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from unicodedata import normalize

from msgspec import Struct

from briefing.content.fields import id_mistake, language_cure
from briefing.content.outlets_voices import OUTLETS, VOICES
from briefing.content.terms.read import TERMS
from briefing.model.prose import Link
from briefing.problems import Collector, Place, Problem, closest_known, did_you_mean

TOPIC_STEM = "topic"
"""Stem of topic.yaml and topic.<lang>.md; no article can have it as its id."""
RESERVED_TOPIC_IDS = {"404", "about", "index", "outlets", "page", "schema", "search", "tags"}
"""Names of pages and data files beside those of topics; no topic can have one as its id."""
ABOUT_STEM = "about"
"""Stem of about.<lang>.md, the text on the site itself."""
EXPECTED_FILES = (
    "content holds outlets.yaml, voices.yaml, terms.yaml, about.<lang>.md, and in a folder for "
    "each topic topic.yaml, topic.<lang>.md and <article>.<lang>.md; "
    "call a note for colleagues README.md, which is passed over"
)
PASSED_OVER = re.compile(r"README.*|readme(?:\.[^.]+)?|4913", re.DOTALL)
"""Names of files that are no content, and of which no word is lost: notes for who works on a
topic, and what Vim makes to see whether it may write in a folder."""
SHARED_FILES = (OUTLETS, VOICES, TERMS)
"""The YAML files that are not a topic's."""
OWN_STEMS = (TOPIC_STEM, "outlets", "voices", "terms", "site", "redirects", ABOUT_STEM)
"""Stems of the YAML files that there are, and of texts that might be taken for one."""


_MOVE = "move it out of content/, or begin its name with a dot"


class TopicFolder(Struct):
    """The files of one topic, by what they are."""

    id: str
    facts: str
    """The path of its topic.yaml."""
    texts: dict[str, str] = {}
    """Path of each topic.<lang>.md, by language."""
    articles: dict[str, dict[str, str]] = {}
    """Path of each <article>.<lang>.md, by article id and language."""

    @property
    def paths(self) -> Iterator[str]:
        """Paths of all files."""
        yield self.facts
        for paths in (self.texts, *self.articles.values()):
            yield from paths.values()


class ClassifiedFolder(Struct, frozen=True):
    """The files of a folder, and the problems in their names."""

    folder: TopicFolder | None
    """None: no file in it is one of a topic."""
    problems: tuple[Problem, ...]


def split_by_topic(paths: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the paths that are not of topics, and those of topics by folder, all sorted."""
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
    """Return the path of each about.<lang>.md, by language.

    paths: all that are not of topics. A path in content/ that is not one of the format, or whose
    language is not one of `languages`, is a problem, added to `collector`.
    """
    about: dict[str, str] = {}
    for path in paths:
        top, _, name = path.partition("/")
        if top == "content" and path not in SHARED_FILES:
            match name.split("."):
                case [stem, language, "md"] if stem == ABOUT_STEM:
                    about[language] = path
                    if language not in languages:
                        collector.add([_unknown_language(path, language, languages)])
                case _ if not _is_left_out(path, languages):
                    collector.add(
                        [Problem(Place(path), "not a file of the content", EXPECTED_FILES)]
                    )
    return about


def classify_topic(
    name: str, paths: tuple[str, ...], languages: frozenset[str]
) -> ClassifiedFolder:
    """Return the files of the folder `name`, by what they are.

    paths: sorted.
    """
    folder = TopicFolder(name.lower(), f"content/{name}/{TOPIC_STEM}.yaml")
    collector = Collector()
    known = [path for path in paths if _classify_file(path, folder, languages, collector)]
    if known:
        collector.add(_misnamed(known[0], name))
        if name in RESERVED_TOPIC_IDS:
            message = f"`{name}` is the name of a page of the site"
            collector.add([Problem(Place(known[0]), message, "rename it")])
        if not folder.texts:
            cure = f"write `{folder.facts.removesuffix('yaml')}<lang>.md`"
            message = "the topic has no title in any language"
            collector.add([Problem(Place(folder.facts), message, cure)])
    return ClassifiedFolder(folder if known else None, collector.found)


def _classify_file(
    path: str, folder: TopicFolder, languages: frozenset[str], collector: Collector
) -> bool:
    """Add a file to `folder`, and return whether it is one of a topic.

    A misspelt name is a problem, but the file is added: references to it are right.
    """
    _, _, *inner = path.split("/")
    stem, *endings = inner[-1].split(".")
    if _is_left_out(path, languages):
        return False
    match inner, endings:
        case [_], ["yaml"] if stem.lower() == TOPIC_STEM:
            folder.facts = path
        case [_], [language, "md"]:
            id = stem.lower()
            texts = folder.texts if id == TOPIC_STEM else folder.articles.setdefault(id, {})
            texts[language] = path
            if language not in languages:
                collector.add([_unknown_language(path, language, languages)])
        case [_], ["md"]:
            cure = (
                f"name it `{stem.lower()}.<lang>.md`, with one of: {', '.join(sorted(languages))}; "
                "or README.md, if it is a note for colleagues"
            )
            collector.add([Problem(Place(path), "no language in the file name", cure)])
            return False
        case _:
            collector.add([Problem(Place(path), "not a file of the content", EXPECTED_FILES)])
            return False
    if wrong := _misnamed(path, stem):
        collector.add(wrong)
    return True


def stray_files(paths: Iterable[str], languages: Set[str]) -> Iterator[Problem]:
    """Yield a warning for each file in content/ that is left out, as nothing is meant by it.

    paths: of all sources. languages: those of the site.
    """
    for path in sorted(paths):
        is_content = path.startswith("content/") and not PASSED_OVER.fullmatch(_name(path))
        if is_content and path not in SHARED_FILES and _is_left_out(path, languages):
            yield Problem(Place(path), "not a file of the content, and left out", _MOVE)


def _is_left_out(path: str, languages: Set[str]) -> bool:
    """Whether no page and no YAML file of ours can be meant by a file in content/."""
    name, is_in_topic = _name(path), path.count("/") > 1
    stem, *endings = name.split(".")
    is_meant = False
    match endings:
        case _ if PASSED_OVER.fullmatch(name):
            is_meant = False
        case []:  # it has the place of the folder of a topic
            is_meant = not is_in_topic and id_mistake(name) is None
        case ["md"]:
            is_meant = id_mistake(stem) is None and (is_in_topic or stem == ABOUT_STEM)
        case [ending] if ending.lower() in {"yaml", "yml"}:
            is_meant = closest_known(stem.lower(), OWN_STEMS) is not None
        case [language, *more]:
            is_meant = more == ["md"] or language.lower() in languages
    return not is_meant


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _unknown_language(path: str, language: str, languages: Set[str]) -> Problem:
    cure = language_cure(language, sorted(languages))
    return Problem(Place(path), f"no language `{language}`", cure)


def _misnamed(path: str, name: str) -> list[Problem]:
    if not (wrong := id_mistake(name)):
        return []
    like = "-".join(re.findall(r"\w+", normalize("NFKC", name).casefold().replace("_", " ")))
    cure = f"name it `{like}`" if id_mistake(like) is None else "give it another name"
    return [Problem(Place(path), f"`{name}` {wrong}", cure)]


def unresolved_links(
    folders: Mapping[str, TopicFolder],
    points: Mapping[str, Collection[str] | None],
    topic: str,
    links: Iterable[Link],
) -> Iterator[Problem]:
    """Yield a problem for each of the `links` in texts of `topic` whose target does not exist.

    folders: by topic id. points: the ids of points by topic id; None: unknown, so that no link to
    a point of it is a problem. topic: "" for the texts of the site.
    """
    for link in links:
        in_topic, id = link.resolve(topic)
        if not in_topic:
            cure = f"write `{link.kind}:<topic>/{link.target}`"
            yield Problem(link.place, f"`{link.kind}:{link.target}` names no topic", cure)
        elif in_topic not in folders:
            yield _dead_link(link, "topic", in_topic, folders)
        elif link.kind == "article" and id not in folders[in_topic].articles:
            yield _dead_link(link, "article", id, folders[in_topic].articles)
        elif link.kind == "point" and (known := points[in_topic]) is not None and id not in known:
            yield _dead_link(link, "point", id, known)


def _dead_link(link: Link, what: str, id: str, known: Collection[str]) -> Problem:
    return Problem(link.place, f"no {what} `{id}`", did_you_mean(id, known))
