"""Reads redirects.yaml: former ids of topics and articles, and where they lead now.

Ids are `<topic>` or `<topic>/<article>`. outputs/redirects.py makes pages of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.classify import RESERVED_TOPIC_IDS, TopicFolder
from briefing.content.fields import id_mistake, localized, moment
from briefing.model.site import Language, Redirects, Withdrawal
from briefing.problems import BROKEN, Collector, Place, Problem, did_you_mean
from briefing.syntax.nodes import Field, Node, items, mapping, optional, required, token
from briefing.syntax.readers import Either, Reader, Then, record

REDIRECTS = "redirects.yaml"
MAX_OLD_IDS = 1_000
"""Old ids of a site; more are a problem: each has a page in each language."""


class OldIds(Struct, frozen=True, kw_only=True):
    """The content of redirects.yaml, with places."""

    redirects: Redirects
    places: Mapping[str, Place] = {}
    """Place of each old id."""
    targets: Mapping[str, Place] = {}
    """Place of the id it leads to, by old id; withdrawn ones have none."""


NO_OLD_IDS = OldIds(redirects=Redirects())


class OldIdEntries(Struct, frozen=True):
    """A reader of mappings of an old id to another; `_pairs` reads the entries."""

    def __call__(self, node: Node) -> Mapping[str, Node]:
        """Return the entries. Raises Problems if the node is no mapping."""
        return mapping(node)


class OldIdList(Struct, frozen=True):
    """A reader of lists, of what is withdrawn, that takes any list: `read` reads the items."""

    read: Reader[tuple[Node, Withdrawal]]

    def __call__(self, node: Node) -> tuple[Node, ...]:
        """Return the items. Raises Problems if the node is no list."""
        return items(node)


def redirects_fields(languages: Iterable[Language]) -> dict[str, Field[Any]]:
    """Return the sections of redirects.yaml. languages: those of the site."""
    return {
        "renamed": optional(
            OldIdEntries(), "The new id by the old one, of a topic or an article; newest first."
        ),
        "replaced": optional(
            OldIdEntries(), "Where readers are sent, by the id of what was given up for it."
        ),
        "withdrawn": optional(
            OldIdList(_withdrawn(languages)),
            "What was taken back: ids, with a language, as topic.en, in that alone; or id, day "
            "and reason.",
        ),
    }


OldAndNew = tuple[Node, Node]
"""The node of an old id, and that of the id it leads to."""


def read_redirects(root: Node, languages: tuple[Language, ...]) -> OldIds:
    """Return the content of redirects.yaml. Raises Problems.

    languages: those of the site, in which reasons are told. Whether an id is in use, or leads to
    something, is asked by `redirect_problems`.
    """
    if root.value == "":
        return NO_OLD_IDS  # an empty file
    collector = Collector()
    with collector.collect():
        root.record(dict, **redirects_fields(languages))
    sections = mapping(root)
    renamed, replaced = (_pairs(sections.get(name), collector) for name in ("renamed", "replaced"))
    section = sections.get("withdrawn")
    listed = items(section) if section and isinstance(section.value, tuple) else ()
    read_one = _withdrawn(languages)
    read = [collector.attempt(partial(read_one, node)) for node in listed]
    told = [each for each in read if each is not BROKEN]
    withdrawn = [node for node, _ in told]
    pairs = [*renamed, *replaced]
    collector.add(_duplicates([*(old for old, _ in pairs), *withdrawn]))
    collector.add(_articles_as_topics(renamed))
    moved = [(old, new) for old, new in renamed if token(old) != token(new)]
    collector.add(_circles([*moved, *replaced]))
    if len(pairs) + len(withdrawn) > MAX_OLD_IDS:
        message = f"more than {MAX_OLD_IDS:,} old ids"
        collector.add([Problem(root.place, message, "take out those that nobody asks for")])
    collector.done()
    return OldIds(
        redirects=_redirects(
            {token(old): token(new) for old, new in renamed},
            {token(old): token(new) for old, new in replaced},
            {token(node): withdrawal for node, withdrawal in told},
        ),
        places={token(old): old.place for old in (*(old for old, _ in pairs), *withdrawn)},
        targets={token(old): new.place for old, new in pairs},
    )


def _redirects(
    renamed: Mapping[str, str],
    replaced: Mapping[str, str],
    withdrawals: Mapping[str, Withdrawal],
) -> Redirects:
    """Return the redirects of the file, with all that follows from them."""
    leads = {**replaced, **{old: new for old, new in renamed.items() if old != new}}
    stated = Redirects(
        renamed=renamed,
        replaced=replaced,
        withdrawn=tuple(withdrawals),
        withdrawals=withdrawals,
        leads=leads,
    )
    into: dict[str, list[str]] = {}
    for old in leads:
        into.setdefault((stated.target(old) or old).partition("/")[0], []).append(old)
    before = {new: old for old, new in renamed.items()}
    firsts = {}
    for id in before:
        first = id
        while (older := before.get(first, first)) != first:
            first = older
        firsts[id] = first
    return replace(
        stated,
        firsts=firsts,
        into={topic: tuple(ids) for topic, ids in into.items()},
        gone=dict(_withdrawn_ids(stated)),
    )


def _withdrawn_ids(stated: Redirects) -> Iterator[tuple[str, Withdrawal]]:
    """Yield each withdrawn id, then every id by which the same thing was ever known.

    With each stands what is told of it.

    An article is known by each of its former ids, under each of the former ids of its topic: by
    those that lead to it while it is shown. Others never had a page, and get none.
    """
    former: dict[str, list[str]] = {}
    for old in stated.leads:
        former.setdefault(stated.target(old) or old, []).append(old)
    for written in stated.withdrawals:
        id, dot, language = written.partition(".")
        topic, slash, article = id.partition("/")
        topic = stated.target(topic) or topic if slash else topic
        now = f"{topic}{slash}{article}"
        known = [id, now, *former.get(now, ())]
        topics = [topic, *former.get(topic, ())] if slash else []
        below = {name.partition("/")[2] for name in known if name.partition("/")[0] in topics}
        others = [f"{name}/{each}" for name in topics for each in sorted(below)]
        known += [each for each in others if stated.target(each) == now]
        told = stated.withdrawals[written]
        yield from ((f"{each}{dot}{language}", told) for each in dict.fromkeys(known))


def _pairs(part: Node | None, collector: Collector) -> list[OldAndNew]:
    """Return the pairs of a section that are ids; problems of the others go to `collector`."""
    if part is None or not isinstance(part.value, dict):
        return []
    pairs = [(node.key_as_value(""), node) for node in part.value.values()]
    wrong = [pair for pair in pairs for node in pair if not _is_id(node, collector)]
    return [pair for pair in pairs if pair not in wrong]


def _is_id(node: Node, collector: Collector) -> bool:
    """Whether a node is an id; if not, the problem is added to `collector`."""
    return collector.attempt(lambda: _old_id(node)) is not BROKEN


def _withdrawn(languages: Iterable[Language]) -> Reader[tuple[Node, Withdrawal]]:
    """Return a reader of the node of the id of something withdrawn, and what is told of it.

    It is an id, or a mapping with one, `on:` and `reason:`.
    """

    def make(id: Node, **told: Any) -> tuple[Node, Withdrawal]:
        return id, Withdrawal(**told)

    return Either(
        Then(withdrawn_id, lambda _, old: (old, Withdrawal())),
        record(
            make,
            id=required(withdrawn_id, "What was taken back: topic, topic/article, or topic.en."),
            on=optional(moment, "When it was taken back."),
            reason=optional(localized(languages), "Why, for readers, in every language."),
        ),
    )


def withdrawn_id(node: Node) -> Node:
    """Return a node that is an id, or one with a language (`a-topic.en`). Raises Problems."""
    if isinstance(node.value, str):
        id, _, language = node.value.partition(".")
        if language and id_mistake(language) is None:
            _old_id(replace(node, value=id))
            return node
    return _old_id(node)


def _old_id(node: Node) -> Node:
    """Return a node that is `<topic>` or `<topic>/<article>`. Raises Problems."""
    parts = token(node).split("/")
    wrong = next((mistake for part in parts if (mistake := id_mistake(part))), None)
    if wrong or len(parts) > 2:  # noqa: PLR2004 — a topic and an article
        cure = "write the id of a topic, or `<topic>/<article>`"
        node.fail(f"`{token(node)}` {wrong or 'is not an id'}", cure)
    if parts[0] in RESERVED_TOPIC_IDS:
        node.fail(f"`{parts[0]}` is the name of a page of the site", "only topics have old ids")
    return node


def _duplicates(old: Iterable[Node]) -> Iterator[Problem]:
    """Yield a problem for each old id that is listed again."""
    seen: set[str] = set()
    for node in old:
        if token(node) in seen:
            yield Problem(node.place, f"`{token(node)}` is there twice", "keep one of them")
        seen.add(token(node))


def _articles_as_topics(renamed: Iterable[OldAndNew]) -> Iterator[Problem]:
    """Yield a problem for each article that is renamed to a topic: it is not the same thing."""
    for old, new in renamed:
        if "/" in token(old) and "/" not in token(new):
            message = f"renamed: `{token(old)}` is an article, and `{token(new)}` a topic"
            yield Problem(new.place, message, "write it under `replaced:`")


def _circles(pairs: Sequence[OldAndNew]) -> Iterator[Problem]:
    """Yield a problem for each old id that leads back to itself."""
    leads = {token(old): token(new) for old, new in pairs}
    for old, new in pairs:
        visited, at = {token(old)}, token(new)
        while at in leads and at not in visited:
            visited.add(at)
            at = leads[at]
        if at == token(old):
            yield Problem(new.place, f"`{at}` leads back to itself", "let it lead to what is there")


def redirect_problems(old_ids: OldIds, folders: Mapping[str, TopicFolder]) -> Iterator[Problem]:
    """Yield a problem for each old id that is in use, and each that leads to nothing.

    folders: by topic id.
    """
    known = {*folders, *(f"{id}/{a}" for id, folder in folders.items() for a in folder.articles)}
    for id, place in old_ids.places.items():
        if id in known and id in old_ids.redirects.leads:
            cure = "give what is there another id: an old one is never used again"
            yield Problem(place, f"`{id}` is there", cure)
    leads, withdrawn = old_ids.redirects.leads, set(old_ids.redirects.gone)
    for id, place in old_ids.targets.items():
        target = old_ids.redirects.target(id) or id
        is_last = leads.get(id) not in leads  # else it is reported of that id
        if target not in known and target not in withdrawn and is_last:
            yield Problem(place, f"no {_kind_of(target)} `{target}`", _suggestion(target, known))


def _kind_of(id: str) -> str:
    """Return what an id is of, in a word for a message."""
    return "article" if "/" in id else "topic"


def _suggestion(id: str, known: Collection[str]) -> str:
    """Return the cure for an unknown id: the ids of the same kind like it."""
    return did_you_mean(id, sorted(other for other in known if ("/" in other) == ("/" in id)))
