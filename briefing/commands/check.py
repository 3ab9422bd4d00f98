"""A request -> problems, warnings and how many passages were found; no file of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from briefing.checks.cards import languages_without_cards, titles_have_a_card
from briefing.checks.content import find_warnings
from briefing.checks.dates import texts_held_back, texts_that_are_drafts
from briefing.checks.parity.claims import numbers_are_those_of_claims
from briefing.checks.parity.translations import translations_say_the_same
from briefing.checks.passages import check_passages
from briefing.checks.published_claims import (
    claims_changed_in_silence,
    data_files,
    read_published_topics,
)
from briefing.checks.stated.values import values_stand_in_passages
from briefing.checks.terms.rules import terms_are_said_by_their_words
from briefing.checks.theme.changes import theme_has_changed
from briefing.checks.theme.names import files_have_a_use, templates_take_what_is_there
from briefing.checks.theme.words import words_are_translated
from briefing.checks.translations.paragraphs import paragraphs_are_of_today
from briefing.commands.arguments import SOURCES
from briefing.commands.build import BuildRequest
from briefing.commands.github import with_annotations
from briefing.commands.translate.earlier_text import earlier_text
from briefing.content.classify import stray_files
from briefing.content.parse import parse_site
from briefing.content.shared import Files
from briefing.engine.build import build
from briefing.engine.second_process import side_by_side
from briefing.engine.session import Build
from briefing.engine.sources import SourceTree
from briefing.model.site import Language, ProofPolicy
from briefing.problems import Problem, raise_if_any
from briefing.storage.read_sources import (
    append_text,
    read_article_texts,
    read_json_files,
)
from briefing.storage.site_sources.read import read_origins, read_site_sources


def check(
    request: BuildRequest,
    *,
    annotate: bool,
    summary: Path | None,
    published_data: Path | None = None,
) -> str:
    """Build the site of `request` in memory; return its warnings and counts, one a line.

    `annotate`: also as annotations of GitHub. `summary`: the file to which the status of the
    site is added; None: none. `published_data`: the data of topics that were published, a folder
    or a file; None: not known. Raises Problems, which are all that is wrong, unproved
    passages among it where site.yaml has `proof: required`, and OSError.
    """
    files = read_site_sources(request.root, *SOURCES)
    sources = SourceTree.of(files, request.address)
    built, of_content = side_by_side(
        lambda: build(sources, request.as_of, published=request.published),
        lambda: tuple(_warnings_of_content(sources, request)),
        tuple[Problem, ...],
    )
    whole = built.whole
    site = replace(whole.site, topics=tuple(built.topics.values()))
    kept = read_article_texts(request.root)
    passages = check_passages(site, kept)
    stray = stray_files(built.sources.fingerprints, {language.code for language in site.languages})
    warnings = sorted(
        [
            *of_content,
            *stray,
            *passages.problems,
            *_changed_claims(built, published_data),
            *_theme_warnings(request.root, files, site.languages),
        ]
    )
    if summary is not None:
        from briefing.commands.status.markdown import status_table  # noqa: PLC0415 — rarely wanted

        append_text(summary, status_table(site, warnings, request.as_of, site.address))
    if site.proof is ProofPolicy.REQUIRED:
        raise_if_any(passages.unproved)
    lines = [f"warning: {warning}" for warning in warnings]
    notes = [
        *texts_held_back(site, request.as_of),
        *texts_that_are_drafts(site),
        *languages_without_cards(site, whole.files),
    ]
    lines += [f"note: {note}" for note in sorted(notes)]
    made, count = len(built.outputs), len(warnings)
    counts = f"{made} files would be written, {count} warning{'s' * (count != 1)}"
    message = "\n".join([*lines, f"locators: {passages}", counts])
    return with_annotations(message, warnings, "warning", request.root) if annotate else message


def _warnings_of_content(sources: SourceTree, request: BuildRequest) -> Iterator[Problem]:
    """Yield what could be better in the content, whatever is built of it. Raises Problems."""
    files = sources.read(sources.fingerprints)
    site = parse_site(files, request.address)
    yield from find_warnings(site, request.as_of)
    yield from paragraphs_are_of_today(site, files, partial(earlier_text, request.root))
    yield from values_stand_in_passages(site, read_article_texts(request.root))
    yield from numbers_are_those_of_claims(site, sources.read)
    yield from translations_say_the_same(site, sources.read)
    yield from terms_are_said_by_their_words(site, sources.read)
    yield from titles_have_a_card(site, files)


def _changed_claims(built: Build, published_data: Path | None) -> Iterator[Problem]:
    """Yield the claims that are others than those that were published, without a word of it."""
    if published_data is not None:
        before = read_published_topics(read_json_files(published_data).values())
        now = read_published_topics(map(built.outputs.__getitem__, data_files(built.outputs)))
        yield from claims_changed_in_silence(before, now, built.whole.site)


def _theme_warnings(root: Path, files: Files, languages: tuple[Language, ...]) -> Iterator[Problem]:
    """Yield what no longer fits of what the site has in place of the theme. files: all sources."""
    words = frozenset.intersection(*(frozenset(each.words) for each in languages))
    yield from theme_has_changed(files, read_origins(root))
    yield from templates_take_what_is_there(files, words)
    yield from files_have_a_use(files, {language.code for language in languages})
    yield from words_are_translated(languages)
