"""Reads the points at issue of topic.yaml: groups, kinds, units and options."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from functools import partial
from typing import Any, TypeVar

from briefing.comparison.relations import ancestors
from briefing.content.fields import identifier, localized, meant, member, per_language, plural
from briefing.content.outlets_voices import Register
from briefing.model.article import Localized, Plural
from briefing.model.site import Group, Language, Option, Point, PointKind, Unit
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
from briefing.syntax.cldr import is_currency, is_unit, suggest_unit
from briefing.syntax.nodes import (
    Field,
    Node,
    items,
    key_of,
    mapping,
    one_of,
    optional,
    part,
    required,
    token,
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
"""Fields that only some kinds of point have, by kind."""


MAX_OPTIONS = 200
"""Options of one point; more are a problem."""


_KIND_SPECIFIC = frozenset().union(*KIND_FIELDS.values())


_PARENT = {PointKind.ENUM: "broader", PointKind.PLACE: "within"}


def read_points(
    root: Node, languages: tuple[Language, ...], collector: Collector
) -> Register[Point]:
    """Return the points of topic.yaml by id; problems are added to `collector`."""
    groups: Register[Group] = AllBroken()
    with collector.collect():
        groups = read_records(part(root, "groups"), partial(read_group, languages), collector)
    with collector.collect():
        return read_records(part(root, "points"), partial(_point, languages, groups), collector)
    return AllBroken()


def read_group(languages: tuple[Language, ...], node: Node) -> Group:
    """Return a group of points. Raises Problems."""
    return node.record(Group, id=required(identifier), label=required(localized(languages)))


def _point(languages: tuple[Language, ...], groups: Register[Group], node: Node) -> Point:
    """Return a point. Raises Problems."""
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
    """Return a point of the fields that all kinds have, and those of its kind."""
    choices = options or scale or {}
    return Point(
        place=place, options=choices, unit=unit, core=core, tolerance=tolerance or 0, **common
    )


def _kind_fields(languages: tuple[Language, ...], node: Node) -> dict[str, Field[Any]]:
    """Return the fields of the kind of a point, and fields that refuse those of other kinds."""
    try:
        kind = member(PointKind)(part(node, "kind"))
    except Problems:
        return {name: optional(lambda _: None) for name in sorted(_KIND_SPECIFIC)}
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
    refused = {name: optional(partial(_refuse, kind)) for name in sorted(_KIND_SPECIFIC - own)}
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

    options = read_records(node, option, collector)
    if not items(node):
        node.fail("is empty", "write at least one option")
    if (count := len(items(node))) > MAX_OPTIONS:
        node.fail(f"{count} options", f"write at most {MAX_OPTIONS}")
    collector.add(_wrong_parents(node, options, parent))
    collector.done()
    return {option.id: option for option in require_all(options)}


def _wrong_parents(node: Node, options: Register[Option], parent: str | None) -> Iterator[Problem]:
    """Yield a problem for each parent that is no option, and one for each circle of parents."""
    parents = {o.id: o.parent for o in options.values() if not isinstance(o, Broken) and o.parent}
    places = {
        str(item.value["id"].value): item.value[parent].place
        for item in items(node)
        if parent and isinstance(item.value, Mapping) and {"id", parent} <= item.value.keys()
    }
    in_circles: set[str] = set()
    for id, named in parents.items():
        if named not in options:
            yield Problem(
                places[id], f"{parent}: no option `{named}`", did_you_mean(named, options)
            )
        elif id not in in_circles and id in (named, *ancestors(named, parents)):
            in_circles |= {id, *ancestors(id, parents)}
            cure = f"leave out the `{parent}:` of the widest"
            yield Problem(places[id], f"{parent}: the options go round in a circle", cure)


def _core(point: Node, node: Node) -> str:
    """Return the core option of a set, one of the options of `point`. Raises Problems."""
    ids = [identifier(part(item, "id")) for item in items(part(point, "options"))]
    return key_of(dict.fromkeys(ids), "option")(node)


def _unit(languages: tuple[Language, ...], kind: PointKind, node: Node) -> Unit:
    of_time = kind is PointKind.DURATION
    if isinstance(node.value, str) or of_time:
        if not is_unit(name := token(node), of_time=of_time):
            node.fail(f"no unit `{name}`", _unit_cure(name, languages, of_time=of_time))
        return Unit(cldr=f"duration-{name}" if of_time else name, texts=None)
    return Unit(cldr=None, texts=per_language(languages, _counted)(node))


def _unit_cure(name: str, languages: tuple[Language, ...], *, of_time: bool) -> str:
    """Return what to write for a unit that is none."""
    locales = [language.locale for language in languages]
    likely = suggest_unit(name, locales, of_time=of_time)
    if of_time:
        return meant(likely, "write minute, hour, day …")
    if likely is None and is_currency(name, locales):
        texts = ", ".join(f'{language.code}: "{{n}} {name}"' for language in languages)
        return f"CLDR has no units of money: write a text, as `unit: {{{texts}}}`"
    return meant(likely, "write one of CLDR, or a text in every language")


def _counted(language: Language, node: Node) -> Plural:
    """Return the text of a unit in each plural form, with `{n}` for the number. Raises Problems."""
    forms = plural(language, node)
    nodes = {"other": node} if isinstance(node.value, str) else mapping(node)
    raise_if_any(
        Problem(
            nodes[form].place, f"{form_text!r} has no `{{n}}`", "write {n} where the number stands"
        )
        for form, form_text in forms.items()
        if "{n}" not in form_text
    )
    return forms


def read_records(node: Node, read: Callable[[Node], T], collector: Collector) -> Register[T]:
    """Return the records of a list by their `id`; problems are added to `collector`.

    read: reads one record. One with problems is BROKEN. If an id cannot be read, every id is
    known: any may be the one that was meant.
    """
    records: dict[str, T | Broken] = {}
    first_places: dict[str, Place] = {}
    for item in items(node):
        record = collector.attempt(partial(read, item))
        with collector.collect():
            id_node = part(item, "id")
            if (id := identifier(id_node)) in records:
                message = f"`{id}` is used twice, first on line {first_places[id].line}"
                id_node.fail(message, "choose another id")
            records[id], first_places[id] = record, id_node.place
    return records if len(records) == len(items(node)) else AllBroken(records)


def require_all(register: Register[T]) -> tuple[T, ...]:
    """Return the values of a register in their order. Raises Problems if one is BROKEN.

    Those are reported already.
    """
    values = tuple(value for value in register.values() if not isinstance(value, Broken))
    if len(values) < len(register) or isinstance(register, AllBroken):
        raise Problems
    return values
