"""The sites that tests build: a small one, one of real articles, and that of the project."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, Page

from briefing.commands.arguments import INPUTS, ROOT
from briefing.commands.process import OWN_PROGRAM
from briefing.storage.read_sources import read_tree
from build import make_site
from support import faults as f
from support.browser import open_browser
from support.disk import plant
from support.faults import Rebuild
from support.generate import generate
from support.sites import TESTS, Sources
from support.web import base_of, serve

pytest_plugins = ["support.nightly", "support.promises"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="accept what is made now")


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Let nothing trace a test that is not to be covered.

    In a process of pytest-xdist, pytest-cov pauses the second of two that trace there, and the
    first goes on.
    """
    trace = sys.gettrace()
    if item.get_closest_marker("no_cover"):
        sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(trace)


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep out of the folders of the state and of the caches of who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        patch.setattr(sys, "argv", [OWN_PROGRAM])  # what is run here says what build.py says
        yield


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the state of a user who has built nothing yet."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def small() -> dict[str, bytes]:
    """The source files of the small site, with the templates of the project."""
    return read_tree(TESTS / "site", *INPUTS) | read_tree(ROOT, "templates")


@pytest.fixture(scope="session")
def real() -> dict[str, bytes]:
    """The source files of a site of real articles, with the templates of the project.

    It began as a copy of the project's content, which may change or be another's in a fork.
    """
    return read_tree(TESTS / "real", *INPUTS) | read_tree(ROOT, "templates")


@pytest.fixture(scope="session")
def own() -> dict[str, bytes]:
    """The source files of the project itself, whatever its content is."""
    return read_tree(ROOT, *INPUTS)


@pytest.fixture(scope="session")
def own_site(own: Sources) -> Mapping[str, bytes]:
    """The site of the project itself."""
    return MappingProxyType(make_site(own))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of sources."""
    folder = tmp_path / "root"
    plant(folder, {"site.yaml": b"site", "content/a.md": b"a", "content/topic/b.md": b"b"})
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A place for a site, where nothing is yet."""
    return tmp_path / "out" / "site"


@pytest.fixture(scope="session")
def light(small: Sources) -> Sources:
    """The sources of a site that is built soon."""
    return f.light(small)


@pytest.fixture(scope="session")
def rebuild(tmp_path_factory: pytest.TempPathFactory, light: Sources) -> Rebuild:
    """That site, with strangers in its output, before it becomes another site."""
    return f.prepare(tmp_path_factory.mktemp("small"), light, f.other_site(light))


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory, small: Sources) -> Rebuild:
    """A larger site that takes longer to build, before it becomes another one."""
    templates = {path: data for path, data in small.items() if path.startswith("templates/")}
    before = generate(templates, topics=4, articles=6)
    title = before["site.yaml"].replace(b"Title", b"Other")
    return f.prepare(tmp_path_factory.mktemp("large"), before, {**before, "site.yaml": title})


@pytest.fixture(scope="session")
def real_site(real: Sources) -> Mapping[str, bytes]:
    """The site of real articles."""
    return MappingProxyType(make_site(real))


@pytest.fixture(scope="session")
def address(real_site: Mapping[str, bytes], real: Sources) -> Iterator[str]:
    """Where the real site is served, as GitHub Pages does."""
    with serve(real_site, base_of(real)) as address:
        yield address


@pytest.fixture(scope="session")
def sixty(small: dict[str, bytes]) -> Iterator[str]:
    """Where a site of one topic is served, 60 points of 12 articles in three languages."""
    templates = {path: data for path, data in small.items() if path.startswith("templates/")}
    files = generate(templates, topics=1, articles=12, points=60)
    with serve(make_site(files), base_of(files)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A wide window; anything the console says, and any request that fails, fails the test."""
    said: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(f"{request.url} {request.failure}"))
    yield page
    context.close()
    # A page that is left before its script has come gives up on it.
    assert [line for line in said if "ERR_ABORTED" not in line] == []
