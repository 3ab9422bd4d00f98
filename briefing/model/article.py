"""An article, its outlet, its claims, and our summaries of it.

Values are frozen and complete: `briefing.content` makes them, or reports what is wrong.
See `briefing.model.site` for the topics and the site they are part of.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from unicodedata import normalize

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
    """Whether a machine translated or wrote a text, and whether a person has reviewed it."""

    NO = "false"
    YES = "true"
    REVIEWED = "reviewed"


class Review(Struct, frozen=True):
    """That a person has read a text and answers for it."""

    by: str
    """The name of the person."""
    on: Moment
    """The day."""


class Outlet(Struct, frozen=True, kw_only=True):
    """The publisher of an article."""

    id: str
    name: Localized
    kind: OutletKind
    country: str
    """ISO 3166-1 alpha-2."""
    language: str
    """BCP 47; need not be a language of the site."""
    owner: Localized | None
    """None where it is not known or not worth saying."""
    note: Localized | None
    """A sentence on the outlet for readers; None for none."""
    domains: tuple[str, ...] = ()
    """Domains of its pages, with all below them, by which `new article` knows it."""


class Locator(Struct, frozen=True, kw_only=True):
    """A few words of an article by which a passage in it is found.

    Its fields are those of a text fragment: https://wicg.github.io/scroll-to-text-fragment/.
    """

    start: str
    """The first words of the passage, or all of it."""
    end: str | None
    """The last words; None where `start` is the whole passage."""
    before: str | None
    """The words before the passage, where others like it stand elsewhere."""
    after: str | None
    """The words after the passage, likewise."""
    language: str
    """BCP 47, of the words: a translation may be printed beside the article."""
    gloss: Mapping[str, str]
    """What the words mean, in words of ours, by code of a language of the site; for any of them
    but that of the words."""
    place: Place
    """Where it is written in the sources."""
    places: Mapping[str, Place] = {}
    """Where each of its parts is, by field (`end`); without those of a locator of words alone."""

    def place_of(self, part: str) -> Place:
        """Return where a part is written, by its field."""
        return self.places.get(part, self.place)

    @property
    def digest(self) -> str:
        """Of its words, whatever their Unicode form: 8 hexadecimal digits of SHA-256."""
        words = (self.before, self.start, self.end, self.after)
        written = normalize("NFKC", "\n".join(part or "" for part in words))
        return sha256(written.encode()).hexdigest()[:8]


class Proof(Struct, frozen=True, kw_only=True):
    """Which passages were found in the text of an article; the command `prove` writes it."""

    on: Moment
    """The day on which they were looked for."""
    text: str
    """The digest of the text: 12 hexadecimal digits."""
    passages: tuple[str, ...]
    """The digests of the locators that were found, in the order of the claims."""
    place: Place
    """Where it is written in the sources."""


class Claim(Struct, frozen=True, kw_only=True):
    """What one article says on one point."""

    point: str
    """The id of the point."""
    value: Value | None
    """None where the point is mentioned without a value."""
    by: str | None
    """The id of the voice it is credited to; None for the article's own words."""
    via: tuple[str, ...]
    """The ids of the voices that relayed it, the nearest to the article first."""
    mode: Mode | None
    """None where the voice just says so."""
    confidence: Confidence
    text: Localized | None
    """A remark for readers on what is said; None for none."""
    at: Locator
    """Where it is said in the article."""
    in_hours: bool = False
    """Whether its value is written in hours and minutes (`5h20`)."""
    place: Place
    """Where it is written in the sources."""


class TextDigests(Struct, frozen=True, kw_only=True):
    """What a text said, part by part, each part as 8 hexadecimal digits."""

    title: str = ""
    dek: str = ""
    """"" for none."""
    text: tuple[str, ...] = ()
    """Of each block."""
    whole: str = ""
    """The `digest` of the text, which translations named before there were digests of its parts;
    then there are none of these. Else ""."""


class Summary(Struct, frozen=True, kw_only=True):
    """Our text in one language of the site: on an article, on a topic, or on the site itself."""

    language: str
    """The code of the language of the site."""
    title: str
    dek: str | None
    """The sentence below the title; None for none."""
    body: Prose
    digest: str
    """Of the title and the Markdown, as hexadecimal digits; an old translation names it in `of`."""
    translates: str | None
    """The code of the language it is translated from; None for an original."""
    of: TextDigests | None
    """What the original said when it was translated; None where nobody has noted it."""
    translator: str | None
    machine: Machine = Machine.NO
    """Of a text that is no translation: whether a machine wrote it; of one, whether it translated
    it or what that was made from."""
    is_of_machine_text: bool = False
    """Whether a person has translated what a machine wrote."""
    reviewed: Review | None = None
    """None where nobody is named who has reviewed it."""
    draft: bool
    """Whether it is kept from the public."""
    draft_place: Place | None = None
    """Where `draft:` is written; None where it is not."""
    release: Moment | None
    """When it becomes public; None for at once."""
    place: Place
    """Where its Markdown begins; where its front matter ends, if there is none."""

    @property
    def description(self) -> str:
        """What it says, in a sentence or two: its `dek`, or else the begin of its text."""
        return self.dek or self.body.excerpt


class Archive(Struct, frozen=True, kw_only=True):
    """A dated copy of an article in a web archive."""

    url: str
    date: Moment


class Article(Struct, frozen=True, kw_only=True):
    """A text that an outlet published, what it claims, and our summaries of it."""

    id: str
    lead: str
    """The code of the language whose file holds the facts."""
    outlet: Outlet
    outlet_confidence: Confidence
    """Whether the article names its outlet, or we infer it."""
    url: str | None
    """None for an article that is not on the web."""
    url_status: UrlStatus
    archive: Archive | None
    published: Moment
    published_place: Place
    """Where that is written in the sources."""
    accessed: Moment | None
    """When we read it; None where that was not noted."""
    author: str | None
    language: str
    """BCP 47; need not be a language of the site."""
    type: ArticleType
    original_title: str | None
    integrity: Integrity
    integrity_note: Localized | None
    checked: frozenset[str]
    """The ids of the points we looked for. An article without a claim on one of these is silent
    on it; on any other point it is just not checked."""
    duplicate_of: str | None
    """The id of the article of the topic that has the same text; None for an original."""
    claims: tuple[Claim, ...]
    tags: tuple[str, ...]
    proved: Proof | None = None
    """What `prove` has noted; None where it has noted nothing."""
    summaries: Mapping[str, Summary]
    """By language code."""
    place: Place
    """Where the file with the facts begins."""

    @property
    def all_proved_on(self) -> Moment | None:
        """The day on which all of its passages were found in its text, as they stand today.

        None if any was not, or if it has none.
        """
        if self.proved is None or not self.claims:
            return None
        found = frozenset(self.proved.passages)
        return self.proved.on if all(c.at.digest in found for c in self.claims) else None
