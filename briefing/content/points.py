"""Reads the points at issue of topic.yaml: groups, kinds, units and options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import partial
from typing import Any, Generic, TypeVar

from msgspec import Struct

from briefing.comparison.relations import ancestors
from briefing.content.fields import PerLanguage, identifier, localized, meant, member, plural
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
    mapping,
    optional,
    part,
    required,
    token,
)
from briefing.syntax.readers import (
    Either,
    KeyOf,
    OneOf,
    Reader,
    Record,
    Then,
    anything,
    record,
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


class RecordList(Struct, Generic[T], frozen=True):
    """A reader of a list of records by their `id`, each of which is read by `read`."""

    read: Record[T]

    def __call__(self, node: Node) -> tuple[T, ...]:
        """Return the records. Raises Problems with those of every record."""
        collector = Collector()
        records = read_records(node, self.read, collector)
        collector.done()
        return require_all(records)


class Options(Struct, frozen=True):
    """A reader of the options of a point by their ids."""

    read: Record[Option]
    parent: str | None
    """The field by which an option names one above it; None for none."""

    def __call__(self, node: Node) -> Mapping[str, Option]:
        """Return the options: at least one, and at most MAX_OPTIONS. Raises Problems."""
        collector = Collector()
        options = read_records(node, self.read, collector)
        if not items(node):
            node.fail("is empty", "write at least one option")
        if (count := len(items(node))) > MAX_OPTIONS:
            node.fail(f"{count} options", f"write at most {MAX_OPTIONS}")
        collector.add(_wrong_parents(node, options, self.parent))
        collector.done()
        return {option.id: option for option in require_all(options)}


def read_points(
    root: Node, languages: tuple[Language, ...], collector: Collector
) -> Register[Point]:
    """Return the points of topic.yaml by id; problems are added to `collector`."""
    groups: Register[Group] = AllBroken()
    with collector.collect():
        groups = read_records(part(root, "groups"), group_reader(languages), collector)
    with collector.collect():
        return read_records(part(root, "points"), point_reader(languages, groups), collector)
    return AllBroken()


def group_reader(languages: tuple[Language, ...]) -> Record[Group]:
    """Return a reader of a group of points."""
    return record(
        Group,
        id=required(identifier, "The id of the group; permanent."),
        label=required(localized(languages), "The heading of the group, in every language."),
    )


def point_reader(languages: tuple[Language, ...], groups: Register[Group]) -> Record[Point]:
    """Return a reader of a point, which is in one of the `groups`."""
    words = localized(languages)
    common = {
        "id": required(identifier, "The id of the point; permanent, and its anchor on the page."),
        "group": required(KeyOf(groups, "group"), "The group it stands in, one of `groups:`."),
        "kind": required(member(PointKind), "What a claim on it says: a number, a date, …"),
        "label": required(words, "A few words, in every language; at most 48 characters each."),
        "question": optional(words, "The point as a whole question, in every language."),
        "settle": optional(words, "What would settle it, in every language."),
        "note": optional(words, "A remark for readers, in every language."),
    }
    return Record(
        lambda node: common | _kind_fields(languages, node),
        lambda node: partial(_make_point, node.place),
        depends_on="kind",
        cases=[str(kind) for kind in PointKind],
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
        return {name: optional(anything) for name in sorted(_KIND_SPECIFIC)}
    read: dict[str, Field[Any]] = {
        "unit": (required if kind is PointKind.DURATION else optional)(
            _unit(languages, of_time=kind is PointKind.DURATION),
            "A unit of CLDR like day or kilometer; of a number also a text in every language "
            "with {n} for the number.",
        ),
        "options": required(
            _options(languages, _PARENT.get(kind)), "What a claim may say, by id and label."
        ),
        "scale": required(_options(languages, None), "What a claim may say, in its order."),
        "core": optional(
            partial(core_option, node), "The option that makes two sets compatible if both have it."
        ),
        "tolerance": optional(
            OneOf({"0": 0, "1": 1}), "1: neighbours on the scale are compatible.", default=0
        ),
    }
    own: Set[str] = KIND_FIELDS.get(kind, frozenset())
    refused = {name: optional(Refused(kind)) for name in sorted(_KIND_SPECIFIC - own)}
    return {name: read[name] for name in sorted(own)} | refused


class Refused(Struct, frozen=True):
    """A reader of a field that points of a kind do not have."""

    kind: PointKind

    def __call__(self, node: Node) -> None:
        """Refuse every node. Raises Problems always."""
        node.fail(f"a point of kind `{self.kind}` has none", "leave it out, or choose another kind")


def _options(languages: tuple[Language, ...], parent: str | None) -> Options:
    """Return a reader of options. parent: the field that names an option above; None for none."""

    def make(id: str, label: Localized, **above: str | None) -> Option:
        return Option(id=id, label=label, parent=above.get(parent or ""))

    about = "The option above it: of both that name the same, this is the less exact one."
    extra = {parent: optional(identifier, about)} if parent else {}
    return Options(
        record(
            make,
            id=required(identifier, "The id of the option, which claims say."),
            label=required(localized(languages), "What readers see, in every language."),
            **extra,
        ),
        parent,
    )


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


def core_option(point: Node, node: Node) -> str:
    """Return the core option of a set, one of the options of `point`. Raises Problems."""
    ids = [identifier(part(item, "id")) for item in items(part(point, "options"))]
    return KeyOf(dict.fromkeys(ids), "option")(node)


class UnitName(Struct, frozen=True):
    """A reader of the name of a unit of CLDR."""

    languages: tuple[Language, ...]
    of_time: bool
    """Whether it must be a unit of time."""

    def __call__(self, node: Node) -> Unit:
        """Return the unit. Raises Problems."""
        if not is_unit(name := token(node), of_time=self.of_time):
            cure = _unit_cure(name, self.languages, of_time=self.of_time)
            node.fail(f"no unit `{name}`", cure)
        return Unit(cldr=f"duration-{name}" if self.of_time else name, texts=None)


def _unit(languages: tuple[Language, ...], *, of_time: bool) -> Reader[Unit]:
    """Return a reader of a unit. of_time: of a duration, whose unit has a name."""
    name = UnitName(languages, of_time)
    texts = Then(PerLanguage(languages, _counted), lambda _, texts: Unit(cldr=None, texts=texts))
    return name if of_time else Either(name, texts)


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


def _counted(language: Language) -> Reader[Plural]:
    """Return a reader of the text of a unit in each plural form, with `{n}` for the number."""
    return Then(plural(language), with_number)


def with_number(node: Node, forms: Plural) -> Plural:
    """Return the `forms` of a text, each of which has `{n}`. Raises Problems for others."""
    nodes = {"other": node} if isinstance(node.value, str) else mapping(node)
    raise_if_any(
        Problem(
            nodes[form].place, f"{form_text!r} has no `{{n}}`", "write {n} where the number stands"
        )
        for form, form_text in forms.items()
        if "{n}" not in form_text
    )
    return forms


def read_records(node: Node, read: Reader[T], collector: Collector) -> Register[T]:
    """Return the records of a list by their `id`; problems are added to `collector`.

    read: reads one record. One with problems is BROKEN. If an id cannot be read, every id is
    known: any may be the one that was meant.
    """
    records: dict[str, T | Broken] = {}
    first_places: dict[str, Place] = {}
    for item in items(node):
        value = collector.attempt(partial(read, item))
        with collector.collect():
            id_node = part(item, "id")
            if (id := identifier(id_node)) in records:
                message = f"`{id}` is used twice, first on line {first_places[id].line}"
                id_node.fail(message, "choose another id")
            records[id], first_places[id] = value, id_node.place
    return records if len(records) == len(items(node)) else AllBroken(records)


def require_all(register: Register[T]) -> tuple[T, ...]:
    """Return the values of a register in their order. Raises Problems if one is BROKEN.

    Those are reported already.
    """
    values = tuple(value for value in register.values() if not isinstance(value, Broken))
    if len(values) < len(register) or isinstance(register, AllBroken):
        raise Problems
    return values
