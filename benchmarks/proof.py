"""That both sites hold what the corpus says: all the pages, and the values on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from facts import LANGUAGES
from news import PAGES_PER_TOPIC, Article, Claim, Topic, topic, topic_count

LOOKED_INTO = 5
"""So many topics are read, spread over the corpus; pages are counted in all."""
NO_TOPIC = {"about", "page", "assets"}
FRONT_PAGES = ("index.html", "404.html", "vi/index.html", "en/index.html", "vi/about/index.html")
HUGO_PAGES = ("vi/404.html", "en/404.html", "vi/feed.xml", "en/feed.xml", "sitemap.xml")


class WorkNotDoneError(Exception):
    """A site lacks what it was to be made of."""


def prove_briefing(site: Path, pages: int) -> None:
    """Raise WorkNotDoneError unless the briefing built the whole corpus."""
    _raise_any(site, [*_missing(site, FRONT_PAGES), *_wrong(site, pages)])


def prove_hugo(site: Path, pages: int) -> None:
    """Raise WorkNotDoneError unless Hugo built the whole corpus."""
    front = [page for page in FRONT_PAGES if page != "404.html"]
    _raise_any(site, [*_missing(site, (*front, *HUGO_PAGES)), *_wrong(site, pages)])


def page_sizes(site: Path) -> tuple[float, float]:
    """Give the mean bytes of a page of an article, and of one of a comparison."""
    articles, comparisons = _pages(site)
    return _mean_size(articles), _mean_size(comparisons)


def _mean_size(pages: list[Path]) -> float:
    return sum(page.stat().st_size for page in pages) / len(pages)


def _raise_any(site: Path, found: list[str]) -> None:
    if found:
        shown = "\n".join(found[:10])
        raise WorkNotDoneError(f"{site}: {len(found)} things are not as they should be\n{shown}")


def _missing(site: Path, pages: tuple[str, ...]) -> Iterator[str]:
    return (f"{page}: not there" for page in pages if not (site / page).is_file())


def _wrong(site: Path, pages: int) -> Iterator[str]:
    articles, comparisons = _pages(site)
    topics = topic_count(pages)
    if len(articles) != topics * PAGES_PER_TOPIC:
        yield f"{len(articles)} pages of articles instead of {topics * PAGES_PER_TOPIC}"
    if len(comparisons) != topics * len(LANGUAGES):
        yield f"{len(comparisons)} comparisons instead of {topics * len(LANGUAGES)}"
    step = max(1, topics // LOOKED_INTO)
    for number in range(0, topics, step):
        yield from _wrong_in_topic(site, topic(number))


def _pages(site: Path) -> tuple[list[Path], list[Path]]:
    """Give the pages of articles, and those of comparisons."""
    topics = [
        folder
        for language in LANGUAGES
        for folder in (site / language).iterdir()
        if folder.is_dir() and folder.name not in NO_TOPIC
    ]
    articles = [page for folder in topics for page in folder.glob("*/index.html")]
    return articles, [folder / "index.html" for folder in topics]


def _wrong_in_topic(site: Path, made: Topic) -> Iterator[str]:
    for side, language in enumerate(LANGUAGES):
        folder = site / language / made.id
        comparison = _text(folder / "index.html")
        yield from _lost(folder, comparison, made.articles, side)
        for article in made.articles:
            page = folder / article.id
            yield from _lost(page, _text(page / "index.html"), (article,), side)
            if article.title[side] not in comparison:
                yield f"{folder}: no card of {article.id}"


def _lost(folder: Path, page: str, articles: tuple[Article, ...], side: int) -> Iterator[str]:
    """Give what of the claims of articles does not stand on a page, as often as it is said."""
    claims = [claim for article in articles for claim in article.claims]
    wanted = Counter(text for claim in claims for text in _signs(claim, side))
    for text, times in wanted.items():
        if (found := page.count(text)) < times:
            yield f"{folder}: {text} stands there {found} times instead of {times}"


def _signs(claim: Claim, side: int) -> Iterator[str]:
    yield f'<p class="claim_value">{claim.value.shown[side]}</p>'
    yield f">{claim.at}</q>"
    if claim.voice:
        yield f">{claim.voice.name[side]}</span>"


def _text(page: Path) -> str:
    """Read a page; both escape characters in their own ways, so none is left escaped."""
    return unescape(page.read_text(encoding="utf-8")) if page.is_file() else ""
