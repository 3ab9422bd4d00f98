"""Reads outlets.yaml and voices.yaml: publishers, speakers and their sides, by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from msgspec import Struct

from briefing.content.fields import (
    country,
    domain,
    id_mistake,
    identifier,
    language_tag,
    localized,
    localized_name,
    member,
)
from briefing.model.article import Localized, Outlet, OutletKind
from briefing.model.site import Language, Point, Voice, VoiceKind
from briefing.problems import AllBroken, Broken, Collector, Problem
from briefing.syntax.nodes import Node, each, key_of, mapping, optional, part, required

K = TypeVar("K")
T = TypeVar("T")
OUTLETS = "content/outlets.yaml"
VOICES = "content/voices.yaml"
ARTICLE_VOICE = "own"
"""The id by which a claim names the article itself as its voice; no voice can have it."""
Register = Mapping[str, T | Broken]
"""Values by id. BROKEN: the id is known, but its value has problems, which are reported."""


class KnownIds(Struct, frozen=True, kw_only=True):
    """Everything that an article may refer to by id."""

    languages: tuple[Language, ...]
    outlets: Register[Outlet]
    voices: Register[Voice]
    points: Register[Point]


def read_register(node: Node, read: Callable[[str, Node], T], collector: Collector) -> Register[T]:
    """Return the values of a mapping by id; problems are added to `collector`.

    read: reads the value of an id. A value with problems is BROKEN. If an id is wrong, every id is
    known: any may be the one that was meant.
    """
    values: dict[str, T | Broken] = {}
    wrong_ids = False
    for id, item in mapping(node).items():
        if wrong := "is the article itself" if id == ARTICLE_VOICE else id_mistake(id):
            place = item.key or item.place
            collector.add([Problem(place, f"`{id}` {wrong}", "write an id like `gia-lai`")])
            wrong_ids = True
        else:
            values[id] = collector.attempt(partial(read, id, item))
    return AllBroken(values) if wrong_ids else values


def read_outlets(
    root: Node, languages: tuple[Language, ...], collector: Collector
) -> Register[Outlet]:
    """Return the outlets of outlets.yaml, `root`; problems are added to `collector`."""

    def outlet(id: str, node: Node) -> Outlet:
        return node.record(
            partial(Outlet, id=id),
            name=required(localized_name(languages)),
            kind=required(member(OutletKind)),
            country=required(country),
            language=required(language_tag),
            owner=optional(localized_name(languages)),
            note=optional(localized(languages)),
            domains=optional(each(domain), ()),
        )

    return read_register(root, outlet, collector)


def read_sides(
    root: Node, languages: tuple[Language, ...], collector: Collector
) -> Register[Localized]:
    """Return the names of sides of voices.yaml, `root`; problems are added to `collector`.

    Unknown sections of the file are among the problems.
    """
    with collector.collect():
        root.record(dict, sides=required(mapping), voices=required(mapping))
    with collector.collect():
        named = localized_name(languages)
        return read_register(part(root, "sides"), lambda _, node: named(node), collector)
    return AllBroken()


def read_voices(
    root: Node,
    sides: Register[Localized],
    languages: tuple[Language, ...],
    collector: Collector,
) -> Register[Voice]:
    """Return the voices of voices.yaml, `root`; problems are added to `collector`.

    sides: what a voice may name as its side.
    """

    def voice(id: str, node: Node) -> Voice:
        return node.record(
            partial(Voice, id=id),
            name=required(localized_name(languages)),
            kind=required(member(VoiceKind)),
            side=required(key_of(sides, "side")),
            country=optional(country),
            primary=optional(identifier),
        )

    with collector.collect():
        return read_register(part(root, "voices"), voice, collector)
    return AllBroken()


def without_broken(register: Mapping[K, T | Broken]) -> dict[K, T]:
    """Return the values of a register that are not BROKEN, by id."""
    return {id: value for id, value in register.items() if not isinstance(value, Broken)}
