"""Readers -> JSON Schemas of what they take: one for each way in which readers are made of others.

Of a scalar it is in `scalars`. What no schema can say is not said: references inside of one file,
what a number or a date means, the signs that were written around a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, singledispatch
from typing import Any

from briefing.content.articles import Digest
from briefing.content.claims.claim import Speaker, only_mentions
from briefing.content.claims.locator import Gloss, LocatorWords, refuse_bare_gloss
from briefing.content.claims.said import QuantityOf, Said, some_options
from briefing.content.fields import PerLanguage, PluralForms
from briefing.content.outlets_voices import ARTICLE_VOICE, Keyed
from briefing.content.points import (
    MAX_OPTIONS,
    Options,
    RecordList,
    Refused,
    UnitName,
    with_number,
)
from briefing.content.redirects import OldIdEntries, OldIdList
from briefing.content.schemas import scalars
from briefing.content.schemas.scalars import ANY_ID, ANY_TEXT, Schema, choice, spellings
from briefing.content.site import NamedOrRecord, pair, refuse_no_languages
from briefing.content.terms.read import some_forms
from briefing.model.article import Outlet
from briefing.model.site import Group, Language, Option, Point, Voice
from briefing.problems import AllBroken, Place
from briefing.syntax.nodes import Field, Node
from briefing.syntax.readers import (
    After,
    Each,
    Either,
    Entries,
    KeyOf,
    OneOf,
    ReadBefore,
    Reader,
    Record,
    Then,
    anything,
)

_NUMBERED = {"pattern": r"\{n\}"}
_NARROWER: Mapping[Callable[..., object], Schema] = {
    pair: {"minItems": 2, "maxItems": 2, "uniqueItems": True},
    some_forms: {"minItems": 1},
    some_options: {"minItems": 1, "uniqueItems": True},
    refuse_no_languages: {"minProperties": 1},
    refuse_bare_gloss: {"minProperties": 1},
    only_mentions: {"enum": spellings("true")},
    with_number: {"type": ["string", "object"], **_NUMBERED, "additionalProperties": _NUMBERED},
}
"""What is refused of what a reader takes, by the function that refuses it."""


def schema_of_fields(fields: Mapping[str, Field[Any]]) -> Schema:
    """Return the schema of a mapping with these fields."""
    schema: Schema = {
        "type": "object",
        "properties": {name: _schema_of_field(field) for name, field in fields.items()},
        "required": [name for name, each in fields.items() if each.required and not each.instead],
        "additionalProperties": False,
    }
    instead = {name: each.instead for name, each in fields.items() if each.instead}
    if instead:
        schema["allOf"] = [
            {"oneOf": [{"required": [name]}, {"required": [other]}]}
            for name, other in instead.items()
        ]
    return schema


def _schema_of_field(field: Field[Any]) -> Schema | bool:
    schema = schema_of(field.read)
    if not schema or isinstance(schema, bool):
        return schema  # of another kind of record it is said
    return {**schema, "description": field.about} if field.about else schema


@singledispatch
def schema_of(read: Reader[Any]) -> Schema | bool:
    """Return the schema of what a reader takes; {}: anything, False: nothing.

    This one is of functions, some of whose arguments may be given. Raises KeyError for one that is
    not known.
    """
    function: Callable[..., object] = read.func if isinstance(read, partial) else read
    return {} if function is anything else dict(scalars.scalar_schemas()[function])


@schema_of.register
def _(read: OneOf) -> Schema | bool:  # type: ignore[type-arg]
    return _schema_of_choices(read.choices)


@schema_of.register
def _(read: KeyOf) -> Schema | bool:
    return _schema_of_choices(read.choices)


@schema_of.register
def _(read: Speaker) -> Schema | bool:
    return _schema_of_choices(read.voices, {ARTICLE_VOICE: "The article's own words."})


@schema_of.register
def _(read: Either) -> Schema | bool:  # type: ignore[type-arg]
    return {"anyOf": [schema_of(read.scalar), schema_of(read.other)]}


@schema_of.register
def _(read: Then) -> Schema | bool:  # type: ignore[type-arg]
    return _narrowed(schema_of(read.read), read.then)


@schema_of.register
def _(read: After) -> Schema | bool:  # type: ignore[type-arg]
    return _narrowed(schema_of(read.read), read.refuse)


@schema_of.register
def _(read: ReadBefore) -> Schema | bool:  # type: ignore[type-arg]
    return schema_of(read.written)


@schema_of.register
def _(read: NamedOrRecord) -> Schema | bool:
    return {"anyOf": [schema_of(read.name), schema_of(read.record)]}


@schema_of.register
def _(read: Said) -> Schema | bool:
    return schema_of(read.reader) if read.reader else {}


@schema_of.register
def _(read: Each) -> Schema | bool:  # type: ignore[type-arg]
    return {"type": "array", "items": schema_of(read.read)}


@schema_of.register
def _(read: RecordList) -> Schema | bool:  # type: ignore[type-arg]
    return {"type": "array", "items": schema_of(read.read)}


@schema_of.register
def _(read: Options) -> Schema | bool:
    bounds = {"minItems": 1, "maxItems": MAX_OPTIONS}
    return {"type": "array", "items": schema_of(read.read), **bounds}


@schema_of.register
def _(read: Keyed) -> Schema | bool:  # type: ignore[type-arg]
    return schema_by_id(read.read)


@schema_of.register
def _(read: Entries) -> Schema | bool:  # type: ignore[type-arg]
    names = {"propertyNames": _of_keys(schema_of(read.read_key))} if read.read_key else {}
    return {"type": "object", "additionalProperties": schema_of(read.read), **names}


@schema_of.register
def _(read: PerLanguage) -> Schema | bool:  # type: ignore[type-arg]
    values = {each.code: schema_of(read.reader_of(each)) for each in read.languages}
    return {**_closed(values), **({} if read.complete else {"required": []})}


@schema_of.register
def _(read: PluralForms) -> Schema | bool:
    return _closed(dict.fromkeys(sorted(read.language.forms), ANY_TEXT))


@schema_of.register
def _(_: OldIdEntries) -> Schema | bool:
    old_id = scalars.matching(scalars.OLD_ID, "number", "boolean")
    names = _of_keys(old_id)
    return {"type": "object", "additionalProperties": old_id, "propertyNames": names}


@schema_of.register
def _(read: OldIdList) -> Schema | bool:
    return {"type": "array", "items": schema_of(read.read)}


@schema_of.register
def _(_: QuantityOf) -> Schema | bool:
    return scalars.quantity()


@schema_of.register
def _(read: UnitName) -> Schema | bool:
    return scalars.unit(of_time=read.of_time)


@schema_of.register
def _(read: Digest) -> Schema | bool:
    return scalars.digits(read.digits)


@schema_of.register
def _(read: Gloss) -> Schema | bool:
    return scalars.gloss(read.of_gloss.code)


@schema_of.register
def _(_: LocatorWords) -> Schema | bool:
    return dict(ANY_TEXT)


@schema_of.register
def _(_: Refused) -> Schema | bool:
    return False


def schema_by_id(read: Reader[Any]) -> Schema:
    """Return the schema of a mapping by id, whose values are read by `read`."""
    other = {"not": {"const": ARTICLE_VOICE}}
    names = {"allOf": [_of_keys(ANY_ID), other]}
    return {"type": "object", "additionalProperties": schema_of(read), "propertyNames": names}


def _of_keys(schema: Schema | bool) -> Schema | bool:
    """Return a schema of scalars for keys, which an editor reads as texts."""
    if isinstance(schema, bool):
        return schema
    text = next((each for each in schema.get("anyOf", ()) if each.get("type") == "string"), schema)
    return {name: value for name, value in text.items() if name != "type"}


def _closed(properties: Mapping[str, Any]) -> Schema:
    """Return the schema of a mapping with these keys, and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _narrowed(schema: Schema | bool, refuse: Callable[..., object]) -> Schema | bool:
    """Return a schema without what a function refuses."""
    function = refuse.func if isinstance(refuse, partial) else refuse
    less = _NARROWER.get(function)
    if not less or isinstance(schema, bool):
        return schema
    return {**schema, "allOf": [*schema.get("allOf", []), less]}


def _schema_of_choices(
    choices: Mapping[str, object], more: Mapping[str, str] | None = None
) -> Schema:
    """Return the schema of one of some names. more: names that are not among them.

    Of those that are not all known any id is taken, and the known ones are offered.
    """
    about = {name: _about(value) for name, value in choices.items()} | {**(more or {})}
    if isinstance(choices, AllBroken):
        return {"anyOf": [*(choice(name, shown) for name, shown in about.items()), ANY_ID]}
    if any(about.values()):
        return {"anyOf": [choice(name, shown) for name, shown in about.items()]}
    return {"enum": [each for name in about for each in spellings(name)]} if about else {"not": {}}


def _about(value: object) -> str:
    """Return what an editor shows of a choice, in each language of the site."""
    match value:
        case Point(question=question, label=label):
            shown = question or label
        case Option(label=shown) | Group(label=shown):
            pass
        case Outlet(name=shown) | Voice(name=shown):
            pass
        case Language(name=name):
            return name
        case Mapping():
            shown = {f"{key}": f"{name}" for key, name in value.items()}
        case _:
            return ""
    return "\n\n".join(dict.fromkeys(shown.values()))


@schema_of.register
def _(read: Record) -> Schema | bool:  # type: ignore[type-arg]
    """Return the schema of a record, with the fields that it has in each case."""
    base = schema_of_fields(read.fields(_example({})))
    cases = []
    for case in read.cases:
        fields = schema_of_fields(read.fields(_example({read.depends_on: case})))
        other = {
            name: schema
            for name, schema in fields["properties"].items()
            if schema != base["properties"].get(name)
        }
        needed = [name for name in fields["required"] if name not in base["required"]]
        if other or needed:
            condition = {
                "properties": {read.depends_on: choice(case)},
                "required": [read.depends_on],
            }
            cases.append({"if": condition, "then": {"properties": other, "required": needed}})
    return {**base, "allOf": [*base.get("allOf", []), *cases]} if cases else base


def _example(values: Mapping[str, str]) -> Node:
    """Return a mapping with these values, of which the fields of a record are asked."""
    place = Place("")
    return Node({name: Node(value, place, name) for name, value in values.items()}, place)
