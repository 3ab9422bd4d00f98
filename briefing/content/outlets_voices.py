"""outlets.yaml and voices.yaml: who publishes and who speaks, written once and used by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from msgspec import Struct

from briefing.content.fields import (
    country,
    id_mistake,
    identifier,
    language_tag,
    localized,
    member,
    name,
)
from briefing.model.article import Localized, Outlet, OutletKind
from briefing.model.site import Language, Point, Voice, VoiceKind
from briefing.problems import AllBroken, Broken, Collector, Problem
from briefing.syntax.nodes import Node, key_of, mapping, optional, part, required

T = TypeVar("T")
OUTLETS = "content/outlets.yaml"
VOICES = "content/voices.yaml"
OWN = "own"
"""The voice of an article itself, which needs no entry."""
Register = Mapping[str, T | Broken]
"""Things by id. What is in the file but wrong is BROKEN: known, and told already."""


class KnownIds(Struct, frozen=True, kw_only=True):
    """What an article may refer to."""

    languages: tuple[Language, ...]
    outlets: Register[Outlet]
    voices: Register[Voice]
    points: Register[Point]


def register(node: Node, read: Callable[[str, Node], T], collector: Collector) -> Register[T]:
    """Read a mapping of things by id; what is wrong is told to the collector.

    Where an id is wrong, any other may be what it should have been.
    """
    things: dict[str, T | Broken] = {}
    wrong_ids = False
    for id, item in mapping(node).items():
        if wrong := "is the article itself" if id == OWN else id_mistake(id):
            place = item.key or item.place
            collector.add([Problem(place, f"`{id}` {wrong}", "write an id like `gia-lai`")])
            wrong_ids = True
        else:
            things[id] = collector.attempt(partial(read, id, item))
    return AllBroken(things) if wrong_ids else things


def read_outlets(
    root: Node, languages: tuple[Language, ...], collector: Collector
) -> Register[Outlet]:
    """Read outlets.yaml."""

    def outlet(id: str, node: Node) -> Outlet:
        return node.record(
            partial(Outlet, id=id),
            name=required(name(languages)),
            kind=required(member(OutletKind)),
            country=required(country),
            language=required(language_tag),
            owner=optional(name(languages)),
            note=optional(localized(languages)),
        )

    return register(root, outlet, collector)


def read_sides(
    root: Node, languages: tuple[Language, ...], collector: Collector
) -> Register[Localized]:
    """Read the sides of voices.yaml, and refuse what it should not have."""
    with collector.collect():
        root.record(dict, sides=required(mapping), voices=required(mapping))
    with collector.collect():
        named = name(languages)
        return register(part(root, "sides"), lambda _, node: named(node), collector)
    return AllBroken()


def read_voices(
    root: Node,
    sides: Register[Localized],
    languages: tuple[Language, ...],
    collector: Collector,
) -> Register[Voice]:
    """Read the voices of voices.yaml."""

    def voice(id: str, node: Node) -> Voice:
        return node.record(
            partial(Voice, id=id),
            name=required(name(languages)),
            kind=required(member(VoiceKind)),
            side=required(key_of(sides, "side")),
            country=optional(country),
            primary=optional(identifier),
        )

    with collector.collect():
        return register(part(root, "voices"), voice, collector)
    return AllBroken()
