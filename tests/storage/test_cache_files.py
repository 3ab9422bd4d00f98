"""The cache is nobody's way in: what came with the sources is not followed, taken or deleted."""

from __future__ import annotations

import marshal
import os
import re
import resource
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from briefing.commands.arguments import ROOT
from briefing.commands.build import build_to_disk
from briefing.engine.record import BuildRecord, decode_record
from briefing.engine.render import PageRecord
from briefing.model.fingerprint import fingerprint
from briefing.outputs.cards.draw import render_card
from briefing.storage import cache_files
from briefing.storage.cache_files import CACHE_FOLDER, SealedFolder, program_version
from briefing.storage.card_cache import CARDS_FOLDER as CARDS
from briefing.storage.card_cache import MAX_CARD_BYTES, PNG_HEADER, CardCache
from briefing.storage.seal_key import DEFAULT_STATE_FOLDER, KEY_FOLDER
from support.built import DAY, TEXT, made, order, site
from support.cache import cache_of, endless_link, fifo, link, looked_at, nothing_in_it
from support.cards import CARD, FONTS
from support.disk import NOBODY, as_nobody, plant
from support.faults import LONG, environment
from support.sites import Sources

NAMES = ("stats", "fingerprints", "record", "notices")
PICTURES = {f"picture-{number}.png": b"theirs" for number in range(60)}
"""What other people keep."""
AS_OURS = {f"{number:016x}.record": b"theirs" for number in range(60)}
"""The same, by names that ours have in .cache/site."""
CARDS_OF_OTHERS = {f"{number:032x}.png": b"theirs" for number in range(5_010)}
"""More than are kept, by names that ours have in .cache/cards."""


def run(project: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Build as a process that has a gigabyte, and some time."""
    line = [sys.executable, "build.py", "--root", str(project), "--as-of", "2026-01-01"]
    return subprocess.run(
        line,
        cwd=ROOT,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)),
    )


def kept(project: Path, folder: str = CACHE_FOLDER) -> list[Path]:
    return sorted((project / folder).iterdir())


def edit(project: Path, small: Sources) -> Sources:
    """Change a text, so that its page is made again; give what the sources are now."""
    (project / TEXT).write_bytes(small[TEXT] + b"\n\nMore.\n")
    return small | {TEXT: small[TEXT] + b"\n\nMore.\n"}


# Links and strangers


@pytest.mark.promise(5, 9, 15)
@pytest.mark.parametrize("link", [".cache", CACHE_FOLDER, CARDS])
def test_a_link_in_the_place_of_a_folder_is_not_followed(
    tmp_path: Path, small: Sources, state: Path, link: str
) -> None:
    """Nothing is written or deleted where it leads, whatever is there; the site is built."""
    project, theirs = tmp_path / "project", tmp_path / "theirs"
    for folder in ("", "site", "cards"):
        plant(theirs / folder, PICTURES | AS_OURS | CARDS_OF_OTHERS)
    plant(project, small)
    (project / link).parent.mkdir(exist_ok=True)
    (project / link).symlink_to(theirs)
    before = looked_at(theirs)

    for _ in range(2):
        build_to_disk(order(project, DAY))

    assert looked_at(theirs) == before
    assert site(project) == made(small, DAY)


@pytest.mark.promise(9, 15)
def test_what_others_have_put_into_the_cache_stays_there(project: Path, small: Sources) -> None:
    """Only files by names of ours are counted and deleted, and no folder or link is."""
    for folder in (CACHE_FOLDER, CARDS):
        plant(project / folder, {f"theirs-{number}.png": b"x" for number in range(6_000)})
        plant(project / folder, {"0" * 16 + ".notes": b"x", "0" * 33 + ".png": b"x", "a.tmp": b""})
    (project / CACHE_FOLDER / ("0" * 16 + ".record")).symlink_to(project / TEXT)
    (project / CARDS / ("0" * 32 + ".png")).mkdir()
    before = looked_at(project / ".cache")
    plant(project / CACHE_FOLDER, {f"{number:016x}.stats": b"old" for number in range(60)})
    for number in range(60):
        os.utime(project / CACHE_FOLDER / f"{number:016x}.stats", (1, 1))
    edit(project, small)
    build_to_disk(order(project, DAY))

    after = looked_at(project / ".cache")
    strangers = {path for path in before if "theirs" in path or "/0000" in path or "a.tmp" in path}
    assert len(strangers) == 2 * 6_003 + 2
    assert [path for path in strangers if before[path] != after[path]] == []
    ours = [path for path in kept(project) if not path.is_symlink() and path.suffix[1:] in NAMES]
    assert len(ours) == cache_files.MAX_FILES


@pytest.mark.promise(9)
def test_what_a_stopped_build_has_left_counts_too(project: Path) -> None:
    """A file that was being written is one of ours, and goes when there is too much."""
    stem = kept(project)[0].name
    for number in range(40):
        path = project / CACHE_FOLDER / f"{stem}.{number:x}"
        path.write_bytes(b"half")
        os.utime(path, (number, number))
    cache_of(project).write("record", b"x")

    assert len(kept(project)) == cache_files.MAX_FILES
    assert cache_of(project).read("record") == b"x"


# What is no file


def bound_socket(path: Path, private: Path) -> None:
    """The path is too long for the address of a socket, and is reached from where it is."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def device(path: Path, private: Path) -> None:
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


def terabyte(path: Path, private: Path) -> None:
    path.touch()
    try:
        os.truncate(path, 10**12)
    except OSError:
        pytest.skip("this disk has no such files")


def link_to_nothing(path: Path, private: Path) -> None:
    path.symlink_to(private.with_name("nothing"))


def link_to_itself(path: Path, private: Path) -> None:
    path.symlink_to(path)


def folder(path: Path, private: Path) -> None:
    path.mkdir()
    (path / "theirs").write_bytes(b"theirs")


def unreadable(path: Path, private: Path) -> None:
    path.write_bytes(b"x")
    path.chmod(0)


KINDS = [
    fifo,
    bound_socket,
    device,
    terabyte,
    endless_link,
    link,
    link_to_nothing,
    link_to_itself,
    folder,
    nothing_in_it,
    unreadable,
]


@pytest.mark.promise(5, 15)
@pytest.mark.sampled(7)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_stands_in_the_place_of_a_file_is_no_cache(
    project: Path, small: Sources, tmp_path: Path, kind: Callable[[Path, Path], None]
) -> None:
    """No build waits for it, fills the memory with it, shows what is behind it or changes that."""
    private = tmp_path / "private"
    private.write_bytes(b"a private letter")
    for path in (*kept(project), *kept(project, CARDS)):
        path.unlink()
        kind(path, private)

    for _ in range(2):
        done = run(project)
        assert (done.returncode, done.stderr) == (0, "")

    assert site(project) == made(small, DAY)
    assert private.read_bytes() == b"a private letter"
    assert not private.with_name("nothing").exists()
    standing = [path for path in kept(project) if path.is_dir() and not path.is_symlink()]
    assert all((path / "theirs").read_bytes() == b"theirs" for path in standing)


# What is forged


def unkeyed(data: bytes) -> bytes:
    return blake2b(program_version() + data, digest_size=16).digest()


def old_seal(path: Path, data: bytes) -> bytes:
    """As a version of this program did it: whoever knew the program could do it."""
    return unkeyed(data) + data


def seal_without_key(path: Path, data: bytes) -> bytes:
    return (
        data
        + blake2b(
            f"{CACHE_FOLDER}/{path.name}\0".encode() + program_version() + data, digest_size=16
        ).digest()
    )


def no_seal(path: Path, data: bytes) -> bytes:
    return data


def code_that_makes(file: Path, project: Path) -> bytes:
    """Give templates, packed, that make a file when they are run."""
    code = compile(f"open({str(file)!r}, 'w').close()", "base.html", "exec")
    found = (project / "templates").rglob("*.html")
    return marshal.dumps(
        {
            f"theme/{path.relative_to(project / 'templates').as_posix()}": (
                fingerprint(path.read_bytes()),
                marshal.dumps(code),
            )
            for path in found
        }
    )


def poisoned(project: Path, mark: Path) -> BuildRecord:
    """Give what is remembered of a project, with templates that make a file."""
    record = decode_record(cache_of(project).read("record") or b"")
    assert record.templates
    return replace(record, templates=code_that_makes(mark, project))


@pytest.mark.promise(15)
@pytest.mark.parametrize("seal", [old_seal, seal_without_key, no_seal])
def test_no_code_runs_that_came_with_the_sources(
    project: Path, small: Sources, tmp_path: Path, seal: Callable[[Path, bytes], bytes]
) -> None:
    """Whoever knows the program can write all that is remembered, but not seal it."""
    mark = tmp_path / "it ran"
    (path,) = (project / CACHE_FOLDER).glob("*.record")
    path.write_bytes(seal(path, poisoned(project, mark).encode()))
    files = edit(project, small)

    build_to_disk(order(project, DAY))

    assert not mark.exists()
    assert site(project) == made(files, DAY)


@pytest.mark.promise(15)
@pytest.mark.parametrize("is_attacker", [True, False])
def test_no_code_runs_that_another_user_has_sealed(
    project: Path,
    small: Sources,
    tmp_path: Path,
    is_attacker: bool,
) -> None:
    """With the key of another it is no cache; with one's own it would run, so it is the key."""
    mark, data = tmp_path / "it ran", poisoned(project, tmp_path / "it ran").encode()
    with pytest.MonkeyPatch.context() as patch:
        if is_attacker:
            patch.setenv("XDG_STATE_HOME", str(tmp_path / "state of another"))
        cache_of(project).write("record", data)
        assert cache_of(project).read("record") == data
    edit(project, small)

    done = run(project, XDG_STATE_HOME=str(tmp_path / "state"))

    assert mark.exists() is not is_attacker
    assert not is_attacker or done.returncode == 0


@pytest.mark.promise(15)
def test_a_site_that_came_with_its_cache_is_made_of_its_sources(
    tmp_path: Path, small: Sources, state: Path
) -> None:
    """A page that no source says may lie in the output, and all that is remembered may say so."""
    project, page = tmp_path / "project", "en/vote/index.html"
    plant(project, small)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path / "state of another"))
        build_to_disk(order(project, DAY))
        forged = (project / "output" / page).read_bytes().replace(b"<h1", b"<h1>Lies</h1><h1", 1)
        (project / "output" / page).write_bytes(forged)
        record = decode_record(cache_of(project).read("record") or b"")
        topics = {
            name: replace(
                topic,
                pages={
                    **topic.pages,
                    page: PageRecord(topic.pages[page].inputs, fingerprint(forged)),
                },
            )
            if page in topic.pages
            else topic
            for name, topic in record.topics.items()
        }
        cache_of(project).write("record", replace(record, topics=topics).encode())
        build_to_disk(order(project, DAY))
        assert (project / "output" / page).read_bytes() == forged, "who forged it believes it"

    build_to_disk(order(project, DAY))

    assert site(project) == made(small, DAY)


def test_what_is_kept_under_one_name_is_not_under_another(project: Path) -> None:
    """Each is sealed with its name: of a site, of an output, of what it is."""
    for old in kept(project):
        for new in kept(project):
            if old != new:
                shutil.copy(old, project / "copy")
                shutil.copy(new, old)
                assert cache_of(project).read(old.suffix[1:]) is None
                shutil.copy(project / "copy", old)
                assert cache_of(project).read(old.suffix[1:])


# Cards


@pytest.fixture
def card(tmp_path: Path, state: Path) -> Path:
    """Where a card is kept that was drawn for this user."""
    folder = tmp_path / "project"
    folder.mkdir()
    CardCache(folder)(CARD, FONTS)
    (path,) = (folder / CARDS).iterdir()
    return path


def drawn_or_kept(card: Path) -> bytes | None:
    return CardCache(card.parents[2])(CARD, FONTS)


@pytest.mark.promise(5, 15)
def test_a_private_file_is_never_a_card(tmp_path: Path, card: Path) -> None:
    """The name of a card can be computed by everybody, and a link can have it."""
    private = tmp_path / "private.png"
    private.write_bytes(card.read_bytes())
    os.utime(private, (1, 1))
    for behind in (card, card.parent, card.parents[1]):
        behind.rename(tmp_path / "moved")
        behind.symlink_to(private if behind == card else tmp_path / "moved")
        kept_bytes = card.read_bytes()

        assert drawn_or_kept(card) == render_card(CARD, FONTS)
        assert kept_bytes.startswith(PNG_HEADER), "whoever follows the link finds a card"
        assert private.stat().st_mtime == 1
        assert behind == card or behind.is_symlink()
        behind.unlink()
        (tmp_path / "moved").rename(behind)


@pytest.mark.promise(5)
def test_a_link_to_a_card_is_no_card(tmp_path: Path, card: Path) -> None:
    """Whatever is behind it; one that is drawn takes its place."""
    lies = PNG_HEADER + b"lies"
    SealedFolder(str(card.parents[2]), CARDS, MAX_CARD_BYTES).write(card.name, lies)
    assert drawn_or_kept(card) == lies, "so it is not drawn where it is no link"
    card.rename(tmp_path / "moved")
    card.symlink_to(tmp_path / "moved")

    assert drawn_or_kept(card) == render_card(CARD, FONTS)
    assert not card.is_symlink()
    assert (tmp_path / "moved").read_bytes().startswith(lies)


@pytest.mark.promise(15)
def test_a_card_is_what_was_drawn_for_this_user(card: Path) -> None:
    """No picture that came with the sources, nor nothing, which would say: it cannot be drawn."""
    drawn, whole = render_card(CARD, FONTS), card.read_bytes()
    assert drawn
    other = drawn[:-20] + bytes(20)
    for forged in (b"", drawn, other, other + whole[-16:], whole[:-1], whole[-16:], bytes(16)):
        card.write_bytes(forged)
        assert drawn_or_kept(card) == drawn
        assert card.read_bytes() == whole


def test_what_is_no_card_is_not_given_whoever_has_kept_it(card: Path) -> None:
    """It begins as a picture of the size of a card, and is no larger than one can be."""
    drawn = render_card(CARD, FONTS)
    assert drawn
    wide = drawn[:16] + b"\0\0\4\xb1" + drawn[20:]
    for other in (b"text", wide, drawn + bytes(MAX_CARD_BYTES)):
        SealedFolder(str(card.parents[2]), CARDS, 10**9).write(card.name, other)
        assert drawn_or_kept(card) == drawn


# Where it may not be written


def test_where_the_cache_may_not_be_changed_it_is_read(
    plain_user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that is full, or read-only, a card that is there need not be drawn."""
    monkeypatch.setenv("XDG_STATE_HOME", str(plain_user / "state"))
    root, lies = plain_user / "project", PNG_HEADER + b"lies"
    with as_nobody():
        root.mkdir()
        cache_of(root).write("record", b"kept")
        CardCache(root)(CARD, FONTS)
        (path,) = kept(root, CARDS)
        SealedFolder(str(root), CARDS, MAX_CARD_BYTES).write(path.name, lies)
        for folder in (CACHE_FOLDER, CARDS):
            (root / folder).chmod(0o555)
        before = looked_at(root / ".cache").keys()
        cache_of(root).write("record", b"more")

        assert cache_of(root).read("record") == b"kept"
        assert CardCache(root)(CARD, FONTS) == lies
        assert looked_at(root / ".cache").keys() == before
        path.chmod(0)
        assert CardCache(root)(CARD, FONTS) == render_card(CARD, FONTS)


@pytest.fixture
def plain_user() -> Iterator[Path]:
    """A folder of a user who may not do everything."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    for path in (folder / "project" / CACHE_FOLDER, folder / "project" / CARDS):
        path.chmod(0o755)
    shutil.rmtree(folder)


# The workflow


def steps() -> list[dict[str, Any]]:
    text = (ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)["jobs"]["build"]["steps"]
    return found


@pytest.mark.promise(15)
def test_the_workflow_takes_the_cache_from_its_last_run_and_nothing_of_it_from_a_commit() -> None:
    """The key is kept with the cache; what a commit has in their places is taken away first."""
    uses = [step.get("uses", "").partition("@")[0] for step in steps()]
    restore, save = uses.index("actions/cache/restore"), uses.index("actions/cache/save")
    paths = steps()[restore]["with"]["path"].split()
    runs = [step.get("run", "") for step in steps()]
    (remove,) = [at for at, script in enumerate(runs) if script.startswith("rm ")]

    assert paths == steps()[save]["with"]["path"].split()
    assert set(paths) == {CARDS, CACHE_FOLDER, "output", f"{DEFAULT_STATE_FOLDER}/{KEY_FOLDER}"}
    assert uses.index("actions/checkout") < remove < restore
    assert re.split(r"\s+", runs[remove].strip()) == ["rm", "-rf", ".cache", "output"]
