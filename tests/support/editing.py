"""The way of an editor, from an address to a published comparison, as docs/editing.md walks it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from briefing.commands.arguments import ROOT
from support.odd_servers import page, says, serving
from support.preview import EDIT, OK, Live
from support.sites import TESTS
from support.terminal import Terminal

PAGES = TESTS / "repository/pages"
ARTICLES = {
    "https://courier.example/news/kestrel-ferry": "courier.html",
    "https://songmay.example/pha-kestrel": "song-may.html",
}
"""The pages of the invented articles, by their addresses."""
REMOTE = "git@github.com:YOU/my-briefing.git"
SITE = "my-briefing"
"""The folder of the site."""
_STEP = re.compile(
    r"^```(?P<kind>\w+)(?: (?P<path>\S+))?\n(?P<code>.*?)^```$|(?P<table>(?:^\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)


class Step(NamedTuple):
    """A thing that an editor does, or sees."""

    kind: str
    """`sh`: commands; `diff`: changes of a file; `yaml`: a whole file; `text`: what is said;
    `claims`: those that are made in the preview, a row of a table for each."""
    path: str
    """Of the file, from the folder of the site; "" for none."""
    code: str


def steps_of(document: str) -> list[Step]:
    """Give the steps of the numbered sections of a document, in their order."""
    text = (ROOT / document).read_text(encoding="utf-8")
    text = re.split(r"^## (?!\d)", text, maxsplit=1, flags=re.MULTILINE)[0]
    found = [match.groupdict(default="") for match in _STEP.finditer(text)]
    return [Step(m["kind"] or "claims", m["path"], m["code"] or m["table"]) for m in found]


def typed_lines(step: Step) -> list[str]:
    """Give the lines of a step that are typed: commands, and lines of files that get new words.

    A line of which something is only deleted is not typed, nor is one that is deleted. What the
    program printed or wrote, and is completed, counts as if all of it was typed.
    """
    lines = step.code.splitlines()
    match step.kind:
        case "sh" | "yaml":
            return lines
        case "diff":
            gone = [line[1:] for line in lines if line.startswith("-")]
            come = [line[1:] for line in lines if line.startswith("+")]
            return [line for line in come if not any(_is_rest(line, old) for old in gone)]
    return []


def _is_rest(line: str, old: str) -> bool:
    """Whether a line is what is left of an old one when characters are deleted."""
    left = iter(old)
    return all(character in left for character in line)


def claims_of(step: Step) -> list[list[str]]:
    """Give the cells of each row of a table of claims."""
    rows = [line.strip("|").split("|") for line in step.code.splitlines()[2:]]
    return [[cell.strip() for cell in row] for row in rows]


class Editor:
    """Does the steps in a terminal, in the files of the site and in the preview."""

    def __init__(self, terminal: Terminal, replaced: dict[str, str]) -> None:
        self.terminal = terminal
        self.site = terminal.there / SITE
        self.preview: Live | None = None
        self.said = ""
        """What the last commands said."""
        self._replaced = replaced

    def do(self, step: Step) -> None:
        """Do a step; what is to be seen then is looked for."""
        match step.kind:
            case "sh" if "serve" in step.code:
                self.preview = Live(self.site, "--port", "0", program=self.terminal.program)
            case "sh":
                self.said = self._run(step.code)
            case "yaml":
                (self.site / step.path).write_text(step.code, encoding="utf-8")
            case "diff":
                self._change(self.site / step.path, step.code)
            case "claims":
                for row in claims_of(step):
                    self._claim(row)
            case _:
                self._see(step.code)

    def _run(self, code: str) -> str:
        for old, new in self._replaced.items():
            code = code.replace(old, new)
        begin = f"cd {SITE}\n" if self.site.exists() else ""
        return self.terminal.run(f"{begin}{code}")

    def _change(self, path: Path, code: str) -> None:
        """Write what comes below what goes or stays before it, or at the end of the file."""
        lines = path.read_text(encoding="utf-8").splitlines()
        at = len(lines)
        for change in code.splitlines():
            sign, line = change[0], change[1:]
            if sign == "-":
                at = lines.index(line)
                del lines[at]
            elif sign == "+":
                lines.insert(at, line)
                at += 1
            else:
                at = len(lines) - lines[::-1].index(line)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def _claim(self, row: list[str]) -> None:
        """Make a claim as the panel of the preview does."""
        assert self.preview
        article, words, point, says, by, gloss = row
        path = f"content/ferry/{article}.en.md"
        other = "en" if "/songmay." in path else "vi"
        at = {"start": words, "gloss": {other: gloss}}
        claim = {"type": "add-claim", "point": point, "says": says, "at": at}
        what = claim | ({"by": by} if by else {})
        shown = sha256((self.site / path).read_bytes()).hexdigest()
        answer = self.preview.post(EDIT, {"path": path, "digest": shown, "what": what})
        assert answer.status == OK, json.loads(answer.body)

    def _see(self, told: str) -> None:
        for line in told.splitlines():
            assert line.strip() in self.said, f"{line}\nis not in\n{self.said}"


@contextmanager
def editor(folder: Path) -> Iterator[Editor]:
    """Give an editor in an empty folder, for whom the articles are on the web, and a remote."""
    terminal, remote = Terminal(folder), folder / "remote.git"
    terminal.run(f"git init --quiet --bare {remote}")
    answers = {f"/{name}": page((PAGES / name).read_bytes()) for name in ARTICLES.values()}
    with serving(says(answers)) as web:
        served = {address: f"{web.address}/{name}" for address, name in ARTICLES.items()}
        writing = Editor(terminal, {**served, REMOTE: f"{remote}"})
        try:
            yield writing
        finally:
            if writing.preview:
                assert writing.preview.stop() == 0
