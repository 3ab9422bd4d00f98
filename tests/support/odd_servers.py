"""Servers that answer as few do: not at all, without end, with what is none of our business."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from msgspec import Struct

NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
Talk = Callable[[socket.socket, str], None]
"""Answers a request for a path on a connection, which is closed after that."""


class OddServer(Struct):
    """A server, and the paths that it was asked for."""

    address: str
    asked: list[str]
    heads: list[str]
    """The requests with their headers."""


def page(body: bytes, headers: Mapping[str, str] | None = None, status: str = "200 OK") -> bytes:
    """Give a whole answer."""
    fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    lines = "".join(
        f"{name}: {value}\r\n" for name, value in (fields | dict(headers or {})).items()
    )
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def redirect(target: str) -> bytes:
    """Give an answer that leads elsewhere."""
    return page(b"", {"Location": target}, "302 Found")


def says(answers: Mapping[str, bytes]) -> Talk:
    """Answer each path with bytes, and no other path."""

    def talk(connection: socket.socket, path: str) -> None:
        connection.sendall(answers.get(path, NO_ROBOTS))

    return talk


def on_page(talk: Callable[[socket.socket], None]) -> Talk:
    """Answer a page as `talk` does; there is no robots.txt."""

    def answer(connection: socket.socket, path: str) -> None:
        if path == "/robots.txt":
            connection.sendall(NO_ROBOTS)
        else:
            talk(connection)

    return answer


@contextmanager
def serving(talk: Talk, tls: ssl.SSLContext | None = None) -> Iterator[OddServer]:
    """Run a server; with `tls`, a secure one. What it is asked for is noted."""
    listener = socket.create_server(("127.0.0.1", 0))
    scheme = "https" if tls else "http"
    server = OddServer(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}", [], [])
    closing = threading.Event()

    def answer(raw: socket.socket) -> None:
        with suppress(OSError), raw:
            connection = tls.wrap_socket(raw, server_side=True) if tls else raw
            head = b""
            while b"\r\n\r\n" not in head and (more := connection.recv(65_536)):
                head += more
                if not head.startswith(b"GET"):
                    connection.sendall(page(b"", status="400 Bad Request"))
                    return
            if head:
                path = head.split(b" ")[1].decode()
                server.asked.append(path)
                server.heads.append(head.decode())
                talk(connection, path)

    def accept() -> None:
        while not closing.is_set():
            with suppress(OSError):
                threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        closing.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
