#!/usr/bin/env python3
"""Say how soon a save is to be seen in the preview, side by side with the server of Hugo.

    python benchmarks/while_serving.py --hugo /opt/hugo/bin/hugo
    python benchmarks/while_serving.py --pages 1000 --saves 50 --rebuilds 1000
    python benchmarks/while_serving.py --write docs/performance.md

Of the project's own site, and of invented ones: from closing the saved file until its new text is
in the page that a browser shows, until its new style is, until a mistake and its cure are; how
many of 200 saves are lost, and what the memory is after many. Of invented ones also until the
page that is served is new, as Hugo serves it.
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median

from against_hugo import find_hugo, own_python, write_between_marks
from corpus import write_briefing, write_hugo
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, f"{Path(__file__).resolve().parent.parent / 'tests'}")

from browser import FLAGS, NAMES

REPOSITORY = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000)
SAVES, MANY_SAVES, REBUILDS = 50, 200, 1_000
FEW = 50
"""Rebuilds after which memory is measured first."""
GAPS = (0.05, 0.1, 0.2, 0.5)
"""Seconds between two of many saves."""
PATIENCE = 120.0
MARKS = ("<!-- while-serving -->", "<!-- /while-serving -->")


class NotSeenError(Exception):
    """What was saved did not come."""


@dataclass(frozen=True)
class Server:
    """A server that runs, and a summary that it serves."""

    process: subprocess.Popen[str]
    url: str
    source: Path
    styles: Path


@contextmanager
def running(
    command: list[str], ready: str, source: Path, styles: Path, page: str
) -> Iterator[Server]:
    """Start a server, wait until it says where it is, and stop it in the end."""
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if found := re.search(ready, line):
                yield Server(process, f"{found[1].rstrip('/')}/{page}", source, styles)
                break
        else:
            raise NotSeenError(f"{' '.join(command)}: not served")
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


def preview(root: Path, topic: str, article: str) -> AbstractContextManager[Server]:
    """Serve the briefing of a folder."""
    command = [own_python(), f"{REPOSITORY}/build.py", "serve", "--root", f"{root}", "--port", "0"]
    source = root / "content" / topic / f"{article}.vi.md"
    styles = root / "templates" / "styles" / "tokens.css"
    return running(command, r"(http://\S+?);? ", source, styles, f"vi/{topic}/{article}/")


def hugo_server(root: Path, hugo: str, *more: str) -> AbstractContextManager[Server]:
    """Serve the same with Hugo."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [hugo, "server", "--source", f"{root}", "--port", f"{port}", "--bind", "127.0.0.1"]
    source = root / "content" / "vi" / "topic-1" / "article-0.md"
    ready = r"available at (\S+)"
    return running([*command, *more], ready, source, source, "vi/topic-1/article-0/")


def until_served(server: Server, saves: int) -> list[float]:
    """Save again and again; give the seconds until the page that is served is new."""
    host, _, path = server.url.removeprefix("http://").partition("/")
    text, took = server.source.read_text(encoding="utf-8"), []
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    for number in range(saves):
        said = f"Câu số {number} vừa lưu."
        server.source.write_text(f"{text}\n{said}\n", encoding="utf-8")
        saved = time.perf_counter()
        while said not in _page(connection, f"/{path}"):
            if time.perf_counter() - saved > PATIENCE:
                raise NotSeenError(f"{server.url}: {said}")
            time.sleep(0.003)
        took.append(time.perf_counter() - saved)
        time.sleep(0.3)
    server.source.write_text(text, encoding="utf-8")
    return took


def _page(connection: http.client.HTTPConnection, path: str) -> str:
    """Give a page, or nothing of one that Hugo has cut short, since it writes while it answers."""
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    except (http.client.IncompleteRead, UnicodeDecodeError):
        connection.close()
        return ""


class Watched:
    """A page in a browser that tells when something is to be seen in it."""

    def __init__(self, page: Page, server: Server) -> None:
        self._page, self._server = page, server
        page.goto(server.url)
        self._wait("document.documentElement.dataset.previewed !== undefined")
        self._wait("window.LiveReload?.connector?.socket?.readyState === 1")
        time.sleep(1)

    def _wait(self, expression: str) -> None:
        end = time.monotonic() + PATIENCE
        while not self._page.evaluate(expression):
            if time.monotonic() > end:
                raise NotSeenError(expression)
            time.sleep(0.002)

    def until(self, seen: str, save: Callable[[], object]) -> float:
        """Save, and give the seconds until an expression is true in the page."""
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

    def texts(self, saves: int) -> list[float]:
        """Save a text again and again."""
        path = self._server.source
        text, took = path.read_text(encoding="utf-8"), []
        for number in range(saves):
            said = f"Câu số {number} vừa lưu."
            seen = f"document.body.textContent.includes('{said}')"
            took.append(self.until(seen, lambda: path.write_text(f"{text}\n{said}\n")))  # noqa: B023
            time.sleep(0.3)
        path.write_text(text, encoding="utf-8")
        return took

    def styles(self, saves: int) -> list[float]:
        """Save a style again and again."""
        path = self._server.styles
        text, took = path.read_text(encoding="utf-8"), []
        for number in range(saves):
            probe = "getComputedStyle(document.documentElement).getPropertyValue('--probe').trim()"
            new = f"{text}\n:root {{ --probe: {number}; }}\n"
            took.append(self.until(f"{probe} === '{number}'", lambda: path.write_text(new)))  # noqa: B023
            time.sleep(0.3)
        path.write_text(text, encoding="utf-8")
        return took

    def mistakes(self, saves: int) -> tuple[list[float], list[float]]:
        """Make a mistake and cure it again and again."""
        path = self._server.source
        text = path.read_text(encoding="utf-8")
        wrong = text.replace("title:", "titel:", 1)
        over, told, cured = "document.querySelector('._preview_problems')", [], []
        for _ in range(saves):
            told.append(self.until(f"{over} !== null", lambda: path.write_text(wrong)))
            time.sleep(0.2)
            cured.append(self.until(f"{over} === null", lambda: path.write_text(text)))
            time.sleep(0.2)
        return told, cured

    def lost(self, saves: int) -> int:
        """Save many times without waiting; give how often the browser did not end on the last."""
        path, gaps, lost = self._server.source, cycle(GAPS), 0
        text = path.read_text(encoding="utf-8")
        for number in range(saves):
            said = f"Lần lưu {number} trong nhiều lần."
            path.write_text(f"{text}\n{said}\n", encoding="utf-8")
            time.sleep(next(gaps))
            if number % 10 == 9:  # noqa: PLR2004  ten in a row, then a look
                try:
                    self._wait(f"document.body.textContent.includes('{said}')")
                except NotSeenError:
                    lost += 1
        path.write_text(text, encoding="utf-8")
        return lost


def memory_of(server: Server) -> float:
    """Give the megabytes that a server holds."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def growth(server: Server, rebuilds: int) -> tuple[float, float]:
    """Save so many times; give the megabytes after the first of them, and after all."""
    host, _, path = server.url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    text, early = server.source.read_text(encoding="utf-8"), 0.0
    for number in range(1, rebuilds + 1):
        said = f"Lần thứ {number}."
        server.source.write_text(f"{text}\n{said}\n", encoding="utf-8")
        while said not in _page(connection, f"/{path}"):
            time.sleep(0.002)
        if number == FEW:
            early = memory_of(server)
    server.source.write_text(text, encoding="utf-8")
    return early, memory_of(server)


def _said(name: str, took: list[float]) -> str:
    return f"| {name} | {1000 * median(took):.0f} | {1000 * max(took):.0f} |"


def own_site(page: Page, saves: int, rebuilds: int) -> Iterator[str]:
    """Measure the project's own site."""
    with tempfile.TemporaryDirectory(prefix="while-serving-") as name:
        root = Path(name)
        for part in ("content", "templates"):
            shutil.copytree(REPOSITORY / part, root / part)
        shutil.copy(REPOSITORY / "site.yaml", root)
        with preview(root, "trump-putin-call-2025-03", "gia-lai") as server:
            watched = Watched(page, server)
            yield f"| the project's own site, {saves} saves | median, ms | worst, ms |"
            yield "|---|---:|---:|"
            yield _said("new text in the page", watched.texts(saves))
            yield _said("new style in the page", watched.styles(saves))
            told, cured = watched.mistakes(saves)
            yield _said("a mistake over the page", told)
            yield _said("its cure", cured)
            yield ""
            lost = watched.lost(MANY_SAVES)
            apart = f"{1000 * GAPS[0]:.0f} to {1000 * GAPS[-1]:.0f} ms apart"
            yield f"Of {MANY_SAVES} saves, {apart}, {lost} were lost."
            page.goto("about:blank")
            early, late = growth(server, rebuilds)
            yield f"Memory after {FEW} rebuilds: {early:.0f} MB; after {rebuilds:,}: {late:.0f} MB."


def beside_hugo(page: Page, pages: int, saves: int, hugo: str) -> Iterator[str]:
    """Measure an invented site, and the same as Hugo serves it."""
    with tempfile.TemporaryDirectory(prefix="while-serving-") as name:
        write_briefing(Path(name) / "briefing", pages)
        write_hugo(Path(name) / "hugo", pages)
        with preview(Path(name) / "briefing", "topic-1", "article-0") as server:
            ours = until_served(server, saves)
            shown = Watched(page, server).texts(saves)
            page.goto("about:blank")
        few, theirs = max(3, saves // 10), []
        for flags in ((), ("--disableFastRender",)):
            with hugo_server(Path(name) / "hugo", hugo, *flags) as server:
                theirs.append(median(until_served(server, few)))
    served = median(ours)
    yield (
        f"| {pages:,} | {1000 * median(shown):.0f} | {1000 * max(shown):.0f} | {1000 * served:.0f} "
        f"| {1000 * theirs[1]:,.0f} | {served / theirs[1]:.4f} "
        f"| {1000 * theirs[0]:,.0f} | {served / theirs[0]:.4f} |"
    )


def report(options: argparse.Namespace) -> Iterator[str]:
    """Measure everything; give the lines of a report in Markdown."""
    browser_path = next(path for name in NAMES if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(FLAGS))
        page = browser.new_page()
        yield from own_site(page, options.saves, options.rebuilds)
        yield ""
        yield "| pages | in the browser, ms | worst | served | Hugo | ratio | fast | ratio |"
        yield "|---|---:|---:|---:|---:|---:|---:|---:|"
        hugo = find_hugo(options.hugo)
        for pages in options.pages:
            yield from beside_hugo(page, pages, options.saves, hugo)
        browser.close()


def main() -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Say how soon a save is to be seen.")
    parser.add_argument("--pages", type=int, nargs="*", default=SIZES, help="multiples of 20")
    parser.add_argument("--saves", type=int, default=SAVES, help=f"default: {SAVES}")
    parser.add_argument("--rebuilds", type=int, default=REBUILDS, help=f"default: {REBUILDS}")
    parser.add_argument("--hugo", default="hugo", help="the program (default: hugo)")
    parser.add_argument("--write", type=Path, help="a document that takes the report")
    options = parser.parse_args()
    lines = []
    for line in report(options):
        sys.stderr.write(f"{line}\n")
        lines.append(line)
    if options.write:
        write_between_marks(options.write, "\n".join(lines), MARKS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
