"""That both sites hold what the corpus says: all the pages and files, and what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from companions import NAMES, wrong_with_companions, wrong_with_site_feeds
from data import FORMS, INDEX, SCHEMA, wrong_with_data, wrong_with_index
from facts import LANGUAGES
from news import PAGES_PER_TOPIC, Article, Claim, Topic, topics_of
from signs import (
    wrong_with_heads,
    wrong_with_manifest,
    wrong_with_robots,
    wrong_with_sitemap,
)
from sites import Site, folder_of

LOOKED_INTO = 5
"""So many topics are read, spread over the corpus; pages and files are counted in all."""
NO_TOPIC = {"about", "page", "assets"}
FRONT_PAGES = ("index.html", "404.html", "vi/index.html", "en/index.html", "vi/about/index.html")
HUGO_PAGES = ("vi/404.html", "en/404.html", "vi/sitemap.xml", "en/sitemap.xml")
FILES = {*NAMES, "sitemap.xml", "robots.txt", "manifest.txt"}


class WorkNotDoneError(Exception):
    """A site lacks what it was to be made of."""


def prove_briefing(root: Path, pages: int) -> None:
    """Raise WorkNotDoneError unless the briefing built the whole corpus."""
    site = Site(root, "data/{topic}.{form}", ("sitemap.xml",))
    _raise_any(root, [*_missing(root, FRONT_PAGES), *_wrong(site, pages)])


def prove_hugo(root: Path, pages: int) -> None:
    """Raise WorkNotDoneError unless Hugo built the whole corpus."""
    site = Site(root, "data/{topic}/index.{form}", ("vi/sitemap.xml", "en/sitemap.xml"))
    front = [page for page in FRONT_PAGES if page != "404.html"]
    _raise_any(root, [*_missing(root, (*front, *HUGO_PAGES)), *_wrong(site, pages)])


def site_size(site: Path) -> tuple[int, int]:
    """Give how many files a site has, and how many bytes."""
    sizes = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
    return len(sizes), sum(sizes)


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


def _wrong(site: Site, pages: int) -> Iterator[str]:
    articles, comparisons = _pages(site.root)
    topics = list(topics_of(pages))
    if len(articles) != len(topics) * PAGES_PER_TOPIC:
        yield f"{len(articles)} pages of articles instead of {len(topics) * PAGES_PER_TOPIC}"
    if len(comparisons) != len(topics) * len(LANGUAGES):
        yield f"{len(comparisons)} comparisons instead of {len(topics) * len(LANGUAGES)}"
    yield from _wrong_files(site, topics)
    yield from wrong_with_site_feeds(site, topics)
    yield from wrong_with_index(site, topics)
    yield from wrong_with_sitemap(site, topics)
    yield from wrong_with_manifest(site, topics)
    yield from wrong_with_robots(site)
    step = max(1, len(topics) // LOOKED_INTO)
    for each in topics[::step]:
        yield from _wrong_in_topic(site.root, each)
        yield from wrong_with_heads(site, each)
        yield from wrong_with_companions(site, each)
        yield from wrong_with_data(site, each)


def _wrong_files(site: Site, topics: list[Topic]) -> Iterator[str]:
    """Give the files beside the pages that are not there, and those that should not be."""
    wanted = {"sitemap.xml", "robots.txt", "manifest.txt", *site.sitemaps, INDEX, SCHEMA}
    for language in LANGUAGES:
        wanted |= {f"{language}/{name}" for name in NAMES if name.startswith("feed")}
        wanted |= {f"{folder_of(language, each.id)}{name}" for each in topics for name in NAMES}
    wanted |= {site.data_of(each.id, form) for each in topics for form in FORMS}
    paths = (file.relative_to(site.root) for file in site.root.rglob("*.*"))
    found = {f"{path}" for path in paths if path.parts[0] == "data" or path.name in FILES}
    found -= {"assets/card.png"}
    yield from (f"{path}: not there" for path in sorted(wanted - found))
    yield from (f"{path}: nobody asked for it" for path in sorted(found - wanted))


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
