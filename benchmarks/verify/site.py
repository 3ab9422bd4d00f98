"""Check that a site holds the whole corpus: all pages and files, and what some of them say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from benchmarks.corpus.facts import LANGUAGES
from benchmarks.corpus.news import PAGES_PER_TOPIC, Article, Claim, Topic, topics_of
from benchmarks.verify.data import FORMS, INDEX, SCHEMA, check_data, check_index
from benchmarks.verify.feeds_email import NAMES, check_beside_topic, check_site_feeds
from benchmarks.verify.files import Site, folder_of
from benchmarks.verify.metadata import (
    check_heads,
    check_manifest,
    check_robots,
    check_sitemap,
)

TOPICS_READ = 5
"""Topics that are read, spread over the corpus; pages and files are counted in all."""
NO_TOPIC = {"about", "page", "assets"}
FRONT_PAGES = ("index.html", "404.html", "vi/index.html", "en/index.html", "vi/about/index.html")
HUGO_PAGES = ("vi/404.html", "en/404.html", "vi/sitemap.xml", "en/sitemap.xml")
FILES = {*NAMES, "sitemap.xml", "robots.txt", "manifest.txt"}


class IncompleteSiteError(Exception):
    """A site does not hold the whole corpus."""


def verify_briefing(root: Path, pages: int) -> None:
    """Check a site that the briefing built. Raises IncompleteSiteError."""
    site = Site(root, "data/{topic}.{form}", ("sitemap.xml",))
    _raise_for(root, [*_missing(root, FRONT_PAGES), *_check_site(site, pages)])


def verify_hugo(root: Path, pages: int) -> None:
    """Check a site that Hugo built. Raises IncompleteSiteError."""
    site = Site(root, "data/{topic}/index.{form}", ("vi/sitemap.xml", "en/sitemap.xml"))
    front = [page for page in FRONT_PAGES if page != "404.html"]
    _raise_for(root, [*_missing(root, (*front, *HUGO_PAGES)), *_check_site(site, pages)])


def site_size(site: Path) -> tuple[int, int]:
    """Return how many files a site has, and how many bytes."""
    sizes = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
    return len(sizes), sum(sizes)


def page_sizes(site: Path) -> tuple[float, float]:
    """Return the mean bytes of a page of an article, and of a comparison."""
    articles, comparisons = _pages(site)
    return _mean_size(articles), _mean_size(comparisons)


def _mean_size(pages: list[Path]) -> float:
    return sum(page.stat().st_size for page in pages) / len(pages)


def _raise_for(site: Path, found: list[str]) -> None:
    if found:
        shown = "\n".join(found[:10])
        raise IncompleteSiteError(f"{site}: {len(found)} things are not as they should be\n{shown}")


def _missing(site: Path, pages: tuple[str, ...]) -> Iterator[str]:
    return (f"{page}: not there" for page in pages if not (site / page).is_file())


def _check_site(site: Site, pages: int) -> Iterator[str]:
    articles, comparisons = _pages(site.root)
    topics = list(topics_of(pages))
    if len(articles) != len(topics) * PAGES_PER_TOPIC:
        yield f"{len(articles)} pages of articles instead of {len(topics) * PAGES_PER_TOPIC}"
    if len(comparisons) != len(topics) * len(LANGUAGES):
        yield f"{len(comparisons)} comparisons instead of {len(topics) * len(LANGUAGES)}"
    yield from _check_files(site, topics)
    yield from check_site_feeds(site, topics)
    yield from check_index(site, topics)
    yield from check_sitemap(site, topics)
    yield from check_manifest(site, topics)
    yield from check_robots(site)
    step = max(1, len(topics) // TOPICS_READ)
    for each in topics[::step]:
        yield from _check_topic(site.root, each)
        yield from check_heads(site, each)
        yield from check_beside_topic(site, each)
        yield from check_data(site, each)


def _check_files(site: Site, topics: list[Topic]) -> Iterator[str]:
    """Yield the files beside the pages that are missing, and those that should not be there."""
    wanted = {"sitemap.xml", "robots.txt", "manifest.txt", *site.sitemaps, INDEX, SCHEMA}
    for language in LANGUAGES:
        wanted |= {f"{language}/{name}" for name in NAMES if name.startswith("feed")}
        wanted |= {f"{folder_of(language, each.id)}{name}" for each in topics for name in NAMES}
    wanted |= {site.data_of(each.id, form) for each in topics for form in FORMS}
    paths = (file.relative_to(site.root) for file in site.root.rglob("*.*"))
    found = {f"{path}" for path in paths if path.parts[0] == "data" or path.name in FILES}
    found -= {"assets/card.png"}
    yield from (f"{path}: not there" for path in sorted(wanted - found))
    yield from (f"{path}: is not wanted" for path in sorted(found - wanted))


def _pages(site: Path) -> tuple[list[Path], list[Path]]:
    """Return the pages of articles, and those of comparisons."""
    topics = [
        folder
        for language in LANGUAGES
        for folder in (site / language).iterdir()
        if folder.is_dir() and folder.name not in NO_TOPIC
    ]
    articles = [page for folder in topics for page in folder.glob("*/index.html")]
    return articles, [folder / "index.html" for folder in topics]


def _check_topic(site: Path, made: Topic) -> Iterator[str]:
    for side, language in enumerate(LANGUAGES):
        folder = site / language / made.id
        comparison = _text(folder / "index.html")
        yield from _missing_claims(folder, comparison, made.articles, side)
        for article in made.articles:
            page = folder / article.id
            yield from _missing_claims(page, _text(page / "index.html"), (article,), side)
            if article.title[side] not in comparison:
                yield f"{folder}: no card of {article.id}"


def _missing_claims(
    folder: Path, page: str, articles: tuple[Article, ...], side: int
) -> Iterator[str]:
    """Yield what of the claims of `articles` stands on a page less often than it is claimed."""
    claims = [claim for article in articles for claim in article.claims]
    wanted = Counter(text for claim in claims for text in _marks_of_claim(claim, side))
    for text, times in wanted.items():
        if (found := page.count(text)) < times:
            yield f"{folder}: {text} stands there {found} times instead of {times}"


def _marks_of_claim(claim: Claim, side: int) -> Iterator[str]:
    yield f'<p class="claim_value">{claim.value.shown[side]}</p>'
    yield f">{claim.at}</q>"
    if claim.voice:
        yield f'<p class="claim_voice">{claim.voice.name[side]}'


def _text(page: Path) -> str:
    """Return a page without character references, which each generator writes in its own way."""
    return unescape(page.read_text(encoding="utf-8")) if page.is_file() else ""
