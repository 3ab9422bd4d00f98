"""redirects.yaml: the ids that once were, and where they lead now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from briefing.content.fields import id_mistake
from briefing.content.tree import Folder
from briefing.model import Redirects
from briefing.nodes import Node, each, mapping, optional, text
from briefing.problems import Collector, Place, Problem, did_you_mean

PATH = "redirects.yaml"


class OldIds(Struct, frozen=True, kw_only=True):
    """What redirects.yaml says, and where."""

    redirects: Redirects
    places: Mapping[str, Place] = {}
    """Where each old id stands."""
    targets: Mapping[str, Place] = {}
    """Where what each leads to stands, by the old id; none of what was withdrawn."""


NO_OLD_IDS = OldIds(redirects=Redirects())


def read_redirects(root: Node) -> OldIds:
    """Read redirects.yaml. Raises Problems."""
    parts: dict[str, Any] = root.record(
        dict,
        renamed=optional(_pairs, {}),
        replaced=optional(_pairs, {}),
        withdrawn=optional(each(_old_id), ()),
    )
    renamed, replaced, withdrawn = parts["renamed"], parts["replaced"], parts["withdrawn"]
    pairs = {**renamed, **replaced}
    leads = {text(old): text(new) for old, new in pairs.items()}
    collector = Collector()
    collector.add(_twice([*renamed, *replaced, *withdrawn]))
    collector.add(_circles(leads, pairs))
    collector.done()
    return OldIds(
        redirects=Redirects(
            renamed={text(old): text(new) for old, new in renamed.items()},
            replaced={text(old): text(new) for old, new in replaced.items()},
            withdrawn=tuple(map(text, withdrawn)),
        ),
        places={text(old): old.place for old in (*pairs, *withdrawn)},
        targets={text(old): new.place for old, new in pairs.items()},
    )


def _pairs(node: Node) -> Mapping[Node, Node]:
    """Read what leads where, or report every id that is none."""
    collector = Collector()
    found = {}
    for item in mapping(node).values():
        with collector.collect():
            key = item.key_as_value("")
            found[_old_id(key)] = _old_id(item)
    collector.done()
    return found


def _old_id(node: Node) -> Node:
    """Read the id of a topic, or of an article with that of its topic."""
    parts = text(node).split("/")
    wrong = next((said for part in parts if (said := id_mistake(part))), None)
    if wrong or len(parts) > 2:  # noqa: PLR2004 — a topic and an article
        cure = "write the id of a topic, or `<topic>/<article>`"
        node.fail(f"`{text(node)}` {wrong or 'is not an id'}", cure)
    return node


def _twice(old: Iterable[Node]) -> Iterator[Problem]:
    seen: set[str] = set()
    for node in old:
        if text(node) in seen:
            yield Problem(node.place, f"`{text(node)}` is there twice", "keep one of them")
        seen.add(text(node))


def _circles(leads: Mapping[str, str], pairs: Mapping[Node, Node]) -> Iterator[Problem]:
    """Tell of old ids that lead back to themselves."""
    for old, new in pairs.items():
        found, at = {text(old)}, text(new)
        while at in leads and at not in found:
            found.add(at)
            at = leads[at]
        if at == text(old):
            yield Problem(new.place, f"`{at}` leads back to itself", "let it lead to what is there")


def wrong_redirects(old: OldIds, folders: Mapping[str, Folder]) -> Iterator[Problem]:
    """Tell of old ids that are in use, and of those that lead to nothing; the folders by id."""
    known = {*folders, *(f"{id}/{a}" for id, folder in folders.items() for a in folder.articles)}
    for id, place in old.places.items():
        if id in known:
            cure = "give what is there another id: an old one is never used again"
            yield Problem(place, f"`{id}` is there", cure)
    for id, place in old.targets.items():
        target = old.redirects.target(id) or id
        if target not in known:
            yield Problem(place, f"no {_what(target)} `{target}`", _meant(target, known))


def _what(id: str) -> str:
    return "article" if "/" in id else "topic"


def _meant(id: str, known: Collection[str]) -> str:
    return did_you_mean(id, sorted(other for other in known if ("/" in other) == ("/" in id)))
