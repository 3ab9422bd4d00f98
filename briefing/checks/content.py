"""Rules on the content of a site: checks, whose problems stop the build, and warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import product

from briefing.checks.dates import (
    DatedCheck,
    articles_are_not_of_the_future,
    articles_are_read_after_they_are_published,
    texts_have_a_date_of_ours,
)
from briefing.checks.disclosure.reviews import (
    reviewed_texts_have_somebody_responsible,
    reviews_are_not_of_the_future,
)
from briefing.checks.rounding import numbers_are_not_rounded
from briefing.checks.translations.pairs import translated_texts
from briefing.comparison.audit import Audit
from briefing.comparison.rows import CellState
from briefing.comparison.verdict import Reason, Standing, Verdict
from briefing.model.article import (
    ArticleType,
    Claim,
    Integrity,
    Locator,
    Machine,
    Mode,
    OutletKind,
    Summary,
    UrlStatus,
)
from briefing.model.site import Language, Missing, Site, VoiceKind
from briefing.model.values import Form, Moment
from briefing.problems import Place, Problem
from briefing.rendering.i18n import EXTENDED_FORMS, word_key
from briefing.rendering.machine_mark import TRANSLATED, WRITTEN
from briefing.syntax.cldr import english_name, primary_language

Check = Callable[[Site], Iterator[Problem]]
"""Yields a problem for each place of a site that breaks the rule the function is named after."""

WORD_PREFIXES: Mapping[str, Iterable[StrEnum]] = {
    "audit": Audit,
    "audit_meaning": Audit,
    "audit_name": Audit,
    "brief": Reason,
    "cell": CellState,
    "cell_meaning": CellState,
    "extent": EXTENDED_FORMS,
    "form": Form,
    "integrity": Integrity,
    TRANSLATED: Machine,
    WRITTEN: Machine,
    "meaning": Verdict,
    "mode": Mode,
    "outlet": OutletKind,
    "reason": Reason,
    "section": Verdict,
    "standing": Standing,
    "type": ArticleType,
    "url": UrlStatus,
    "verdict": Verdict,
    "voice": VoiceKind,
}
"""The enumerations whose members templates name by a word `<prefix>_<member>`, by the prefix."""

WITHOUT_WORD: frozenset[StrEnum] = frozenset(
    {Form.EXACT, Machine.NO, UrlStatus.LIVE, Standing.COUNTS}
)
"""Members that templates never name."""


def everything_has_a_word(site: Site) -> Iterator[Problem]:
    """Yield the words that are missing for members of WORD_PREFIXES, in any language.

    A template that needs one would stop the build only on the day a claim has that member.
    """
    for language in site.languages:
        for prefix, kind in WORD_PREFIXES.items():
            for member in kind:
                key = word_key(prefix, member)
                if member not in WITHOUT_WORD and key not in language.words:
                    place = Place(f"templates/words/{language.code}.yaml")
                    yield Problem(place, f"words: `{key}` is missing", f"add `{key}: …`")


CONTENT_CHECKS: tuple[Check, ...] = (everything_has_a_word,)


def check_content(site: Site) -> Iterator[Problem]:
    """Yield the problems of every check on the content; any of them stops the build."""
    for check in CONTENT_CHECKS:
        yield from check(site)


def everything_is_translated(site: Site) -> Iterator[Problem]:
    """Yield the texts that are missing in a language of the site."""
    for name, texts in _texts(site):
        for language in site.languages:
            if texts and language.code not in texts:
                place = Place(f"content/{name}.{language.code}.md")
                original = next(code for code, text in texts.items() if not text.translates)
                command = f"translate content/{name}.{original}.md {language.code}"
                cure = f"write it in {language.name}; `{command}` begins it"
                yield Problem(place, "no translation", cure)


def translations_say_what_they_translate(site: Site) -> Iterator[Problem]:
    """Yield the translations without `of:`: nobody is told when their originals change."""
    for original, translation in translated_texts(site):
        if translation.of is None:
            message = f"nobody knows which words in `{original.language}` it was made from"
            cure = f"if it says what these say today, `ack {translation.place.path}` notes that"
            yield Problem(translation.place, message, cure)


def passages_have_a_gloss(site: Site) -> Iterator[Problem]:
    """Yield the articles with passages that some readers cannot read and that have no gloss.

    For each language in which readers are shown them, unless the words are in that language.
    """
    for topic, language in product(site.topics, site.languages):
        if (topic.missing or site.missing) is Missing.HIDE and language.code not in topic.texts:
            continue
        for article in topic.articles:
            if claims := [claim for claim in article.claims if _needs_gloss(claim.at, language)]:
                yield Problem(article.place, *_gloss_wanted(claims, language))


def _needs_gloss(at: Locator, language: Language) -> bool:
    """Whether readers of a language are shown words that they may not be able to read."""
    is_foreign = primary_language(at.language) != primary_language(language.code)
    return is_foreign and language.code not in at.gloss


def _gloss_wanted(claims: Sequence[Claim], language: Language) -> tuple[str, str]:
    """Return the message on passages without a gloss in a language, and the cure."""
    words = " and ".join(
        dict.fromkeys(english_name(primary_language(claim.at.language)) for claim in claims)
    )
    points = ", ".join(dict.fromkeys(f"`{claim.point}`" for claim in claims))
    few = len(claims) == 1
    found = f"{len(claims)} passage{'' if few else 's'} in {words} {'has' if few else 'have'}"
    message = f"{found} no gloss in {english_name(language.code)}: {points}"
    whose = "its" if few else "their"
    return message, f"add `gloss: {{{language.code}: …}}` to {whose} `at:`"


MAX_LABEL = 48
"""Characters of the label of a point up to which it is taken in at a glance, at any width."""


def labels_are_short(site: Site) -> Iterator[Problem]:
    """Yield the points whose label is long in some language: a row is found by its label."""
    for topic in site.topics:
        for point in topic.points:
            long = {code: n for code, text in point.label.items() if (n := len(text)) > MAX_LABEL}
            if long:
                told = " and ".join(f"{n} in {english_name(code)}" for code, n in long.items())
                message = f"the label of `{point.id}` has {told}, more than {MAX_LABEL} characters"
                yield Problem(
                    point.place, message, "shorten it: what is asked goes into `question`"
                )


WARNINGS: tuple[Check, ...] = (
    translations_say_what_they_translate,
    everything_is_translated,
    numbers_are_not_rounded,
    passages_have_a_gloss,
    labels_are_short,
    reviewed_texts_have_somebody_responsible,
)
DATED_WARNINGS: tuple[DatedCheck, ...] = (
    articles_are_not_of_the_future,
    articles_are_read_after_they_are_published,
    texts_have_a_date_of_ours,
    reviews_are_not_of_the_future,
)


class Kind(StrEnum):
    """What a warning is about, as it is counted in the preview, what matters most first."""

    PASSAGE = "not proved"
    VALUE = "with a value that the passage does not have"
    FUTURE = "with a date in the future"
    DATE = "with a date that is missing or wrong"
    HELD_BACK = "held back"
    TRANSLATION = "on translations"
    TERM = "on terms"
    OTHER = "could be better"


KINDS: Mapping[Check | DatedCheck, Kind] = {
    articles_are_not_of_the_future: Kind.FUTURE,
    articles_are_read_after_they_are_published: Kind.DATE,
    texts_have_a_date_of_ours: Kind.DATE,
    translations_say_what_they_translate: Kind.TRANSLATION,
    everything_is_translated: Kind.TRANSLATION,
    passages_have_a_gloss: Kind.TRANSLATION,
}
"""What the warnings of a check are about, where it is not `OTHER`."""


def find_warnings(site: Site, as_of: Moment | None = None) -> Iterator[Problem]:
    """Yield the problems of every check whose problems do not stop the build.

    as_of: when; None: what depends on the time is not looked at.
    """
    for _, problem in find_warnings_by_kind(site, as_of):
        yield problem


def find_warnings_by_kind(
    site: Site, as_of: Moment | None = None
) -> Iterator[tuple[Kind, Problem]]:
    """Yield the same, each with what it is about."""
    for check in WARNINGS:
        yield from ((KINDS.get(check, Kind.OTHER), problem) for problem in check(site))
    if as_of is not None:
        for dated in DATED_WARNINGS:
            yield from ((KINDS.get(dated, Kind.OTHER), problem) for problem in dated(site, as_of))


def _texts(site: Site) -> Iterator[tuple[str, Mapping[str, Summary]]]:
    """Yield the path of each text, without the language of its files, and its languages."""
    yield "about", site.about
    for topic in site.topics:
        yield f"{topic.id}/topic", topic.texts
        for article in topic.articles:
            yield f"{topic.id}/{article.id}", article.summaries
