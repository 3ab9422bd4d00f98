"""Measure how soon a save is seen in the preview, alone or side by side with Hugo's server.

    python -m benchmarks.preview
    python -m benchmarks.preview --pages 1000 --saves 50 --rebuilds 1000 --with-hugo
    python -m benchmarks.preview --with-hugo /opt/hugo/bin/hugo --write docs/performance.md

Of a site of real articles, and of invented ones: from closing the saved file until its new text is
in the page that a browser shows, until its new style is, until a mistake and its cure are; how
many of 200 saves are lost, and how much memory the server has after many. Of invented ones also
until the page that is served is new, with `--with-hugo` as Hugo serves it too.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.corpus.briefing_sources import write_briefing
from benchmarks.corpus.hugo_sources import write_hugo
from benchmarks.support.environment import (
    BROWSER_FLAGS,
    REPOSITORY,
    fast_folder,
    find_browser,
    find_hugo,
    log,
    own_python,
)
from benchmarks.support.report import write_between_marks
from benchmarks.support.servers import (
    PAUSE,
    TIMEOUT,
    NotServedError,
    ServedPage,
    Server,
    hugo_server,
    memory_of,
    preview,
    seconds_until_served,
    sentence_of,
)

SIZES = (1_000, 10_000)
SAVES, MANY_SAVES, REBUILDS = 50, 200, 1_000
FEW = 50
"""Rebuilds after which memory is measured first."""
GAPS = (0.05, 0.1, 0.2, 0.5)
"""Seconds between two of many saves."""
IN_A_ROW = 10
"""Saves between two looks at whether the last of them came."""
REAL_TOPIC, REAL_ARTICLE = "trump-putin-call-2025-03", "gia-lai"


class BrowserPage:
    """A page in a browser, timed from a save until something is seen in it."""

    def __init__(self, page: Page, server: Server) -> None:
        """Open the page of a server and wait until it is connected to its socket."""
        self._page, self._server = page, server
        page.goto(server.url)
        self._wait("document.documentElement.dataset.previewed !== undefined")
        self._wait("window.LiveReload?.connector?.socket?.readyState === 1")
        time.sleep(1)

    def _wait(self, expression: str) -> None:
        end = time.monotonic() + TIMEOUT
        while not self._page.evaluate(expression):
            if time.monotonic() > end:
                raise NotServedError(expression)
            time.sleep(0.002)

    def seconds_until(self, seen: str, save: Callable[[], object]) -> float:
        """Call `save`; return the seconds until the expression `seen` is true in the page."""
        self._page.evaluate(
            "window.seenAt = null; const look = () => { if ("
            + seen
            + ") window.seenAt = Date.now();"
            " else setTimeout(look, 1); }; look();"
        )
        save()
        saved = time.time()
        self._wait("window.seenAt !== null")
        return float(self._page.evaluate("window.seenAt")) / 1000 - saved

    def time_texts(self, saves: int) -> list[float]:
        """Save a text `saves` times; return the seconds until each is seen."""
        path = self._server.source
        text, seconds = path.read_text(encoding="utf-8"), []
        for number in range(saves):
            sentence = sentence_of(number)
            seen = f"document.body.textContent.includes('{sentence}')"
            new = f"{text}\n{sentence}\n"
            seconds.append(self.seconds_until(seen, lambda: path.write_text(new)))  # noqa: B023
            time.sleep(PAUSE)
        path.write_text(text, encoding="utf-8")
        return seconds

    def time_styles(self, saves: int) -> list[float]:
        """Save a style `saves` times; return the seconds until each is seen."""
        path = self._server.styles
        text, seconds = path.read_text(encoding="utf-8"), []
        for number in range(saves):
            probe = "getComputedStyle(document.documentElement).getPropertyValue('--probe').trim()"
            new = f"{text}\n:root {{ --probe: {number}; }}\n"
            seen = f"{probe} === '{number}'"
            seconds.append(self.seconds_until(seen, lambda: path.write_text(new)))  # noqa: B023
            time.sleep(PAUSE)
        path.write_text(text, encoding="utf-8")
        return seconds

    def time_mistakes(self, saves: int) -> tuple[list[float], list[float]]:
        """Make and cure a mistake `saves` times; return the seconds until each is seen."""
        path = self._server.source
        text = path.read_text(encoding="utf-8")
        wrong = text.replace("title:", "titel:", 1)
        overlay = "document.querySelector('._preview_problems')"
        mistakes, cures = [], []
        for _ in range(saves):
            mistakes.append(
                self.seconds_until(f"{overlay} !== null", lambda: path.write_text(wrong))
            )
            time.sleep(PAUSE)
            cures.append(self.seconds_until(f"{overlay} === null", lambda: path.write_text(text)))
            time.sleep(PAUSE)
        return mistakes, cures

    def count_lost(self, saves: int) -> int:
        """Save `saves` times without waiting; return how often the last of some is not seen."""
        path, gaps, lost = self._server.source, cycle(GAPS), 0
        text = path.read_text(encoding="utf-8")
        for number in range(1, saves + 1):
            sentence = f"Lần lưu {number} trong nhiều lần."
            path.write_text(f"{text}\n{sentence}\n", encoding="utf-8")
            time.sleep(next(gaps))
            if number % IN_A_ROW == 0:
                try:
                    self._wait(f"document.body.textContent.includes('{sentence}')")
                except NotServedError:
                    lost += 1
        path.write_text(text, encoding="utf-8")
        return lost


def memory_growth(server: Server, rebuilds: int) -> tuple[float, float]:
    """Save `rebuilds` times; return the megabytes after the first FEW of them, and after all."""
    page, early = ServedPage(server), 0.0
    text = server.source.read_text(encoding="utf-8")
    for number in range(1, rebuilds + 1):
        sentence = f"Lần thứ {number}."
        server.source.write_text(f"{text}\n{sentence}\n", encoding="utf-8")
        page.wait_for(sentence, every=0.002)
        if number == FEW:
            early = memory_of(server)
    server.source.write_text(text, encoding="utf-8")
    return early, memory_of(server)


def _row(name: str, seconds: list[float]) -> str:
    return f"| {name} | {1000 * median(seconds):.0f} | {1000 * max(seconds):.0f} |"


def measure_real_site(page: Page, saves: int, rebuilds: int) -> Iterator[str]:
    """Measure a site of real articles; yield the lines of a report."""
    with fast_folder("preview-") as root:
        shutil.copytree(REPOSITORY / "templates", root / "templates")
        shutil.copytree(REPOSITORY / "tests/real", root, dirs_exist_ok=True)
        with preview(root, own_python(), REAL_TOPIC, REAL_ARTICLE) as server:
            browser_page = BrowserPage(page, server)
            yield f"| a site of real articles, {saves} saves | median, ms | worst, ms |"
            yield "|---|---:|---:|"
            yield _row("new text in the page", browser_page.time_texts(saves))
            yield _row("new style in the page", browser_page.time_styles(saves))
            mistakes, cures = browser_page.time_mistakes(saves)
            yield _row("a mistake over the page", mistakes)
            yield _row("its cure", cures)
            yield ""
            lost = browser_page.count_lost(MANY_SAVES)
            apart = f"{1000 * GAPS[0]:.0f} to {1000 * GAPS[-1]:.0f} ms apart"
            yield f"Of {MANY_SAVES} saves, {apart}, {lost} were lost."
            page.goto("about:blank")
            early, late = memory_growth(server, rebuilds)
            yield f"Memory after {FEW} rebuilds: {early:.0f} MB; after {rebuilds:,}: {late:.0f} MB."


def measure_corpus(page: Page, pages: int, saves: int, hugo: str | None) -> str:
    """Measure an invented site and, with `hugo`, the same as Hugo serves it; return a row."""
    with fast_folder("preview-") as folder:
        write_briefing(folder / "briefing", pages)
        with preview(folder / "briefing", own_python()) as server:
            served = median(seconds_until_served(server, saves))
            seen = BrowserPage(page, server).time_texts(saves)
            page.goto("about:blank")
        row = (
            f"| {pages:,} | {1000 * median(seen):.0f} | {1000 * max(seen):.0f} "
            f"| {1000 * served:.0f} |"
        )
        if hugo:
            write_hugo(folder / "hugo", pages)
            for arguments in (("--disableFastRender",), ()):
                with hugo_server(folder / "hugo", hugo, *arguments) as server:
                    theirs = median(seconds_until_served(server, max(3, saves // 10)))
                row += f" {1000 * theirs:,.0f} | {served / theirs:.4f} |"
    return row


def report(options: argparse.Namespace) -> Iterator[str]:
    """Measure everything; yield the lines of a report in Markdown."""
    hugo = find_hugo(options.with_hugo) if options.with_hugo else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=list(BROWSER_FLAGS)
        )
        page = browser.new_page()
        yield from measure_real_site(page, options.saves, options.rebuilds)
        yield ""
        yield "| pages | in the browser, ms | worst | served |" + (
            " Hugo | ratio | fast | ratio |" if hugo else ""
        )
        yield f"|---:|---:|---:|---:|{'---:|---:|---:|---:|' if hugo else ''}"
        for pages in options.pages:
            yield measure_corpus(page, pages, options.saves, hugo)
        browser.close()


def main() -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Measure how soon a save is seen.")
    parser.add_argument("--pages", type=int, nargs="*", default=SIZES, help="multiples of 20")
    parser.add_argument("--saves", type=int, default=SAVES, help=f"default: {SAVES}")
    parser.add_argument("--rebuilds", type=int, default=REBUILDS, help=f"default: {REBUILDS}")
    parser.add_argument(
        "--with-hugo",
        nargs="?",
        const="hugo",
        metavar="PROGRAM",
        help="measure Hugo too: the one on the PATH, or PROGRAM",
    )
    parser.add_argument("--write", type=Path, help="a document that takes the report")
    options = parser.parse_args()
    lines = []
    try:
        for line in report(options):
            log(line)
            lines.append(line)
        if options.write:
            write_between_marks(options.write, "\n".join(lines), "preview")
    except (NotServedError, OSError, ValueError, subprocess.SubprocessError) as error:
        log(f"{error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
