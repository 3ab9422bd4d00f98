"""A site is the same wherever it stands: at the root of a host, or below a path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPErrorProcessor, build_opener

import pytest
from playwright.sync_api import Browser

from briefing.engine.build import build
from briefing.engine.sources import SourceTree
from build import make_site
from support.sites import AS_OF, Sources
from support.web import Pages, html_pages

BASES = ("/", "/repo/", "/a/b/")


def at(sources: Sources, address: str) -> dict[str, bytes]:
    """Make a site for an address."""
    return dict(build(SourceTree.of(sources, address), AS_OF).outputs)


def without_address(files: Mapping[str, bytes], address: str) -> dict[str, bytes]:
    """Give the files of a site with a word for where it stands."""
    base = urlsplit(address).path
    found = dict(files)
    for written in (address, address.replace(":", "%3A")):  # as it is, and in the subject of a mail
        found = {path: data.replace(written.encode(), b"{address}") for path, data in found.items()}
    lost = found["404.html"].replace(b'="' + base.encode(), b'="{base}')
    return {path: data for path, data in found.items() if path != "CNAME"} | {"404.html": lost}


@pytest.mark.parametrize("name", ["small", "real"])
def test_only_the_address_is_another(request: pytest.FixtureRequest, name: str) -> None:
    """The same files with the same bytes, but for the address where it stands written out."""
    sources = request.getfixturevalue(name)
    addresses = [f"https://somebody.example{base}" for base in BASES]
    sites = [without_address(at(sources, address), address) for address in addresses]
    assert sites[0] == sites[1] == sites[2]
    own = {"https://example.org/small/": "small", "https://example.org/briefing/": "real"}
    address = next(address for address in own if own[address] == name)
    assert without_address(make_site(sources, AS_OF), address) == sites[0]


@contextmanager
def served(sources: Sources, base: str) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Serve a site that was made for where it is served, as GitHub Pages does."""
    site: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, site, base))
    server.daemon_threads = True
    address = f"http://localhost:{server.server_port}{base}"
    try:
        site |= at(sources, address)
        Thread(target=server.serve_forever, daemon=True).start()
        yield address, site
    finally:
        server.shutdown()
        server.server_close()


class _Still(HTTPErrorProcessor):
    """Follows nothing."""

    def http_response(self, request: object, response: object) -> object:
        return response

    https_response = http_response


def answer(address: str) -> tuple[int, str, bytes]:
    """Give the status of an address, where it leads, and what it holds."""
    with build_opener(_Still).open(address, timeout=10) as found:
        return found.status, found.headers.get("Location", ""), found.read()


def test_the_stand_in_answers_as_github_pages_does(small: Sources) -> None:
    """A folder is its index.html, and led there without its slash; all else is 404.html."""
    with served(small, "/repo/") as (address, site):
        assert answer(f"{address}en/") == (200, "", site["en/index.html"])
        assert answer(f"{address}en")[:2] == (301, "/repo/en/")
        assert answer(f"{address}no/such/page/") == (404, "", site["404.html"])
        assert answer(f"{address}en/feed.xml") == (200, "", site["en/feed.xml"])
        assert answer(address.removesuffix("repo/"))[0] == 404
        with pytest.raises(HTTPError):
            build_opener().open(f"{address}nothing", timeout=10)


IN_PAGE = """() => [...document.querySelectorAll("[href], [src]")]
  .map((each) => new URL(each.getAttribute("href") ?? each.getAttribute("src"), location).href)"""
"""Every address in a page, as the browser takes it."""


class Reader:
    """Somebody who opens every page of a site and follows every link in it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._page = browser.new_page()
        self._address = address
        self._known: dict[str, int] = {}
        self.seen: set[str] = set()
        self.anchors: set[str] = set()
        self.dead: set[str] = set()
        self.foreign: set[str] = set()
        """What the browser asked of other hosts."""
        self.said: list[str] = []
        """What the console said."""
        self._page.on("console", lambda said: self.said.append(f"{self._page.url} {said.text}"))
        self._page.on("pageerror", lambda error: self.said.append(f"{self._page.url} {error}"))
        self._page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith(self._address):
            self.foreign.add(url)

    def read_all(self) -> None:
        """Begin at the front door."""
        waiting = [self._address]
        while waiting:
            if (url := waiting.pop()) in self.seen:
                continue
            self.seen.add(url)
            self._page.goto(url, wait_until="load")
            links: list[str] = self._page.evaluate(IN_PAGE)
            for link in links:
                plain, _, anchor = link.partition("#")
                if plain.startswith(self._address):
                    self._try(url, link, plain)
                    waiting += [plain] if urlsplit(plain).path.endswith(("/", ".html")) else []
                    self.anchors |= {link} if anchor else set()
        self._page.close()

    def _try(self, url: str, link: str, plain: str) -> None:
        if plain not in self._known:
            self._known[plain] = answer(plain)[0]
        if self._known[plain] != 200:
            self.dead.add(f"{link} on {url}")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("base", BASES)
def test_a_browser_finds_no_dead_link_and_nothing_foreign(
    browser: Browser, real: Sources, base: str
) -> None:
    """It opens every page and follows every link, anchors too; its console says nothing."""
    redirects = b"renamed:\n  alaska: alaska-summit-2025-08\nwithdrawn: [hoax]\n"
    with served(real | {"redirects.yaml": redirects}, base) as (address, site):
        reader = Reader(browser, address)
        reader.read_all()
    assert reader.dead == set()
    assert reader.foreign == set()
    assert reader.said == []
    for link in reader.anchors:
        plain, _, anchor = link.removeprefix(address).partition("#")
        plain = plain.partition("?")[0]  # a choice of articles, which the script makes
        path = plain if plain.endswith(".html") else f"{plain}index.html"
        assert f'id="{anchor}"' in site[path].decode(), link
    pages = {f"{address}{path.removesuffix('index.html')}" for path in html_pages(site)}
    unlinked = {url for url in pages - reader.seen if "/alaska/" not in url and "/hoax/" not in url}
    assert unlinked == {f"{address}404.html"}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("base", BASES)
def test_every_address_in_every_file_is_answered(real: Sources, base: str) -> None:
    """Of feeds, data, mails, the sitemap and the manifest too."""
    with served(real, base) as (address, site):
        written = re.compile(re.escape(address) + r"""[^\s"'<>&#,}\]\\]*""")
        found = {
            link
            for path, data in site.items()
            if path.endswith((".xml", ".json", ".csv", ".txt", ".bib", ".html"))
            for link in written.findall(data.decode())
        }
        found |= {address + url for url in site["manifest.txt"].decode().splitlines()}
        assert len(found) > 50
        assert {link for link in found if answer(link)[0] != 200} == set()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("base", BASES)
def test_what_is_not_there_is_told_at_any_depth(
    browser: Browser, small: Sources, base: str
) -> None:
    """With its styles, and with links that arrive."""
    with served(small, base) as (address, _):
        page = browser.new_page()
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(f"{request.url} {request.failure}"))
        found = page.goto(f"{address}en/no/such/page/at/all")
        assert found is not None
        assert found.status == 404
        page.get_by_role("link", name="Enter").click()
        assert page.url == f"{address}en/"
        # A page that is left before all of it has come gives up on the rest.
        assert [each for each in failed if "ERR_ABORTED" not in each] == []
        page.close()
