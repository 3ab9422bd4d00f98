"""The old id and the new one, and every place where ids are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from msgspec import Struct

from briefing.content.classify import TOPIC_STEM
from briefing.content.outlets_voices import VOICES
from briefing.content.redirects import NO_OLD_IDS, REDIRECTS, OldIds, read_redirects
from briefing.content.shared import Files
from briefing.model.article import Summary
from briefing.model.prose import Link
from briefing.model.site import Site
from briefing.problems import Collector
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import Node, mapping, part
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_yaml


class Names(Struct, frozen=True, kw_only=True):
    """The id of a topic, or of an article with that of its topic, and its new one."""

    old: str
    new: str

    def becomes(self, id: str) -> str:
        """Give what an id is now: what is below a topic is renamed with it."""
        if id == self.old or id.startswith(f"{self.old}/"):
            return self.new + id[len(self.old) :]
        return id

    def path(self, path: str) -> str:
        """Give where a file is now."""
        match path.split("/"):
            case ["content", topic, name]:
                stem, dot, endings = name.partition(".")
                return f"content/{self.becomes(f'{topic}/{stem}')}{dot}{endings}"
        return path

    def target(self, topic: str, link: Link) -> str:
        """Give what a link in a text of a topic, by its old id, is to lead to now."""
        if link.kind == "topic":
            return self.becomes(link.target)
        first, slash, rest = link.target.partition("/")
        if link.kind == "point":
            return f"{self.becomes(first)}/{rest}" if slash else first
        now = self.becomes("/".join(link.resolve(topic)))
        return now if slash else now.partition("/")[2]

    @property
    def is_of_article(self) -> bool:
        """Whether an article is renamed, and not a topic."""
        return "/" in self.old

    @property
    def topic(self) -> str:
        """The old id of the topic, or the id of that which the article is in."""
        return self.old.partition("/")[0]

    @property
    def articles(self) -> tuple[str, str]:
        """The old id of the article alone, and its new one; "" for a topic."""
        return self.old.partition("/")[2], self.new.partition("/")[2]


class Project:
    """The source files of a site in which nothing is wrong, and what is written where."""

    def __init__(self, files: Files, site: Site) -> None:
        self.files: Final = files
        self.briefing: Final = site

    def text(self, path: str) -> Text:
        """Give the text of a file."""
        return decode_text(path, self.files[path], Collector())

    def yaml(self, path: str) -> Node:
        """Give what is in a YAML file."""
        return parse_yaml(self.text(path))

    def matter(self, path: str) -> Mapping[str, Node]:
        """Give the front matter of a Markdown file."""
        return mapping(parse_yaml(split_front_matter(self.text(path))[0]))

    @cached_property
    def articles(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the articles of each topic, by its id, all in order."""
        found = {topic.id: topic.articles for topic in self.briefing.topics}
        return {id: tuple(sorted(each.id for each in found[id])) for id in sorted(found)}

    @cached_property
    def old_ids(self) -> OldIds:
        """What redirects.yaml says."""
        return read_redirects(self.yaml(REDIRECTS)) if REDIRECTS in self.files else NO_OLD_IDS

    @property
    def leads(self) -> Mapping[str, str]:
        """What each old id that leads somewhere leads to, as redirects.yaml has it."""
        redirects = self.old_ids.redirects
        return {**redirects.renamed, **redirects.replaced}

    def has_been(self, id: str, name: str) -> bool:
        """Whether an id is, or was once renamed from, another one."""
        redirects = self.old_ids.redirects
        return name == id or (name in redirects.renamed and redirects.target(name) == id)

    @cached_property
    def primaries(self) -> Mapping[str, Node]:
        """The own texts that voices.yaml names, by voice."""
        voices = mapping(part(self.yaml(VOICES), "voices"))
        named = ((id, mapping(voice).get("primary")) for id, voice in voices.items())
        return {id: node for id, node in named if node}

    def primaries_of(self, topic: str) -> Mapping[str, Node]:
        """Give the own texts that a topic.yaml names, by voice."""
        named = mapping(self.yaml(f"content/{topic}/{TOPIC_STEM}.yaml")).get("primary")
        return mapping(named) if named else {}

    def duplicates_of(self, topic: str) -> Iterator[tuple[str, Node]]:
        """Give what is named as the original of an article of a topic, with the path."""
        (found,) = (each for each in self.briefing.topics if each.id == topic)
        for article in found.articles:
            if article.duplicate_of:
                path = article.summaries[article.lead].place.path
                yield path, self.matter(path)["duplicate_of"]

    def former(self, names: Names) -> Mapping[str, str]:
        """Give the id of all that is renamed, an article with its topic, by the one it gets."""
        below = () if names.is_of_article else self.articles.get(names.topic, ())
        found = (names.old, *(f"{names.topic}/{id}" for id in below))
        return {names.becomes(id): id for id in found}


def texts(site: Site) -> Mapping[str, Mapping[str, Summary]]:
    """Give the texts of all topics and articles, and under "" the site's, by id and language."""
    found = {"": site.about}
    for topic in site.topics:
        found[topic.id] = topic.texts
        found |= {f"{topic.id}/{article.id}": article.summaries for article in topic.articles}
    return found


def is_stale(translation: Summary, told: Mapping[str, Summary]) -> bool:
    """Whether a text says that it translates another one than that which is there now."""
    original = told.get(translation.translates or "")
    return bool(original and translation.of and translation.of != original.digest)
