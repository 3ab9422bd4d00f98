"""What a whole briefing must hold to, and what could be better in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from briefing.comparison.audit import Audit
from briefing.comparison.rows import CellState
from briefing.comparison.verdict import Reason, Standing, Verdict
from briefing.model.article import (
    ArticleType,
    Integrity,
    Machine,
    Mode,
    OutletKind,
    Summary,
    UrlStatus,
)
from briefing.model.site import Site, VoiceKind
from briefing.model.values import Form
from briefing.outputs.planned_page import is_outdated
from briefing.problems import Place, Problem
from briefing.rendering.i18n import word_key

Check = Callable[[Site], Iterator[Problem]]

NAMED: Mapping[str, type[StrEnum]] = {
    "audit": Audit,
    "audit_meaning": Audit,
    "audit_name": Audit,
    "brief": Reason,
    "cell": CellState,
    "cell_meaning": CellState,
    "form": Form,
    "integrity": Integrity,
    "machine": Machine,
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
"""What templates name by a word `<prefix>_<member>`."""

UNNAMED: frozenset[StrEnum] = frozenset({Form.EXACT, Machine.NO, UrlStatus.LIVE, Standing.COUNTS})
"""What goes without saying."""


def everything_has_a_word(site: Site) -> Iterator[Problem]:
    """A verdict or a mode that no words file names would stop the build on the day it is used."""
    for language in site.languages:
        for prefix, kind in NAMED.items():
            for member in kind:
                key = word_key(prefix, member)
                if member not in UNNAMED and key not in language.words:
                    place = Place(f"templates/words/{language.code}.yaml")
                    yield Problem(place, f"words: `{key}` is missing", f"add `{key}: …`")


CONTENT_CHECKS: tuple[Check, ...] = (everything_has_a_word,)


def check_content(site: Site) -> Iterator[Problem]:
    """Run every check on the content; what they find stops the build."""
    for check in CONTENT_CHECKS:
        yield from check(site)


def translations_are_of_today(site: Site) -> Iterator[Problem]:
    """A translation whose original has changed since may say what is no longer so."""
    for original, translation in _translations(site):
        if is_outdated(original, translation):
            cure = f"bring it up to date, then write `of: {original.digest}`"
            message = f"the translation is older than its original in `{original.language}`"
            yield Problem(translation.place, message, cure)


def paragraphs_stand_one_to_one(site: Site) -> Iterator[Problem]:
    """Readers of both languages read paragraph beside paragraph."""
    for original, translation in _translations(site):
        theirs, ours = len(original.body.blocks), len(translation.body.blocks)
        if theirs != ours:
            counted = f"{ours} paragraph{'s' * (ours != 1)}"
            message = f"{counted}, where the original in `{original.language}` has {theirs}"
            yield Problem(translation.place, message, "let each paragraph stand beside its own")


def everything_is_translated(site: Site) -> Iterator[Problem]:
    """A missing translation is shown as the policy says, and is worth knowing of."""
    for name, texts in _texts(site):
        for language in site.languages:
            if texts and language.code not in texts:
                place = Place(f"content/{name}.{language.code}.md")
                yield Problem(place, "no translation", f"write it in {language.name}")


WARNINGS: tuple[Check, ...] = (
    translations_are_of_today,
    paragraphs_stand_one_to_one,
    everything_is_translated,
)


def find_warnings(site: Site) -> Iterator[Problem]:
    """Run every check whose findings do not stop the build."""
    for check in WARNINGS:
        yield from check(site)


def _translations(site: Site) -> Iterator[tuple[Summary, Summary]]:
    for _, texts in _texts(site):
        for summary in texts.values():
            if original := texts.get(summary.translates or ""):
                yield original, summary


def _texts(site: Site) -> Iterator[tuple[str, Mapping[str, Summary]]]:
    """Give each text of the site, in its languages, by the name of its files."""
    yield "about", site.about
    for topic in site.topics:
        yield f"{topic.id}/topic", topic.texts
        for article in topic.articles:
            yield f"{topic.id}/{article.id}", article.summaries
