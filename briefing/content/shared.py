"""What every topic stands on, and what is known of a topic before its links are looked up."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from briefing.content.classify import Folder
from briefing.content.outlets_voices import Known
from briefing.content.redirects import OldIds
from briefing.model.prose import Link
from briefing.model.site import Briefing, Topic
from briefing.problems import Place, Problem

Files = Mapping[str, bytes]
"""What is in each file, by path from the root of the project."""


class Ground(Struct, frozen=True, kw_only=True):
    """What every topic stands on: the site without its topics, and what is used by id."""

    briefing: Briefing | None
    """None where something of it is wrong."""
    known: Known
    """Its points are none: each topic has its own."""
    primaries: tuple[tuple[str, Place], ...]
    """The articles that voices.yaml names as voices' own texts, and where."""
    links: tuple[Link, ...]
    """Those of the text in which the site speaks of itself."""
    old: OldIds
    problems: tuple[Problem, ...]


class Reading(Struct, frozen=True, kw_only=True):
    """A topic as it was read, and what the links between topics need of it."""

    id: str
    topic: Topic | None
    """None where something of it is wrong."""
    points: tuple[str, ...] | None
    """The ids of its points; None where they cannot be told, and then none is missing."""
    links: tuple[Link, ...]
    """Those of its texts that lead to other topics."""
    problems: tuple[Problem, ...]


class Topics(Struct, frozen=True, kw_only=True):
    """Which topics there are, by their files."""

    folders: Mapping[str, Folder]
    """By name."""
    problems: tuple[Problem, ...]
    """Those of the names of files."""
