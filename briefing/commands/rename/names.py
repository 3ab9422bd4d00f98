"""The old and the new id, and every place in the sources where ids are written."""

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
from briefing.model.site import Redirects, Site
from briefing.problems import Collector
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import Node, mapping, part
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_yaml
from briefing.translation.changes import changes_of


class IdChange(Struct, frozen=True, kw_only=True):
    """Old and new id: `<topic>`, or `<topic>/<article>`."""

    old: str
    new: str

    def new_id(self, id: str) -> str:
        """Return an id after the change; articles of a renamed topic change with it."""
        if id == self.old or id.startswith(f"{self.old}/"):
            return self.new + id[len(self.old) :]
        return id

    def new_withdrawn(self, written: str, redirects: Redirects) -> str:
        """Return an id of something withdrawn, perhaps with a language, after the change.

        redirects: by which it may be a former id of what is renamed. That alone changes.
        """
        id, dot, language = written.partition(".")
        is_renamed = (redirects.target(id) or id) == self.old
        return f"{self.new}{dot}{language}" if is_renamed else written

    def new_path(self, path: str) -> str:
        """Return the path of a file after the change."""
        match path.split("/"):
            case ["content", topic, name]:
                stem, dot, endings = name.partition(".")
                return f"content/{self.new_id(f'{topic}/{stem}')}{dot}{endings}"
            case ["content", topic, *below] if below:  # no file of ours, but it stays with them
                return "/".join(["content", self.new_id(topic), *below])
        return path

    def new_target(self, topic: str, link: Link) -> str:
        """Return the target of a link after the change. `topic`: old id of that of its text."""
        if link.kind == "topic":
            return self.new_id(link.target)
        first, slash, rest = link.target.partition("/")
        if link.kind == "point":
            return f"{self.new_id(first)}/{rest}" if slash else first
        resolved = self.new_id("/".join(link.resolve(topic)))
        return resolved if slash else resolved.partition("/")[2]

    @property
    def is_of_article(self) -> bool:
        """Whether an article is renamed, and not a topic."""
        return "/" in self.old

    @property
    def topic(self) -> str:
        """The old id of the topic that is renamed, or that the article is in."""
        return self.old.partition("/")[0]

    @property
    def articles(self) -> tuple[str, str]:
        """Old and new id of the article, without its topic; "" twice for a topic."""
        return self.old.partition("/")[2], self.new.partition("/")[2]


class Project:
    """The source files of a site without problems, and where ids are written in them."""

    def __init__(self, files: Files, site: Site) -> None:
        self.files: Final = files
        self.site: Final = site

    def text(self, path: str) -> Text:
        """Return the decoded text of a file."""
        return decode_text(path, self.files[path], Collector())

    def yaml(self, path: str) -> Node:
        """Return the root of a YAML file."""
        return parse_yaml(self.text(path))

    def front_matter(self, path: str) -> Mapping[str, Node]:
        """Return the fields of the front matter of a Markdown file."""
        return mapping(parse_yaml(split_front_matter(self.text(path))[0]))

    @cached_property
    def articles(self) -> Mapping[str, tuple[str, ...]]:
        """The sorted ids of the articles of each topic, by topic id, sorted too."""
        by_topic = {topic.id: topic.articles for topic in self.site.topics}
        return {id: tuple(sorted(each.id for each in by_topic[id])) for id in sorted(by_topic)}

    @cached_property
    def old_ids(self) -> OldIds:
        """The content of redirects.yaml."""
        if REDIRECTS not in self.files:
            return NO_OLD_IDS
        return read_redirects(self.yaml(REDIRECTS), self.site.languages)

    @property
    def old_id_targets(self) -> Mapping[str, str]:
        """The target of each old id of redirects.yaml, as it is written there."""
        redirects = self.old_ids.redirects
        return {**redirects.renamed, **redirects.replaced}

    def was_called(self, id: str, name: str) -> bool:
        """Whether `name` is `id`, or an id that was renamed to it, perhaps in several steps."""
        redirects = self.old_ids.redirects
        return name == id or (name in redirects.renamed and redirects.target(name) == id)

    @cached_property
    def primaries(self) -> Mapping[str, Node]:
        """The nodes of `primary:` in voices.yaml, by voice."""
        voices = mapping(part(self.yaml(VOICES), "voices"))
        primaries = ((id, mapping(voice).get("primary")) for id, voice in voices.items())
        return {id: node for id, node in primaries if node}

    def primaries_of(self, topic: str) -> Mapping[str, Node]:
        """Return the nodes of `primary:` in the topic.yaml of a topic, by voice."""
        primaries = mapping(self.yaml(f"content/{topic}/{TOPIC_STEM}.yaml")).get("primary")
        return mapping(primaries) if primaries else {}

    def duplicates_of(self, topic: str) -> Iterator[tuple[str, Node]]:
        """Yield the node of each `duplicate_of:` in a topic, with the path of its file."""
        (parsed,) = (each for each in self.site.topics if each.id == topic)
        for article in parsed.articles:
            if article.duplicate_of:
                path = article.summaries[article.lead].place.path
                yield path, self.front_matter(path)["duplicate_of"]

    def former_ids(self, ids: IdChange) -> Mapping[str, str]:
        """Return the old id of each topic and article whose id changes, by its new one."""
        below = () if ids.is_of_article else self.articles.get(ids.topic, ())
        changing = (ids.old, *(f"{ids.topic}/{id}" for id in below))
        return {ids.new_id(id): id for id in changing}


def all_texts(site: Site) -> Mapping[str, Mapping[str, Summary]]:
    """Return all texts by id of topic or article, "" for those of the site, and by language."""
    texts = {"": site.about}
    for topic in site.topics:
        texts[topic.id] = topic.texts
        texts |= {f"{topic.id}/{article.id}": article.summaries for article in topic.articles}
    return texts


def is_stale(translation: Summary, originals: Mapping[str, Summary]) -> bool:
    """Whether a translation was made from another version of its original.

    originals: the texts of the same topic or article, by language.
    """
    original = originals.get(translation.translates or "")
    return original is not None and bool(changes_of(original, translation))
