"""redirects.yaml: the ids that once were, and where they lead now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.classify import PAGES, TopicFolder
from briefing.content.fields import id_mistake
from briefing.model.site import Redirects
from briefing.problems import BROKEN, Collector, Place, Problem, did_you_mean
from briefing.syntax.nodes import Node, items, mapping, optional, text

REDIRECTS = "redirects.yaml"
MAX_OLD = 1_000
"""Old ids: each leads on from a page in each language."""


class OldIds(Struct, frozen=True, kw_only=True):
    """What redirects.yaml says, and where."""

    redirects: Redirects
    places: Mapping[str, Place] = {}
    """Where each old id stands."""
    targets: Mapping[str, Place] = {}
    """Where what each leads to stands, by the old id; none of what was withdrawn."""


NO_OLD_IDS = OldIds(redirects=Redirects())


Pair = tuple[Node, Node]
"""An old id, and what it leads to."""


def read_redirects(root: Node) -> OldIds:
    """Read redirects.yaml. Raises Problems."""
    if root.value == "":
        return NO_OLD_IDS  # there is nothing in it yet
    collector = Collector()
    fields = {"renamed": optional(mapping), "replaced": optional(mapping)}
    with collector.collect():
        root.record(dict, **fields, withdrawn=optional(items))
    given = mapping(root)
    renamed, replaced = (_pairs(given.get(name), collector) for name in fields)
    found = given.get("withdrawn")
    listed = items(found) if found and isinstance(found.value, tuple) else ()
    withdrawn = [node for node in listed if _is_withdrawn(node, collector)]
    pairs = [*renamed, *replaced]
    collector.add(_twice([*(old for old, _ in pairs), *withdrawn]))
    moved = [(old, new) for old, new in renamed if text(old) != text(new)]
    collector.add(_circles([*moved, *replaced]))
    if len(pairs) + len(withdrawn) > MAX_OLD:
        message = f"more than {MAX_OLD:,} old ids"
        collector.add([Problem(root.place, message, "take out those that nobody asks for")])
    collector.done()
    return OldIds(
        redirects=_redirects(
            {text(old): text(new) for old, new in renamed},
            {text(old): text(new) for old, new in replaced},
            tuple(map(text, withdrawn)),
        ),
        places={text(old): old.place for old in (*(old for old, _ in pairs), *withdrawn)},
        targets={text(old): new.place for old, new in pairs},
    )


def _redirects(
    renamed: Mapping[str, str], replaced: Mapping[str, str], withdrawn: tuple[str, ...]
) -> Redirects:
    """Give what is said, with what follows from it."""
    leads = {**replaced, **{old: new for old, new in renamed.items() if old != new}}
    said = Redirects(renamed=renamed, replaced=replaced, withdrawn=withdrawn, leads=leads)
    into: dict[str, list[str]] = {}
    for old in leads:
        into.setdefault((said.target(old) or old).partition("/")[0], []).append(old)
    before = {new: old for old, new in renamed.items()}
    firsts = {}
    for id in before:
        first = id
        while (older := before.get(first, first)) != first:
            first = older
        firsts[id] = first
    return replace(
        said,
        firsts=firsts,
        into={topic: tuple(ids) for topic, ids in into.items()},
        gone=tuple(dict.fromkeys(_gone(said))),
    )


def _gone(said: Redirects) -> Iterator[str]:
    """Give what was taken back, by each id that it had."""
    names: dict[str, list[str]] = {}
    for old in said.renamed:
        if "/" not in old:
            target = said.target(old) or old
            names.setdefault(target, [target]).append(old)
    for id in said.withdrawn:
        yield id
        topic, slash, article = id.partition("/")
        if slash:
            known = names.get(said.target(topic) or topic, ())
            yield from (f"{name}/{article}" for name in known)


def _pairs(part: Node | None, collector: Collector) -> list[Pair]:
    """Read what leads where; an id that is none is told."""
    if part is None or not isinstance(part.value, dict):
        return []
    pairs = [(node.key_as_value(""), node) for node in part.value.values()]
    wrong = [pair for pair in pairs for node in pair if not _is_id(node, collector)]
    return [pair for pair in pairs if pair not in wrong]


def _is_id(node: Node, collector: Collector) -> bool:
    return collector.attempt(lambda: _old_id(node)) is not BROKEN


def _is_withdrawn(node: Node, collector: Collector) -> bool:
    """Whether what was taken back is named right: all of it, or in one language (`a-topic.en`)."""
    if not isinstance(node.value, str):
        return _is_id(node, collector)
    id, _, language = node.value.partition(".")
    if language and id_mistake(language) is None:
        return _is_id(replace(node, value=id), collector)
    return _is_id(node, collector)


def _old_id(node: Node) -> Node:
    """Read the id of a topic, or of an article with that of its topic."""
    parts = text(node).split("/")
    wrong = next((said for part in parts if (said := id_mistake(part))), None)
    if wrong or len(parts) > 2:  # noqa: PLR2004 — a topic and an article
        cure = "write the id of a topic, or `<topic>/<article>`"
        node.fail(f"`{text(node)}` {wrong or 'is not an id'}", cure)
    if parts[0] in PAGES:
        node.fail(f"`{parts[0]}` is the name of a page of the site", "only topics have old ids")
    return node


def _twice(old: Iterable[Node]) -> Iterator[Problem]:
    seen: set[str] = set()
    for node in old:
        if text(node) in seen:
            yield Problem(node.place, f"`{text(node)}` is there twice", "keep one of them")
        seen.add(text(node))


def _circles(pairs: Sequence[Pair]) -> Iterator[Problem]:
    """Tell of old ids that lead back to themselves."""
    leads = {text(old): text(new) for old, new in pairs}
    for old, new in pairs:
        found, at = {text(old)}, text(new)
        while at in leads and at not in found:
            found.add(at)
            at = leads[at]
        if at == text(old):
            yield Problem(new.place, f"`{at}` leads back to itself", "let it lead to what is there")


def wrong_redirects(old: OldIds, folders: Mapping[str, TopicFolder]) -> Iterator[Problem]:
    """Tell of old ids that are in use, and of those that lead to nothing; the folders by id."""
    known = {*folders, *(f"{id}/{a}" for id, folder in folders.items() for a in folder.articles)}
    for id, place in old.places.items():
        if id in known and id in old.redirects.leads:
            cure = "give what is there another id: an old one is never used again"
            yield Problem(place, f"`{id}` is there", cure)
    leads = old.redirects.leads
    for id, place in old.targets.items():
        target = old.redirects.target(id) or id
        if target not in known and leads.get(id) not in leads:  # it is told there
            yield Problem(place, f"no {_what(target)} `{target}`", _meant(target, known))


def _what(id: str) -> str:
    return "article" if "/" in id else "topic"


def _meant(id: str, known: Collection[str]) -> str:
    return did_you_mean(id, sorted(other for other in known if ("/" in other) == ("/" in id)))
