"""Requests of a browser -> answers: files of the site, messages of the preview, a socket.

livereload has its home here: its socket and its client are used. Its watching and building are
not, since that polls, is deaf for three seconds after each reload and builds while the browser
waits.
"""

from __future__ import annotations

import asyncio
import logging
import mimetypes
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler  # type: ignore[import-untyped]
from msgspec import DecodeError, Struct, json
from tornado.web import Application, HTTPError, RequestHandler

from briefing.commands.serve.faults import ANSWER, NO_FAULTS, SHOW_NOTES
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.state import PreviewMessage, PreviewState
from briefing.commands.serve.status_page import PATH, mistakes_page, status_page
from briefing.problems import Problems

SERVER_ERROR = 500
MAX_DIGITS = 18
"""Digits of a serial number in a request; one with more is taken for none."""
NO_PAGE = b"<!doctype html><html><head></head><body></body></html>"
"""The page that is served before there is a site; problems are shown on it."""
HERE = Path(__file__).parent
"""The folder of the scripts and styles of the preview."""
LOCAL = {"localhost", "127.0.0.1", "::1"}
"""The names of this machine that are always answered."""


class Address(Struct, frozen=True, kw_only=True):
    """Where the preview is served, and by which names of this machine."""

    host: str = "127.0.0.1"
    port: int = 4000
    allowed: tuple[str, ...] = ()
    """Further names of this machine that are answered."""


class _LocalHandler(RequestHandler):
    """Answers requests that name this machine only: a page of another site can ask, too."""

    application: PreviewApplication

    def prepare(self) -> None:
        if self.request.host_name.strip("[]").lower() not in self.application.names:
            self.send_error(403, reason="Forbidden: unknown host")
        elif self._is_from_elsewhere():
            self.send_error(403, reason="Forbidden: asked by another site")

    def _is_from_elsewhere(self) -> bool:
        """Whether a page of another site asks, and not somebody who follows a link from there.

        https://www.w3.org/TR/fetch-metadata/; a browser that does not say where a request comes
        from is kept from using the answer by the headers below.
        """
        headers = self.request.headers
        site = headers.get("Sec-Fetch-Site", "none")
        visit = (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest"))
        return site not in {"none", "same-origin"} and visit != ("navigate", "document")

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Content-Security-Policy", "frame-ancestors 'none'")
        self.clear_header("Server")

    def write_error(self, status_code: int, **_: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")

    def compute_etag(self) -> None:
        """Return None: nothing is to be cached."""

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Record a fault; a mistake in a request is none, nor what the system refuses."""
        if isinstance(error, Exception) and not isinstance(error, (HTTPError, *NO_FAULTS)):
            self.application.state.faults.record(ANSWER, error)
        else:
            super().log_exception(kind, error, trace)


class _PageHandler(_LocalHandler):
    """Serves the files of the site, by the rules of GitHub Pages."""

    def get(self, path: str) -> None:
        pages, base = self.application.site.pages, self.application.site.base_path
        path = unquote(path)
        if not f"/{path}".startswith(base):
            self.redirect(base) if path == "" else self._serve_missing()
            return
        name = f"/{path}".removeprefix(base)
        if name == "" or name.endswith("/"):
            name += "index.html"
        elif name not in pages and f"{name}/index.html" in pages:
            self.redirect(f"/{path}/", permanent=True)
            return
        if name in pages:
            self._serve(name, pages[name])
        else:
            self._serve_missing()

    def write_error(self, status_code: int, **more: object) -> None:
        """Answer a fault by an empty page, on which the fault is shown."""
        if status_code < SERVER_ERROR:
            super().write_error(status_code, **more)
        else:
            self._serve("404.html", NO_PAGE)

    def _serve_missing(self) -> None:
        self.set_status(404)
        self._serve("404.html", self.application.site.pages.get("404.html", NO_PAGE))

    def _serve(self, name: str, data: bytes) -> None:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
        if kind == "text/html":
            data = data.replace(b"</head>", self.application.head_html(name) + b"</head>", 1)
        self.finish(data)


class _StateHandler(_LocalHandler):
    """Serves what came of the last rebuild."""

    def get(self) -> None:
        self.set_header("Content-Type", "application/json")
        since = self.get_query_argument("since", "")
        serial = int(since) if since.isdecimal() and len(since) <= MAX_DIGITS else -1
        state, message = self.application.state, b""
        with state.faults.recorded(ANSWER):
            message = json.encode(state.message_since(serial))
        if not message:
            only_faults = PreviewMessage(serial=max(serial, 0), faults=state.faults.shown)
            message = json.encode(only_faults)
        self.finish(message)


class _NotesHandler(_LocalHandler):
    """Serves the notes beside a page."""

    async def get(self) -> None:
        page, state = self.get_query_argument("page", ""), self.application.state
        notes: dict[str, object] = {}
        # The problems are those of kept texts, which `check` reports.
        with state.faults.recorded(SHOW_NOTES), suppress(Problems):
            notes = await asyncio.to_thread(state.notes_beside, page)
        self.set_header("Content-Type", "application/json")
        self.finish(json.encode(notes))


class _StatusHandler(_LocalHandler):
    """Serves the page on how the site stands."""

    async def get(self) -> None:
        page = await asyncio.to_thread(self.application.status_page)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page)


class _ClientFileHandler(_LocalHandler):
    """Serves the script and the styles of the preview."""

    def get(self, name: str) -> None:
        kind = {"js": "text/javascript", "css": "text/css"}[name.rpartition(".")[2]]
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.finish((HERE / name).read_bytes())


class _SocketHandler(_LocalHandler, LiveReloadHandler):  # type: ignore[misc]  # it is not typed
    """The socket of livereload, for pages of this site only."""

    def check_origin(self, origin: str) -> bool:
        """Whether the page that asks was served here."""
        return bool(urlsplit(origin).netloc == self.request.host)

    def on_message(self, message: str | bytes) -> None:
        """Answer what livereload knows; ignore what is no message of its client."""
        try:
            read = json.decode(message, type=dict[str, Any])
        except (DecodeError, RecursionError):
            return
        if isinstance(read.get("command"), str):
            super().on_message(message)


class _ScriptHandler(_LocalHandler, LiveReloadJSHandler):  # type: ignore[misc]  # it is not typed
    """The client of livereload."""


class PreviewApplication(Application):
    """The paths that are served, with what their handlers need."""

    def __init__(self, site: LiveSite, state: PreviewState, address: Address) -> None:
        self.site, self.state = site, state
        self.names = LOCAL | {name.strip("[]").lower() for name in (address.host, *address.allowed)}
        self._port = address.port
        LiveReloadHandler.watcher = state  # it logs `filepath` of it
        LiveReloadHandler.live_css = False
        logging.getLogger("livereload").setLevel(logging.ERROR)
        handlers: list[Any] = [
            ("/livereload", _SocketHandler),
            ("/livereload.js", _ScriptHandler),
            ("/_preview/state.json", _StateHandler),
            ("/_preview/margin.json", _NotesHandler),
            (PATH, _StatusHandler),
            ("/_preview/(client.js|client.css|status.js|status.css)", _ClientFileHandler),
            ("/(.*)", _PageHandler),
        ]
        super().__init__(handlers, log_function=lambda _: None)

    def status_page(self) -> str:
        """Return the page on how the site stands now, as HTML."""
        link, base = self.state.link_to, self.site.base_path
        try:
            return status_page(self.site.status(), link, base, self._port)
        except Problems as problems:
            return mistakes_page(problems.problems, link, base, self._port)

    def head_html(self, name: str) -> bytes:
        """Return what is added to the head of the page at path `name`."""
        return (
            '<link rel="stylesheet" href="/_preview/client.css">'
            f'<script src="/_preview/client.js" data-serial="{self.state.message.serial}" '
            f'data-page="{name}"></script>'
            f'<script src="/livereload.js?port={self._port}" async></script>'
        ).encode()


def reload_browsers() -> None:
    """Let every browser ask what has changed. To be called in the thread of the server."""
    LiveReloadHandler.reload_waiters("/_preview")


def disconnect_browsers() -> None:
    """Close the socket of every browser."""
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.close()
