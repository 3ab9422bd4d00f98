"""The preview: it serves a site from memory, and rebuilds it at each save.

Three threads: the server answers browsers, `Watcher` reports changes, and a third one rebuilds the
site, so that no request waits for a build. Next: `handlers`, which answers, and `live_site`, which
builds.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import signal
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any

from msgspec.structs import replace
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets

from briefing.commands.options.serve import MAX_PORT
from briefing.commands.process import STOPPERS
from briefing.commands.serve.faults import ANSWER, NO_FAULTS, REBUILD, WATCH
from briefing.commands.serve.handlers import (
    Address,
    PreviewApplication,
    disconnect_browsers,
    reload_browsers,
)
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.state import PreviewState
from briefing.commands.serve.watcher import Watcher
from briefing.storage.system.abilities import find_module

MAX_CONNECTIONS = 200
"""Connections at one time; a browser has six, and one more for each page that is open."""
IDLE_SECONDS = 20.0
"""Seconds after which a connection is closed on which no whole request has come."""
MAX_BODY_BYTES = 1024 * 1024
"""Bytes of the body of a request; the connection of a larger one is closed."""
PORTS = 50
"""Ports that are tried, one after the other."""
POLL_SECONDS = 0.5
"""Seconds between two checks whether to stop, and whether there is a topic left to check."""


class BoundedServer(HTTPServer):
    """A server with a bound on its connections, so that it never runs out of open files."""

    def initialize(self, *args: Any, **options: Any) -> None:
        """Set up a server as tornado does, with no bound yet."""
        super().initialize(*args, **options)
        self._count, self._most = 0, MAX_CONNECTIONS
        self._say: Callable[[str], object] = lambda _: None
        self._is_said = False

    def limit(self, most: int, say: Callable[[str], object]) -> None:
        """Close each connection beyond `most`; `say` is called once when that happens."""
        self._most, self._say = most, say

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Serve a connection, or close it if there are too many."""
        if self._count < self._most:
            self._count += 1
            super().handle_stream(stream, address)
            return
        stream.close()
        if not self._is_said:
            self._is_said = True
            self._say(f"more than {self._most} connections: others wait until one of them ends")

    def on_close(self, server_conn: object) -> None:
        """Take note that a connection has ended."""
        self._count -= 1
        super().on_close(server_conn)


class PreviewServer:
    """Serves a site, and rebuilds it at each change of its sources."""

    def __init__(
        self,
        site: LiveSite,
        watcher: Watcher,
        state: PreviewState,
        say: Callable[[str], object],
    ) -> None:
        """Serve `site`; nothing is started yet. `say` prints a message to the terminal."""
        self._site, self._watcher, self._state, self._say = site, watcher, state, say
        self._stopped = Event()
        self._unwatched: set[str] = set()
        """The messages why the sources cannot be watched; each is printed once."""

    def serve(self, address: Address, *, opens: bool = False) -> None:
        """Build the site, and serve it until a signal stops it.

        `opens`: whether a browser is opened. Raises OSError if no port from `address.port` on is
        free.
        """
        message, faults = "no page was made", self._state.faults
        faults.listen(self._say)
        with faults.recorded(REBUILD):  # it may fork, so before any thread
            message = self._state.record(self._site.open())
        gc.collect()
        gc.freeze()  # else each save would wait for a collection of the whole site
        self._watcher.start()
        try:
            asyncio.run(self._serve(address, message, opens=opens))
        finally:
            self._watcher.stop()

    async def _serve(self, address: Address, message: str, *, opens: bool) -> None:
        loop, signalled = asyncio.get_running_loop(), asyncio.Event()
        loop.set_exception_handler(self._on_exception)
        self._state.faults.listen(lambda _: _notify_browsers(loop))
        _on_signals(loop, signalled)
        sockets, port = _bind_first_free_port(address)
        application = PreviewApplication(self._site, self._state, replace(address, port=port))
        server = BoundedServer(
            application, idle_connection_timeout=IDLE_SECONDS, max_body_size=MAX_BODY_BYTES
        )
        server.limit(_max_connections(), self._say)
        server.add_sockets(sockets)
        url = f"http://{address.host}:{port}{self._site.base_path}"
        taken = f"port {address.port} is taken, " if address.port not in {0, port} else ""
        self._say(f"{message}\n{url} ({taken}Ctrl-C stops it)")  # a space: it is copied
        if opens:
            webbrowser.open(url)
        work = asyncio.create_task(asyncio.to_thread(self._rebuild_until_stopped, loop))
        stop = asyncio.create_task(signalled.wait())
        await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        self._stopped.set()
        server.stop()
        disconnect_browsers()
        await server.close_all_connections()
        await work  # raises what ended it, if no signal did

    def _rebuild_until_stopped(self, loop: asyncio.AbstractEventLoop) -> None:
        """Rebuild the site at each change; between changes, make the notes of topics again."""
        state, changed = self._state, set[str]()
        while not self._stopped.is_set():
            is_quiet = (
                not changed
            )  # after a change, the next one is waited for before notes are made
            waits = not (is_quiet and state.has_unchecked_topics)
            changed = self._next_changes(POLL_SECONDS if waits else 0)
            if changed or self._is_outdated():
                with state.faults.recorded(REBUILD):
                    self._rebuild(changed, loop)
            elif state.has_unchecked_topics and state.check_next_topic():
                _notify_browsers(loop)

    def _is_outdated(self) -> bool:
        """Whether a time has come at which other texts are public."""
        with self._state.faults.recorded(REBUILD):
            return self._site.is_outdated
        return False

    def _rebuild(self, changed: set[str], loop: asyncio.AbstractEventLoop) -> None:
        """Rebuild the site for changed paths; notify browsers and the terminal."""
        state = self._state
        rebuild = self._site.rebuild(changed)
        was_wrong = state.message.problems or state.faults.is_shown(REBUILD)
        if rebuild.sources or rebuild.pages or rebuild.problems or was_wrong:
            message = state.record(rebuild)
            _notify_browsers(loop)
            self._say(message)

    def _next_changes(self, timeout: float) -> set[str]:
        """Return the paths that have changed; {} if none does for `timeout` seconds.

        If they cannot be watched, {}; why they cannot is printed.
        """
        changed = None
        with self._state.faults.recorded(WATCH):
            try:
                changed = self._watcher.changes(timeout)
            except OSError as error:
                what = error.filename or "the folder"
                why = f"{what} cannot be watched: {error.strerror or error}"
                if why not in self._unwatched:
                    self._say(f"{why}\n    it is looked for saves each second until it can")
                self._unwatched.add(why)
        if changed is None:
            self._stopped.wait(POLL_SECONDS)
        return changed or set()

    def _on_exception(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Record an exception that a callback of the loop raised."""
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in {errno.EMFILE, errno.ENFILE}:
            return  # it waits until another has gone; there may be thousands of these
        if isinstance(error, Exception) and not isinstance(error, NO_FAULTS):
            self._state.faults.record(ANSWER, error)
        else:
            loop.default_exception_handler(context)


def _notify_browsers(loop: asyncio.AbstractEventLoop) -> None:
    """Let every browser ask what has changed; any thread may call it."""
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(reload_browsers)


def _on_signals(loop: asyncio.AbstractEventLoop, signalled: asyncio.Event) -> None:
    """Set an event when a signal asks the program to end."""
    for number in STOPPERS:
        try:
            loop.add_signal_handler(number, signalled.set)
        except NotImplementedError:  # on Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(signalled.set))


def _max_connections() -> int:
    """Return how many connections are served: a quarter of the files that may be open, or less."""
    if (resource := find_module("resource")) is None:
        return MAX_CONNECTIONS
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MAX_CONNECTIONS if files < 0 else max(1, min(MAX_CONNECTIONS, files // 4))


def _bind_first_free_port(address: Address) -> tuple[list[Any], int]:
    """Return sockets on the first free port from `address.port` on, and the port.

    Raises OSError if PORTS ports are taken, and for an address that is none of this machine's.
    """
    for port in range(address.port, min(address.port + PORTS, MAX_PORT + 1)):
        try:
            sockets = bind_sockets(port, address.host)
        except (socket.gaierror, UnicodeError):
            raise OSError(None, "no such host", address.host) from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise OSError(None, error.strerror, f"{address.host}:{port}") from None
        else:
            return sockets, sockets[0].getsockname()[1]
    raise OSError(None, f"no free port from {address.port} on", address.host)
