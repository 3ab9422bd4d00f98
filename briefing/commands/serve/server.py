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

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler  # type: ignore[import-untyped]
from msgspec import Struct, json
from msgspec.structs import replace
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from briefing.commands.process import STOPPERS
from briefing.commands.serve.faults import ANSWER, BESIDE, MAKE, NO_FAULTS, WATCH
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.state import PreviewMessage, PreviewState
from briefing.commands.serve.watcher import Watcher
from briefing.problems import Problems

PORTS = 50
"""Ports that are tried, one after the other."""
POLL_SECONDS = 0.5
"""Seconds after which it is looked whether to stop, or whether there is something left to check."""
SERVER_ERROR = 500
MOST_DIGITS = 19
"""Of a number that is asked with."""
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

    application: PreviewSite

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

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Tell of a fault; what whoever asks did wrong is none, nor what the system refuses."""
        if isinstance(error, Exception) and not isinstance(error, (HTTPError, *NO_FAULTS)):
            self.application.board.faults.take(ANSWER, error)
        else:
            super().log_exception(kind, error, trace)


class _Page(_Guarded):
    """Gives the files of the site, by the rules of GitHub Pages."""

    def get(self, path: str) -> None:
        pages, base = self.application.workshop.pages, self.application.workshop.base
        path = unquote(path)
        if not f"/{path}".startswith(base):
            self.redirect(base) if path == "" else self._missing()
            return
        name = f"/{path}".removeprefix(base)
        if name == "" or name.endswith("/"):
            name += "index.html"
        elif name not in pages and f"{name}/index.html" in pages:
            self.redirect(f"/{path}/", permanent=True)
            return
        if name in pages:
            self._give(name, pages[name])
        else:
            self._missing()

    def write_error(self, status_code: int, **more: object) -> None:
        """Give a page on which a fault is told, where there is no other."""
        if status_code < SERVER_ERROR:
            super().write_error(status_code, **more)
        else:
            self._give("404.html", NO_PAGE)

    def _missing(self) -> None:
        self.set_status(404)
        self._give("404.html", self.application.workshop.pages.get("404.html", NO_PAGE))

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
        serial = int(since) if since.isdecimal() and len(since) < MOST_DIGITS else -1
        board = self.application.board
        told = b""
        with board.faults.caught(ANSWER):
            told = json.encode(board.since(serial))
        self.finish(
            told or json.encode(PreviewMessage(serial=max(serial, 0), faults=board.faults.shown))
        )


class _Margin(_Guarded):
    """Tells what stands beside a page."""

    async def get(self) -> None:
        page, board = self.get_query_argument("page", ""), self.application.board
        told: dict[str, object] = {}
        with (
            board.faults.caught(BESIDE),
            suppress(Problems),
        ):  # of kept texts: `check` tells of them
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


class PreviewSite(Application):
    """What is served, and to whom."""

    def __init__(self, workshop: LiveSite, board: PreviewState, address: Address) -> None:
        self.workshop, self.board = workshop, board
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
        self,
        workshop: LiveSite,
        watcher: Watcher,
        board: PreviewState,
        say: Callable[[str], object],
    ) -> None:
        self._workshop, self._watcher, self._board, self._say = workshop, watcher, board, say
        self._stopped = Event()
        self._unwatched: set[str] = set()
        """Why it could not be watched, as it was said."""

    def serve(self, address: Address, *, opens: bool = False) -> None:
        """Serve until told to stop. Raises OSError if no port is free."""
        said, faults = "no page was made", self._board.faults
        faults.listen(self._say)
        with faults.caught(MAKE):  # by two processes, so before any thread
            said = self._board.take(self._workshop.open())
        gc.collect()
        gc.freeze()  # what is there stays; to look through it at each save would take longest
        self._watcher.start()
        try:
            asyncio.run(self._serve(address, said, opens=opens))
        finally:
            self._watcher.stop()

    async def _serve(self, address: Address, said: str, *, opens: bool) -> None:
        loop, told_to_stop = asyncio.get_running_loop(), asyncio.Event()
        loop.set_exception_handler(self._on_exception)
        self._board.faults.listen(lambda _: _tell(loop))
        for number in STOPPERS:
            loop.add_signal_handler(number, told_to_stop.set)
        sockets, port = _bound(address)
        server = HTTPServer(PreviewSite(self._workshop, self._board, replace(address, port=port)))
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
        board, changed = self._board, set[str]()
        while not self._stopped.is_set():
            is_quiet = not changed  # the browser is served first
            changed = self._changes(0 if is_quiet and board.is_unchecked else POLL_SECONDS)
            if changed:
                with board.faults.caught(MAKE):
                    self._change(changed, loop)
            elif board.is_unchecked and board.check_some():
                _tell(loop)

    def _change(self, changed: set[str], loop: asyncio.AbstractEventLoop) -> None:
        board = self._board
        outcome = self._workshop.change(changed)
        was_wrong = board.state.problems or board.faults.is_shown(MAKE)
        if outcome.sources or outcome.problems or was_wrong:
            said = board.take(outcome)
            _tell(loop)
            self._say(said)

    def _changes(self, patience: float) -> set[str]:
        """Give what has changed; nothing where that cannot be known, which is told."""
        found = None
        with self._board.faults.caught(WATCH):
            try:
                found = self._watcher.changes(patience)
            except OSError as error:
                why = (
                    f"{error.filename or 'the folder'} cannot be watched: {error.strerror or error}"
                )
                if why not in self._unwatched:
                    self._say(f"{why}\n    it is looked for saves each second until it can")
                self._unwatched.add(why)
        if found is None:
            self._stopped.wait(POLL_SECONDS)
        return found or set()

    def _on_exception(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Tell of what was raised in a callback of the loop."""
        error = context.get("exception")
        if isinstance(error, Exception) and not isinstance(error, NO_FAULTS):
            self._board.faults.take(ANSWER, error)
        else:
            loop.default_exception_handler(context)


def _tell(loop: asyncio.AbstractEventLoop) -> None:
    """Let the browsers look what is new."""
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(LiveReloadHandler.reload_waiters, "/_preview")


def _bound(address: Address) -> tuple[list[Any], int]:
    """Give sockets on the first free port."""
    for port in range(address.port, address.port + PORTS):
        with suppress(OSError):
            sockets = bind_sockets(port, address.host)
            return sockets, sockets[0].getsockname()[1]
    raise OSError(None, f"no free port from {address.port} on", address.host)
