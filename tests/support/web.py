"""The site as the web has it, and the tools of the web that look at it."""

from __future__ import annotations

import gzip
import mimetypes
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page

from briefing.commands.arguments import ROOT
from briefing.content.parse import parse_site

MODULES = ROOT / "tools/web/node_modules"
COMPRESSED = ("text/", "image/svg", "application/javascript", "application/json")

AXE = """axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}})
  .then(({ violations }) => violations.map((rule) => [rule.id, ...rule.nodes.map((n) => n.html)]))
"""


def not_run(missing: str) -> NoReturn:
    """Skip a test that has not what it needs; in CI it fails."""
    message = f"not run: there is no {missing} here (`make test` says why)"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def tool(path: str, name: str) -> Path:
    """Find a file of a package of tools/web; without it the test is skipped."""
    found = MODULES / path
    return found if found.is_file() else not_run(name)


def broken_rules(page: Page) -> list[list[str]]:
    """Give the rules of axe that a page breaks, each with the elements."""
    page.evaluate(tool("axe-core/axe.min.js", "axe").read_text())
    found: list[list[str]] = page.evaluate(AXE)
    return found


def html_pages(site: Mapping[str, bytes]) -> list[str]:
    """Every page of a site, by path."""
    return sorted(path for path in site if path.endswith(".html"))


def address_of(path: str) -> str:
    """Turn the path of a page into what stands in the bar of a browser, below the base."""
    folder, _, name = path.rpartition("/")
    return (f"{folder}/" if folder else "") if name == "index.html" else path


class Pages(BaseHTTPRequestHandler):
    """Answers as GitHub Pages does: compressed, index.html for a folder, 404.html for nothing."""

    protocol_version = "HTTP/1.1"

    def __init__(self, site: Mapping[str, bytes], base: str, *args: object) -> None:
        self.site = site
        self.base = base
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        within = path.startswith(self.base)
        name = path.removeprefix(self.base) if within else "404.html"
        if name == "" or name.endswith("/"):
            name += "index.html"
        if name in self.site and within:
            self.answer(200, name)
        elif within and f"{name}/index.html" in self.site:
            self.send_response(301)
            self.send_header("Location", urlsplit(self.path).path + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.answer(404, "404.html")

    def do_HEAD(self) -> None:
        self.do_GET()

    def answer(self, status: int, name: str) -> None:
        data = self.site.get(name, b"")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.send_response(status)
        is_text = kind.startswith("text/")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        if kind.startswith(COMPRESSED):
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                self.send_header("Content-Encoding", "gzip")
                data = gzip.compress(data, mtime=0)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve(site: Mapping[str, bytes], base: str) -> Iterator[str]:
    """Serve a site under its base path, as GitHub Pages does, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, site, base))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()


def base_of(sources: Mapping[str, bytes]) -> str:
    """Give the path under which the site of these sources stands."""
    return urlsplit(parse_site(sources).address).path
