"""Who does what the documents say, line by line, comes to where they lead."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT, SOURCES, parse_arguments
from briefing.commands.main import main
from briefing.storage.site_sources.read import read_site_sources
from build import make_site
from support.disk import found, plant
from support.documents import FENCE, FIRST_TOPIC, OF_OTHERS, commands, section, steps
from support.new_sites import EXAMPLE, init, sources
from support.preview import Live
from support.sites import AS_OF
from support.terminal import Terminal

Run = Callable[[str], str]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal in an empty folder."""
    return Terminal(tmp_path)


@pytest.fixture
def program(terminal: Terminal) -> Path:
    """The file of an installed program."""
    return terminal.program


@pytest.fixture
def run(terminal: Terminal) -> Run:
    """Run commands in the empty folder; give what they say."""
    return terminal.run


def test_the_ten_lines_of_the_readme_are_ten_and_lead_to_a_site(tmp_path: Path, run: Run) -> None:
    lines = commands(section("README.md", "Ten lines")).splitlines()
    ours = [shlex.split(line, comments=True) for line in lines if line.startswith("who-said-what")]

    assert len(lines) == 10
    for _, *words in ours:
        assert parse_arguments(words).command == words[0]
    run("\n".join(line for line in lines if not line.startswith(OF_OTHERS)))

    site = tmp_path / "there/my-briefing"
    assert (site / "output/en/belora-bridge/index.html").is_file()
    assert (site / "content/river-talks/topic.yaml").is_file()
    assert not run("git -C my-briefing status --porcelain")


def test_the_first_topic_leads_to_what_it_says_one_sees(
    tmp_path: Path, run: Run, program: Path
) -> None:
    """In the preview that it begins with; what is typed are two commands and forty lines."""
    text = (ROOT / FIRST_TOPIC).read_text(encoding="utf-8")
    typed = [code for _, path, code in FENCE.findall(text) if path]
    assert sum(code.count("\n") for code in typed) <= 40
    told = run(steps(FIRST_TOPIC))

    warned = re.findall(r"^warning: (\S+?):\d.*", told, re.MULTILINE)
    assert warned
    assert all(path.endswith(".vi.md") for path in warned), "only the translation is missing"
    preview = Live(tmp_path / "there/my-briefing", "--published", program=program)
    page, vietnamese = (
        preview.get(f"{preview.base}{path}bridge/").body.decode() for path in ("en/", "vi/")
    )
    assert preview.stop() == 0
    assert page.index("Where they differ") < page.index('id="weeks"') < page.index('id="toll"')
    assert "at least 8 weeks" in page
    assert "Voices on different sides say the same" in page
    assert "Bài này chưa có bản tiếng Việt." in vietnamese


def test_a_site_folder_is_published_as_it_says(tmp_path: Path, run: Run) -> None:
    """Its sources by a push, or its pages to a branch; but for the address of the repository."""
    remote = tmp_path / "remote.git"
    of_sources = commands(section("docs/publishing.md", "A site folder of your own"))
    of_pages = commands(section("docs/publishing.md", "A branch instead"))
    script = of_sources.replace("git@github.com:YOU/my-briefing.git", f"{remote}")
    assert f"{remote}" in script

    run(f"git init --quiet --bare {remote}\nwho-said-what init my-briefing")
    run(f"cd my-briefing\n{script}\n{of_pages}")

    run(f"git --git-dir {remote} cat-file -e main:site.yaml")
    run(f"git --git-dir {remote} cat-file -e gh-pages:en/belora-bridge/index.html")
    assert not run("git -C my-briefing status --porcelain")


def test_the_example_is_taken_out_as_it_says(tmp_path: Path, run: Run) -> None:
    """Before it is published by one command; afterwards by a line that says so."""
    text = section("docs/publishing.md", "Take out the example")
    out, withdrawn = commands(text), re.findall(r"^withdrawn: .*$", text, re.MULTILINE)
    empty = re.findall(r"^\{.*\}$", text, re.MULTILINE)

    run("who-said-what init my-briefing\nwho-said-what build --root my-briefing")
    published = tmp_path / "there/my-briefing/output/manifest.txt"
    (tmp_path / "manifest.txt").write_bytes(published.read_bytes())
    assert "0 warnings" in run(f"cd my-briefing\n{out}\nwho-said-what check")
    for name, code in zip(("outlets", "voices"), empty, strict=True):
        run(f"cd my-briefing\necho '{code}' > content/{name}.yaml")
    assert "0 warnings" in run("cd my-briefing\nwho-said-what check")
    run(f"echo '{withdrawn[0]}' > my-briefing/redirects.yaml")
    run(f"cd my-briefing\nwho-said-what build --manifest {tmp_path / 'manifest.txt'}")
    assert EXAMPLE.rpartition("/")[2] in withdrawn[0]


def test_an_address_leads_on_as_it_says(tmp_path: Path, run: Run) -> None:
    """After the renames of the page that says so, in the first topic."""
    rename = commands(section("docs/publishing.md", "Addresses are permanent"))
    run(f"{steps(FIRST_TOPIC)}\n{rename}")

    site = make_site(sources(tmp_path / "there/my-briefing"), AS_OF)
    assert {"en/bridge/index.html", "en/old-bridge/the-gazette/index.html"} < site.keys()


def test_a_fork_can_be_emptied_as_it_says(tmp_path: Path, small: dict[str, bytes]) -> None:
    """What is left is a site without a topic."""
    plant(tmp_path, small)
    script = commands(section("docs/publishing.md", "A fork without its content"))
    script = script.replace("git rm -r --quiet", "rm -r")
    subprocess.run(["sh", "-e", "-c", script], cwd=tmp_path, check=True)
    files = found(tmp_path)

    assert "en/index.html" in make_site(files)
    assert len(files) < len(small)


def test_an_editor_finds_the_problems_that_a_check_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the pattern of the tasks for VS Code, each with its file, line and column."""
    text = (ROOT / "docs/without-a-terminal.md").read_text(encoding="utf-8")
    tasks = {
        task["label"]: task
        for _, path, code in FENCE.findall(text)
        if path == ".vscode/tasks.json"
        for task in json.loads(code)["tasks"]
    }
    for label, task in tasks.items():
        assert parse_arguments(task["args"]).command == {"preview": "serve"}.get(label, label)
    pattern = tasks["check"]["problemMatcher"]["pattern"]
    init(tmp_path, "vi,en")
    topic = tmp_path / EXAMPLE / "topic.yaml"
    files = read_site_sources(tmp_path, *SOURCES)
    (tmp_path / EXAMPLE / "radio.vi.md").unlink()
    warned = check(tmp_path, capsys)
    topic.write_bytes(files[f"{EXAMPLE}/topic.yaml"].replace(b"kind: enum", b"kind: enumm"))
    refused = check(tmp_path, capsys)

    def fields(told: str) -> list[tuple[str, ...]]:
        names = ("severity", "file", "line", "column")
        matches = re.finditer(pattern["regexp"], told, re.MULTILINE)
        return [tuple(match[pattern[name]] or "" for name in names) for match in matches]

    assert fields(warned) == [("warning", f"{EXAMPLE}/radio.vi.md", "1", "1")]
    line = next(n for n, text in enumerate(topic.read_text().splitlines(), 1) if "enumm" in text)
    assert fields(refused) == [("", f"{EXAMPLE}/topic.yaml", f"{line}", "11")]


def check(site: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Give all that `check` says of a site."""
    capsys.readouterr()
    main(["check", "--root", str(site)])
    captured = capsys.readouterr()
    return captured.out + captured.err
