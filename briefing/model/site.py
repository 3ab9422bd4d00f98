"""The site: its languages, voices and topics, and the points, events and changes of a topic.

Values are frozen and complete: `briefing.content` makes them, or reports what is wrong.
See `briefing.model.article` for the articles of a topic.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Literal

from msgspec import Struct

from briefing.model.article import Article, Localized, Machine, Plural, Summary
from briefing.model.terms import Term
from briefing.model.values import Moment
from briefing.problems import Place


class Missing(StrEnum):
    """What a page shows in a language that a text is not translated into."""

    NOTICE = "notice"
    """A notice, with links to the languages that have the text."""
    FALLBACK = "fallback"
    """The text in another language, marked as such."""
    HIDE = "hide"
    """No page."""


class ProofPolicy(StrEnum):
    """Whether a site is published with passages that were not found in the texts of articles."""

    OPTIONAL = "optional"
    REQUIRED = "required"


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
    """Something was added, or put differently."""


class Language(Struct, frozen=True, kw_only=True):
    """A language of the site, which readers can choose."""

    code: str
    """BCP 47, as in the addresses of its pages."""
    name: str
    """Its name in the language itself."""
    dir: Literal["ltr", "rtl"]
    locale: str
    """The locale of its dates, numbers and plurals, as Babel writes it (`en_GB`)."""
    forms: frozenset[str]
    """The CLDR plural categories of the locale, `other` included."""
    words: Mapping[str, str | Plural]
    """The words of the templates, by key."""
    patterns: Mapping[str, str]
    """CLDR date patterns in place of our own, by name: year, month, day, time."""
    languages: Mapping[str, str]
    """Names of languages by BCP 47 tag, where CLDR's name does not fit a sentence."""
    countries: Mapping[str, str]
    """Names of countries by ISO 3166-1 code, where newspapers differ from CLDR."""
    cities: Mapping[str, str]
    """Cities of time zones by IANA name, where CLDR's city does not fit."""
    untranslated: tuple[str, ...] = ()
    """Keys of the words that are in English, for neither site nor theme has them."""
    reviewed_by: str | None = None
    """Who speaks the language and has reviewed its words; None for nobody."""


class Voice(Struct, frozen=True, kw_only=True):
    """A person or a body that articles credit claims to."""

    id: str
    name: Localized
    kind: VoiceKind
    side: str
    """The id of its side in `Site.sides`."""
    country: str | None
    """ISO 3166-1 alpha-2; None for none."""
    primary: str | None
    """The id of the article that is this voice's own text, in any topic that has it."""


class Option(Struct, frozen=True, kw_only=True):
    """One of the values a point allows."""

    id: str
    label: Localized
    parent: str | None
    """The id of the broader option, or of the place this one is within; None for none."""


class Unit(Struct, frozen=True, kw_only=True):
    """The unit of a number: one of CLDR, or texts of our own. Exactly one of both is set."""

    cldr: str | None
    """CLDR's name of the unit: `kilometer`."""
    texts: Mapping[str, Plural] | None
    """By language code, in each plural form, with `{n}` for the number."""


class Group(Struct, frozen=True, kw_only=True):
    """A group of points of a topic."""

    id: str
    label: Localized


class Point(Struct, frozen=True, kw_only=True):
    """One question about one object, on which articles can be compared."""

    id: str
    group: str
    """The id of its group."""
    kind: PointKind
    label: Localized
    question: Localized | None
    """The point as a question; None for none."""
    settle: Localized | None
    """What evidence would settle it; None for none."""
    note: Localized | None
    """A remark for readers; None for none."""
    unit: Unit | None
    """None for numbers without a unit, and for points that are no numbers."""
    options: Mapping[str, Option]
    """The values it allows, by id, in their order; empty for kinds without options."""
    core: str | None
    """The id of the option that makes two sets compatible if both have it; None for none."""
    tolerance: int
    """Steps on the scale of options within which two stances are compatible."""
    in_hours: bool = False
    """Whether its numbers are shown in hours and minutes: if any public claim is written so."""
    place: Place
    """Where it is written in the sources."""


class Event(Struct, frozen=True, kw_only=True):
    """When the event of a topic happened."""

    start: Moment
    zones: tuple[str, ...]
    """The time zones its time is shown in, by IANA name."""


class Change(Struct, frozen=True, kw_only=True):
    """A correction or an update of a topic after it was published."""

    date: Moment
    kind: ChangeKind
    number: int | None
    """Of a correction, counted from 1 for the oldest; None for an update."""
    text: Localized
    points: tuple[str, ...]
    """The ids of the points it is about; empty where it is about none."""


class Topic(Struct, frozen=True, kw_only=True, dict=True):
    """An event, the points at issue in it, and the articles on it."""

    id: str
    event: Event
    missing: Missing | None
    """The policy for missing translations; None for that of the site."""
    groups: tuple[Group, ...]
    points: tuple[Point, ...]
    primary: Mapping[str, str]
    """The id of the article of the topic that is a voice's own text, by the id of the voice."""
    articles: tuple[Article, ...]
    """Sorted by type, the nearest to the event first, then by date and id."""
    texts: Mapping[str, Summary]
    """The title and the briefing text, by language code."""
    changes: tuple[Change, ...]
    """Newest first."""

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each article on the pages of the topic, from 1, by its id."""
        return {article.id: number for number, article in enumerate(self.articles, 1)}

    def numbers_of(self, ids: Container[str]) -> tuple[int, ...]:
        """Return the numbers of the articles with these ids, in order."""
        return tuple(number for id, number in self.numbers.items() if id in ids)


class Withdrawal(Struct, frozen=True, kw_only=True):
    """What readers are told of something that was withdrawn."""

    on: Moment | None = None
    """When it was; None where that was not noted."""
    reason: Localized | None = None
    """Why, in a sentence; None for none."""


class Redirects(Struct, frozen=True, kw_only=True):
    """Former ids and what became of them. An id is that of a topic, or `topic/article`."""

    renamed: Mapping[str, str] = {}
    """The next id of each thing that was renamed, by its old id. An id mapped to itself was an
    old one for a while, and is in use again."""
    replaced: Mapping[str, str] = {}
    """The id that readers are sent to, by the id of what was given up for it."""
    withdrawn: tuple[str, ...] = ()
    """The ids of what was withdrawn, as written; `id.language` for one language of it."""
    withdrawals: Mapping[str, Withdrawal] = {}
    """What is told of each, by the id as written."""
    gone: Mapping[str, Withdrawal] = {}
    """The same by every id that something withdrawn ever had; `id.language` for one language."""
    leads: Mapping[str, str] = {}
    """The next id by each id that was renamed or replaced; no id is mapped to itself."""
    firsts: Mapping[str, str] = {}
    """The id something was first published under, by its id today, if it was renamed."""
    into: Mapping[str, tuple[str, ...]] = {}
    """The old ids that lead to a topic or to an article of it, by the id of the topic."""

    def target(self, old: str) -> str | None:
        """Return the id that an old id leads to in the end, or None if it leads nowhere.

        Every rename on the way is followed, and for an article those of its topic too.
        """
        target: str | None = None
        at = old
        for _ in range(len(self.leads) + 1):
            topic, slash, article = at.partition("/")
            if (step := self.leads.get(at)) is None and slash and topic in self.leads:
                step = f"{self.leads[topic].partition('/')[0]}/{article}"
            if step is None:
                return target
            target = at = step
        return target

    def first(self, id: str) -> str:
        """Return the id that something was first published under: its own if never renamed."""
        return self.firsts.get(id, id)


class Responsible(Struct, frozen=True):
    """Who holds editorial responsibility for the site: a person, or a body."""

    name: Localized
    contact: str | None = None
    """The URL of a page, or `mailto:…`; None for none."""


class Site(Struct, frozen=True, kw_only=True):
    """The whole site: all that is public of the content."""

    address: str
    """Its absolute URL; ends in a slash."""
    first_address: str | None
    """The URL it was first published at; None if that is `address`."""
    redirects: Redirects
    title: Localized
    description: Localized
    contact: str | None
    """Where readers report mistakes: the URL of a page, or `mailto:…`; None for none."""
    responsible: Responsible | None = None
    """None where nobody is named."""
    time_zone: str
    """The IANA name of the zone that times are written in."""
    missing: Missing
    """The policy for missing translations, where a topic has none of its own."""
    proof: ProofPolicy = ProofPolicy.OPTIONAL
    about: Mapping[str, Summary]
    """The text of the page about the site, by language code."""
    languages: tuple[Language, ...]
    facing: tuple[tuple[Language, Language], ...]
    """The pairs of languages that have pages with both beside each other."""
    sides: Mapping[str, Localized]
    """Names of the sides that voices are on, by id."""
    voices: Mapping[str, Voice]
    """By id."""
    terms: tuple[Term, ...] = ()
    """What every text is to say by the same words; only `check` looks at them."""
    topics: tuple[Topic, ...]
    """Newest event first."""

    def must_mark(self, text: Summary) -> bool:
        """Whether readers must be told that a machine made a text, wherever it is shown.

        Not if a person has reviewed it and somebody is responsible for the site: Article 50(4) of
        Regulation (EU) 2024/1689 (https://eur-lex.europa.eu/eli/reg/2024/1689/oj).
        """
        if text.machine is Machine.NO:
            return False
        return text.reviewed is None or self.responsible is None
