"""Reads outlets.yaml and voices.yaml: publishers, speakers and their sides, by id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Generic, TypeVar

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
from briefing.syntax.nodes import Field, Node, mapping, optional, part, required
from briefing.syntax.readers import Each, KeyOf, Reader, Record

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


def read_register(node: Node, read: Reader[T], collector: Collector) -> Register[T]:
    """Return the values of a mapping by id; problems are added to `collector`.

    read: reads the value of an id, which is the name of its node. A value with problems is BROKEN.
    If an id is wrong, every id is known: any may be the one that was meant.
    """
    values: dict[str, T | Broken] = {}
    wrong_ids = False
    for id, item in mapping(node).items():
        if wrong := "is the article itself" if id == ARTICLE_VOICE else id_mistake(id):
            place = item.key or item.place
            collector.add([Problem(place, f"`{id}` {wrong}", "write an id like `gia-lai`")])
            wrong_ids = True
        else:
            values[id] = collector.attempt(partial(read, item))
    return AllBroken(values) if wrong_ids else values


class Keyed(Struct, Generic[T], frozen=True):
    """A reader of mappings by id that takes any mapping: `read_register` reads the entries."""

    read: Reader[T]

    def __call__(self, node: Node) -> Mapping[str, Node]:
        """Return the entries. Raises Problems if the node is no mapping."""
        return mapping(node)


def read_outlets(
    root: Node, languages: tuple[Language, ...], collector: Collector
) -> Register[Outlet]:
    """Return the outlets of outlets.yaml, `root`; problems are added to `collector`."""
    return read_register(root, outlet_reader(languages), collector)


def outlet_reader(languages: tuple[Language, ...]) -> Record[Outlet]:
    """Return a reader of an outlet, whose id is the key it stands at."""
    name = localized_name(languages)
    fields = {
        "name": required(name, "Its name: one text for all languages, or one in each."),
        "kind": required(member(OutletKind), "What it is."),
        "country": required(country, "Its country: two letters of ISO 3166-1, like VN."),
        "language": required(
            language_tag, "The language it writes in (BCP 47); need not be one of the site."
        ),
        "owner": optional(name, "Who owns it or stands behind it."),
        "note": optional(localized(languages), "A sentence on it for readers."),
        "domains": optional(
            Each(domain), "Where its pages are, by which `new article` knows it.", default=()
        ),
    }
    return Record(lambda _: fields, lambda node: partial(Outlet, id=node.name))


def read_sides(
    root: Node, languages: tuple[Language, ...], collector: Collector
) -> Register[Localized]:
    """Return the names of sides of voices.yaml, `root`; problems are added to `collector`.

    Unknown sections of the file are among the problems.
    """
    with collector.collect():
        root.record(dict, **voices_fields(AllBroken(), languages))
    with collector.collect():
        return read_register(part(root, "sides"), localized_name(languages), collector)
    return AllBroken()


def voices_fields(
    sides: Register[Localized], languages: tuple[Language, ...]
) -> dict[str, Field[Any]]:
    """Return the sections of voices.yaml. sides: what a voice may name as its side."""
    return {
        "sides": required(
            Keyed(localized_name(languages)),
            "The parties that voices belong to, by which it is told whether two sides confirm.",
        ),
        "voices": required(
            Keyed(_voice_reader(sides, languages)), "Who speaks in the articles, by id."
        ),
    }


def read_voices(
    root: Node,
    sides: Register[Localized],
    languages: tuple[Language, ...],
    collector: Collector,
) -> Register[Voice]:
    """Return the voices of voices.yaml, `root`; problems are added to `collector`.

    sides: what a voice may name as its side.
    """
    with collector.collect():
        return read_register(part(root, "voices"), _voice_reader(sides, languages), collector)
    return AllBroken()


def _voice_reader(sides: Register[Localized], languages: tuple[Language, ...]) -> Record[Voice]:
    """Return a reader of a voice, whose id is the key it stands at."""
    fields = {
        "name": required(
            localized_name(languages), "Its name: one text for all languages, or one in each."
        ),
        "kind": required(member(VoiceKind), "What it is."),
        "side": required(KeyOf(sides, "side"), "The side it is on, one of `sides:`."),
        "country": optional(country, "Its country: two letters of ISO 3166-1, like VN."),
        "primary": optional(
            identifier,
            "The id of the article that is this voice's own statement, in whatever topic has it.",
        ),
    }
    return Record(lambda _: fields, lambda node: partial(Voice, id=node.name))


def without_broken(register: Mapping[K, T | Broken]) -> dict[K, T]:
    """Return the values of a register that are not BROKEN, by id."""
    return {id: value for id, value in register.items() if not isinstance(value, Broken)}
