"""A site and its kept texts -> the status of each text: topic, article and language.

It is computed here alone; `markdown`, `terminal`, `data` and the page of the preview show it. What
is out of date is asked of `translation.marks`, what is proved of `checks.passages`, and what
readers may see of `content.publication`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.passages import PassageReport, ProofState, check_passages
from briefing.content.classify import ABOUT_STEM, TOPIC_STEM
from briefing.content.publication import public_site, public_topic, timestamp
from briefing.content.shared import Files
from briefing.model.article import Article, Localized, Machine, Summary
from briefing.model.site import Site, Topic
from briefing.model.values import Moment
from briefing.problems import Place, Problem
from briefing.translation.marks import is_outdated

_TO_WRITE = re.compile(r"^#[ \t]*- \{point: ([^,\n]*), ([^\n]*…[^\n]*)", re.MULTILINE)
"""The line of a claim as `new article` prepares it: a comment, with `…` to be filled in."""
_UNTOUCHED = "says: …, by: …, at: …}"
"""What stands in it behind the point as long as nothing is."""


class State(StrEnum):
    """What is to be said of a text; OK alone if there is nothing."""

    MISSING = "missing"
    """There is none in the language."""
    STALE = "stale"
    """Its original says something else than when it was translated."""
    MACHINE = "machine"
    """A machine made it, and nobody has reviewed it."""
    DRAFT = "draft"
    BEHIND_DRAFT = "behind a draft"
    """It is none itself, but its lead, or all texts of its topic, are drafts."""
    HELD_BACK = "held back"
    """Readers see it from some time on."""
    OK = "ok"


class TextStatus(Struct, frozen=True, kw_only=True):
    """How a text in one language stands."""

    language: str
    title: str = ""
    """"" for one that is missing."""
    path: str
    """Of its file, whether that is there or not."""
    draft_place: Place | None = None
    """Where `draft:` is written in it; None where it is not."""
    states: tuple[State, ...]
    """In the order of `State`; never empty."""
    public: bool
    """Whether readers see it."""
    appears: Moment | None = None
    """When it appears, if it is held back."""
    original: str = ""
    """The path of the text it was translated from; of one that is missing, of the text to be
    translated. "": none."""


class PassageStatus(Struct, frozen=True, kw_only=True):
    """What is known of the passages of an article."""

    claims: int = 0
    to_write: int = 0
    """Claims that are prepared in the lead, and not written yet."""
    not_found: tuple[Problem, ...] = ()
    """Passages that are not in the kept text."""
    changed: tuple[Problem, ...] = ()
    """Passages that were changed since they were proved."""
    never: tuple[Problem, ...] = ()
    """Passages that nobody has tried to prove."""
    source: tuple[Problem, ...] = ()
    """That the kept text is another than the one that was read, if it is."""

    @property
    def unproved(self) -> int:
        """The number of passages that are not proved."""
        return len(self.not_found) + len(self.changed) + len(self.never)


class EntryStatus(Struct, frozen=True, kw_only=True):
    """How the texts on one thing stand: on a topic, on an article, or on the site."""

    id: str
    """`topic`, `topic/article`, or `about`."""
    title: str
    """In the first language of the site that has one."""
    texts: tuple[TextStatus, ...]
    """One for each language of the site, in their order."""
    lead: str = ""
    """The path of the file with the facts of an article; "" for others."""
    passages: PassageStatus | None = None
    """Of an article; None for others."""

    @property
    def name(self) -> str:
        """What it is called beside others of its topic."""
        if self.id == ABOUT_STEM:
            return ABOUT_STEM
        return self.id.partition("/")[2] or TOPIC_STEM


class TopicStatus(Struct, frozen=True, kw_only=True):
    """How a topic stands."""

    id: str
    title: str
    points: int
    entries: tuple[EntryStatus, ...]
    """The topic's own texts first, then those on each article."""

    @property
    def texts(self) -> Iterator[TextStatus]:
        """All of its texts, those that are missing among them."""
        return (text for entry in self.entries for text in entry.texts)


class SiteStatus(Struct, frozen=True, kw_only=True):
    """How a site stands at a time."""

    title: str
    as_of: Moment
    languages: tuple[str, ...]
    """The codes of its languages, in their order."""
    topics: tuple[TopicStatus, ...]
    """Those that could be read, the newest event first."""
    about: EntryStatus | None = None
    """The texts in which the site speaks of itself; None if there is none."""
    problems: tuple[Problem, ...] = ()
    """What is wrong in the content, in order of place."""
    unread: tuple[str, ...] = ()
    """The ids of the topics with such a mistake, which could not be read."""


TextsByKey = Mapping[tuple[str, str], Summary]
"""By the id of their article, "" for the topic or the site, and the code of their language."""


class _Visible(Struct, frozen=True):
    """Which texts readers may see, and from when on they see others."""

    public: Set[tuple[str, str]]
    coming: Mapping[tuple[str, str], Moment]


def status_of_topic(
    topic: Topic, site: Site, as_of: Moment, kept: Files, files: Files
) -> TopicStatus:
    """Return the status of a topic at a time.

    site: for its languages and time zone. kept: texts of articles, by `<topic>/<article>.txt`.
    files: the sources, by path. Raises Problems for a kept text with too many marks on one letter.
    """

    def public(at: Moment) -> Set[tuple[str, str]]:
        shown = public_topic(topic, site, at)
        return _texts(shown).keys() if shown else frozenset()

    texts = _texts(topic)
    visible = _visible(texts, (each.published for each in topic.articles), public, site, as_of)
    own = _entry(topic.id, f"content/{topic.id}/{TOPIC_STEM}", texts, visible, site)
    articles = [
        replace(
            _entry(f"{topic.id}/{a.id}", f"content/{topic.id}/{a.id}", texts, visible, site),
            lead=a.place.path,
            passages=_passages(topic, a, site, kept, files),
        )
        for a in topic.articles
    ]
    return TopicStatus(
        id=topic.id, title=own.title, points=len(topic.points), entries=(own, *articles)
    )


def status_of_about(site: Site, as_of: Moment) -> EntryStatus | None:
    """Return the status of the texts of about.<lang>.md at a time; None if there is none."""
    if not site.about:
        return None

    def public(at: Moment) -> Set[tuple[str, str]]:
        return {("", code) for code in public_site(site, at).about}

    texts = {("", code): text for code, text in site.about.items()}
    return _entry("about", "content/about", texts, _visible(texts, (), public, site, as_of), site)


def title_of_site(site: Site) -> str:
    """Return the title of a site in its first language."""
    return _first(site.title, site)


def _first(texts: Localized, site: Site) -> str:
    """Return the text in the first language of the site that has one, "" if none has."""
    return next((texts[one.code] for one in site.languages if one.code in texts), "")


def _texts(topic: Topic) -> TextsByKey:
    """Return the texts of a topic and of its articles."""
    texts = {("", code): text for code, text in topic.texts.items()}
    for article in topic.articles:
        texts |= {(article.id, code): text for code, text in article.summaries.items()}
    return texts


def _visible(
    texts: TextsByKey,
    dates: Iterable[Moment],
    public: Callable[[Moment], Set[tuple[str, str]]],
    site: Site,
    as_of: Moment,
) -> _Visible:
    """Return which texts readers see; each may appear at one of `dates` or at its release.

    public: returns the texts that readers may see at a time.
    """
    now = timestamp(as_of, site)
    releases = (text.release for text in texts.values() if text.release)
    to_come = {at for at in (*dates, *releases) if timestamp(at, site) > now}
    shown = public(as_of)
    coming: dict[tuple[str, str], Moment] = {}
    for at in sorted(to_come, key=lambda at: timestamp(at, site)):
        coming |= dict.fromkeys(public(at) - shown - coming.keys(), at)
    return _Visible(shown, coming)


def _entry(id: str, stem: str, texts: TextsByKey, visible: _Visible, site: Site) -> EntryStatus:
    """Return the status of the texts on the thing `id`.

    stem: the path of its files, up to the dot before the language.
    """
    article = id.partition("/")[2]
    own = {code: text for (of, code), text in texts.items() if of == article}
    return EntryStatus(
        id=id,
        title=_first({code: text.title for code, text in own.items()}, site),
        texts=tuple(
            _text(
                own, language.code, (article, language.code), f"{stem}.{language.code}.md", visible
            )
            for language in site.languages
        ),
    )


def _text(
    own: Mapping[str, Summary], code: str, key: tuple[str, str], path: str, visible: _Visible
) -> TextStatus:
    """Return the status of a text among `own`, those on the same thing by language."""
    text = own.get(code)
    if text is None:
        originals = (each for each in own.values() if each.translates is None)
        first = next(originals, None)
        missing = first.place.path if first else ""
        return TextStatus(
            language=code, path=path, states=(State.MISSING,), public=False, original=missing
        )
    original = own.get(text.translates or "")
    found = {
        State.STALE: original is not None and is_outdated(original, text),
        State.MACHINE: text.machine is Machine.YES,
        State.HELD_BACK: key in visible.coming,
    }
    if key not in visible.public and key not in visible.coming:
        found[State.DRAFT if text.draft else State.BEHIND_DRAFT] = True
    return TextStatus(
        language=code,
        title=text.title,
        path=text.place.path,
        draft_place=text.draft_place,
        states=tuple(state for state in State if found.get(state)) or (State.OK,),
        public=key in visible.public,
        appears=visible.coming.get(key),
        original=original.place.path if original else "",
    )


def _passages(
    topic: Topic, article: Article, site: Site, kept: Files, files: Files
) -> PassageStatus:
    """Return what is known of the passages of an article. Raises Problems for its kept text."""
    alone = replace(site, topics=(replace(topic, articles=(article,)),))
    report = check_passages(alone, kept)
    return PassageStatus(
        claims=len(article.claims),
        to_write=_to_write(article, files.get(article.place.path, b"")),
        not_found=_told(report, ProofState.MISSING),
        changed=_told(report, ProofState.CHANGED),
        never=_told(report, ProofState.NEVER),
        source=report.other_texts,
    )


def _to_write(article: Article, lead: bytes) -> int:
    """Return how many claims are prepared in a lead, but for points on which it is silent."""
    prepared = _TO_WRITE.findall(lead.decode(errors="replace"))
    return sum(
        point not in article.checked or rest.rstrip() != _UNTOUCHED for point, rest in prepared
    )


def _told(report: PassageReport, state: ProofState) -> tuple[Problem, ...]:
    return tuple(each.problem for each in report.proofs if each.state is state and each.problem)
