"""Fetches a page from the web: the only place of the program that asks another machine.

Within bounds of time and size whatever the other machine does, and never from a private address
that only a redirect names. Nothing is fetched but a page that an editor asks for, and before it
the robots.txt of its host.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from time import monotonic
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from briefing.intake.network.errors import (
    LATER,
    SAVE_IT,
    Limits,
    TooLargeError,
    errors_as_problems,
)
from briefing.intake.network.robots import MAX_ROBOTS_BYTES, may_fetch
from briefing.problems import Place, Problems, mistake
from briefing.version import VERSION

AGENT = "who-said-what"
"""The name of the program, as a robots.txt calls it."""
USER_AGENT = f"{AGENT}/{VERSION} (reads one page that an editor names)"
_REDIRECTS = {301, 302, 303, 307, 308}
_TEXTS = ("text/html", "application/xhtml", "text/plain", "application/xml", "text/xml")
_CHUNK = 65_536


class Fetched(Struct, frozen=True, kw_only=True):
    """A page as it was sent."""

    url: str
    """Where it was in the end."""
    data: bytes
    content_type: str
    """The header of that name; "" for none."""
    hops: tuple[str, ...] = ()
    """The addresses that redirects led to, in their order."""


class _Answer(Struct, frozen=True, kw_only=True):
    """What a machine says to one request."""

    status: int
    location: str | None
    content_type: str
    data: bytes


def fetch_page(url: str, limits: Limits | None = None) -> Fetched:
    """Return the page at `url`, which the user typed: it may be of this machine.

    Raises Problems: the page is not there, not for programs, no text, too large or too slow, or
    a redirect leads where none may.
    """
    limits = limits or Limits()
    network = _Network(typed=_root(url), limits=limits, deadline=monotonic() + limits.seconds)
    page = _follow(url, network, _AskedRobots(network))
    kind = page.content_type.partition(";")[0].strip().lower()
    if kind and not kind.startswith(_TEXTS):
        cure = "copy its text to a .txt file, and give that with --from ADDRESS"
        raise mistake(Place(url), f"is no page of text but `{kind}`", cure)
    return page


class _Network(Struct, frozen=True, kw_only=True):
    """What may be asked on the way to one page."""

    typed: str
    """Scheme, host and port that the user typed: they alone may be of a private address."""
    limits: Limits
    deadline: float
    """By the clock that `monotonic` reads."""


class _AskedRobots:
    """The robots.txt of each host that was asked, so that each is asked once."""

    def __init__(self, network: _Network) -> None:
        self._network = network
        self._texts: dict[str, str] = {}

    def require(self, url: str) -> None:
        """Do nothing if `url` may be fetched. Raises Problems if not, or if that is not known."""
        root = _root(url)
        if root not in self._texts:
            try:
                self._texts[root] = self._read(f"{root}/robots.txt")
            except Problems as problems:  # what keeps us from it keeps us from the page
                raise Problems(replace(each, place=Place(url)) for each in problems) from None
        if not may_fetch(self._texts[root], AGENT, url):
            raise mistake(Place(url), "its robots.txt asks programs not to fetch it", SAVE_IT)

    def _read(self, url: str) -> str:
        """Return a robots.txt; "" if there is none, as section 2.3.1 of RFC 9309 says."""
        try:
            data = _follow(url, self._network, None).data
        except _MissingError:
            return ""
        return data[:MAX_ROBOTS_BYTES].decode(errors="replace")


class _MissingError(Problems):
    """Raised where the answer is that there is no such page, or not for us (4xx)."""


def _follow(url: str, network: _Network, robots: _AskedRobots | None) -> Fetched:
    """Return what is at `url` in the end. Raises Problems."""
    hops = [url]
    while True:
        at = hops[-1]
        if robots:
            robots.require(at)
        answer = _ask(at, network)
        if answer.status not in _REDIRECTS or answer.location is None:
            return _checked(at, answer, tuple(hops[1:]))
        target = _target(at, answer.location)
        if target in hops or len(hops) > network.limits.redirects:
            raise mistake(Place(url), f"is redirected in circles, at last to {target}", SAVE_IT)
        hops.append(target)


def _checked(url: str, answer: _Answer, hops: tuple[str, ...]) -> Fetched:
    """Return what was sent, if it is a page. Raises Problems for any other status than 200."""
    match answer.status:
        case 200:
            return Fetched(url=url, data=answer.data, content_type=answer.content_type, hops=hops)
        case 404 | 410:
            what, cure = "there is no such page", "look whether the address is whole and right"
        case 401 | 402 | 403 | 451:
            what, cure = "the site does not give it to programs", SAVE_IT
        case 429:
            what, cure = "the site was asked too often", LATER
        case _:
            what, cure = "the site does not give it", LATER
    problems = mistake(Place(url), f"{what} (status {answer.status})", cure)
    if 400 <= answer.status < 500 and answer.status != 429:  # noqa: PLR2004
        raise _MissingError(problems.found)
    raise problems


def _target(at: str, location: str) -> str:
    """Return where a redirect leads. Raises Problems if that is no web page."""
    # Servers send the bytes of UTF-8, which http.client reads as Latin-1.
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    with suppress(ValueError):
        target = urlsplit(urljoin(at, location))
        if target.scheme in {"http", "https"} and target.hostname:
            return target._replace(fragment="").geturl()
    message = f"is redirected to `{location[:200]}`, which is no web page"
    raise mistake(Place(at), message, SAVE_IT)


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _ask(url: str, network: _Network) -> _Answer:
    """Return the answer to one request. Raises Problems if there is none within the bounds."""
    deadline = network.deadline
    with errors_as_problems(url, network.limits, deadline):
        parts = urlsplit(url)
        addresses = _look_up(parts, deadline)
        if _root(url) != network.typed and not all(map(_is_public, addresses)):
            message = "a redirect leads to it, and its address is a private one"
            raise mistake(Place(url), message, "if you trust it, give this address itself")
        raw = _connect(addresses, _port(parts), deadline)
        with closing(raw), _closing_at(raw, deadline):
            answer = _exchange(parts, raw, network.limits)
        if monotonic() >= deadline:  # what ended then was ended by us, and may not be whole
            raise TimeoutError
        return answer
    raise AssertionError  # the block returns or raises


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _look_up(parts: SplitResult, deadline: float) -> list[str]:
    """Return the IP addresses of a host. Raises OSError, and TimeoutError at the deadline."""
    found: list[str] = []
    failed: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(info[4][0]) for info in infos))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    # No system bounds the time of a look-up, so it is left behind at the deadline.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(max(0.0, deadline - monotonic()))
    if asking.is_alive():
        raise TimeoutError
    if failed or not found:
        raise socket.gaierror(socket.EAI_NONAME, "there is no such host")
    return found


def _is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where one is written in another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (mapped is None or mapped.is_global)


def _connect(addresses: list[str], port: int, deadline: float) -> socket.socket:
    """Return a connection to the first address that takes one. Raises OSError.

    It goes to the addresses that were looked at, so that no second look-up leads elsewhere.
    """
    error: OSError = TimeoutError()
    for address in addresses:
        left = deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            return socket.create_connection((address, port), timeout=left)
        except OSError as failed:
            error = failed
    raise error


@contextmanager
def _closing_at(connection: socket.socket, deadline: float) -> Iterator[None]:
    """End a connection at the deadline, should the block still run: each byte may come late."""

    def end() -> None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - monotonic()), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _exchange(parts: SplitResult, raw: socket.socket, limits: Limits) -> _Answer:
    """Send a request and read the answer. Raises OSError, HTTPException and TooLargeError."""
    host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    connection = http.client.HTTPConnection(host, _port(parts))
    wrapped = raw
    if parts.scheme == "https":
        wrapped = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    connection.sock = wrapped
    with closing(connection):
        headers = {
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            "User-Agent": USER_AGENT,
        }
        connection.request("GET", _request_target(parts), headers=headers)
        with closing(connection.getresponse()) as response:
            is_redirect = response.status in _REDIRECTS
            return _Answer(
                status=response.status,
                location=response.getheader("Location"),
                content_type=response.getheader("Content-Type", ""),
                data=b"" if is_redirect else _read_body(response, limits.bytes),
            )


def _request_target(parts: SplitResult) -> str:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(target, safe="/%:@!$&'*+(),;=?[]~-._")


def _read_body(response: http.client.HTTPResponse, most: int) -> bytes:
    """Return a body, decompressed. Raises TooLargeError above `most` bytes, packed or not."""
    if response.length is not None and response.length > most:
        raise TooLargeError
    coding = response.getheader("Content-Encoding", "").strip().lower()
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if coding in {"gzip", "deflate"} else None
    data, sent = bytearray(), 0
    while chunk := response.read(min(_CHUNK, most + 1)):
        sent += len(chunk)
        data += unpack.decompress(chunk, most + 1 - len(data)) if unpack else chunk
        if max(sent, len(data)) > most:
            raise TooLargeError
    if response.length or (unpack and not unpack.eof):
        raise EOFError
    return bytes(data)
