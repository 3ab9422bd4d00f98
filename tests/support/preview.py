"""A preview that is asked: one in a thread, and one that is a process."""

from __future__ import annotations

import asyncio
import atexit
import http.client
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from briefing.commands.arguments import ROOT
from briefing.commands.serve.handlers import Address, PreviewApplication
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.state import PreviewState
from briefing.commands.serve.watcher import Watcher
from support.disk import plant

TEXT = "content/river-talks/gazette.en.md"
DAY = "2026-01-01"
PATIENCE = 60.0
"""Seconds in which what is waited for comes, however slow the machine."""


def put(root: Path, files: Mapping[str, bytes]) -> set[str]:
    """Make a folder hold these files and no others; give the paths of those that changed."""
    there = {p.relative_to(root).as_posix(): p for p in root.rglob("*") if p.is_file()}
    for path in there.keys() - files.keys():
        there[path].unlink()
    changed = {p for p in files if p not in there or there[p].read_bytes() != files[p]}
    plant(root, {path: files[path] for path in changed})
    return changed | (there.keys() - files.keys())


def seen(watcher: Watcher, path: str) -> set[str]:
    """Wait until a path is told of; give all that was told until then."""
    found: set[str] = set()
    until = time.monotonic() + PATIENCE
    while path not in found and time.monotonic() < until:
        found |= watcher.changes(0.2)
    return found


def rest(watcher: Watcher) -> set[str]:
    """Wait until nothing more is told; give all that was told until then."""
    found: set[str] = set()
    while more := watcher.changes(0.5):
        found |= more
    return found


OK = 200
EDIT, UNDO = "/_preview/edit.json", "/_preview/undo.json"
SWITCHED = 101
"""To a socket."""


class Answer(NamedTuple):
    """What the preview answers."""

    status: int
    headers: dict[str, str]
    body: bytes


class Asked:
    """A server that can be asked."""

    host = "127.0.0.1"
    port = 0
    base = "/"

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path as it is written."""
        return self.ask("GET", path, None, headers)

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """Ask by a method, with a body."""
        with closing(http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)) as asking:
            asking.request(method, path, body, dict(headers))
            with asking.getresponse() as found:
                body = b"" if found.status == SWITCHED else found.read()
                return Answer(found.status, dict(found.headers), body)

    def token(self, page: str = "en/") -> str:
        """Give the token that a page of it has; "" for none."""
        found = re.search(rb'data-token="([^"]+)"', self.get(f"{self.base}{page}").body)
        return found[1].decode() if found else ""

    def post(self, path: str, what: object, **headers: str | None) -> Answer:
        """Ask it to write as its own page does, but for some headers; None leaves one out."""
        own = {
            "Host": f"{self.host}:{self.port}",
            "Origin": f"http://{self.host}:{self.port}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
            "Preview-Token": self.token(),
        }
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {name: value for name, value in (own | changed).items() if value is not None}
        body = what if isinstance(what, bytes) else json.dumps(what).encode()
        return self.ask("POST", path, body, given)


class Near(Asked):
    """A preview in a thread of this process, which is not made again."""

    def __init__(self, site: LiveSite, state: PreviewState) -> None:
        self.base = site.base_path
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, args=(PreviewApplication(site, state, Address()),))
        self._ready, self._over = Event(), asyncio.Event()
        self._thread.start()
        assert self._ready.wait(PATIENCE)

    def _run(self, site: PreviewApplication) -> None:
        self._loop.run_until_complete(self._serve(site))
        self._loop.close()

    async def _serve(self, site: PreviewApplication) -> None:
        server = HTTPServer(site)
        sockets = bind_sockets(0, self.host)
        self.port = sockets[0].getsockname()[1]
        server.add_sockets(sockets)
        self._ready.set()
        await self._over.wait()
        server.stop()
        await server.close_all_connections()

    def stop(self) -> None:
        """Stop it."""
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()


class Live(Asked):
    """A preview that runs."""

    def __init__(self, root: Path, *more: str, program: Path = ROOT / "build.py") -> None:
        self.root = root
        command = [sys.executable, f"{program}", "serve", "--root", f"{root}", "--port", "0"]
        self.process = subprocess.Popen(
            [*command, *(more or ("--as-of", DAY))],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if found := re.match(r"http://([\w.:]+):(\d+)(/\S*?);? ", line):
                self.host, self.port, self.base = found[1], int(found[2]), found[3]
                break
        else:
            pytest.fail("".join(self.said))
        self.url = f"http://{self.host}:{self.port}{self.base}"
        atexit.register(self.process.kill)  # of a test that failed
        self._listening = Thread(target=self._listen, daemon=True)
        self._listening.start()

    def _listen(self) -> None:
        """Hear what is said, or the preview could say no more at some time."""
        assert self.process.stdout is not None
        self.said.extend(self.process.stdout)
        self.process.stdout.close()

    def stop(self) -> int:
        """Press Ctrl-C; give the exit status."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=PATIENCE)
        self._listening.join()
        return self.process.returncode


@contextmanager
def running_preview(root: Path, *options: str) -> Iterator[Live]:
    """Run a preview; it ends as it should, and without a traceback."""
    live = Live(root, *options)
    yield live
    assert live.stop() == 0
    assert "Traceback" not in "".join(live.said)
