"""topic.yaml: the event, and the points at issue in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefing.comparison.relations import ancestors
from briefing.content.fields import (
    identifier,
    in_every_language,
    localized,
    member,
    moment,
    plural,
    time_zone,
)
from briefing.content.outlets_voices import KnownIds, Register
from briefing.model.article import Localized, Plural
from briefing.model.site import (
    Change,
    ChangeKind,
    Event,
    Group,
    Language,
    Missing,
    Option,
    Point,
    PointKind,
    Unit,
)
from briefing.problems import (
    AllBroken,
    Broken,
    Collector,
    Place,
    Problem,
    Problems,
    did_you_mean,
    raise_if_any,
)
from briefing.syntax.cldr import is_unit
from briefing.syntax.nodes import (
    Field,
    Node,
    each,
    entries,
    items,
    key_of,
    mapping,
    one_of,
    optional,
    part,
    required,
    text,
)

T = TypeVar("T")

KIND_FIELDS = {
    PointKind.NUMBER: {"unit"},
    PointKind.DURATION: {"unit"},
    PointKind.ENUM: {"options"},
    PointKind.SET: {"options", "core"},
    PointKind.STANCE: {"scale", "tolerance"},
    PointKind.PLACE: {"options"},
}
"""The fields that only some kinds of point have."""
MAX_OPTIONS = 200
"""Options of one point; nobody reads more."""
_SPECIAL = frozenset().union(*KIND_FIELDS.values())
_PARENT = {PointKind.ENUM: "broader", PointKind.PLACE: "within"}


class TopicFacts(Struct, frozen=True, kw_only=True):
    """What topic.yaml says."""

    event: Event
    primary: Mapping[str, str]
    """The article that is a voice's own text, by voice."""
    missing: Missing | None
    groups: tuple[Group, ...]
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    """Newest first."""


def listed(node: Node, read: Callable[[Node], T], collector: Collector) -> Register[T]:
    """Read a list of records that have an `id`; what is wrong is told to the collector.

    Where an id is wrong, any other may be what it should have been.
    """
    things: dict[str, T | Broken] = {}
    first: dict[str, Place] = {}
    for item in items(node):
        made = collector.attempt(partial(read, item))
        with collector.collect():
            id_node = part(item, "id")
            if (id := identifier(id_node)) in things:
                message = f"`{id}` is used twice, first on line {first[id].line}"
                id_node.fail(message, "choose another id")
            things[id], first[id] = made, id_node.place
    return things if len(things) == len(items(node)) else AllBroken(things)


def all_or_problems(register: Register[T]) -> tuple[T, ...]:
    """Give the things of a register in their order, or raise Problems if one is BROKEN."""
    things = tuple(thing for thing in register.values() if not isinstance(thing, Broken))
    if len(things) < len(register) or isinstance(register, AllBroken):
        raise Problems
    return things


def read_points(
    root: Node, languages: tuple[Language, ...], collector: Collector
) -> Register[Point]:
    """Read the points of topic.yaml; what is wrong is told to the collector."""
    groups: Register[Group] = AllBroken()
    with collector.collect():
        groups = listed(part(root, "groups"), partial(_group, languages), collector)
    with collector.collect():
        return listed(part(root, "points"), partial(_point, languages, groups), collector)
    return AllBroken()


def read_facts(root: Node, known: KnownIds, articles: Iterable[str]) -> TopicFacts:
    """Read topic.yaml, whose points are known already. Raises Problems."""
    article = key_of(dict.fromkeys(articles), "article")

    def primary(_voice: str, node: Node) -> str:
        one_of(known.voices, "voice")(node.key_as_value("primary"))
        return article(node)

    def groups(node: Node) -> tuple[Group, ...]:
        # What is wrong with them was told when the points were read.
        return all_or_problems(listed(node, partial(_group, known.languages), Collector()))

    return root.record(
        TopicFacts,
        event=required(_event),
        primary=optional(entries(primary), {}),
        missing=optional(member(Missing)),
        groups=required(groups),
        points=required(lambda _: all_or_problems(known.points)),
        changes=optional(partial(_changes, known), ()),
    )


def _event(node: Node) -> Event:
    return node.record(Event, start=required(moment), zones=optional(each(time_zone), ()))


def _changes(known: KnownIds, node: Node) -> tuple[Change, ...]:
    """Read what was changed, newest first; of one day, what is written last is newest."""
    written = sorted(each(partial(_change, known))(node), key=lambda change: change.date.at)
    corrections = [change for change in written if change.kind is ChangeKind.CORRECTION]
    numbers = {id(change): n for n, change in enumerate(corrections, 1)}
    return tuple(replace(change, number=numbers.get(id(change))) for change in reversed(written))


def _change(known: KnownIds, node: Node) -> Change:
    return node.record(
        partial(Change, number=None),
        date=required(moment),
        kind=required(member(ChangeKind)),
        text=required(localized(known.languages)),
        points=optional(each(key_of(known.points, "point")), ()),
    )


def _group(languages: tuple[Language, ...], node: Node) -> Group:
    return node.record(Group, id=required(identifier), label=required(localized(languages)))


def _point(languages: tuple[Language, ...], groups: Register[Group], node: Node) -> Point:
    words = localized(languages)
    return node.record(
        partial(_make_point, node.place),
        id=required(identifier),
        group=required(key_of(groups, "group")),
        kind=required(member(PointKind)),
        label=required(words),
        question=optional(words),
        settle=optional(words),
        note=optional(words),
        **_kind_fields(languages, node),
    )


def _make_point(
    place: Place,
    *,
    options: Mapping[str, Option] | None = None,
    scale: Mapping[str, Option] | None = None,
    unit: Unit | None = None,
    core: str | None = None,
    tolerance: int | None = None,
    **common: Any,
) -> Point:
    choices = options or scale or {}
    return Point(
        place=place, options=choices, unit=unit, core=core, tolerance=tolerance or 0, **common
    )


def _kind_fields(languages: tuple[Language, ...], node: Node) -> dict[str, Field[Any]]:
    """The fields that the kind of a point has, and a refusal of those that other kinds have."""
    try:
        kind = member(PointKind)(part(node, "kind"))
    except Problems:
        return {name: optional(lambda _: None) for name in sorted(_SPECIAL)}
    read: dict[str, Field[Any]] = {
        "unit": (required if kind is PointKind.DURATION else optional)(
            partial(_unit, languages, kind)
        ),
        "options": required(partial(_options, languages, _PARENT.get(kind))),
        "scale": required(partial(_options, languages, None)),
        "core": optional(partial(_core, node)),
        "tolerance": optional(one_of({"0": 0, "1": 1}), 0),
    }
    own: Set[str] = KIND_FIELDS.get(kind, frozenset())
    refused = {name: optional(partial(_refuse, kind)) for name in sorted(_SPECIAL - own)}
    return {name: read[name] for name in sorted(own)} | refused


def _refuse(kind: PointKind, node: Node) -> None:
    node.fail(f"a point of kind `{kind}` has none", "leave it out, or choose another kind")


def _options(
    languages: tuple[Language, ...], parent: str | None, node: Node
) -> Mapping[str, Option]:
    collector = Collector()
    extra = {parent: optional(identifier)} if parent else {}

    def option(node: Node) -> Option:
        def make(id: str, label: Localized, **above: str | None) -> Option:
            return Option(id=id, label=label, parent=above.get(parent or ""))

        return node.record(
            make, id=required(identifier), label=required(localized(languages)), **extra
        )

    options = listed(node, option, collector)
    if not items(node):
        node.fail("is empty", "write at least one option")
    if (count := len(items(node))) > MAX_OPTIONS:
        node.fail(f"{count} options", f"write at most {MAX_OPTIONS}")
    collector.add(_wrong_parents(node, options, parent))
    collector.done()
    return {option.id: option for option in all_or_problems(options)}


def _wrong_parents(node: Node, options: Register[Option], parent: str | None) -> Iterator[Problem]:
    """Tell of the parents that are not there, and of each circle once, where it begins."""
    above = {o.id: o.parent for o in options.values() if not isinstance(o, Broken) and o.parent}
    places = {
        str(item.value["id"].value): item.value[parent].place
        for item in items(node)
        if parent and isinstance(item.value, Mapping) and {"id", parent} <= item.value.keys()
    }
    in_circles: set[str] = set()
    for id, named in above.items():
        if named not in options:
            yield Problem(
                places[id], f"{parent}: no option `{named}`", did_you_mean(named, options)
            )
        elif id not in in_circles and id in (named, *ancestors(named, above)):
            in_circles |= {id, *ancestors(id, above)}
            cure = f"leave out the `{parent}:` of the widest"
            yield Problem(places[id], f"{parent}: the options go round in a circle", cure)


def _core(point: Node, node: Node) -> str:
    """Read the core option of a set; the options are read, and told of, elsewhere."""
    ids = [identifier(part(item, "id")) for item in items(part(point, "options"))]
    return key_of(dict.fromkeys(ids), "option")(node)


def _unit(languages: tuple[Language, ...], kind: PointKind, node: Node) -> Unit:
    timed = kind is PointKind.DURATION
    if isinstance(node.value, str) or timed:
        if not is_unit(name := text(node), of_time=timed):
            cure = (
                "write minute, hour, day …"
                if timed
                else "write one of CLDR, or a text in every language"
            )
            node.fail(f"no unit `{name}`", cure)
        return Unit(cldr=f"duration-{name}" if timed else name, texts=None)
    return Unit(cldr=None, texts=in_every_language(languages, _counted)(node))


def _counted(language: Language, node: Node) -> Plural:
    forms = plural(language, node)
    written = {"other": node} if isinstance(node.value, str) else mapping(node)
    raise_if_any(
        Problem(
            written[form].place, f"{said!r} has no `{{n}}`", "write {n} where the number stands"
        )
        for form, said in forms.items()
        if "{n}" not in said
    )
    return forms
