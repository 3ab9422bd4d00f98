"""Try every passage link in Chromium on the texts that are kept: `python tools/passages.py`.

`make check` proves that the words of a locator stand in the text. This proves that a
browser finds them: for each locator it opens a page with the kept text of the article and
looks which paragraph comes into sight. A line of a kept text is a paragraph of the page.

Locators that are not linked (the address is usurped, the words are of a translation printed
with the article) are tried as the others are, and counted.
"""

from __future__ import annotations

import argparse
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import pytest  # noqa: E402  the paths come first
from playwright import sync_api as playwright  # noqa: E402
from playwright.sync_api import Page, Route  # noqa: E402

from briefing.checks.kept_text import as_seen  # noqa: E402
from briefing.commands.arguments import SOURCES  # noqa: E402
from briefing.content.parse import parse_site  # noqa: E402
from briefing.model.article import Locator  # noqa: E402
from briefing.model.site import Site  # noqa: E402
from briefing.problems import Problem, Problems  # noqa: E402
from briefing.rendering.text_fragments import passage_link, text_directive  # noqa: E402
from briefing.storage.read_sources import read_tree  # noqa: E402
from briefing.storage.site_sources.read import read_site_sources  # noqa: E402
from briefing.storage.stat_cache import ARTICLE_TEXTS  # noqa: E402
from support.browser import open_browser  # noqa: E402

ADDRESS = "http://passages.invalid/"
"""The address of the page, which is never requested: the browser is given the page instead."""
CURE = "copy the words from the article as they stand, or add `before:` or `after:`"
PATIENCE = 2_000
"""Milliseconds until a browser that shows no paragraph is taken to have found none."""
STYLE = "body { margin: 0 } p { margin: 120vh 0 }"
"""One paragraph in sight at a time, and none before the browser has scrolled to one."""
IN_SIGHT = """() => {
    const seen = Array.from(document.querySelectorAll("p")).find((paragraph) => {
        const box = paragraph.getBoundingClientRect();
        return box.bottom > 0 && box.top < innerHeight;
    });
    return seen && seen.id;
}"""


def land(page: Page, paragraphs: Iterable[str], language: str, directive: str) -> int | None:
    """Open a page of paragraphs at a text directive; return which of them is shown, from 0.

    The directive is what comes after `:~:text=`, percent-encoded. None: it is not found.
    """
    body = "\n".join(f"<p id=p{at}>{escape(words)}</p>" for at, words in enumerate(paragraphs))
    head = f"<!doctype html><html lang='{escape(language)}'><meta charset=utf-8><style>{STYLE}"
    html = f"{head}</style><body>\n{body}\n"

    def give(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.goto("about:blank")  # from the same page it would be no navigation
    page.route(f"{ADDRESS}**", give)
    try:
        page.goto(f"{ADDRESS}#:~:text={directive}")
        shown = page.wait_for_function(IN_SIGHT, timeout=PATIENCE).json_value()
    except playwright.TimeoutError:
        return None
    finally:
        page.unroute(f"{ADDRESS}**", give)
    return int(f"{shown}".removeprefix("p"))


def begins(paragraphs: Iterable[str], locator: Locator) -> int | None:
    """Return in which paragraph a passage begins, from 0, by its words; None if in none."""
    spaced = [as_seen(words) for words in paragraphs]
    starts = list(accumulate((len(words) + 1 for words in spaced), initial=0))
    before, start, end, after = (
        _whole(as_seen(words or ""))
        for words in (locator.before, locator.start, locator.end, locator.after)
    )
    pattern = rf"{before}\s*(?P<start>{start}){'.*?' if end else ''}{end}\s*{after}"
    found = re.search(pattern, " ".join(spaced))
    return bisect_right(starts, found.start("start")) - 1 if found else None


def _whole(words: str) -> str:
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return f"{before}{re.escape(words)}{after}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A locator, and the text it is to be found in."""

    locator: Locator
    language: str
    """The language of the article."""
    linked: bool
    path: str
    """The path of the kept text: `<topic>/<article>.txt`."""
    text: bytes | None
    """The kept text; None if there is none."""

    def miss(self, page: Page) -> Problem | None:
        """Return where the browser goes instead; None if it goes to the right paragraph."""
        kept = (self.text or b"").decode(errors="replace").splitlines()
        lines = {number: line for number, line in enumerate(kept, 1) if line.strip()}
        numbers, paragraphs = list(lines), list(lines.values())
        place, words = self.locator.place, f"`{self.locator.start}`"
        wanted = begins(paragraphs, self.locator)
        if wanted is None:
            return Problem(place, f"{words} is not in {self.path}", CURE)
        shown = land(page, paragraphs, self.language, text_directive(self.locator))
        if shown == wanted:
            return None
        seen = "nothing" if shown is None else f"line {numbers[shown]}: {paragraphs[shown]:.60}"
        begun = f"{words} begins in line {numbers[wanted]} of {self.path}"
        return Problem(place, f"{begun}, shown is {seen}", CURE)


def passages(briefing: Site, texts: Mapping[str, bytes]) -> Iterator[Passage]:
    """Yield every locator of the content with its kept text, in order of the content."""
    for topic in briefing.topics:
        for article in topic.articles:
            path = f"{topic.id}/{article.id}.txt"
            for claim in article.claims:
                linked = passage_link(article, claim.at) is not None
                yield Passage(claim.at, article.language, linked, path, texts.get(path))


@dataclass(frozen=True, slots=True)
class Trial:
    """The result of trying every passage whose text is kept, of `passages` in all."""

    passages: int
    tried: int
    unlinked: int
    """How many of the passages tried are not linked on the site."""
    misses: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Whether something was tried, and nothing missed."""
        return self.tried > 0 and not self.misses

    def __str__(self) -> str:
        landed = self.tried - len(self.misses)
        total = f"{landed} of {self.tried} passages land on their paragraph"
        if self.unlinked:
            total += f"; not linked on the site: {self.unlinked}"
        if unread := self.passages - self.tried:
            total += f"; the text is not kept of {unread}"
        return "\n".join([*map(str, self.misses), total])


def try_all(page: Page, briefing: Site, texts: Mapping[str, bytes]) -> Trial:
    """Return the result of trying each passage. `texts` are by path: `<topic>/<article>.txt`."""
    every = list(passages(briefing, texts))
    kept = [passage for passage in every if passage.text is not None]
    misses = tuple(miss for passage in kept if (miss := passage.miss(page)) is not None)
    return Trial(len(every), len(kept), sum(not passage.linked for passage in kept), misses)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status: 0, 1 for a miss or nothing to try, 2."""
    parser = argparse.ArgumentParser(description="Try every passage link in Chromium.")
    parser.add_argument(
        "folder", nargs="?", type=Path, help=f"the kept texts (default: {ARTICLE_TEXTS}/)"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of site.yaml")
    options = parser.parse_args(arguments)
    folder = (options.folder or options.root / ARTICLE_TEXTS).resolve()
    if not folder.is_dir():
        parser.error(f"there is no folder {folder}")
    try:
        briefing = parse_site(read_site_sources(options.root, *SOURCES))
        read = read_tree(folder.parent, folder.name)
        texts = {path.removeprefix(f"{folder.name}/"): text for path, text in read.items()}
        with open_browser() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            trial = try_all(page, briefing, texts)
    except (Problems, pytest.skip.Exception, pytest.fail.Exception) as error:
        print(error, file=sys.stderr)
        return 1
    print(trial)
    return 0 if trial.passed else 1


if __name__ == "__main__":
    sys.exit(main())
