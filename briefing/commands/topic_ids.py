"""The rules for the id of a topic that is to be: what `rename` and `new topic` refuse alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from briefing.content.classify import RESERVED_TOPIC_IDS
from briefing.content.fields import id_mistake
from briefing.problems import Place, Problem

CHOOSE_ANOTHER = "choose another id"
NEVER_REUSED = "choose another: an old id is never used again"


def wrong_id(folder: str, id: str) -> Iterator[Problem]:
    """Yield a problem if `id`, of something in `folder`, is no id."""
    if wrong := id_mistake(id):
        yield Problem(Place(folder), f"`{id}` {wrong}", "write it like `halt-days`")


def new_topic_problems(id: str, topics: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each reason that no new topic can have an id.

    topics: the ids of those there are.
    """
    yield from wrong_id("content", id)
    if id in RESERVED_TOPIC_IDS:
        yield Problem(Place("content"), f"`{id}` is the name of a page of the site", CHOOSE_ANOTHER)
    if id in topics:
        yield Problem(Place(f"content/{id}"), f"there is a topic `{id}`", CHOOSE_ANOTHER)
