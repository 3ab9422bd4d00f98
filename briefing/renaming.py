"""A topic or an article is given another id: source files -> what is moved, what is rewritten.

An id is written in the names of files, in links, in `duplicate_of:` and `primary:`, in
`redirects.yaml`, and, by way of the digest of a text that links, in `of:`. It is replaced
where it stands, and all other bytes of the files stay. The old id is noted in
redirects.yaml, and what was planned is read again before it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Final
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from briefing.content import Files, parse_briefing
from briefing.content.articles import digest
from briefing.content.fields import id_mistake
from briefing.content.redirects import NO_OLD_IDS, OldIds, read_redirects
from briefing.content.redirects import PATH as REDIRECTS
from briefing.content.registers import VOICES
from briefing.content.tree import PAGES, TOPIC
from briefing.edits import Edit, edited, entry_edit, rewritten, scalar_edit
from briefing.model import Article, Briefing, Summary, Topic
from briefing.nodes import Node, mapping, part
from briefing.problems import Collector, Place, Problem, Problems, did_you_mean, stop_on
from briefing.prose import Link
from briefing.relinking import leads_as, relinked
from briefing.source import Text, decode, parse_yaml, split_front_matter

NOTE = "# What was renamed: its old id, and the one it has now. Feeds go on under the old one."
"""Stands above the first entry of `renamed:`."""
NEVER_AGAIN = "choose another: an old one is never used again"

_KEPT = ".sources"


class Renaming(Struct, frozen=True, kw_only=True):
    """What is to be done to the files."""

    old: str
    """The id as redirects.yaml has it: `<topic>`, or `<topic>/<article>`."""
    new: str
    moved: Mapping[str, str]
    """The new path of each file that moves, by its old one."""
    written: Mapping[str, bytes]
    """What each file that changes is to hold, by its new path."""


def rename_topic(files: Files, old: str, new: str) -> Renaming:
    """Plan to give a topic another id.

    `files` are all sources by path. Raises Problems if something is wrong with them, if
    there is no such topic, or if it cannot have that id.
    """
    project = _Project(files, parse_briefing(files))
    names = _Names(old=normalize("NFC", old), new=normalize("NFC", new))
    topics = {topic.id for topic in project.briefing.topics}
    collector = Collector()
    collector.add(_no_such("topic", "content", names.old, topics))
    collector.add(_wrong_topic_id(names.new, topics))
    collector.add(_topics_old_ids(project, names))
    collector.done()
    return _plan(project, names)


def rename_article(files: Files, topic: str, old: str, new: str) -> Renaming:
    """Plan to give an article another id in its topic.

    `files` are all sources by path. Raises Problems if something is wrong with them, if
    there is no such article, if it cannot have that id, or if voices.yaml names it, or what
    it would be, for another topic too.
    """
    project = _Project(files, parse_briefing(files))
    topic, old, new = (normalize("NFC", id) for id in (topic, old, new))
    names = _Names(old=f"{topic}/{old}", new=f"{topic}/{new}")
    stop_on(_no_such("topic", "content", topic, project.articles))
    articles = project.articles[topic]
    collector = Collector()
    collector.add(_no_such("article", f"content/{topic}", old, articles))
    collector.add(_wrong_article_id(topic, new, articles))
    collector.add(_articles_old_ids(project, names))
    if old in articles and new not in articles:
        collector.add(_shared_primaries(project, names))
    collector.done()
    return _plan(project, names)


def kept_moves(kept: Iterable[str], renaming: Renaming) -> dict[str, str]:
    """Give where the kept texts go that are of what is renamed, by where they are.

    They come by `<topic>/<article>.txt`, and are given by their paths from the root.
    """
    names = _Names(old=renaming.old, new=renaming.new)
    moves = {}
    for path in kept:
        id = path.removesuffix(".txt")
        if (now := names.now(id)) != id:
            moves[f"{_KEPT}/{path}"] = f"{_KEPT}/{now}{path[len(id) :]}"
    return moves


class _Names(Struct, frozen=True, kw_only=True):
    """The id of a topic, or of an article with that of its topic, and its new one."""

    old: str
    new: str

    def now(self, id: str) -> str:
        """Give what an id is now: an article is renamed with its topic."""
        if id == self.old or id.startswith(f"{self.old}/"):
            return self.new + id[len(self.old) :]
        return id

    def path(self, path: str) -> str:
        """Give where a file is now."""
        match path.split("/"):
            case ["content", topic, name]:
                stem, dot, endings = name.partition(".")
                return f"content/{self.now(f'{topic}/{stem}')}{dot}{endings}"
        return path

    def target(self, topic: str, link: Link) -> str:
        """Give what a link in a text of a topic is to say, whose id may be the old one."""
        if link.kind == "topic":
            return self.now(link.target)
        first, slash, rest = link.target.partition("/")
        if link.kind == "point":
            return f"{self.now(first)}/{rest}" if slash else first
        now = self.now("/".join(link.resolve(topic)))
        return now if slash else now.partition("/")[2]


class _Project:
    """The source files, and what is read in them."""

    def __init__(self, files: Files, briefing: Briefing) -> None:
        self.files: Final = files
        self.briefing: Final = briefing

    def text(self, path: str) -> Text:
        """Give the text of a file, in which nothing is wrong."""
        return decode(path, self.files[path], Collector())

    def yaml(self, path: str) -> Node:
        """Give what is in a YAML file."""
        return parse_yaml(self.text(path))

    def matter(self, path: str) -> Node:
        """Give the front matter of a Markdown file."""
        return parse_yaml(split_front_matter(self.text(path))[0])

    @cached_property
    def articles(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the articles of each topic, in their order."""
        topics = sorted(self.briefing.topics, key=lambda topic: topic.id)
        return {topic.id: tuple(sorted(a.id for a in topic.articles)) for topic in topics}

    @cached_property
    def old_ids(self) -> OldIds:
        """What redirects.yaml says."""
        return read_redirects(self.yaml(REDIRECTS)) if REDIRECTS in self.files else NO_OLD_IDS

    @cached_property
    def texts(self) -> Mapping[str, Mapping[str, Summary]]:
        """Those of each article, topic, and (under "") of the site, by id and language."""
        return _texts(self.briefing)

    @cached_property
    def primaries(self) -> Mapping[str, Node]:
        """The articles that voices.yaml names as own texts, by voice."""
        voices = mapping(part(self.yaml(VOICES), "voices"))
        named = ((id, mapping(voice).get("primary")) for id, voice in voices.items())
        return {id: node for id, node in named if node}

    def own_primaries(self, topic: str) -> Mapping[str, Node]:
        """Give those that a topic.yaml names, by voice."""
        named = mapping(self.yaml(f"content/{topic}/{TOPIC}.yaml")).get("primary")
        return mapping(named) if named else {}

    def former(self, names: _Names) -> Mapping[str, str]:
        """Give what is renamed with a topic, or an article alone, by the id it will have."""
        topic, _, article = names.old.partition("/")
        articles = (article,) if article else self.articles.get(topic, ())
        found = (names.old, *(f"{topic}/{each}" for each in articles))
        return {names.now(id): id for id in found}


def _texts(briefing: Briefing) -> Mapping[str, Mapping[str, Summary]]:
    texts = {"": briefing.about}
    for topic in briefing.topics:
        texts[topic.id] = topic.briefings
        texts |= {f"{topic.id}/{article.id}": article.summaries for article in topic.articles}
    return texts


# What is wrong with what was asked for


def _no_such(what: str, path: str, id: str, known: Iterable[str]) -> Iterator[Problem]:
    if id not in (ids := sorted(known)):
        yield Problem(Place(path), f"no {what} `{id}`", did_you_mean(id, ids))


def _wrong_topic_id(id: str, topics: Iterable[str]) -> Iterator[Problem]:
    yield from _wrong_id("content", id)
    if id in PAGES:
        message = f"`{id}` is the name of a page of the site"
        yield Problem(Place("content"), message, "choose another id")
    if id in topics:
        yield Problem(Place(f"content/{id}"), f"there is a topic `{id}`", "choose another id")


def _wrong_article_id(topic: str, id: str, articles: Iterable[str]) -> Iterator[Problem]:
    path = f"content/{topic}"
    yield from _wrong_id(path, id)
    if id == TOPIC:
        message = f"`{id}` is the name of the topic's own files"
        yield Problem(Place(path), message, "choose another id")
    if id in articles:
        yield Problem(Place(path), f"there is an article `{id}`", "choose another id")


def _wrong_id(path: str, id: str) -> Iterator[Problem]:
    if wrong := id_mistake(id):
        yield Problem(Place(path), f"`{id}` {wrong}", "write it like `halt-days`")


def _topics_old_ids(project: _Project, names: _Names) -> Iterator[Problem]:
    """Tell of a topic that had the new id once, and of articles that had what others will have.

    A topic may have its own old id again.
    """
    redirects, former = project.old_ids.redirects, project.former(names)
    again = names.new in redirects.renamed and redirects.target(names.new) == names.old
    for id, place in project.old_ids.places.items():
        if id.partition("/")[0] != names.new:
            continue
        if not again:
            yield Problem(place, f"`{id}` is an old id", NEVER_AGAIN)
            return
        if id in former and redirects.target(id) != former[id]:
            yield Problem(place, f"`{id}` is an old id", NEVER_AGAIN)


def _articles_old_ids(project: _Project, names: _Names) -> Iterator[Problem]:
    """Tell of another article that had the new id once, under any of the names of the topic."""
    redirects = project.old_ids.redirects
    topic, _, new = names.new.partition("/")
    for id, place in project.old_ids.places.items():
        above, _, article = id.partition("/")
        same = above == topic or (above in redirects.renamed and redirects.target(above) == topic)
        again = id in redirects.renamed and redirects.target(id) == names.old
        if same and article == new and not again:
            yield Problem(place, f"`{id}` is an old id", NEVER_AGAIN)


def _shared_primaries(project: _Project, names: _Names) -> Iterator[Problem]:
    """Tell of the own texts of voices that would be other ones."""
    topic, _, old = names.old.partition("/")
    new = names.new.partition("/")[2]
    for voice, node in project.primaries.items():
        if _primary_now(project, names, voice, str(node.value)) is not None:
            continue
        others = [id for id in project.articles if id != topic]
        alike = [id for id in others if old in project.articles[id]]
        cure = "choose another id"
        if node.value == new:
            message = f"primary: `{names.new}` would be the own text of `{voice}`"
        elif alike:
            message = f"primary: `{old}` is an article of {_listed(alike)} too"
            cure = f"write `primary: {{{voice}: {old}}}` in content/{topic}/{TOPIC}.yaml first"
        else:
            found = [f"{id}/{new}" for id in others if new in project.articles[id]]
            message = f"primary: {_listed(found)} would be the own text of `{voice}`"
        yield Problem(node.place, message, cure)


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids)


def _primary_now(project: _Project, names: _Names, voice: str, primary: str) -> str | None:
    """Give what voices.yaml is to name so that all stays as it is, or None if nothing does that."""
    _, _, old = names.old.partition("/")
    new = names.new.partition("/")[2]

    def holds(choice: str) -> bool:
        found = False
        for topic, articles in project.articles.items():
            now = {names.now(f"{topic}/{id}") for id in articles}
            was = names.now(f"{topic}/{primary}") if primary in articles else None
            is_now = there if (there := f"{topic}/{choice}") in now else None
            found = found or is_now is not None
            if was != is_now and voice not in project.own_primaries(topic):
                return False
        return found

    choices = (new, old) if primary == old else (primary,)
    return next(filter(holds, choices), None)


# What is moved and rewritten


def _plan(project: _Project, names: _Names) -> Renaming:
    """Raises Problems for links that cannot be changed."""
    paths = {path: names.path(path) for path in project.files}
    edits: dict[str, list[Edit]] = {}
    for path, edit in (*_edits_of_texts(project, names), *_edits_of_facts(project, names)):
        edits.setdefault(path, []).append(edit)
    written = {paths[path]: rewritten(project.files[path], found) for path, found in edits.items()}
    renaming = Renaming(
        old=names.old,
        new=names.new,
        moved={path: now for path, now in paths.items() if now != path},
        written={**written, REDIRECTS: _noted(project, names)},
    )
    _prove(project, renaming, names)
    return renaming


def _edits_of_texts(project: _Project, names: _Names) -> list[tuple[str, Edit]]:
    """Give the edits of links, and of the digests of the texts they are in."""
    collector = Collector()
    edits: list[tuple[str, Edit]] = []
    for id, told in project.texts.items():
        digests: dict[str, str] = {}
        for language, summary in told.items():
            with collector.collect():
                found, digests[language] = _relinked(project, names, id, summary)
                edits += [(summary.place.path, edit) for edit in found]
        edits += _edits_of_digests(project, told, digests)
    collector.done()
    return edits


def _relinked(
    project: _Project, names: _Names, id: str, summary: Summary
) -> tuple[list[Edit], str]:
    """Give the edits of the links of a text, and its digest after them. Raises Problems."""
    target = partial(names.target, id.partition("/")[0])
    if all(target(link) == link.target for link in summary.body.links):
        return [], summary.digest
    source = project.text(summary.place.path)
    _, body = split_front_matter(source)
    found = relinked(body, summary.body, target)
    start = len(source.text) - len(body.text)
    return [edit.shifted(start) for edit in found], digest(summary.title, edited(body.text, found))


def _edits_of_digests(
    project: _Project, told: Mapping[str, Summary], digests: Mapping[str, str]
) -> Iterator[tuple[str, Edit]]:
    """Give the edits of `of:` in translations that were up to date, so that they stay so."""
    for summary in told.values():
        path, of = summary.place.path, summary.of
        now = digests.get(summary.translates or "", of)
        if of and now and now != of and not _is_stale(summary, told):
            node = mapping(project.matter(path))["of"]
            yield path, scalar_edit(project.text(path), node.place, of, now)


def _is_stale(translation: Summary, told: Mapping[str, Summary]) -> bool:
    original = told.get(translation.translates or "")
    return bool(original and translation.of and translation.of != original.digest)


def _edits_of_facts(project: _Project, names: _Names) -> Iterator[tuple[str, Edit]]:
    """Give the edits of the fields that name an article that is renamed in its topic."""
    topic, _, old = names.old.partition("/")
    if not old:
        return
    new = names.new.partition("/")[2]
    for path, node in (*_duplicates(project, topic), *_own(project, topic)):
        if node.value == old:
            yield path, scalar_edit(project.text(path), node.place, old, new)
    for voice, node in project.primaries.items():
        now = _primary_now(project, names, voice, str(node.value))
        if now is not None and now != node.value:
            yield VOICES, scalar_edit(project.text(VOICES), node.place, old, now)
