"""The data as files: JSON, the list of all topics, and the JSON Schema that both have.

The schema is JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12), made of the
shapes by msgspec.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import cleandoc
from typing import Annotated, Any

from msgspec import Meta, field, json

from briefing.comparison.verdict import Verdict
from briefing.model.article import Localized
from briefing.outputs.data.shapes import Address, Addresses, Shape, Time, told
from briefing.outputs.data.topic import SCHEMA, Topic

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SHAPES = "#/$defs/"
_ENCODER = json.Encoder(decimal_format="number")


class IndexEntry(Shape, frozen=True, kw_only=True):
    """A topic in the list of all."""

    id: Annotated[str, told("As in the addresses of its pages.")]
    titles: Annotated[Localized, told("By language code.")]
    addresses: Annotated[Addresses, told("The pages of the topic, by language code.")]
    start: Annotated[Time, told("Of the event: a month, a day, or a time in UTC (RFC 3339).")]
    articles: Annotated[int, told("How many there are.")]
    points: Annotated[int, told("How many there are.")]
    tally: Annotated[
        Mapping[Verdict, int],
        Meta(
            description="How many points have each verdict.",
            extra_json_schema={"propertyNames": {"enum": [*Verdict]}},
        ),
    ]
    json: Annotated[Address, told("The data of the topic.")]
    csv: Annotated[Address, told("Its cells and claims as a table.")]


class Index(Shape, frozen=True, kw_only=True):
    """The list of all topics."""

    schema: Annotated[Address, told("The address of this shape.")] = field(name="$schema")
    topics: Annotated[tuple[IndexEntry, ...], told("Newest event first.")]


def to_json(data: Topic | Index) -> bytes:
    """Write data as JSON: numbers with all their digits, and every script as it is."""
    return json.format(_ENCODER.encode(data), indent=1) + b"\n"


def index(address: str, entries: Sequence[IndexEntry]) -> bytes:
    """Write the list of all topics of the site at an address, which ends in a slash."""
    shape = f"{address}{SCHEMA}{_SHAPES}{Index.__name__}"
    return to_json(Index(schema=shape, topics=tuple(entries)))


def schema(address: str) -> bytes:
    """Write the JSON Schema of the data of the site at an address, which ends in a slash."""
    _, shapes = json.schema_components([Topic, Index], ref_template=f"{_SHAPES}{{name}}")
    whole = {
        "$schema": DIALECT,
        "$id": address + SCHEMA,
        "title": "A topic, as data",
        "description": f"{Topic.__doc__} All texts are plain text, never HTML.",
        "$ref": _SHAPES + Topic.__name__,
        "$defs": {name: _as_written(shapes[name]) for name in sorted(shapes)},
    }
    return json.format(json.encode(whole), indent=1) + b"\n"


def _as_written(shape: Any) -> Any:
    """Say of decimals that they are numbers, and leave out what is not of JSON Schema.

    msgspec takes it that decimals are written as text, which they are if it is not told, and
    adds the `discriminator` of OpenAPI.
    """
    match shape:
        case {"type": "string", "format": "decimal", **rest}:
            return {**rest, "type": "number"}
        case dict():
            return {key: _as_written(part) for key, part in shape.items() if key != "discriminator"}
        case list():
            return [_as_written(part) for part in shape]
        case str():
            return cleandoc(shape)
    return shape
