"""A page is fetched within its bounds, whatever the other machine does."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import subprocess
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from briefing.intake.network.errors import Limits
from briefing.intake.network.fetch import USER_AGENT, fetch_page
from briefing.problems import Problems
from support.odd_servers import NO_ROBOTS, OddServer, Talk, on_page, page, redirect, says, serving

SHORT = Limits(seconds=1.0, bytes=200_000)
LONG_ENOUGH = 60.0
"""Seconds after which a fetch has no bound at all; none takes nearly as long."""
HTML = "<html><p>Một trang</p></html>".encode()


def refusal(url: str, limits: Limits = SHORT) -> str:
    """What is said of a page that cannot be fetched."""
    begun = time.monotonic()
    with pytest.raises(Problems) as raised:
        fetch_page(url, limits)
    assert time.monotonic() - begun < LONG_ENOUGH
    (problem,) = raised.value
    assert problem.cure
    return str(problem)


def refusal_of(talk: Talk) -> str:
    with serving(talk) as server:
        return refusal(f"{server.address}/a")


def test_a_page_is_fetched_with_its_address_and_kind() -> None:
    with serving(says({"/a?b=1": page(HTML)})) as server:
        fetched = fetch_page(f"{server.address}/a?b=1#c")

    assert fetched.data == HTML
    assert fetched.content_type == "text/html; charset=utf-8"
    assert server.asked == ["/robots.txt", "/a?b=1"]
    assert all(f"User-Agent: {USER_AGENT}" in head for head in server.heads)


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_compressed_page_is_unpacked(coding: str, pack: object) -> None:
    assert callable(pack)
    answer = page(pack(HTML), {"Content-Encoding": coding})
    with serving(says({"/a": answer})) as server:
        assert fetch_page(f"{server.address}/a").data == HTML


def test_an_address_with_letters_of_any_script_is_asked_for_in_ascii() -> None:
    with serving(says({"/s%C3%B4ng": page(HTML)})) as server:
        assert fetch_page(f"{server.address}/sông").data == HTML


def test_redirects_are_followed_and_told() -> None:
    answers = {"/a": redirect("/b"), "/b": redirect("c"), "/c": page(HTML)}
    with serving(says(answers)) as server:
        fetched = fetch_page(f"{server.address}/a")

    assert fetched.hops == (f"{server.address}/b", f"{server.address}/c")
    assert fetched.url == f"{server.address}/c"
    assert server.asked.count("/robots.txt") == 1


def test_what_robots_txt_forbids_is_not_fetched() -> None:
    robots = page(b"User-agent: *\nDisallow: /private\n", {"Content-Type": "text/plain"})
    with serving(says({"/robots.txt": robots, "/private/a": page(HTML)})) as server:
        assert "robots.txt" in refusal(f"{server.address}/private/a")
    assert server.asked == ["/robots.txt"]


def test_where_robots_txt_fails_nothing_else_is_asked_for() -> None:
    """A host whose robots.txt cannot be had is left alone: RFC 9309, section 2.3.1.4."""
    broken = page(b"", status="503 Service Unavailable")
    with serving(says({"/robots.txt": broken, "/a": page(HTML)})) as server:
        assert "503" in refusal(f"{server.address}/a")
    assert server.asked == ["/robots.txt"]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("404 Not Found", "there is no such page"),
        ("410 Gone", "there is no such page"),
        ("403 Forbidden", "does not give it to programs"),
        ("451 Unavailable", "does not give it to programs"),
        ("429 Too Many Requests", "asked too often"),
        ("500 Internal Server Error", "does not give it (status 500)"),
        ("304 Not Modified", "does not give it (status 304)"),
    ],
)
def test_a_status_that_is_no_page_is_told(status: str, told: str) -> None:
    assert told in refusal_of(says({"/a": page(b"", status=status)}))


def test_what_is_no_text_is_refused() -> None:
    answer = page(b"%PDF-1.7", {"Content-Type": "application/pdf"})
    assert "is no page of text but `application/pdf`" in refusal_of(says({"/a": answer}))


def test_a_host_that_takes_no_connection_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "takes no connection" in refusal(f"http://127.0.0.1:{port}/a")


def test_a_host_that_is_not_there_is_told() -> None:
    assert "there is no such host" in refusal("http://nowhere.invalid/a", Limits(seconds=20))


def reset(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<p>")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def cut_off(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<p>")


def cut_off_compressed(connection: socket.socket) -> None:
    answer = page(gzip.compress(HTML * 90)[:60], {"Content-Encoding": "gzip"})
    connection.sendall(answer)


@pytest.mark.parametrize("talk", [reset, cut_off, cut_off_compressed])
def test_a_connection_that_breaks_off_is_told(talk: object) -> None:
    assert callable(talk)
    assert "broke off" in refusal_of(on_page(talk))


def silent(connection: socket.socket) -> None:
    """Say nothing until the other side has gone."""
    connection.recv(1)


def slow_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip(connection)


def slow_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    drip(connection)


def drip(connection: socket.socket) -> None:
    """Send a byte now and then: each comes in time, and there is no end of them."""
    connection.settimeout(0.05)
    while True:
        connection.sendall(b"a")
        with suppress(TimeoutError):
            if not connection.recv(1):
                return


@pytest.mark.parametrize("talk", [silent, slow_head, slow_body])
def test_a_slow_host_is_left_at_the_bound(talk: object) -> None:
    assert callable(talk)
    assert "is not there after 1 seconds" in refusal_of(on_page(talk))


def test_a_host_that_takes_a_connection_and_does_not_answer_it_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert "is not there after 1 seconds" in refusal(f"https://127.0.0.1:{port}/a")


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    with suppress(OSError):
        while True:
            connection.sendall(b"<p>more</p>" * 1_000)


def endless_chunks(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    with suppress(OSError):
        while True:
            connection.sendall(b"1000\r\n" + b"a" * 0x1000 + b"\r\n")


def of_8_gb(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 8000000000\r\n\r\n")
    endless(connection)


def gzip_bomb(connection: socket.socket) -> None:
    packed = zlib.compressobj(9, wbits=31)
    zeros = bytes(1_000_000)
    body = b"".join(packed.compress(zeros) for _ in range(20)) + packed.flush()
    connection.sendall(page(body, {"Content-Encoding": "gzip"}))


@pytest.mark.parametrize("talk", [endless, endless_chunks, of_8_gb, gzip_bomb])
def test_no_more_is_read_than_the_bound(talk: object) -> None:
    assert callable(talk)
    limits = Limits(seconds=30.0, bytes=200_000)
    with serving(on_page(talk)) as server:
        assert "is larger than 200,000 bytes" in refusal(f"{server.address}/a", limits)


def headers_without_end(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    with suppress(OSError):
        while True:
            connection.sendall(b"X-More: yes\r\n" * 1_000)


@pytest.mark.parametrize(
    "answer",
    [b"\x00\x01\x02 no web server\r\n\r\n", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 abc\r\n\r\n"],
)
def test_what_is_no_web_server_is_told(answer: bytes) -> None:
    talk = on_page(lambda connection: connection.sendall(answer))
    assert "not one of a web server" in refusal_of(talk)


def test_headers_without_end_are_left() -> None:
    assert "not one of a web server" in refusal_of(on_page(headers_without_end))


def test_redirects_in_circles_are_told() -> None:
    answers = {"/a": redirect("/b"), "/b": redirect("/a")}
    assert "is redirected in circles" in refusal_of(says(answers))


def test_redirects_to_ever_new_pages_end() -> None:
    def talk(connection: socket.socket, path: str) -> None:
        connection.sendall(NO_ROBOTS if path == "/robots.txt" else redirect(f"{path}a"))

    assert "is redirected in circles" in refusal_of(talk)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/a", "javascript:alert(1)", "data:,a"]
)
def test_a_redirect_to_what_is_no_web_page_is_refused(target: str) -> None:
    assert "which is no web page" in refusal_of(says({"/a": redirect(target)}))


@pytest.mark.parametrize(
    "host",
    [
        *("10.0.0.1", "192.168.1.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "127.0.0.2"),
        *("[::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "100.64.0.1", "224.0.0.1", "localhost"),
    ],
)
def test_a_redirect_to_a_private_address_is_refused(host: str) -> None:
    assert "its address is a private one" in refusal_of(says({"/a": redirect(f"http://{host}/b")}))


def test_a_redirect_to_another_port_of_the_same_machine_is_refused() -> None:
    with serving(says({"/secret": page(HTML)})) as other:
        told = refusal_of(says({"/a": redirect(f"{other.address}/secret")}))

    assert "its address is a private one" in told
    assert other.asked == []


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate for another name, which who trusts it signs itself, and a server's context."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=other.example", "-addext", "subjectAltName=DNS:other.example"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return certificate, context


@pytest.fixture
def secure(tls: tuple[Path, ssl.SSLContext]) -> Iterator[OddServer]:
    with serving(says({"/a": page(HTML)}), tls[1]) as server:
        yield server


def test_a_certificate_of_another_name_is_refused(
    secure: OddServer, tls: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where whoever signed it is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tls[0]))
    told = refusal(f"{secure.address}/a", Limits(seconds=20))

    assert "its certificate is not that of the host" in told
    assert "127.0.0.1" in told
    assert secure.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: OddServer) -> None:
    told = refusal(f"{secure.address}/a", Limits(seconds=20))

    assert "its certificate is not that of the host" in told
    assert secure.asked == []


def test_what_is_not_secure_where_it_should_be_is_told() -> None:
    with serving(says({"/a": page(HTML)})) as server:
        secure = server.address.replace("http:", "https:")
        assert "no secure connection" in refusal(f"{secure}/a", Limits(seconds=20))
