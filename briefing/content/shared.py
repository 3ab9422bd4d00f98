"""What every topic stands on, and what is known of a topic before its links are looked up."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from briefing.content.classify import TopicFolder
from briefing.content.outlets_voices import KnownIds
from briefing.content.redirects import OldIds
from briefing.model.prose import Link
from briefing.model.site import Site, Topic
from briefing.problems import Place, Problem

Files = Mapping[str, bytes]
"""What is in each file, by path from the root of the project."""


class SharedContent(Struct, frozen=True, kw_only=True):
    """What every topic stands on: the site without its topics, and what is used by id."""

    site: Site | None
    """None where something of it is wrong."""
    known: KnownIds
    """Its points are none: each topic has its own."""
    primaries: tuple[tuple[str, Place], ...]
    """The articles that voices.yaml names as voices' own texts, and where."""
    links: tuple[Link, ...]
    """Those of the text in which the site speaks of itself."""
    old: OldIds
    problems: tuple[Problem, ...]


class ParsedTopic(Struct, frozen=True, kw_only=True):
    """A topic as it was read, and what the links between topics need of it."""

    id: str
    topic: Topic | None
    """None where something of it is wrong."""
    points: tuple[str, ...] | None
    """The ids of its points; None where they cannot be told, and then none is missing."""
    links: tuple[Link, ...]
    """Those of its texts that lead to other topics."""
    problems: tuple[Problem, ...]


class TopicFolders(Struct, frozen=True, kw_only=True):
    """Which topics there are, by their files."""

    folders: Mapping[str, TopicFolder]
    """By name."""
    problems: tuple[Problem, ...]
    """Those of the names of files."""
