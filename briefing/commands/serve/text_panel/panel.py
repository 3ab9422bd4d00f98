"""An article of a previewed site -> its panel, and the passages that are looked for in it."""

from __future__ import annotations

from msgspec import Struct

from briefing.checks.kept_text import read_kept_text
from briefing.checks.locating.search import Place, SearchedText
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.text_panel.article_text import (
    ClaimLine,
    Paragraph,
    Proposals,
    claims_in,
    paragraphs_of,
    proposal_at,
    proposals_of,
)
from briefing.commands.serve.writing.file_change import digest_of
from briefing.content.outlets_voices import ARTICLE_VOICE
from briefing.model.article import Article, Localized
from briefing.model.site import Point, PointKind, Topic
from briefing.numerals.numbers import primary_language
from briefing.storage.read_sources import read_article_texts
from briefing.storage.stat_cache import ARTICLE_TEXTS


class Choice(Struct, frozen=True):
    """What can be chosen, by the id that is written, and its name for a person."""

    id: str
    name: str


class PointChoice(Struct, frozen=True, kw_only=True):
    """A point that a claim may be on."""

    id: str
    name: str
    kind: PointKind
    options: tuple[Choice, ...]
    """What a claim may say; () where that is no list."""


class ArticlePanel(Struct, frozen=True, kw_only=True):
    """What the panel of an article shows."""

    article: str
    """`<topic>/<article>`."""
    language: str
    """BCP 47, of the article."""
    lead: str
    """The path of its lead, in which claims are written."""
    digest: str
    """Of the lead as it was last read."""
    kept: str
    """The path of its kept text, whether it is there or not."""
    is_kept: bool
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[ClaimLine, ...]
    points: tuple[PointChoice, ...]
    voices: tuple[Choice, ...]
    """By whom something may be said; the article itself has an empty name."""
    glosses: tuple[Choice, ...]
    """The languages of the site in which it is to be said what words of the article mean."""


def article_panel(site: LiveSite, id: str, language: str) -> ArticlePanel | None:
    """Return the panel of an article, by `<topic>/<article>`; None if there is none.

    language: the code of that of the page, for names. Raises Problems for a kept text with too
    many marks on one letter, or that cannot be read.
    """
    found = _article(site, id)
    if found is None or (data := site.sources.get(found[1].place.path)) is None:
        return None
    topic, article = found
    text = _kept_text(site, id)
    voices = {each: _name(voice.name, language) for each, voice in site.voices.items()}
    return ArticlePanel(
        article=id,
        language=article.language,
        lead=article.place.path,
        digest=digest_of(data),
        kept=f"{ARTICLE_TEXTS}/{id}.txt",
        is_kept=text is not None,
        paragraphs=paragraphs_of(text) if text else (),
        claims=claims_in(article.place.path, data, text),
        points=tuple(_point(point, language) for point in topic.points),
        voices=(Choice(ARTICLE_VOICE, ""), *(Choice(*each) for each in voices.items())),
        glosses=tuple(
            Choice(each.code, each.name)
            for each in (site.whole.languages if site.whole else ())
            if primary_language(each.code) != primary_language(article.language)
        ),
    )


def proposals(site: LiveSite, id: str, words: str | Place) -> Proposals | None:
    """Return locators of words in the kept text of an article, or of a place in it.

    id: `<topic>/<article>`. None if there is no such article, or its text is not kept. Raises
    Problems as `article_panel` does.
    """
    found, text = _article(site, id), _kept_text(site, id)
    if found is None or text is None:
        return None
    language = found[1].language
    if isinstance(words, Place):
        return proposal_at(text, language, words)
    return proposals_of(text, language, words)


def _article(site: LiveSite, id: str) -> tuple[Topic, Article] | None:
    folder, _, name = id.partition("/")
    topic = site.topic(folder)
    articles = topic.articles if topic else ()
    article = next((each for each in articles if each.id == name), None)
    return (topic, article) if topic and article else None


def _kept_text(site: LiveSite, id: str) -> SearchedText | None:
    path, texts = f"{id}.txt", read_article_texts(site.root, id.partition("/")[0])
    if path not in texts:
        return None
    read_kept_text(path, texts[path])  # refuses marks without end, which would take forever
    return SearchedText(texts[path].decode(errors="replace"))


def _point(point: Point, language: str) -> PointChoice:
    options = (Choice(id, _name(each.label, language)) for id, each in point.options.items())
    name = _name(point.label, language)
    return PointChoice(id=point.id, name=name, kind=point.kind, options=tuple(options))


def _name(texts: Localized, language: str) -> str:
    """Return a name in a language, or in the first that it is in."""
    return texts.get(language) or next(iter(texts.values()), "")
