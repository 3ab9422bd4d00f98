"""All source files of a site -> a JSON Schema for each kind of file, and which files it is for.

The ids that a schema offers are those of this site. Of content with mistakes it has what could be
read; a reference that a writer may have added to the same file a moment ago is offered, and any
other is taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.articles import lead_fields, with_original
from briefing.content.classify import TopicFolder, split_by_topic
from briefing.content.outlets_voices import (
    VOICES,
    KnownIds,
    Register,
    outlet_reader,
    read_sides,
    voices_fields,
)
from briefing.content.parse_shared import classify_topics, read_shared
from briefing.content.points import group_reader, read_points, read_records
from briefing.content.redirects import redirects_fields
from briefing.content.schemas.readers import schema_by_id, schema_of, schema_of_fields
from briefing.content.schemas.scalars import Schema
from briefing.content.shared import Files
from briefing.content.site import site_fields
from briefing.content.source_files import open_yaml
from briefing.content.terms.read import term_reader
from briefing.content.texts import own_text_fields, text_fields, translation_fields
from briefing.content.topics import topic_fields
from briefing.model.article import Localized
from briefing.model.site import Group, Point
from briefing.problems import BROKEN, AllBroken, Collector, Place, Problems
from briefing.syntax.nodes import Node, part

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The version of JSON Schema, the newest that editors of YAML know well."""

_NO_FIELDS = Node({}, Place(""))
"""The front matter of which the fields are asked."""


class FileSchema(Struct, frozen=True):
    """A JSON Schema, and the files that it is for."""

    name: str
    """Its path without an ending: `outlets`, `river-talks/topic`."""
    files: tuple[str, ...]
    """Patterns of paths from the root of the site; one after `!` is left out again."""
    schema: Schema


def site_schemas(files: Files) -> list[FileSchema]:
    """Return the schemas of a site of which these are all source files.

    Raises Problems where site.yaml does not say which languages there are.
    """
    shared = read_shared(files)
    known = shared.known_ids
    if not known.languages:
        raise Problems(shared.problems)
    _, paths = split_by_topic(files)
    topics = classify_topics(shared, {id: tuple(found) for id, found in paths.items()})
    schemas = [*_shared_schemas(known, _sides(files, known))]
    for folder in topics.folders.values():
        schemas += _topic_schemas(files, folder, known)
    return schemas


def _sides(files: Files, known: KnownIds) -> Register[Localized]:
    """Return the sides of voices.yaml, as far as they can be read."""
    unheard = Collector()
    root = unheard.attempt(lambda: open_yaml(files, unheard, VOICES))
    return AllBroken() if root is BROKEN else read_sides(root, known.languages, unheard)


def _shared_schemas(known: KnownIds, sides: Register[Localized]) -> Iterator[FileSchema]:
    """Yield the schemas of the files that are not a topic's."""
    languages = known.languages
    codes = [language.code for language in languages]
    site = schema_of_fields(site_fields(languages))
    yield _file_schema("site", ("site.yaml",), "The site", site)
    redirects = schema_of_fields(redirects_fields(languages))
    yield _file_schema("redirects", ("redirects.yaml",), "Former ids", redirects)
    outlets = schema_by_id(outlet_reader(languages))
    yield _file_schema("outlets", ("content/outlets.yaml",), "Outlets", outlets)
    voices = schema_of_fields(voices_fields(AllBroken(sides), languages))
    yield _file_schema("voices", ("content/voices.yaml",), "Voices and their sides", voices)
    terms = {"type": "array", "items": schema_of(term_reader(known))}
    yield _file_schema("terms", ("content/terms.yaml",), "The terms of the site", terms)
    about = schema_of_fields(own_text_fields(known, _NO_FIELDS, "", codes))
    yield _file_schema("about", ("content/about.*.md",), "The text on the site", about)


def _topic_schemas(files: Files, folder: TopicFolder, known: KnownIds) -> Iterator[FileSchema]:
    """Yield the schemas of the files of a topic, as far as its points can be read."""
    groups: Register[Group] = AllBroken()
    points: Register[Point] = AllBroken()
    unheard = Collector()
    with unheard.collect():
        root = open_yaml(files, unheard, folder.facts)
        points = read_points(root, known.languages, unheard)
        groups = read_records(part(root, "groups"), group_reader(known.languages), unheard)
    below = folder.facts.rpartition("/")[0]
    codes = [language.code for language in known.languages]
    in_topic = replace(known, points=AllBroken(points))
    facts = schema_of_fields(topic_fields(in_topic, AllBroken(groups), folder.articles))
    yield _file_schema(f"{folder.id}/topic", (f"{below}/topic.yaml",), "The topic", facts)
    texts = f"{below}/topic.*.md"
    own = schema_of_fields(own_text_fields(known, _NO_FIELDS, "", codes))
    yield _file_schema(f"{folder.id}/text", (texts,), "The text of the topic", own)
    of_topic = replace(known, points=points)
    article_ids = dict.fromkeys(folder.articles)
    lead = schema_of_fields(text_fields(_NO_FIELDS) | lead_fields(of_topic, "und", article_ids))
    translation = schema_of_fields(with_original(translation_fields(known, _NO_FIELDS, "", codes)))
    either = {"anyOf": [{"title": "The lead", **lead}, {"title": "A translation", **translation}]}
    articles = (f"{below}/*.md", f"!{texts}")
    yield _file_schema(f"{folder.id}/article", articles, "", either)


def _file_schema(name: str, files: tuple[str, ...], title: str, schema: Schema) -> FileSchema:
    titled = {"title": title} if title else {}
    return FileSchema(name, files, {"$schema": DRAFT, **titled, **schema})
