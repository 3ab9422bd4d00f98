"""What an unknown name of the content probably means, and how a message says so.

A name may be written with letters that only look right, be that of another format, or be misspelt.
"""

from __future__ import annotations

from collections.abc import Collection

from briefing.problems import closest_known, suggest
from briefing.syntax.characters import describe_character, first_lookalike, to_ascii_lookalikes

_FOREIGN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("date", "pubdate", "published_at", "publishdate"), ("published", "release")),
    **dict.fromkeys(("datepublished", "date_published"), ("published", "release")),
    "publish_date": ("published", "release"),
    "lang": ("language", "lang"),
    "locale": ("language",),
    **dict.fromkeys(
        ("description", "summary", "excerpt", "subtitle", "lead", "abstract"), ("dek",)
    ),
    **dict.fromkeys(("source", "link", "href", "canonical", "canonical_url"), ("url",)),
    **dict.fromkeys(("publisher", "newspaper", "site", "medium"), ("outlet",)),
    **dict.fromkeys(("authors", "byline", "creator", "writer"), ("author",)),
    **dict.fromkeys(("categories", "category", "keywords", "topics", "tag"), ("tags",)),
    **dict.fromkeys(("headline", "heading"), ("title",)),
    "title": ("label", "name"),
    "name": ("label", "title"),
    "type": ("kind",),
    "value": ("says",),
    "quote": ("at",),
    "speaker": ("by",),
    "choices": ("options",),
    "timezone": ("time_zone",),
    "base_url": ("address",),
    "baseurl": ("address",),
    "url": ("address",),
    "email": ("contact",),
}
"""Fields of ours by the names that other formats have for them, in small letters; of several, the
first that a record has is meant."""
_FILE_NAME = "delete it: the address is made of the names of the folder and the file"
_NOT_OURS = {
    **dict.fromkeys(("slug", "permalink", "path", "aliases"), _FILE_NAME),
    **dict.fromkeys(("layout", "template", "comments", "toc", "weight"), "delete it"),
}
"""Cures for fields of other formats that have none here."""


def closest_name(name: str, known: Collection[str]) -> str | None:
    """Return the known name that an unknown one probably means, or None if none is like it."""
    plain = to_ascii_lookalikes(name)
    return plain if plain in known else closest_known(name, known)


def closest_field(name: str, fields: Collection[str]) -> str | None:
    """Return the field that an unknown one probably means, or None: as `closest_name`.

    A name that other formats have for a field has one right answer, and no other is guessed.
    """
    foreign = name.casefold()
    if foreign in _NOT_OURS:
        return None
    if ours := _FOREIGN.get(foreign):
        return next((field for field in ours if field in fields), None)
    return closest_name(name, fields)


def field_cure(name: str, closest: str | None, fields: Collection[str]) -> str:
    """Return the cure for an unknown field, of which `closest` is probably meant; None: unknown."""
    if closest is None and (cure := _NOT_OURS.get(name.casefold())):
        return cure
    return suggest(closest, fields, "fields")


def lookalike_note(name: str, known: Collection[str]) -> str:
    """Return which character of an unknown name only looks like that of a known one.

    It ends the sentence of a message; "" if the name is another.
    """
    if to_ascii_lookalikes(name) not in known or not (character := first_lookalike(name)):
        return ""
    return f", for it has {describe_character(character)} in it"
