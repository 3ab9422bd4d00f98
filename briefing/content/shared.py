"""Types of parsed content: what all topics have in common, a topic, which topics there are."""

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
"""Content of files, by path from the root of the site, with `/`."""


class SharedContent(Struct, frozen=True, kw_only=True):
    """What all topics have in common: the site without topics, and what is referred to by id."""

    site: Site | None
    """Without topics. None: it has problems."""
    known_ids: KnownIds
    """Without points: each topic has its own."""
    primaries: tuple[tuple[str, Place], ...]
    """Article ids that voices.yaml names as own texts, with their places."""
    links: tuple[Link, ...]
    """Links in about.<lang>.md."""
    old_ids: OldIds
    problems: tuple[Problem, ...]


class ParsedTopic(Struct, frozen=True, kw_only=True):
    """A topic, and what is needed to check the references between topics."""

    id: str
    topic: Topic | None
    """None: it has problems."""
    points: tuple[str, ...] | None
    """Ids of its points; None: unknown, so that no reference to one is a problem."""
    links: tuple[Link, ...]
    """Links in its texts that lead to other topics."""
    problems: tuple[Problem, ...]


class TopicFolders(Struct, frozen=True, kw_only=True):
    """The topics that there are files of."""

    folders: Mapping[str, TopicFolder]
    """By name of the folder."""
    problems: tuple[Problem, ...]
    """Problems in the names of files."""
