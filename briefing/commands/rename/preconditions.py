"""What is wrong with what was asked for: ids that are not there, or cannot be had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.commands.rename.names import Names, Project
from briefing.content.classify import RESERVED_TOPIC_IDS, TOPIC_STEM
from briefing.content.fields import id_mistake
from briefing.problems import Place, Problem, did_you_mean
from briefing.syntax.nodes import text

OTHER = "choose another id"
NEVER_AGAIN = "choose another: an old id is never used again"


def wrong_topic(project: Project, names: Names) -> Iterator[Problem]:
    """Tell of a topic that is not there, and of why it cannot have its new id."""
    yield from _not_there("topic", "content", names.old, project.articles)
    yield from _wrong_id("content", names.new)
    if names.new in RESERVED_TOPIC_IDS:
        yield Problem(Place("content"), f"`{names.new}` is the name of a page of the site", OTHER)
    if names.new in project.articles:
        yield Problem(Place(f"content/{names.new}"), f"there is a topic `{names.new}`", OTHER)
    yield from _old_ids_of_topics(project, names)


def wrong_article(project: Project, names: Names) -> Iterator[Problem]:
    """Tell of an article that is not there, and of why it cannot have its new id."""
    topic, (old, new) = names.topic, names.articles
    if topic not in project.articles:
        yield from _not_there("topic", "content", topic, project.articles)
        return
    folder, articles = f"content/{topic}", project.articles[topic]
    yield from _not_there("article", folder, old, articles)
    yield from _wrong_id(folder, new)
    if new == TOPIC_STEM:
        yield Problem(Place(folder), f"`{new}` is the name of the topic’s own files", OTHER)
    if new in articles:
        yield Problem(Place(folder), f"there is an article `{new}`", OTHER)
    yield from _old_ids_of_articles(project, names)
    if old in articles and new not in articles:
        yield from _own_texts(project, names)


def _not_there(what: str, folder: str, id: str, known: Iterable[str]) -> Iterator[Problem]:
    if id not in (ids := tuple(known)):
        yield Problem(Place(folder), f"no {what} `{id}`", did_you_mean(id, ids))


def _wrong_id(folder: str, id: str) -> Iterator[Problem]:
    if wrong := id_mistake(id):
        yield Problem(Place(folder), f"`{id}` {wrong}", "write it like `halt-days`")


def _old_ids_of_topics(project: Project, names: Names) -> Iterator[Problem]:
    """Tell of what had the new id, or one below it, once.

    A topic may have its own old id again, if none of its articles gets one of another.
    """
    former = project.former(names)
    again = project.has_been(names.old, names.new)
    for id, place in project.old_ids.places.items():
        fits = again and (id not in former or project.has_been(former[id], id))
        if id.partition("/")[0] == names.new and not fits:
            yield Problem(place, f"`{id}` is an old id", NEVER_AGAIN)
            if not again:
                return  # once, for all that was below it


def _old_ids_of_articles(project: Project, names: Names) -> Iterator[Problem]:
    """Tell of another article that had the new id once, under whatever name of the topic."""
    _, new = names.articles
    for id, place in project.old_ids.places.items():
        topic, _, article = id.partition("/")
        alike = article == new and project.has_been(names.topic, topic)
        if alike and not project.has_been(names.old, id):
            yield Problem(place, f"`{id}` is an old id", NEVER_AGAIN)


def primary_now(project: Project, names: Names, voice: str, primary: str) -> str | None:
    """Give the own text voices.yaml is to name, so that each topic has the same one as before.

    None if there is no such id.
    """
    old, new = names.articles

    def holds(choice: str) -> bool:
        named = [f"{id}/{choice}" in _now(project, names, id) for id in project.articles]
        return any(named) and all(
            _is_same(project, names, topic, primary, choice) or voice in project.primaries_of(topic)
            for topic in project.articles
        )

    choices = (new, old) if primary == old else (primary,)
    return next(filter(holds, choices), None)


def _now(project: Project, names: Names, topic: str) -> Iterable[str]:
    return {names.becomes(f"{topic}/{id}") for id in project.articles[topic]}


def _is_same(project: Project, names: Names, topic: str, primary: str, choice: str) -> bool:
    """Whether in a topic one id names, now, what another has named, or both name nothing."""
    was = names.becomes(f"{topic}/{primary}") if primary in project.articles[topic] else None
    there = f"{topic}/{choice}"
    return was == (there if there in _now(project, names, topic) else None)


def _own_texts(project: Project, names: Names) -> Iterator[Problem]:
    """Tell of voices whose own text, which voices.yaml names for all topics, would be another."""
    old, new = names.articles
    others = [id for id in project.articles if id != names.topic]
    for voice, node in project.primaries.items():
        if primary_now(project, names, voice, text(node)) is not None:
            continue
        alike = [id for id in others if old in project.articles[id]]
        found = [f"{id}/{new}" for id in others if new in project.articles[id]]
        if text(node) == old and alike:
            message = f"primary: {_listed(alike)} has an article `{old}` too, which stays"
            named = f"primary: {{{voice}: {old}}}"
            cure = f"write `{named}` in content/{names.topic}/{TOPIC_STEM}.yaml first"
            yield Problem(node.place, message, cure)
        else:
            them = _listed(found if text(node) == old else [names.new])
            yield Problem(node.place, f"primary: {them} would be the text of `{voice}`", OTHER)


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids)
