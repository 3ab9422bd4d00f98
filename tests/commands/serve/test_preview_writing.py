"""The preview writes for a page of its own on this machine, and never over a newer save."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from briefing.commands.serve.preview_words import preview_words
from briefing.commands.serve.writing.guard import MAX_BODY, is_this_machine
from support.preview import EDIT, OK, TEXT, UNDO, Answer, Live, put, running_preview
from support.sites import Sources as Files

CLAIM = {
    "type": "add-claim",
    "point": "fees",
    "says": "12",
    "by": "council",
    "at": {"start": "a fee of twelve"},
}
LINE = b"  - {point: fees, says: 12, by: council, at: a fee of twelve}\n"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, small: Files) -> Iterator[Live]:
    """A preview that runs, of the small site."""
    root = tmp_path_factory.mktemp("writing")
    put(root, small)
    with running_preview(root, "--host", "127.0.0.1") as live:
        yield live


@pytest.fixture
def live(running: Live, small: Files) -> Iterator[Live]:
    """The preview, with the file as it was before and after."""
    path = running.root / TEXT
    path.write_bytes(small[TEXT])
    yield running
    path.write_bytes(small[TEXT])


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def edit(live: Live, **changed: object) -> dict[str, object]:
    """Give the edit that adds a claim to the file as it is."""
    shown = digest((live.root / TEXT).read_bytes())
    return {"path": TEXT, "digest": shown, "what": CLAIM, **changed}


def refusal(answer: Answer) -> str:
    """Give why it was refused, which is told in words."""
    told: dict[str, Any] = json.loads(answer.body)
    assert told["message"] == preview_words("en")[told["refused"]]
    return f"{answer.status} {told['refused']}"


def test_a_claim_is_written_and_undone(live: Live, small: Files) -> None:
    """Below the others; all else of the file stays, and its mode."""
    path = live.root / TEXT
    path.chmod(0o640)
    answer = live.post(EDIT, edit(live))
    told = json.loads(answer.body)
    written = path.read_bytes()

    assert answer.status == OK
    assert written == small[TEXT].replace(b"tags: [rivers]", LINE + b"tags: [rivers]")
    assert written.splitlines(keepends=True)[told["line"] - 1] == LINE
    assert path.stat().st_mode & 0o777 == 0o640
    assert live.post(UNDO, {"undo": told["undo"]}).status == OK
    assert path.read_bytes() == small[TEXT]
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []
    assert refusal(live.post(UNDO, {"undo": told["undo"]})) == "404 refused_undo"


@pytest.mark.promise(13)
@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Preview_Token": None}, "403 refused_token"),
        ({"Preview_Token": ""}, "403 refused_token"),
        ({"Preview_Token": "ả"}, "403 refused_token"),
        ({"Preview_Token": "A" * 43}, "403 refused_token"),
        ({"Origin": None}, "403 refused_origin"),
        ({"Origin": "null"}, "403 refused_origin"),
        ({"Origin": "http://evil.example"}, "403 refused_origin"),
        ({"Origin": "http://127.0.0.1:1"}, "403 refused_origin"),
        ({"Sec_Fetch_Site": None}, "403 refused_origin"),
        ({"Sec_Fetch_Site": "none"}, "403 refused_origin"),
        ({"Content_Type": None}, "400 refused_form"),
        ({"Content_Type": "text/plain"}, "400 refused_form"),
    ],
)
def test_who_is_no_page_of_this_run_writes_nothing(
    live: Live, small: Files, headers: dict[str, str | None], why: str
) -> None:
    """Each of the things that must be right keeps others out alone."""
    given = {
        name: value.encode().decode("latin-1") if value else value
        for name, value in headers.items()
    }
    for path, what in ((EDIT, edit(live)), (UNDO, {"undo": "x"})):
        assert refusal(live.post(path, what, **given)) == why
    assert (live.root / TEXT).read_bytes() == small[TEXT]


@pytest.mark.promise(13)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_page_elsewhere_writes_nothing(
    live: Live, small: Files, headers: dict[str, str | None]
) -> None:
    """It is refused before it is asked what it wants, as everywhere in the preview."""
    assert live.post(EDIT, edit(live), **headers).status == 403
    assert (live.root / TEXT).read_bytes() == small[TEXT]


@pytest.mark.promise(13)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_a_post_writes(live: Live, small: Files, method: str) -> None:
    """What a link or a picture can ask for changes nothing."""
    answer = live.ask(method, EDIT, b"{}", {"Host": f"{live.host}:{live.port}"})
    assert refusal(answer) == "405 refused_method"
    assert (live.root / TEXT).read_bytes() == small[TEXT]


@pytest.mark.promise(13)
def test_another_machine_writes_nothing_and_gets_no_token(tmp_path: Path, small: Files) -> None:
    """Where the preview is served to a network, it is written from this machine all the same."""
    put(tmp_path, small)
    running = Live(tmp_path, "--host", "0.0.0.0", "--allow-host", "desk.example")
    running.host = "127.0.0.1"
    assert running.token()
    shown = running.get(running.base + "en/", Host="desk.example")
    assert shown.status == OK
    assert b"data-token" not in shown.body
    asked = {"Host": "desk.example", "Origin": "http://desk.example"}
    assert refusal(running.post(EDIT, edit(running), **asked)) == "403 refused_machine"
    outside = own_address()
    if outside:  # the machine is in a network: its own connection comes from there
        token = running.token()
        running.host = outside
        local = f"127.0.0.1:{running.port}"
        asked = {"Host": local, "Origin": f"http://{local}", "Preview_Token": token}
        assert refusal(running.post(EDIT, edit(running), **asked)) == "403 refused_machine"
    assert (tmp_path / TEXT).read_bytes() == small[TEXT]
    assert running.stop() == 0


def own_address() -> str:
    """Give an address by which this machine reaches itself in a network; "" if it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # nothing is sent
            address: str = asking.getsockname()[0]
        except OSError:
            return ""
    return "" if address.startswith("127.") else address


@pytest.mark.parametrize(
    ("peer", "host", "own"),
    [
        ("127.0.0.1", "127.0.0.1:4000", True),
        ("127.0.0.9", "LOCALHOST", True),
        ("::1", "[::1]:4000", True),
        ("::ffff:127.0.0.1", "localhost:1", True),
        ("192.168.1.5", "127.0.0.1:4000", False),
        ("::ffff:10.0.0.1", "localhost", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "desk.local:4000", False),
        ("127.0.0.1", "", False),
        ("", "localhost", False),
    ],
)
def test_this_machine_is_a_connection_and_a_name(peer: str, host: str, *, own: bool) -> None:
    """Both have to be of it, whatever address the system writes."""
    assert is_this_machine(peer, host) is own


@pytest.mark.parametrize(
    "path",
    [
        "site.yaml",
        "content/voices.yaml",
        "content/river-talks/none.en.md",
        "content/river-talks/../river-talks/gazette.en.md",
        "../outside.md",
        "/etc/passwd",
        "templates/base.html",
        "content/river-talks/linked.en.md",
        "content/linked/gazette.en.md",
        "",
    ],
)
def test_only_texts_of_topics_that_the_site_has_read_are_written(
    live: Live, tmp_path: Path, path: str
) -> None:
    """No way leads out of them, and no link is followed."""
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"---\n---\n")
    links = [live.root / "content/river-talks/linked.en.md", live.root / "content/linked"]
    links[0].symlink_to(outside)
    links[1].symlink_to(live.root / "content/river-talks")
    there = live.root / path if path else outside
    shown = digest(there.read_bytes()) if there.is_file() else digest(b"")
    try:
        assert refusal(live.post(EDIT, edit(live, path=path, digest=shown))) == "404 refused_path"
    finally:
        for link in links:
            link.unlink()
    assert outside.read_bytes() == b"---\n---\n"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[" * 30_000,
        b'{"path": 3}',
        b"\xff",
        b'{"path": "a", "digest": "b", "what": {"type": "run"}}',
        b'{"path": "a", "digest": "b", "what": {"type": "add-claim", "at": {}, "more": 1}}',
    ],
)
def test_what_is_no_edit_is_refused(live: Live, body: bytes) -> None:
    """And is no fault of the program."""
    assert refusal(live.post(EDIT, body)) == "400 refused_form"
    assert b'"faults":[]' in live.get("/_preview/state.json").body


def test_a_large_body_is_refused(live: Live) -> None:
    """With a message; one that is far too large is not even read."""
    assert refusal(live.post(EDIT, b" " * (MAX_BODY + 1))) == "413 refused_size"
    with socket.create_connection((live.host, live.port)) as asking:
        asking.sendall(
            f"POST {EDIT} HTTP/1.1\r\nHost: {live.host}:{live.port}\r\n"
            "Content-Length: 999999999\r\n\r\n".encode()
        )
        assert b" 400 " in asking.recv(1000)
        assert asking.recv(1000) == b""


def test_a_newer_save_is_not_written_over(live: Live) -> None:
    """Neither by an edit nor by its undoing, also when the preview has not seen the save yet."""
    path = live.root / TEXT
    old = edit(live)
    path.write_bytes(newer := path.read_bytes() + b"\nSaved.\n")
    assert refusal(live.post(EDIT, old)) == "409 refused_saved"
    assert path.read_bytes() == newer
    told = json.loads(live.post(EDIT, edit(live)).body)
    path.write_bytes(newest := path.read_bytes() + b"\nSaved again.\n")
    assert refusal(live.post(UNDO, {"undo": told["undo"]})) == "409 refused_undo_saved"
    assert path.read_bytes() == newest


@pytest.mark.parametrize("way", ["in place", "another file"])
def test_a_save_at_the_same_time_is_never_lost(live: Live, way: str) -> None:
    """Whichever comes first: in the end the file is what the editor has saved."""
    path, other = live.root / TEXT, live.root / "content/river-talks/.saving"
    before = path.read_bytes()
    outcomes = set()
    for number in range(40):
        path.write_bytes(before)
        asked, saved = edit(live), before + f"\nSaved {number}.\n".encode()
        together = Barrier(2)

        def save(saved: bytes = saved, together: Barrier = together) -> None:
            if way == "another file":
                other.write_bytes(saved)
            together.wait()
            if way == "another file":
                os.replace(other, path)  # noqa: PTH105
            else:
                path.write_bytes(saved)

        saving = Thread(target=save)
        saving.start()
        together.wait()
        outcomes.add(live.post(EDIT, asked).status)
        saving.join()
        assert path.read_bytes() == saved
    assert outcomes <= {OK, 409, 422, 404}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"point": "fee"}, "no point `fee`"),
        ({"says": "many"}, "many"),
        ({"by": "nobody"}, "no voice `nobody`"),
        ({"says": "[1, 2"}, "not YAML"),
        ({"says": "1\n2"}, "several lines"),
        ({"says": "12}, {point: mood"}, "cannot be read"),
        ({"at": {"start": "more words than any locator may have"}}, "7 words"),
    ],
)
def test_what_would_be_wrong_is_not_written(
    live: Live, small: Files, changed: dict[str, object], message: str
) -> None:
    """The mistakes are told as `check` tells them, before they are in the file."""
    answer = live.post(EDIT, edit(live, what={**CLAIM, **changed}))
    assert refusal(answer) == "422 refused_mistake"
    assert message in " ".join(p["message"] for p in json.loads(answer.body)["problems"])
    assert (live.root / TEXT).read_bytes() == small[TEXT]


def test_a_file_that_the_system_keeps_is_told_of(live: Live) -> None:
    """Where something else than a file has its name by now, nothing is done."""
    path = live.root / TEXT
    asked = edit(live)
    path.unlink()
    os.mkfifo(path)
    try:
        assert refusal(live.post(EDIT, asked)) == "404 refused_path"
    finally:
        path.unlink()


def test_what_is_published_can_be_edited_too(tmp_path: Path, small: Files) -> None:
    """The pages of `--published` show less, and write the same."""
    put(tmp_path, small)
    running = Live(tmp_path, "--published")
    assert running.post(EDIT, edit(running)).status == OK
    assert LINE in (tmp_path / TEXT).read_bytes()
    assert running.stop() == 0
