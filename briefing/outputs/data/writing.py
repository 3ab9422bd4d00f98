"""Writes the published data: JSON of a topic, list of topics, and the JSON Schema of both.

The schema is JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12); msgspec makes it
of the classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import cleandoc
from typing import Annotated, Any

from msgspec import Meta, field, json

from briefing.comparison.verdict import Verdict
from briefing.model.article import Localized
from briefing.outputs.data.shapes import Address, Addresses, Shape, Time, described
from briefing.outputs.data.topic import SCHEMA_PATH, Topic

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DEFINITIONS = "#/$defs/"
_ENCODER = json.Encoder(decimal_format="number")


class IndexEntry(Shape, frozen=True, kw_only=True):
    """A topic in the list of all."""

    id: Annotated[str, described("As in the addresses of its pages.")]
    titles: Annotated[Localized, described("By language code.")]
    addresses: Annotated[Addresses, described("The pages of the topic, by language code.")]
    start: Annotated[
        Time, described("Of the event: a year, month or day, or a time in UTC (RFC 3339).")
    ]
    articles: Annotated[int, described("How many there are.")]
    points: Annotated[int, described("How many there are.")]
    tally: Annotated[
        Mapping[Verdict, int],
        Meta(
            description="How many points have each verdict.",
            extra_json_schema={"propertyNames": {"enum": [*Verdict]}},
        ),
    ]
    both_sides: Annotated[int, described("How many points two sides confirm to each other.")]
    both_sides_on_altered: Annotated[int, described("How many of these depend on an altered copy.")]
    both_sides_on_inference: Annotated[
        int, described("How many of these depend on what we inferred.")
    ]
    on_altered: Annotated[int, described("How many of all points depend on an altered copy.")]
    on_inference: Annotated[int, described("How many of all points depend on what we inferred.")]
    json: Annotated[Address, described("The data of the topic.")]
    csv: Annotated[Address, described("Its cells and claims as a table.")]


class Index(Shape, frozen=True, kw_only=True):
    """The list of all topics."""

    schema: Annotated[Address, described("The address of this shape.")] = field(name="$schema")
    topics: Annotated[tuple[IndexEntry, ...], described("Newest event first.")]


def to_json(data: Topic | Index) -> bytes:
    """Return data as JSON: numbers with all their digits, text unescaped."""
    return json.format(_ENCODER.encode(data), indent=1) + b"\n"


def index_json(address: str, entries: Sequence[IndexEntry]) -> bytes:
    """Return the list of all topics as JSON; `address`: URL of the site, ending in a slash."""
    shape = f"{address}{SCHEMA_PATH}{_DEFINITIONS}{Index.__name__}"
    return to_json(Index(schema=shape, topics=tuple(entries)))


def schema_json(address: str) -> bytes:
    """Return the JSON Schema of the data; `address`: URL of the site, with a slash at the end."""
    _, shapes = json.schema_components([Topic, Index], ref_template=f"{_DEFINITIONS}{{name}}")
    document = {
        "$schema": SCHEMA_DIALECT,
        "$id": address + SCHEMA_PATH,
        "title": "A topic, as data",
        "description": f"{Topic.__doc__} All texts are plain text, never HTML.",
        "$ref": _DEFINITIONS + Topic.__name__,
        "$defs": {name: _corrected(shapes[name]) for name in sorted(shapes)},
    }
    return json.format(json.encode(document), indent=1) + b"\n"


def _corrected(shape: Any) -> Any:
    """Return a part of the schema with decimals as numbers and without `discriminator`.

    msgspec describes decimals as text, its default encoding, and adds the `discriminator` of
    OpenAPI.
    """
    match shape:
        case {"type": "string", "format": "decimal", **rest}:
            return {**rest, "type": "number"}
        case dict():
            return {key: _corrected(part) for key, part in shape.items() if key != "discriminator"}
        case list():
            return [_corrected(part) for part in shape]
        case str():
            return cleandoc(shape)
    return shape
