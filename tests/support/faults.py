"""Builds as processes of their own, what is done to them, and what they leave on the disk."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn, TypeVar

import pytest

from briefing.commands.arguments import ROOT
from support.disk import plant

Item = TypeVar("Item")
Result = TypeVar("Result")

DAY = "2026-01-01"
LONG = 60.0
"""Seconds after which a build hangs."""
MANIFEST = ".manifest.json"

CHANGING = (
    *("mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "link", "linkat", "symlink"),
    *("symlinkat", "rename", "renameat", "renameat2", "write", "pwrite64", "writev"),
    *("sendfile", "copy_file_range", "truncate", "ftruncate", "chmod", "fchmod", "fchmodat"),
    *("chown", "fchown", "lchown", "fchownat", "utimensat", "fsync"),
)
"""The system calls that change what is on a disk, but for the opening of a new file."""


# What is on the disk


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at a path: its kind and mode, its bytes, and where it leads if it is a link."""

    mode: int
    data: bytes = b""
    link: str = ""


Tree = dict[str, Entry]
"""By path from a folder, which is itself not in it."""
Files = dict[str, bytes]


def snapshot(folder: Path) -> Tree:
    """Give all that is in a folder, hidden files and empty folders too; follow no link."""
    return {path.relative_to(folder).as_posix(): _entry(path) for path in _below(folder)}


CACHE = ".cache"
"""What a build leaves for the next one, beside the sources; nobody else has anything in it."""


def _below(folder: Path) -> Iterator[Path]:
    entries = (found for found in os.scandir(folder) if found.name != CACHE)
    for found in sorted(entries, key=lambda found: found.name):
        yield Path(found)
        if found.is_dir(follow_symlinks=False):
            yield from _below(Path(found))


def _entry(path: Path) -> Entry:
    mode = path.lstat().st_mode
    link = f"{path.readlink()}" if stat.S_ISLNK(mode) else ""
    return Entry(mode, path.read_bytes() if stat.S_ISREG(mode) else b"", link)


Stamp = tuple[int, int, int, int]


def stamps(folder: Path) -> dict[str, Stamp]:
    """Give the mode, the owner and the time of what is in a folder, and of the folder itself."""
    found = {path.relative_to(folder).as_posix(): path.lstat() for path in _below(folder)}
    found["."] = folder.lstat()
    return {
        path: (info.st_mode, info.st_uid, info.st_gid, info.st_mtime_ns)
        for path, info in found.items()
    }


def within(name: str, tree: Tree) -> Tree:
    """Give a tree with a folder around it."""
    inner = {f"{name}/{path}": entry for path, entry in tree.items()}
    return {name: Entry(stat.S_IFDIR | 0o755), **inner}


def difference(found: Tree, wanted: Tree) -> str:
    """Say where two trees differ; say nothing if they are the same."""
    parts = {
        "missing": sorted(wanted.keys() - found.keys()),
        "too much": sorted(found.keys() - wanted.keys()),
        "other": sorted(p for p in found.keys() & wanted.keys() if found[p] != wanted[p]),
    }
    return "; ".join(f"{part}: {', '.join(paths)}" for part, paths in parts.items() if paths)


def nearest(found: Tree, wanted: Mapping[str, Tree]) -> tuple[str, str]:
    """Give the name of the site that is there, or none and what is wrong with each of them."""
    wrong = {name: difference(found, tree) for name, tree in wanted.items()}
    for name, told in wrong.items():
        if not told:
            return name, ""
    return "", " / ".join(f"not {name}: {told}" for name, told in wrong.items())


def replant(folder: Path, files: Files) -> None:
    """Let a project have these sources and no others; its output stays."""
    for name in ("content", "templates"):
        shutil.rmtree(folder / name, ignore_errors=True)
    plant(folder, files)


def replace(path: Path, data: bytes) -> None:
    """Change a file in one step."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    beside.replace(path)


def copy(project: Path, to: Path) -> Path:
    """Make a folder that is like another: links, hard links, owners, modes and times too."""
    to.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", f"{project}/.", str(to)], check=True)
    return to


# Two sites

PLAIN_PAGE = b"""{% extends "base.html" %}
{% block masthead %}{% endblock %}
{% block main %}<h1>{{ words.text(site.title) }}</h1>{% endblock %}
"""


PLAIN_TOPIC = PLAIN_PAGE.replace(
    b"</h1>",
    b'</h1>{% for row in comparison.rows %}<p id="{{ row.point.id }}">x</p>{% endfor %}',
)
"""One that has the rows which it says it has."""
TOLD = b"<p>{{ told.summary.title }}</p>"
PLAIN_PARTS = {
    "templates/email/topic.html": b"""
{%% macro mail_head(here) %%}{{ words.text(site.title) }}{%% endmacro %%}
{%% macro mail_foot(here) %%}{{ words("colophon") }}{%% endmacro %%}
{%% macro topic_mail(here, told, comparison) %%}%b{%% endmacro %%}
"""
    % TOLD,
    "templates/feeds/entries.html": b"""
{%% macro topic_entry(here, told, topic, comparison) %%}%b{%% endmacro %%}
{%% macro article_entry(here, told, topic, article, changes) %%}%b{%% endmacro %%}
{%% macro headline_entry(here, heading, line) %%}{{ heading.title }}{%% endmacro %%}
"""
    % (TOLD, TOLD),
}
"""The mail and the feeds of those."""


def light(small: Files) -> dict[str, bytes]:
    """Give the small site with plain pages, which are made in half the time."""
    heavy = ("templates/pages/", "templates/parts/")
    files = {path: data for path, data in small.items() if not path.startswith(heavy)}
    pages = {path: PLAIN_PAGE for path in small if path.startswith(heavy[0])}
    pages["templates/pages/topic.html"] = PLAIN_TOPIC
    of_base = ("mark", "neighbours", "toggle")
    parts = [f"templates/parts/{name}.html" for name in of_base]
    return {**files, **pages, **PLAIN_PARTS, **{part: small[part] for part in parts}}


MIRROR, ECHO = "content/river-talks/mirror.en.md", "content/river-talks/echo.en.md"


def other_site(small: Files) -> dict[str, bytes]:
    """Give sources of a second site: no page is the same, one article is gone and one is new."""
    files = dict(small)
    title = b"The same report once more"
    files[ECHO] = files.pop(MIRROR).replace(title, b"One more echo")
    return {**files, "site.yaml": titled(small, b"Other site")}


def titled(small: Files, title: bytes) -> bytes:
    """Give the facts of the site with another title, which every page shows."""
    facts = small["site.yaml"]
    assert facts.count(b"Small site") == 1
    return facts.replace(b"Small site", title).replace("Trang nhỏ".encode(), title)


STRANGERS = {
    "CNAME": b"who.example\n",
    ".htaccess": b"Options -Indexes\n",
    "en/river-talks/notes.txt": b"in a folder of ours that stays\n",
    "en/river-talks/mirror/notes.txt": b"in a folder of ours that goes\n",
    "theirs/deep/.hidden/file.txt": b"in a folder of their own\n",
}
LINKS = {"latest": "en/river-talks", "en/nowhere": "/nonexistent/nothing"}
EMPTY = ("empty", "vi/empty")
LONG_AGO = 1_000_000_000


def add_strangers(output: Path) -> None:
    """Put into the output what no build made: files, links, folders, a hidden file."""
    plant(output, STRANGERS)
    for path, target in LINKS.items():
        (output / path).symlink_to(target)
    for path in EMPTY:
        (output / path).mkdir()
    (output / "empty").chmod(0o700)
    (output / "theirs").chmod(0o750)
    (output / "CNAME").chmod(0o600)
    (output / ".htaccess").chmod(0o444)
    for path in strangers(output):
        os.utime(output / path, (LONG_AGO, LONG_AGO), follow_symlinks=False)
    if os.geteuid() == 0:
        for path in strangers(output):
            os.chown(output / path, 1234, 1234, follow_symlinks=False)


def strangers(output: Path) -> dict[str, Stamp]:
    """Give the strangers that are there, but for the folders of ours they are in."""
    above = {"theirs", "theirs/deep", "theirs/deep/.hidden"}
    theirs = {*STRANGERS, *LINKS, *EMPTY, *above}
    return {path: stamp for path, stamp in stamps(output).items() if path in theirs}


# Builds


@cache
def bytecode() -> str:
    """Give a folder of what Python compiled: no build writes it, each starts as fast."""
    folder = tempfile.mkdtemp(prefix="bytecode-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for options in (["--help"], ["check", "--root", folder]):
        subprocess.run(
            [sys.executable, str(ROOT / "build.py"), *options],
            env=environment(PYTHONPYCACHEPREFIX=folder, PYTHONDONTWRITEBYTECODE=""),
            capture_output=True,
            check=False,
        )
    for path in (Path(folder), *Path(folder).rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def environment(**changes: str) -> dict[str, str]:
    """Give the environment of a build: of ours where programs, modules, bytecode and state are."""
    names = ("PATH", "HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "PYTHONPATH")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    compiled = {} if "PYTHONPYCACHEPREFIX" in changes else {"PYTHONPYCACHEPREFIX": bytecode()}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **compiled, **changes}


def command(project: Path | str, output: Path | str | None = None) -> list[str]:
    """Give the command line of a build."""
    place = f"{project}/output" if output is None else str(output)
    options = ["--root", str(project), "--output", place, "--as-of", DAY]
    return [sys.executable, str(ROOT / "build.py"), *options]


@dataclass(frozen=True, slots=True)
class Done:
    """How a build ended."""

    status: int
    out: str
    err: str

    @property
    def untidy(self) -> str:
        """What a user must never see of a build, however it ends."""
        if "Traceback" in self.err or "Exception ignored" in self.err:
            return f"a traceback: {self.err[-2000:]}"
        if self.status not in (0, 1):
            return f"exit status {self.status}: {self.err[-2000:]}"
        return ""

    @property
    def wrong(self) -> str:
        """What is wrong about how it ended: neither done nor refused with a message."""
        if not self.untidy and self.status and not self.err.strip():
            return "no message"
        return self.untidy


def run(line: Sequence[str], env: Mapping[str, str] | None = None, **options: Any) -> Done:
    """Run a build to its end."""
    with spawn(line, env, **options) as process:
        return finish(process)


@contextmanager
def spawn(
    line: Sequence[str],
    env: Mapping[str, str] | None = None,
    **options: Any,
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a build; at the end nothing of it is left running."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    started = subprocess.Popen(line, env=env or environment(), **{**streams, **options})
    with started as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def finish(process: subprocess.Popen[bytes]) -> Done:
    """Wait for the end of a build."""
    out, err = process.communicate(timeout=LONG)
    told, wrong = ((stream or b"").decode(errors="replace") for stream in (out, err))
    return Done(process.returncode, told, wrong)


def build(project: Path, output: Path | str | None = None, **options: Any) -> Done:
    """Build a project."""
    return run(command(project, output), **options)


def build_among_others(project: Path, output: Path, **options: Any) -> Done:
    """Build a project to a folder that may be full of other files."""
    return run([*command(project, output), "--among-others"], **options)


def must(done: Done) -> Done:
    """Raise what a build told that had to end well."""
    assert (done.status, done.untidy) == (0, ""), done
    return done


def try_all(try_one: Callable[[Item], str], items: Iterable[Item]) -> None:
    """Try every case, two at a time; fail with what is wrong in any of them."""

    def told(item: Item) -> str:
        wrong = try_one(item)
        return f"{item}: {wrong}" if wrong else ""

    none_of(in_pairs(told, items))


def none_of(wrong: Iterable[str]) -> None:
    """Fail with all that is wrong, if anything is."""
    said = [told for told in wrong if told]
    assert not said, f"{len(said)} wrong\n" + "\n".join(said)


def in_pairs(try_one: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Try every case, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(try_one, items))


# A project with the old site in it and the sources of the new one


@dataclass(frozen=True)
class Rebuild:
    """A project before a rebuild, and the two sites that may be seen in its output."""

    project: Path
    sources: Tree
    old: Tree
    new: Tree
    strangers: Mapping[str, Stamp]

    @cached_property
    def before(self) -> tuple[Tree, dict[str, Stamp]]:
        """All of the project, with owners and times."""
        return snapshot(self.project), stamps(self.project)

    @property
    def sites(self) -> dict[str, Tree]:
        """The old site and the new one, with the strangers in each."""
        return {"old": self.old, "new": self.new}

    @cached_property
    def seconds(self) -> float:
        """How long the rebuild takes, beside another one."""

        def timed(number: int) -> float:
            with self.again() as project:
                begun = time.monotonic()
                must(build(project))
                return time.monotonic() - begun

        return sum(in_pairs(timed, range(4))) / 4

    @contextmanager
    def again(self, folder: Path | None = None) -> Iterator[Path]:
        """Give a copy of the project, to be tried once."""
        # A process of a killed build may write for a moment after its parent is gone.
        place = folder or self.project.parent
        with tempfile.TemporaryDirectory(dir=place, ignore_cleanup_errors=True) as name:
            yield copy(self.project, Path(name) / "project")

    def left_by(self, project: Path, done: Done) -> str:
        """Say what is wrong about a build that could fail: all is done, or nothing and told."""
        site, wrong = self.whole(project)
        if not (done.wrong or wrong) and site != ("old" if done.status else "new"):
            wrong = f"exit status {done.status}, but the site is the {site} one: {done.err}"
        return done.wrong or wrong

    def whole(self, project: Path) -> tuple[str, str]:
        """Say which site is there, or what is wrong about it or about the strangers."""
        site, wrong = nearest(snapshot(project / "output"), self.sites)
        theirs = {} if wrong else strangers(project / "output")
        changed = [path for path, stamp in theirs.items() if stamp != self.strangers[path]]
        return site, wrong or (f"strangers changed: {changed}" if changed else "")

    def mended(self, project: Path, **options: Any) -> str:
        """Build once more; say what is wrong if not all is the new site and nothing else.

        Where the disk is as if no build had been started, or as if one had done all, there is
        nothing to be mended: such builds are tried elsewhere.
        """
        found, times = snapshot(project), {**stamps(project), ".": ()}
        done = {**self.sources, **within("output", self.new)}
        untouched = found == self.before[0] and times == {**self.before[1], ".": ()}
        if untouched or (found == done and not self.whole(project)[1]):
            return ""
        return self.made_new(project, **options)

    def made_new(self, project: Path, **options: Any) -> str:
        """Build; say what is wrong if not all is the new site and nothing else."""
        done = build(project, **options)
        if done.status or done.untidy:
            return f"the next build: {done}"
        left = difference(snapshot(project), {**self.sources, **within("output", self.new)})
        return f"after the next build: {left}" if left else self.whole(project)[1]


def prepare(folder: Path, before: Files, after: Files, *, alone: bool = False) -> Rebuild:
    """Build the old site, put strangers into it, change the sources."""
    expected = {}
    for name, files in (("old", before), ("new", after)):
        plant(folder / name, files)
        must(build(folder / name))
        expected[name] = snapshot(folder / name / "output")
    project = copy(folder / "old", folder / "project")
    if not alone:
        add_strangers(project / "output")
        theirs = snapshot(project / "output")
        added = {path: theirs[path] for path in theirs.keys() - expected["old"].keys()}
        # A folder of the old site stays where a stranger is in it.
        kept = {f"{above}" for path in added for above in PurePosixPath(path).parents} - {"."}
        expected["new"] |= {path: theirs[path] for path in kept} | added
        expected["old"] |= added
    replant(project, after)
    sources = snapshot(project)
    return Rebuild(
        project,
        {path: entry for path, entry in sources.items() if path.split("/")[0] != "output"},
        expected["old"],
        expected["new"],
        strangers(project / "output"),
    )


def made(folder: Path, files: Files) -> Tree:
    """Give the site of these sources, built where nothing was."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        plant(Path(name), files)
        must(build(Path(name)))
        return snapshot(Path(name) / "output")


# What the machine must offer


def unavailable(what: str) -> NoReturn:
    """Skip a test that cannot be run here; where all must be run, let it fail."""
    if os.environ.get("CI"):
        pytest.fail(f"not run: {what}")
    pytest.skip(f"not run: {what}")


@cache
def traces() -> bool:
    """Whether system calls can be looked at, and made to fail."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    options = ["-f", "-o", os.devnull, "-e", "inject=rmdir:error=EIO"]
    done = subprocess.run([strace, *options, "true"], capture_output=True, check=False)
    return done.returncode == 0


_NUMBERS = count()


@contextmanager
def mounted(place: Path, options: str = "size=16m") -> Iterator[Path]:
    """Give a small disk of its own, as long as it is needed."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        unavailable("only root can mount a disk")
    name = f"faults-{next(_NUMBERS)}"
    line = ["mount", "-t", "tmpfs", "-o", f"mode=0755,{options}", name, str(place)]
    done = subprocess.run(line, capture_output=True, check=False)
    if done.returncode:
        unavailable(f"no disk can be mounted here: {done.stderr.decode()}")
    try:
        yield place
    finally:
        for entry in Path("/proc/mounts").read_text("utf-8").splitlines():
            if entry.startswith(f"{name} "):  # wherever it is by now
                subprocess.run(["umount", "-l", entry.split()[1]], check=True)


def remount(place: Path, options: str) -> None:
    """Change the size of a disk, or let it be read only."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def used(place: Path, what: str, more: int = 0) -> int:
    """Give how many bytes or files a disk holds, with so many more pages or files."""
    info = os.statvfs(place)
    if what == "size":
        return (info.f_blocks - info.f_bfree + more) * info.f_bsize
    return info.f_files - info.f_ffree + more


def unprivileged(line: Sequence[str]) -> list[str]:
    """Give a command line whose program may do with its own files what their modes say, no more.

    Root stays root, for nobody else may be let to where Python is, but without its powers.
    """
    if os.geteuid() != 0:
        return list(line)
    if not shutil.which("setpriv"):
        unavailable("no setpriv, and root may write everywhere")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *line]


def harmless(place: str, line: Sequence[str]) -> list[str]:
    """Give a command line whose program cannot write to a folder, nor to the root of all."""
    if os.geteuid() != 0:
        return list(line)
    apart = shutil.which("unshare")
    if not apart or subprocess.call([apart, "-m", "true"]):
        unavailable("no unshare, and root may write everywhere")
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"'
    script = f'mount -o remount,ro,bind / && {script} && exec "$@"'
    return ["unshare", "-m", "sh", "-c", script, place, *line]


def limited(limits: str, line: Sequence[str]) -> list[str]:
    """Give a command line with limits of the shell, like `-n 10`, on what it may use."""
    return ["sh", "-c", f'ulimit {limits} && exec "$@"', "sh", *line]


def redirected(redirections: str, line: Sequence[str]) -> list[str]:
    """Give a command line with its streams led elsewhere, or closed, by the shell."""
    return ["sh", "-c", f'exec "$@" {redirections}', "sh", *line]


# System calls


@dataclass(frozen=True, slots=True)
class Call:
    """The so manieth time that a build makes a system call, counted from 1."""

    name: str
    number: int
    text: str

    def __repr__(self) -> str:
        return f"{self.name} {self.number} ({self.text[-100:]}"

    @property
    def speaks(self) -> bool:
        """Whether it writes to the console."""
        return self.name == "write" and self.text.startswith(("1,", "2,"))


def traced(options: Sequence[str], line: Sequence[str]) -> list[str]:
    """Give a command line with the tracer before it."""
    if not traces():
        unavailable("no strace, or it may not trace")
    return ["strace", "-f", "-qq", *options, *line]


STILL = {"PYTHONHASHSEED": "0"}
"""So that a build makes the same calls each time."""


def calls(project: Path) -> list[Call]:
    """Give every call by which a build of this project changes the disk."""
    with tempfile.NamedTemporaryFile() as log:
        names = ",".join(f"?{name}" for name in CHANGING)
        line = traced(["-o", log.name, "-e", f"trace={names}"], command(project))
        must(run(line, environment(**STILL)))
        text = log.read().decode(errors="replace")
    found = re.findall(r"^(?:\d+ +)?(\w+)\((.*)$", text, re.MULTILINE)
    seen: Counter[str] = Counter()
    made = []
    for name, rest in found:
        seen[name] += 1
        made.append(Call(name, seen[name], rest))
    return made


def struck(call: Call, blow: str, project: Path) -> Done:
    """Build, with something done to the build at a call: a signal sent, an error given."""
    injected = f"inject={call.name}:{blow}:when={call.number}"
    options = ["-o", os.devnull, "-e", f"trace={call.name}", "-e", injected]
    return run(traced(options, command(project)), environment(**STILL))


def killed(call: Call, project: Path) -> str:
    """Build, and kill the build at a call; say so if it was not."""
    return "" if struck(call, "signal=SIGKILL", project).status else "was not killed"


# Signals


def catches(process: subprocess.Popen[bytes], number: signal.Signals) -> bool:
    """Whether a process has said what it does on a signal; before that it is not yet ours."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)", status, re.MULTILINE)
    return caught is not None and bool(int(caught[1], 16) >> (number - 1) & 1)


def wait_until(condition: Callable[[], bool], seconds: float = LONG) -> bool:
    """Wait for something; return whether it came."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.001)
    return False


@contextmanager
def meanwhile(step: Callable[[int], None]) -> Iterator[None]:
    """Do something again and again in a thread of its own, in steps numbered from 0."""
    over = threading.Event()

    def loop() -> None:
        number = 0
        while not over.is_set():
            step(number)
            number += 1

    thread = threading.Thread(target=loop)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
