"""The tree of content files: what each file is by its name, and what ids there are to refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from briefing.content.fields import id_mistake
from briefing.content.registers import OUTLETS, VOICES, Register
from briefing.markdown import Link, Prose
from briefing.model import Point
from briefing.problems import Collector, Place, Problem, did_you_mean

TOPIC = "topic"
"""The name of a topic's own files, which no article can have."""

CURE = "content holds outlets.yaml, voices.yaml, and in a folder for each topic topic.yaml, topic.<lang>.md and <article>.<lang>.md"


@dataclass(slots=True)
class Folder:
    """The files of one topic, sorted into what they are."""

    id: str
    texts: dict[str, str] = field(default_factory=dict)
    """The path of each topic.<lang>.md, by language."""
    articles: dict[str, dict[str, str]] = field(default_factory=dict)
    """The path of each <article>.<lang>.md, by article and language."""

    @property
    def facts(self) -> str:
        """The path of its topic.yaml."""
        return f"content/{self.id}/{TOPIC}.yaml"


def read_folders(
    paths: Iterable[str], languages: Set[str], collector: Collector
) -> tuple[Folder, ...]:
    """Sort the paths of the content into topics; a path that is none of these is told."""
    folders: dict[str, Folder] = {}
    for path in sorted(paths):
        if path.startswith("content/") and path not in (OUTLETS, VOICES):
            collector.add(_sort_in(path, folders, languages))
    for folder in folders.values():
        if not folder.texts:
            cure = f"write `content/{folder.id}/{TOPIC}.<lang>.md`"
            collector.add(
                [Problem(Place(folder.facts), "the topic has no title in any language", cure)]
            )
    return tuple(folders.values())


def _sort_in(path: str, folders: dict[str, Folder], languages: Set[str]) -> Iterator[Problem]:
    _, *parents, name = path.split("/")
    stem, *endings = name.split(".")
    if len(parents) != 1 or endings[-1:] not in (["md"], ["yaml"]):
        yield Problem(Place(path), "not a file of the content", CURE)
        return
    wrong = [(id, said) for id in (parents[0], stem) if (said := id_mistake(id))]
    yield from (Problem(Place(path), f"`{id}` {said}", "rename it") for id, said in wrong)
    if wrong:
        return
    folder = folders.setdefault(parents[0], Folder(parents[0]))
    match endings:
        case ["yaml"] if stem == TOPIC:
            pass
        case [language, "md"] if language in languages:
            files = folder.texts if stem == TOPIC else folder.articles.setdefault(stem, {})
            files[language] = path
        case [language, "md"]:
            cure = did_you_mean(language, sorted(languages), "languages of site.yaml")
            yield Problem(Place(path), f"no language `{language}`", cure)
        case _:
            yield Problem(Place(path), "not a file of the content", CURE)


@dataclass(frozen=True, slots=True)
class References:
    """The ids that content can refer to: those of files, and those of the points."""

    folders: Mapping[str, Folder]
    points: Mapping[str, Register[Point]]
    """By topic."""

    def dead_links(self, topic: str, prose: Prose) -> Iterator[Problem]:
        """Tell of the links in a text of a topic whose target does not exist."""
        for link in prose.links:
            in_topic, id = link.resolve(topic)
            if in_topic not in self.folders:
                yield self._dead(link, "topic", in_topic, self.folders)
            elif link.kind == "article" and id not in self.folders[in_topic].articles:
                yield self._dead(link, "article", id, self.folders[in_topic].articles)
            elif link.kind == "point" and id not in self.points[in_topic]:
                yield self._dead(link, "point", id, self.points[in_topic])

    def _dead(self, link: Link, what: str, id: str, known: Iterable[str]) -> Problem:
        return Problem(link.place, f"no {what} `{id}`", did_you_mean(id, known))
