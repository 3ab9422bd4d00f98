"""The preview goes on whoever asks, and however: pages elsewhere, nonsense, thousands at once."""

from __future__ import annotations

import base64
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from briefing.commands.arguments import ROOT
from support.preview import OK, PATIENCE, SWITCHED, Live, put, running_preview
from support.sites import Sources as Files

CARD = "en/river-talks/card.png"
ELSEWHERE = """<!doctype html><title>waiting</title><body><script>
const told = [], page = "PAGE", card = "CARD";
const tell = (what) => { told.push(what); if (told.length === 4) document.title = told.sort(); };
const add = (name, url) => {
  const made = Object.assign(document.createElement(name), {src: url});
  made.onload = () => tell(name + " loaded");
  made.onerror = () => tell(name + " failed");
  document.body.append(made);
};
add("img", card);
add("script", page);
fetch(page, {mode: "no-cors"}).then(() => tell("fetch loaded"), () => tell("fetch failed"));
fetch(page).then(() => tell("cors loaded"), () => tell("cors failed"));
</script></body>"""
"""A page of another site that asks for pages of the preview."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, small: Files) -> Iterator[Live]:
    """A preview that runs, of the small site."""
    root = tmp_path_factory.mktemp("asked")
    put(root, small)
    with running_preview(root) as running:
        yield running


@pytest.mark.promise(13)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("mode", "dest", "status"),
    [
        ("no-cors", "image", 403),
        ("no-cors", "script", 403),
        ("navigate", "iframe", 403),
        ("cors", "empty", 403),
        ("navigate", "document", OK),
    ],
)
def test_a_page_elsewhere_is_given_nothing(
    live: Live, site: str, mode: str, dest: str, status: int
) -> None:
    """Not even whether something is there; but somebody may follow a link from there."""
    asked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    there, nowhere = (live.get(f"{live.base}{path}", **asked) for path in ("en/", "none/"))
    assert there.status == status
    if status != OK:
        assert (there.status, there.body) == (nowhere.status, nowhere.body)


@pytest.mark.promise(13)
@pytest.mark.parametrize("path", ["en/", "none/", CARD, "assets/site.css"])
def test_a_browser_that_does_not_say_who_asks_is_told_to_keep_the_answer(
    live: Live, path: str
) -> None:
    """No page elsewhere may read, show or frame it."""
    headers = live.get(f"{live.base}{path}").headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"


@pytest.mark.promise(13)
def test_a_page_elsewhere_learns_nothing_in_a_browser(
    live: Live, browser: Browser, tmp_path: Path
) -> None:
    """What is there and what is not are one to it."""
    seen = []
    for page, card in (("en/", CARD), ("en/none/", "en/none/card.png")):
        text = ELSEWHERE.replace("PAGE", f"{live.url}{page}").replace("CARD", f"{live.url}{card}")
        (tmp_path / "page.html").write_text(text)
        with browser.new_page() as opened:
            opened.goto((tmp_path / "page.html").as_uri())
            opened.wait_for_function("document.title !== 'waiting'")
            seen.append(opened.title())
    assert seen[0] == seen[1]
    assert "img failed" in seen[0]


def frame(data: bytes) -> bytes:
    """Give a text as a browser puts it into a socket: https://www.rfc-editor.org/rfc/rfc6455."""
    size = len(data)
    head = bytes([0x80 | size]) if size < 126 else b"\xff" + size.to_bytes(8, "big")
    return b"\x81" + head + bytes(4) + data


@pytest.mark.parametrize(
    "message",
    [b"{}", b"null", b"[]", b'"hello"', b"[" * 100_000, b'{"command": 1}', b"\xff", b"", b"{"],
)
def test_no_message_of_a_browser_is_a_fault(live: Live, message: bytes) -> None:
    """Whatever is said on the socket; what its own client says is answered."""
    with socket.create_connection((live.host, live.port), PATIENCE) as asking:
        key = base64.b64encode(bytes(16)).decode()
        asking.sendall(
            f"GET /livereload HTTP/1.1\r\nHost: {live.host}:{live.port}\r\n"
            f"Origin: http://{live.host}:{live.port}\r\nConnection: Upgrade\r\n"
            f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
            "".encode()
        )
        assert f"{SWITCHED}".encode() in asking.recv(10_000)
        asking.sendall(frame(message) + frame(b'{"command": "hello", "protocols": []}'))
        answer = asking.recv(10_000)
        is_text = message != b"\xff"  # a text that is no UTF-8 ends the connection
        assert (b"serverName" in answer) is is_text
    assert b'"faults":[]' in live.get("/_preview/state.json").body


def test_thousands_of_half_requests_are_one_line(tmp_path: Path, small: Files) -> None:
    """They are closed when they have said nothing for a while, and then it answers again."""
    put(tmp_path, small)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, hard))
    try:
        running = Live(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    asking = []
    for _ in range(300):
        asking.append(socket.create_connection((running.host, running.port), PATIENCE))
        try:
            asking[-1].sendall(b"GET / HTTP/1.1\r\n")
        except OSError:
            continue
    end = time.monotonic() + PATIENCE
    while True:
        try:
            assert running.get(f"{running.base}en/").status == OK
            break
        except OSError:
            assert time.monotonic() < end, running.said
            time.sleep(0.2)
    for each in asking:
        each.close()
    assert running.stop() == 0
    said = "".join(running.said)
    assert said.count("connections: others wait until one of them ends\n") == 1
    assert "Traceback" not in said
    assert len(running.said) < 10


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("256.1.1.1", "256.1.1.1: no such host"),
        ("no-such-host.invalid", "no-such-host.invalid: no such host"),
        ("a" * 70 + ".example", "a.example: no such host"),
        ("192.0.2.1", "192.0.2.1:0: Cannot assign requested address"),
    ],
)
def test_a_host_that_is_none_of_this_machine_is_told_as_that(
    tmp_path: Path, small: Files, host: str, said: str
) -> None:
    """And not as one whose ports are taken."""
    put(tmp_path, small)
    command = [sys.executable, f"{ROOT / 'build.py'}", "serve", "--root", f"{tmp_path}"]
    done = subprocess.run(
        [*command, "--port", "0", "--host", host],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "LC_ALL": "C"},
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_that_is_allowed_may_be_written_in_capitals(tmp_path: Path, small: Files) -> None:
    """Browsers ask for it in small letters."""
    put(tmp_path, small)
    running = Live(tmp_path, "--allow-host", "Desk.Example", "--allow-host", "[FD00::1]")
    for name in ("desk.example", "Desk.Example", "desk.example:80", "[fd00::1]"):
        assert running.get(running.base, Host=name).status == OK
    assert running.stop() == 0
