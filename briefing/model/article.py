"""An article, its claims, and our summaries of it.

Every value is whole and checked, and nothing here changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from briefing.model.prose import Prose
from briefing.model.values import Moment, Value
from briefing.problems import Place

Localized = Mapping[str, str]
"""One text in every language of the site, by language code."""
Plural = Mapping[str, str]
"""One text in every plural form of a language, by CLDR category (one, few, other …)."""


class OutletKind(StrEnum):
    """What kind of publisher an outlet is."""

    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    GOVERNMENT = "government"
    WEBSITE = "website"
    ORGANISATION = "organisation"


class ArticleType(StrEnum):
    """What an article is, in order of its distance from the event."""

    PRIMARY = "primary"
    WIRE = "wire"
    REPORT = "report"
    COMPILATION = "compilation"
    ANALYSIS = "analysis"
    OPINION = "opinion"
    TRANSLATION = "translation"
    COPY = "copy"


class UrlStatus(StrEnum):
    """What became of the address of an article."""

    LIVE = "live"
    MOVED = "moved"
    DEAD = "dead"
    PAYWALLED = "paywalled"
    USURPED = "usurped"
    UNVERIFIED = "unverified"


class Integrity(StrEnum):
    """Whether the text we read is the text that was published."""

    INTACT = "intact"
    ALTERED = "altered"
    UNVERIFIED = "unverified"


class Confidence(StrEnum):
    """Whether something is said, or read between the lines."""

    STATED = "stated"
    INFERRED = "inferred"


class Mode(StrEnum):
    """What the voice does with what it says."""

    AGREED = "agreed"
    ANNOUNCED = "announced"
    ASSURED = "assured"
    DEMANDED = "demanded"
    DISCUSSED = "discussed"
    HOPED = "hoped"
    PROPOSED = "proposed"
    SHARED_VIEW = "shared-view"
    TO_NEGOTIATE = "to-negotiate"


class Machine(StrEnum):
    """How far a machine translated a text."""

    NO = "false"
    YES = "true"
    REVIEWED = "reviewed"


class Outlet(Struct, frozen=True, kw_only=True):
    """Who published an article."""

    id: str
    name: Localized
    kind: OutletKind
    country: str
    """ISO 3166-1 alpha-2."""
    language: str
    """BCP 47; need not be a language of the site."""
    owner: Localized | None
    note: Localized | None


class Locator(Struct, frozen=True, kw_only=True):
    """The few words that find a passage in an article."""

    start: str
    end: str | None
    before: str | None
    after: str | None
    language: str
    """The language of the words, which need not be the article's."""
    place: Place


class Claim(Struct, frozen=True, kw_only=True):
    """What one article says on one point."""

    point: str
    value: Value | None
    """None where the point is mentioned without a value."""
    by: str | None
    """The voice it is credited to; None for the article's own words."""
    via: tuple[str, ...]
    """The voices that relayed it."""
    mode: Mode | None
    confidence: Confidence
    text: Localized | None
    at: Locator
    place: Place


class Summary(Struct, frozen=True, kw_only=True):
    """One article, or the briefing of one topic, told in one language of the site."""

    language: str
    title: str
    dek: str | None
    body: Prose
    digest: str
    """Of the title and the Markdown: what a translation says it translates."""
    translates: str | None
    of: str | None
    """The digest of what was translated."""
    translator: str | None
    machine: Machine
    draft: bool
    release: Moment | None
    """Held back until then."""
    place: Place


class Archive(Struct, frozen=True, kw_only=True):
    """A dated copy of an article in a web archive."""

    url: str
    date: Moment


class Article(Struct, frozen=True, kw_only=True):
    """A text out in the world that we read, and our summaries of it."""

    id: str
    lead: str
    """The language whose file holds the facts."""
    outlet: Outlet
    outlet_confidence: Confidence
    url: str | None
    url_status: UrlStatus
    archive: Archive | None
    published: Moment
    accessed: Moment | None
    author: str | None
    language: str
    type: ArticleType
    original_title: str | None
    integrity: Integrity
    integrity_note: Localized | None
    checked: frozenset[str]
    """The points looked for: on these only, nothing found is silence."""
    duplicate_of: str | None
    claims: tuple[Claim, ...]
    tags: tuple[str, ...]
    summaries: Mapping[str, Summary]
    """By language code."""
    place: Place
