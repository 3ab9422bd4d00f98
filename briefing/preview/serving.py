"""The preview: the site as it will be published, from memory, and what is wrong with its sources.

livereload and tornado, on which it stands, have their home here: the socket and the client are
livereload's, the watching and the building are not, since that polls, is deaf for three seconds
after each reload and builds while the browser waits.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import mimetypes
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import unquote, urlsplit

from livereload.handlers import (  # type: ignore[import-untyped]
    LiveReloadHandler,
    LiveReloadJSHandler,
)
from msgspec import Struct, json
from msgspec.structs import replace
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from briefing.ending import STOPPERS
from briefing.preview.telling import Board
from briefing.preview.watching import Watcher
from briefing.preview.workshop import Workshop
from briefing.problems import Problems

PORTS = 50
"""Ports that are tried, one after the other."""
PATIENCE = 0.5
"""Seconds after which it is looked whether to stop, or whether there is something left to check."""
NO_PAGE = b"<!doctype html><html><head></head><body></body></html>"
"""What is shown where there is no site yet, below what is wrong with it."""
HERE = Path(__file__).parent
LOCAL = {"localhost", "127.0.0.1", "::1"}


class Address(Struct, frozen=True, kw_only=True):
    """Where the preview is, and whom it answers."""

    host: str = "127.0.0.1"
    port: int = 4000
    allowed: tuple[str, ...] = ()
    """Further names of this machine that a browser may ask for."""


class _Guarded(RequestHandler):
    """Answers only who asks for this machine: another site's page could ask through a browser."""

    application: Site

    def prepare(self) -> None:
        if self.request.host_name.strip("[]").lower() not in self.application.names:
            self.send_error(403, reason="Forbidden: unknown host")

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.clear_header("Server")

    def write_error(self, status_code: int, **_: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")

    def compute_etag(self) -> None:
        """Give none: nothing of this is to be kept."""


class _Page(_Guarded):
    """Gives the files of the site, by the rules of GitHub Pages."""

    def get(self, path: str) -> None:
        preview, base = self.application, self.application.workshop.base
        path = unquote(path)
        if not f"/{path}".startswith(base):
            self.redirect(base) if path == "" else self._missing()
            return
        name = f"/{path}".removeprefix(base)
        if name == "" or name.endswith("/"):
            name += "index.html"
        elif name not in preview.pages and f"{name}/index.html" in preview.pages:
            self.redirect(f"/{path}/", permanent=True)
            return
        if name in preview.pages:
            self._give(name, preview.pages[name])
        else:
            self._missing()

    def _missing(self) -> None:
        self.set_status(404)
        self._give("404.html", self.application.pages.get("404.html", NO_PAGE))

    def _give(self, name: str, data: bytes) -> None:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
        if kind == "text/html":
            data = data.replace(b"</head>", self.application.snippet(name) + b"</head>", 1)
        self.finish(data)


class _State(_Guarded):
    """Tells how the last build went."""

    def get(self) -> None:
        self.set_header("Content-Type", "application/json")
        since = self.get_query_argument("since", "")
        serial = int(since) if since.isdecimal() else -1
        self.finish(json.encode(self.application.board.since(serial)))


class _Margin(_Guarded):
    """Tells what stands beside a page."""

    async def get(self) -> None:
        page, board = self.get_query_argument("page", ""), self.application.board
        told: dict[str, object] = {}
        with suppress(KeyError, Problems):  # the sources have changed meanwhile, which is told
            told = await asyncio.to_thread(board.margin, page)
        self.set_header("Content-Type", "application/json")
        self.finish(json.encode(told))


class _Client(_Guarded):
    """Gives what the preview itself puts into a page."""

    def get(self, name: str) -> None:
        kind = {"client.js": "text/javascript", "client.css": "text/css"}[name]
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.finish((HERE / name).read_bytes())


class _Socket(_Guarded, LiveReloadHandler):  # type: ignore[misc]  # it is not typed
    """The socket of livereload, for pages of this site only."""

    def check_origin(self, origin: str) -> bool:
        """Whether the page that asks came from here."""
        return bool(urlsplit(origin).netloc == self.request.host)


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # it is not typed
    """The client of livereload."""


class Site(Application):
    """What is served, and to whom."""

    def __init__(self, workshop: Workshop, board: Board, address: Address) -> None:
        self.workshop, self.pages, self.board = workshop, workshop.pages, board
        self.names = LOCAL | {address.host.lower(), *address.allowed}
        self._port = address.port
        LiveReloadHandler.watcher = board  # it logs what that says has changed
        LiveReloadHandler.live_css = False
        logging.getLogger("livereload").setLevel(logging.ERROR)
        handlers: list[Any] = [
            ("/livereload", _Socket),
            ("/livereload.js", _Script),
            ("/_preview/state.json", _State),
            ("/_preview/margin.json", _Margin),
            ("/_preview/(client.js|client.css)", _Client),
            ("/(.*)", _Page),
        ]
        super().__init__(handlers, log_function=lambda _: None)

    def snippet(self, name: str) -> bytes:
        """Give what goes into the head of a page."""
        return (
            '<link rel="stylesheet" href="/_preview/client.css">'
            f'<script src="/_preview/client.js" data-serial="{self.board.state.serial}" '
            f'data-page="{name}"></script>'
            f'<script src="/livereload.js?port={self._port}" async></script>'
        ).encode()


class Preview:
    """Serves a site, and makes it again at each change."""

    def __init__(
        self, workshop: Workshop, watcher: Watcher, board: Board, say: Callable[[str], object]
    ) -> None:
        self._workshop, self._watcher, self._board, self._say = workshop, watcher, board, say
        self._stopped = Event()

    def serve(self, address: Address, *, opens: bool = False) -> None:
        """Serve until told to stop. Raises OSError if no port is free."""
        said = self._board.take(self._workshop.open())  # by two processes, so before any thread
        gc.collect()
        gc.freeze()  # what is there stays; to look through it at each save would take longest
        self._watcher.start()
        try:
            asyncio.run(self._serve(address, said, opens=opens))
        finally:
            self._watcher.stop()

    async def _serve(self, address: Address, said: str, *, opens: bool) -> None:
        loop, told_to_stop = asyncio.get_running_loop(), asyncio.Event()
        for number in STOPPERS:
            loop.add_signal_handler(number, told_to_stop.set)
        sockets, port = _bound(address)
        server = HTTPServer(Site(self._workshop, self._board, replace(address, port=port)))
        server.add_sockets(sockets)
        url = f"http://{address.host}:{port}{self._workshop.base}"
        taken = f" (port {address.port} is taken)" if address.port not in {0, port} else ""
        self._say(f"{said}\n{url}{taken}; Ctrl-C stops it")
        if opens:
            webbrowser.open(url)
        work = asyncio.create_task(asyncio.to_thread(self._work, loop))
        told = asyncio.create_task(told_to_stop.wait())
        await asyncio.wait({work, told}, return_when=asyncio.FIRST_COMPLETED)
        self._stopped.set()
        server.stop()
        for waiter in LiveReloadHandler.waiters.copy():
            waiter.close()
        await server.close_all_connections()
        await work  # which tells what ended it, if nobody did

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """Make the site again at each change; else look for what could be better."""

        def tell() -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(LiveReloadHandler.reload_waiters, "/_preview")

        board, quiet, unwatched = self._board, False, set(self._workshop.names)
        while not self._stopped.is_set():
            changed = self._watcher.changes(0 if quiet and board.is_unchecked else PATIENCE)
            quiet = not changed  # the browser is served first
            if quiet:
                changed, unwatched = unwatched, set()  # once: what was saved before it was watched
            if changed:
                outcome = self._workshop.change(changed)
                if outcome.sources or outcome.problems or board.state.problems:
                    said = board.take(outcome)
                    tell()
                    self._say(said)
            elif board.is_unchecked and board.check_some():
                tell()


def _bound(address: Address) -> tuple[list[Any], int]:
    """Give sockets on the first free port."""
    for port in range(address.port, address.port + PORTS):
        with suppress(OSError):
            sockets = bind_sockets(port, address.host)
            return sockets, sockets[0].getsockname()[1]
    raise OSError(None, f"no free port from {address.port} on", address.host)
