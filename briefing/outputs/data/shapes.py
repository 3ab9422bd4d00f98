"""The base of all classes of the published data, and types that they share.

Each field has a description, which stands in data/schema.json. The names are those of the content
format. All texts are plain text, never HTML.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """A shape: a field that it does not tell of is wrong."""


def described(description: str) -> Meta:
    """Return the metadata that puts the description of a field into the schema."""
    return Meta(description=description)


Address = Annotated[str, Meta(extra_json_schema={"format": "iri"})]
"""A web address (RFC 3987), which may have letters of any script."""
Addresses = dict[str, Address]
"""One address in each language in which there is a page, by language code."""
Time = Annotated[str, Meta(pattern=r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}Z)?)?)?$")]
"""A year, a month, a day, or a time in UTC as RFC 3339 writes it: as precisely as it is known."""
