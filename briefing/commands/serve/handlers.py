"""Requests of a browser -> answers: files of the site, messages of the preview, a socket.

livereload has its home here: its socket and its client are used. Its watching and building are
not, since that polls, is deaf for three seconds after each reload and builds while the browser
waits.
"""

from __future__ import annotations

import asyncio
import logging
import mimetypes
import re
from contextlib import suppress
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler  # type: ignore[import-untyped]
from msgspec import DecodeError, Struct, json
from tornado.web import HTTPError

from briefing.commands.serve.faults import ANSWER, SHOW_NOTES
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.local_handler import LocalApplication, LocalHandler
from briefing.commands.serve.preview_words import WORD_LANGUAGES, preview_words
from briefing.commands.serve.state import PreviewMessage, PreviewState
from briefing.commands.serve.status_page import PATH, mistakes_page, status_page
from briefing.commands.serve.text_panel.handlers import HERE as TEXT_PANEL
from briefing.commands.serve.text_panel.handlers import panel_handlers
from briefing.commands.serve.translator.handlers import HERE as TRANSLATOR
from briefing.commands.serve.translator.handlers import translator_handlers
from briefing.commands.serve.writing.guard import is_this_machine
from briefing.commands.serve.writing.handlers import writing_handlers
from briefing.commands.serve.writing.writer import SourceWriter
from briefing.problems import Problems

SERVER_ERROR = 500
MAX_DIGITS = 18
"""Digits of a serial number in a request; one with more is taken for none."""
NO_PAGE = b"<!doctype html><html><head></head><body></body></html>"
"""The page that is served before there is a site; problems are shown on it."""
CLIENT_FILES = {
    name: folder / name
    for folder, names in (
        (Path(__file__).parent, ("client.js", "client.css", "status.js", "status.css")),
        (TEXT_PANEL, ("text_panel.js", "text_panel.css")),
        (TRANSLATOR, ("translator.js", "translator.css")),
    )
    for name in names
}
"""The scripts and styles of the preview, by name."""


class Address(Struct, frozen=True, kw_only=True):
    """Where the preview is served, and by which names of this machine."""

    host: str = "127.0.0.1"
    port: int = 4000
    allowed: tuple[str, ...] = ()
    """Further names of this machine that are answered."""


class _PageHandler(LocalHandler):
    """Serves the files of the site, by the rules of GitHub Pages."""

    application: PreviewApplication

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
            is_own = is_this_machine(self.request.remote_ip or "", self.request.host)
            head = self.application.head_html(name, is_own=is_own)
            data = data.replace(b"</head>", head + b"</head>", 1)
        self.finish(data)


class _StateHandler(LocalHandler):
    """Serves what came of the last rebuild."""

    application: PreviewApplication

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


class _NotesHandler(LocalHandler):
    """Serves the notes beside a page."""

    application: PreviewApplication

    async def get(self) -> None:
        page, state = self.get_query_argument("page", ""), self.application.state
        notes: dict[str, object] = {}
        # The problems are those of kept texts, which `check` reports.
        with state.faults.recorded(SHOW_NOTES), suppress(Problems):
            notes = await asyncio.to_thread(state.notes_beside, page)
        self.set_header("Content-Type", "application/json")
        self.finish(json.encode(notes))


class _StatusHandler(LocalHandler):
    """Serves the page on how the site stands."""

    application: PreviewApplication

    async def get(self) -> None:
        page = await asyncio.to_thread(self.application.status_page)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page)


class _ClientFileHandler(LocalHandler):
    """Serves the script and the styles of the preview."""

    def get(self, name: str) -> None:
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.finish(CLIENT_FILES[name].read_bytes())


class _WordsHandler(LocalHandler):
    """Serves the words of the preview in one of its languages."""

    def get(self, language: str) -> None:
        if language not in WORD_LANGUAGES:
            raise HTTPError(404)
        self.set_header("Content-Type", "application/json")
        self.finish(json.encode(preview_words(language)))


class _SocketHandler(LocalHandler, LiveReloadHandler):  # type: ignore[misc]  # it is not typed
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


class _ScriptHandler(LocalHandler, LiveReloadJSHandler):  # type: ignore[misc]  # it is not typed
    """The client of livereload."""


class PreviewApplication(LocalApplication):
    """The paths that are served, with what their handlers need."""

    def __init__(self, site: LiveSite, state: PreviewState, address: Address) -> None:
        self.site, self.state = site, state
        self._token = token_urlsafe(32)
        self._port = address.port
        LiveReloadHandler.watcher = state  # it logs `filepath` of it
        LiveReloadHandler.live_css = False
        # A browser that goes while it is told something is no error.
        logging.getLogger("livereload").setLevel(logging.CRITICAL)
        handlers: list[Any] = [
            ("/livereload", _SocketHandler),
            ("/livereload.js", _ScriptHandler),
            ("/_preview/state.json", _StateHandler),
            ("/_preview/margin.json", _NotesHandler),
            (PATH, _StatusHandler),
            (f"/_preview/({'|'.join(map(re.escape, CLIENT_FILES))})", _ClientFileHandler),
            (r"/_preview/words/(\w\w).json", _WordsHandler),
            *panel_handlers(site, self._token),
            *translator_handlers(site, self._token),
            *writing_handlers(SourceWriter(site), self._token),
            ("/(.*)", _PageHandler),
        ]
        super().__init__(handlers, (address.host, *address.allowed), state.faults)

    def status_page(self) -> str:
        """Return the page on how the site stands now, as HTML."""
        link, base = self.state.link, self.site.base_path
        try:
            return status_page(self.site.status(), link, base, self._port)
        except Problems as problems:
            return mistakes_page(problems.problems, link, base, self._port)

    def head_html(self, name: str, *, is_own: bool) -> bytes:
        """Return what is added to the head of the page at path `name`.

        is_own: whether this machine asks for it, which may write from it.
        """
        token = f' data-token="{self._token}"' if is_own else ""
        return (
            '<link rel="stylesheet" href="/_preview/client.css">'
            '<link rel="stylesheet" href="/_preview/text_panel.css">'
            '<link rel="stylesheet" href="/_preview/translator.css">'
            '<script src="/_preview/text_panel.js"></script>'
            '<script src="/_preview/translator.js"></script>'
            f'<script src="/_preview/client.js" data-serial="{self.state.message.serial}" '
            f'data-page="{name}"{token}></script>'
            f'<script src="/livereload.js?port={self._port}" async></script>'
        ).encode()


def reload_browsers() -> None:
    """Let every browser ask what has changed. To be called in the thread of the server."""
    LiveReloadHandler.reload_waiters("/_preview")


def disconnect_browsers() -> None:
    """Close the socket of every browser."""
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.close()
