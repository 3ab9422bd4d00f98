"""Start a preview server, ours or Hugo's, save a text it serves, and time when it is served."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus.briefing_sources import LEAD
from benchmarks.support.cost import NO_VARIABLES, usual_environment
from benchmarks.support.environment import REPOSITORY

TIMEOUT = 120.0
"""Seconds after which what was saved is taken to be lost, or a server not to start."""
PAUSE = 0.3
"""Seconds between two saves, for what a server does after it has served the first."""
TOPIC, ARTICLE = "topic-1", "article-0"
"""The ids of the summary of the corpus that is saved."""


class NotServedError(Exception):
    """What was saved is not served."""


@dataclass(frozen=True)
class Server:
    """A server that runs, the address of a page, and the source files of its text and its style."""

    process: subprocess.Popen[str]
    url: str
    source: Path
    styles: Path


@contextmanager
def running(
    command: list[str],
    ready: str,
    source: Path,
    styles: Path,
    page: str,
    *,
    variables: Mapping[str, str] = NO_VARIABLES,
) -> Iterator[Server]:
    """Start a server, wait until it says its address, and stop it at the end.

    `ready` matches the line with the address, which is its first group; `page` is a path below it.
    Raises NotServedError if the server ends before.
    """
    process = subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=usual_environment(variables),
    )
    assert process.stdout is not None
    said = ""
    try:
        for line in process.stdout:
            said += line
            if told := re.search(ready, line):
                yield Server(process, f"{told[1].rstrip('/')}/{page}", source, styles)
                break
        else:
            raise NotServedError(f"{' '.join(command)}: ended\n{said}")
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=TIMEOUT)


def preview(
    root: Path,
    python: str,
    topic: str = TOPIC,
    article: str = ARTICLE,
    *,
    variables: Mapping[str, str] = NO_VARIABLES,
    checkout: Path = REPOSITORY,
) -> AbstractContextManager[Server]:
    """Serve the briefing of a folder with the program of `checkout`."""
    command = [python, f"{checkout}/build.py", "serve", "--root", f"{root}", "--port", "0"]
    source = root / "content" / topic / f"{article}.{LEAD}.md"
    styles = root / "templates" / "styles" / "tokens.css"
    page = f"{LEAD}/{topic}/{article}/"
    return running(command, r"(http://\S+?);? ", source, styles, page, variables=variables)


def hugo_server(root: Path, hugo: str, *arguments: str) -> AbstractContextManager[Server]:
    """Serve the same news with Hugo."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [hugo, "server", "--source", f"{root}", "--port", f"{port}", "--bind", "127.0.0.1"]
    source = root / "content" / LEAD / TOPIC / f"{ARTICLE}.md"
    page = f"{LEAD}/{TOPIC}/{ARTICLE}/"
    return running([*command, *arguments], r"available at (\S+)", source, source, page)


class ServedPage:
    """The page of a server, as it is served now."""

    def __init__(self, server: Server) -> None:
        """Connect to the server."""
        host, _, path = server.url.removeprefix("http://").partition("/")
        self._url, self._path = server.url, f"/{path}"
        self._connection = http.client.HTTPConnection(host, timeout=TIMEOUT)

    def text(self) -> str:
        """Return the page; "" if Hugo has cut it short, since it writes while it answers."""
        try:
            self._connection.request("GET", self._path)
            return self._connection.getresponse().read().decode()
        except (http.client.IncompleteRead, UnicodeDecodeError):
            self._connection.close()
            return ""

    def wait_for(self, text: str, every: float = 0.003) -> None:
        """Ask each `every` seconds until the page has a text. Raises NotServedError."""
        started = time.perf_counter()
        while text not in self.text():
            if time.perf_counter() - started > TIMEOUT:
                raise NotServedError(f"{self._url}: {text}")
            time.sleep(every)


def seconds_until_served(server: Server, saves: int) -> list[float]:
    """Return, of each of `saves` saves, the seconds until the page that is served has its text."""
    page, text = ServedPage(server), server.source.read_text(encoding="utf-8")
    seconds = []
    for number in range(saves):
        sentence = sentence_of(number)
        server.source.write_text(f"{text}\n{sentence}\n", encoding="utf-8")
        saved = time.perf_counter()
        page.wait_for(sentence)
        seconds.append(time.perf_counter() - saved)
        time.sleep(PAUSE)
    server.source.write_text(text, encoding="utf-8")
    return seconds


def sentence_of(number: int) -> str:
    """Return the sentence that save `number` adds."""
    return f"Câu số {number} vừa lưu."


def memory_of(server: Server) -> float:
    """Return the megabytes that the process of a server holds, 0 if the system does not say."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    told = re.search(r"VmRSS:\s+(\d+)", status)
    return int(told[1]) / 1024 if told else 0.0
