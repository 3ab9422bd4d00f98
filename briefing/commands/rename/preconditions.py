"""Checks a request to rename: that the old id exists, and that the new one is free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.commands.rename.names import IdChange, Project
from briefing.commands.topic_ids import (
    CHOOSE_ANOTHER,
    NEVER_REUSED,
    new_topic_problems,
    wrong_id,
)
from briefing.content.classify import TOPIC_STEM
from briefing.problems import Place, Problem, did_you_mean
from briefing.syntax.nodes import text


def topic_problems(project: Project, ids: IdChange) -> Iterator[Problem]:
    """Yield a problem for each reason that a topic cannot get its new id."""
    yield from _missing("topic", "content", ids.old, project.articles)
    yield from new_topic_problems(ids.new, project.articles)
    yield from _old_ids_of_topics(project, ids)


def article_problems(project: Project, ids: IdChange) -> Iterator[Problem]:
    """Yield a problem for each reason that an article cannot get its new id."""
    topic, (old, new) = ids.topic, ids.articles
    if topic not in project.articles:
        yield from _missing("topic", "content", topic, project.articles)
        return
    folder, articles = f"content/{topic}", project.articles[topic]
    yield from _missing("article", folder, old, articles)
    yield from wrong_id(folder, new)
    if new == TOPIC_STEM:
        yield Problem(
            Place(folder), f"`{new}` is the name of the topic’s own files", CHOOSE_ANOTHER
        )
    if new in articles:
        yield Problem(Place(folder), f"there is an article `{new}`", CHOOSE_ANOTHER)
    yield from _old_ids_of_articles(project, ids)
    if old in articles and new not in articles:
        yield from _changed_primaries(project, ids)


def _missing(what: str, folder: str, id: str, known: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem if `id` is not among `known`."""
    if id not in (ids := tuple(known)):
        yield Problem(Place(folder), f"no {what} `{id}`", did_you_mean(id, ids))


def _old_ids_of_topics(project: Project, ids: IdChange) -> Iterator[Problem]:
    """Yield a problem for each old id that is the new id of the topic, or one of its articles.

    A topic may get its own old id again, unless one of its articles then gets an id that
    another article had.
    """
    former = project.former_ids(ids)
    had_it = project.was_called(ids.old, ids.new)
    for id, place in project.old_ids.places.items():
        allowed = had_it and (id not in former or project.was_called(former[id], id))
        if id.partition("/")[0] == ids.new and not allowed:
            yield Problem(place, f"`{id}` is an old id", NEVER_REUSED)
            if not had_it:
                return  # one problem for the topic, and none for each article below


def _old_ids_of_articles(project: Project, ids: IdChange) -> Iterator[Problem]:
    """Yield a problem if another article had the new id, under any id that the topic had."""
    _, new = ids.articles
    for id, place in project.old_ids.places.items():
        topic, _, article = id.partition("/")
        reused = article == new and project.was_called(ids.topic, topic)
        if reused and not project.was_called(ids.old, id):
            yield Problem(place, f"`{id}` is an old id", NEVER_REUSED)


def new_primary(project: Project, ids: IdChange, voice: str, primary: str) -> str | None:
    """Return the `primary:` of a voice in voices.yaml after the change.

    voices.yaml names one article id for all topics; the result is the id by which each topic has
    the same own text of `voice` as before, when voices.yaml had `primary`. None: there is none.
    """
    old, new = ids.articles

    def holds(choice: str) -> bool:
        exists = [f"{id}/{choice}" in _new_ids(project, ids, id) for id in project.articles]
        return any(exists) and all(
            _is_same(project, ids, topic, primary, choice) or voice in project.primaries_of(topic)
            for topic in project.articles
        )

    choices = (new, old) if primary == old else (primary,)
    return next(filter(holds, choices), None)


def _new_ids(project: Project, ids: IdChange, topic: str) -> Iterable[str]:
    """Return the ids of the articles of a topic after the change."""
    return {ids.new_id(f"{topic}/{id}") for id in project.articles[topic]}


def _is_same(project: Project, ids: IdChange, topic: str, primary: str, choice: str) -> bool:
    """Whether `choice` names in a topic, after the change, what `primary` named before it.

    Also if neither names an article.
    """
    before = ids.new_id(f"{topic}/{primary}") if primary in project.articles[topic] else None
    after = f"{topic}/{choice}"
    return before == (after if after in _new_ids(project, ids, topic) else None)


def _changed_primaries(project: Project, ids: IdChange) -> Iterator[Problem]:
    """Yield a problem for each voice of voices.yaml whose own text in some topic would change."""
    old, new = ids.articles
    others = [id for id in project.articles if id != ids.topic]
    for voice, node in project.primaries.items():
        if new_primary(project, ids, voice, text(node)) is not None:
            continue
        with_old = [id for id in others if old in project.articles[id]]
        with_new = [f"{id}/{new}" for id in others if new in project.articles[id]]
        if text(node) == old and with_old:
            message = f"primary: {_listed(with_old)} has an article `{old}` too, which stays"
            entry = f"primary: {{{voice}: {old}}}"
            cure = f"write `{entry}` in content/{ids.topic}/{TOPIC_STEM}.yaml first"
            yield Problem(node.place, message, cure)
        else:
            articles = _listed(with_new if text(node) == old else [ids.new])
            yield Problem(
                node.place, f"primary: {articles} would be the text of `{voice}`", CHOOSE_ANOTHER
            )


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids)
