"""A topic of a build -> what could be better in it, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from briefing.checks.cards import titles_have_a_card
from briefing.checks.content import Kind, find_warnings_by_kind
from briefing.checks.dates import texts_held_back
from briefing.checks.parity.claims import numbers_are_those_of_claims
from briefing.checks.parity.translations import translations_say_the_same
from briefing.checks.passages import check_passages
from briefing.checks.stated.values import values_stand_in_passages
from briefing.checks.terms.rules import terms_are_said_by_their_words
from briefing.checks.translations.paragraphs import paragraphs_are_of_today
from briefing.commands.translate.earlier_text import earlier_text
from briefing.content.publication import AS_EDITED, public_site
from briefing.content.shared import Files
from briefing.engine.session import Build
from briefing.model.site import Topic
from briefing.model.values import Moment
from briefing.problems import Problem
from briefing.storage.read_sources import read_article_texts


def topic_warnings(
    root: Path, files: Files, built: Build, topic: Topic, now: Moment
) -> Iterator[tuple[Kind, Problem]]:
    """Yield the warnings of a topic of a build, and its texts that are held back.

    root: the folder of the site, with its kept texts. files: the sources as they were last read.
    Raises Problems for a kept text that `check` reports.
    """
    site = replace(public_site(built.whole.site, AS_EDITED), topics=(topic,))
    kept = read_article_texts(root, topic.id)
    yield from ((Kind.PASSAGE, problem) for problem in check_passages(site, kept).problems)
    yield from ((Kind.VALUE, problem) for problem in values_stand_in_passages(site, kept))
    yield from find_warnings_by_kind(site, now)
    behind = paragraphs_are_of_today(site, files, partial(earlier_text, root))
    yield from ((Kind.TRANSLATION, problem) for problem in behind)
    wrong = numbers_are_those_of_claims(site, built.sources.read)
    yield from ((Kind.VALUE, problem) for problem in wrong)
    told = translations_say_the_same(site, built.sources.read)
    yield from ((Kind.TRANSLATION, problem) for problem in told)
    terms = terms_are_said_by_their_words(site, built.sources.read)
    yield from ((Kind.TERM, problem) for problem in terms)
    yield from ((Kind.HELD_BACK, text) for text in texts_held_back(site, now))
    yield from ((Kind.OTHER, each) for each in titles_have_a_card(site, built.whole.files))
