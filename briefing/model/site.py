"""The briefing as the engine knows it.

Every value here is whole and checked: what is wrong with the content was said
by `content`, before one of these could be made. Nothing here changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from briefing.model.article import Article, Localized, Plural, Summary
from briefing.model.values import Moment
from briefing.problems import Place


class Missing(StrEnum):
    """What stands where a translation is missing."""

    NOTICE = "notice"
    FALLBACK = "fallback"
    HIDE = "hide"


class PointKind(StrEnum):
    """What a claim on a point is, and so how two of them compare."""

    NUMBER = "number"
    DURATION = "duration"
    DATE = "date"
    DATETIME = "datetime"
    ENUM = "enum"
    SET = "set"
    STANCE = "stance"
    PLACE = "place"
    TEXT = "text"


class VoiceKind(StrEnum):
    """What kind of speaker a voice is."""

    GOVERNMENT = "government"
    PERSON = "person"
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    OUTLET = "outlet"
    ORGANISATION = "organisation"


class ChangeKind(StrEnum):
    """What was done to a topic after it was published."""

    CORRECTION = "correction"
    """Something was wrong; corrections are numbered."""
    UPDATE = "update"
    """Something was added, or is told otherwise."""


class Language(Struct, frozen=True, kw_only=True):
    """A language readers can choose."""

    code: str
    """BCP 47, as in the addresses of its pages."""
    name: str
    """What it calls itself."""
    dir: Literal["ltr", "rtl"]
    locale: str
    """Whose dates, numbers and plurals it uses, as Babel writes it (`en_GB`)."""
    forms: frozenset[str]
    """The plural categories that locale tells apart, `other` included."""
    words: Mapping[str, str | Plural]
    """The words of the templates, by key."""
    patterns: Mapping[str, str]
    """CLDR date patterns that stand in for our own, by name."""
    languages: Mapping[str, str]
    """What it calls languages, by tag, where CLDR's name does not fit a sentence."""
    countries: Mapping[str, str]
    """What it calls countries, by code, where newspapers do not write as CLDR does."""
    cities: Mapping[str, str]
    """What it calls time zones, by IANA name, where CLDR's city does not do."""


class Voice(Struct, frozen=True, kw_only=True):
    """Who is speaking inside an article."""

    id: str
    name: Localized
    kind: VoiceKind
    side: str
    country: str | None
    primary: str | None
    """The id of the article that is this voice's own text."""


class Option(Struct, frozen=True, kw_only=True):
    """One of the values a point allows."""

    id: str
    label: Localized
    parent: str | None
    """The broader option, or the place this one is within."""


class Unit(Struct, frozen=True, kw_only=True):
    """What a number counts: a unit that CLDR knows, or our own words around `{n}`."""

    cldr: str | None
    texts: Mapping[str, Plural] | None


class Group(Struct, frozen=True, kw_only=True):
    """Points that belong together."""

    id: str
    label: Localized


class Point(Struct, frozen=True, kw_only=True):
    """One question about one object, on which articles can be compared."""

    id: str
    group: str
    kind: PointKind
    label: Localized
    question: Localized | None
    settle: Localized | None
    note: Localized | None
    unit: Unit | None
    options: Mapping[str, Option]
    core: str | None
    tolerance: int
    place: Place


class Event(Struct, frozen=True, kw_only=True):
    """When it happened, and the time zones it is told in."""

    start: Moment
    zones: tuple[str, ...]
    """IANA names."""


class Change(Struct, frozen=True, kw_only=True):
    """What was changed in a topic, and when."""

    date: Moment
    kind: ChangeKind
    number: int | None
    """Of a correction, counted from the oldest, which is 1."""
    text: Localized
    points: tuple[str, ...]
    """The ids of the points it is about."""


class Topic(Struct, frozen=True, kw_only=True):
    """An event, the points at issue in it, and the articles on it."""

    id: str
    event: Event
    missing: Missing | None
    """None: as the site does."""
    groups: tuple[Group, ...]
    points: tuple[Point, ...]
    primary: Mapping[str, str]
    """The article that is a voice's own text, by voice; only articles of the topic."""
    articles: tuple[Article, ...]
    """Nearest to the event first: by type, date and id."""
    texts: Mapping[str, Summary]
    """Title and briefing text, by language code."""
    changes: tuple[Change, ...]
    """Newest first."""


class Redirects(Struct, frozen=True, kw_only=True):
    """The ids that once were, of topics or (`topic/article`) of articles."""

    renamed: Mapping[str, str] = {}
    """What was renamed, and its next id: it is the same thing. An id that leads to itself was an
    old one for a while."""
    replaced: Mapping[str, str] = {}
    """What was given up, and where its readers are sent instead."""
    withdrawn: tuple[str, ...] = ()
    """What was taken back."""
    gone: tuple[str, ...] = ()
    """What was taken back, by each id that it had: an article below each name of its topic."""
    leads: Mapping[str, str] = {}
    """What was renamed or replaced, and its next id, which is another."""
    firsts: Mapping[str, str] = {}
    """The id under which each thing was published first that was renamed, by the one it has."""
    into: Mapping[str, tuple[str, ...]] = {}
    """The old ids that lead to a topic, or to an article of it, by topic."""

    def target(self, old: str) -> str | None:
        """Give the id that an old one leads to in the end, or None if it leads nowhere.

        Whatever was renamed on the way is followed: an article by the name of its topic, too.
        """
        found: str | None = None
        at = old
        for _ in range(len(self.leads) + 1):
            topic, slash, article = at.partition("/")
            if (step := self.leads.get(at)) is None and slash and topic in self.leads:
                step = f"{self.leads[topic].partition('/')[0]}/{article}"
            if step is None:
                return found
            found = at = step
        return found

    def first(self, id: str) -> str:
        """Give the id under which something was published first."""
        return self.firsts.get(id, id)


class Site(Struct, frozen=True, kw_only=True):
    """The whole site."""

    address: str
    """Where the site stands; ends in a slash."""
    first_address: str | None
    """Where it stood when it was published first, if that was elsewhere."""
    redirects: Redirects
    title: Localized
    description: Localized
    contact: str | None
    """Where mistakes can be told of: a page, or a mail address."""
    time_zone: str
    missing: Missing
    about: Mapping[str, Summary]
    """What the site says of itself, by language code."""
    languages: tuple[Language, ...]
    facing: tuple[tuple[Language, Language], ...]
    """The pairs of languages that can be read beside each other."""
    sides: Mapping[str, Localized]
    voices: Mapping[str, Voice]
    topics: tuple[Topic, ...]
    """Newest event first."""
