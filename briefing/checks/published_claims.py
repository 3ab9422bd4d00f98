"""Claims that were published -> those that are others now, with no entry of `changes:` for it.

Both are read from the published data of topics (docs/data.md). New claims, points and articles need
no entry: readers who saw the page before were told nothing else. What was withdrawn or replaced
needs none either, for its address says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import DecodeError, Struct, ValidationError, json

from briefing.checks.stated.numbers import as_written
from briefing.model.article import Confidence, Localized, Mode
from briefing.model.site import ChangeKind, Redirects, Site
from briefing.model.values import Form
from briefing.problems import Place, Problem

Localizations = tuple[tuple[str, str], ...]
"""Texts by language code, as pairs."""


class _Value(Struct, frozen=True, kw_only=True):
    """A value of any type."""

    text: str
    form: Form | None = None
    numbers: tuple[Decimal, ...] = ()
    first: str = ""
    last: str = ""
    options: tuple[str, ...] = ()
    texts: Localized = {}

    def __str__(self) -> str:
        """Return it for a message."""
        if self.form:
            return as_written(self.form, self.numbers)
        return " / ".join(self.texts.values()) or self.text

    @property
    def is_what(self) -> tuple[object, ...]:
        """What two values have in common that are the same, whatever else is written of them."""
        made_of = (self.form, self.numbers, self.first, self.last, self.options)
        return made_of if any(made_of) else (self.text,)


class _Claim(Struct, frozen=True, kw_only=True):
    """What was published of a claim."""

    point: str
    article: str
    value: _Value | None
    by: str | None
    mode: Mode | None
    confidence: Confidence
    text: Localized | None

    def key(self, languages: frozenset[str]) -> tuple[object, ...]:
        """Return what readers are told by it, of texts only those in `languages`."""
        value = (self.value.is_what, _in(languages, self.value.texts)) if self.value else None
        return value, self.by, self.mode, self.confidence, _in(languages, self.text or {})

    def __str__(self) -> str:
        """Return it for a message."""
        said = f"`{self.value}`" if self.value else "only mentioned"
        marks = (
            f"by `{self.by}`" if self.by else "",
            f"`{self.mode}`" if self.mode else "",
            "inferred" if self.confidence is Confidence.INFERRED else "",
            " / ".join((self.text or {}).values()),
        )
        return ", ".join(filter(None, (said, *marks)))


class _Change(Struct, frozen=True):
    """An entry of `changes:`; one is another if it is of another day or about other points."""

    date: str
    kind: ChangeKind
    points: tuple[str, ...] = ()


class PublishedTopic(Struct, frozen=True, kw_only=True):
    """What is needed of the data of a topic."""

    id: str
    claims: tuple[_Claim, ...]
    changes: tuple[_Change, ...] = ()
    """() also in data that were published before changes were among them."""


def read_published_topics(files: Iterable[bytes]) -> dict[str, PublishedTopic]:
    """Return the topics by their ids; files that are not the data of one are passed over."""
    topics = {}
    for data in files:
        try:
            topic = json.decode(data, type=PublishedTopic)
        except (DecodeError, ValidationError):
            continue
        topics[topic.id] = topic
    return topics


def data_files(paths: Iterable[str]) -> list[str]:
    """Return which of the `paths` of the files of a site may be the data of a topic."""
    return [path for path in paths if path.startswith("data/") and path.endswith(".json")]


def claims_changed_in_silence(
    before: Mapping[str, PublishedTopic], now: Mapping[str, PublishedTopic], site: Site
) -> Iterator[Problem]:
    """Yield the claims that were published otherwise, and whose point no new change names.

    before, now: topics by their ids, then and today; renames of `site` lead from one to the other.
    """
    languages = frozenset(language.code for language in site.languages)
    for old in before.values():
        today = now.get(site.redirects.target(old.id) or old.id)
        if today is not None and old.id not in site.redirects.replaced:
            yield from _changed_claims(old, today, site.redirects, languages)


def _changed_claims(
    old: PublishedTopic, today: PublishedTopic, redirects: Redirects, languages: frozenset[str]
) -> Iterator[Problem]:
    told = _points_told(old, today)
    then, present = _by_place(old.claims), _by_place(today.claims)
    points = {claim.point for claim in today.claims}
    for (point, article), claims in then.items():
        id = _id_today(f"{old.id}/{article}", today.id, redirects)
        others = present.get((point, id), []) if id else []
        gone, new = _without_common(claims, others, languages)
        # A point that is there no more can be named by no entry, so that one about none tells it.
        if gone and id and not told & ({point} if point in points else {point, ""}):
            was, is_now = ("; ".join(map(str, each)) for each in (gone, new))
            changed = f"`{point}` in `{id}` was published as {was}, and is now"
            message = f"{changed} {is_now or 'not there'}; no new entry of `changes:` names it"
            place = Place(f"content/{today.id}/topic.yaml")
            entry = _entry(point if point in points else "", languages)
            yield Problem(place, message, f"add to `changes:` {entry}")


def _points_told(old: PublishedTopic, today: PublishedTopic) -> set[str]:
    """Return the points that the changes name which were not published; "" for one of no point."""
    new = Counter(today.changes) - Counter(old.changes)
    return {point for change in new for point in (change.points or ("",))}


def _id_today(old: str, topic: str, redirects: Redirects) -> str:
    """Return the id of an article in `topic` today; "" if it was given up or taken back."""
    if old in redirects.replaced or old in redirects.gone:
        return ""
    target = redirects.target(old) or f"{topic}/{old.partition('/')[2]}"
    of, _, article = target.partition("/")
    return article if of == topic else ""


def _by_place(claims: Iterable[_Claim]) -> dict[tuple[str, str], list[_Claim]]:
    """Return claims by the ids of their points and articles."""
    found: dict[tuple[str, str], list[_Claim]] = {}
    for claim in claims:
        found.setdefault((claim.point, claim.article), []).append(claim)
    return found


def _without_common(
    old: list[_Claim], new: list[_Claim], languages: frozenset[str]
) -> tuple[list[_Claim], list[_Claim]]:
    """Return the claims of each list without an equal one in the other."""
    then, today = (Counter(claim.key(languages) for claim in claims) for claims in (old, new))
    return (
        [claim for claim in old if claim.key(languages) in then - today],
        [claim for claim in new if claim.key(languages) in today - then],
    )


def _entry(point: str, languages: frozenset[str]) -> str:
    """Return the entry to write, about a point; "" for one that is there no more."""
    texts = ", ".join(f"{code}: …" for code in sorted(languages))
    about = f"points: [{point}], " if point else ""
    return f"`- {{date: …, kind: correction, {about}text: {{{texts}}}}}`"


def _in(languages: frozenset[str], texts: Localized) -> Localizations:
    """Return the texts in some languages, in order."""
    return tuple(sorted((code, text) for code, text in texts.items() if code in languages))
