"""What GitHub is asked to do, and what it may do with it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.commands.arguments import ROOT, parse_arguments
from briefing.version import VERSION
from support.disk import plant
from support.sites import TESTS
from support.web import not_run
from support.workflows import PINNED, commands, lint

WORKFLOWS = sorted((ROOT / ".github/workflows").iterdir())
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in WORKFLOWS}
READ: Mapping[str, Any] = {
    name: yaml.load(text, yaml.BaseLoader)  # all scalars are text: `on` is no truth value
    for name, text in TEXTS.items()
}
JOBS = [(name, job, of) for name, read in READ.items() for job, of in read["jobs"].items()]
STEPS = [(name, job, step) for name, job, of in JOBS for step in of["steps"]]
RELEASE_STEP = "See that the tag is the version, and that the changelog tells of it"
SCRIPTS = [(name, step["run"]) for name, _, step in STEPS if "run" in step]


def script_of(name: str, step: str) -> str:
    """Give the script of a step, by the workflow and the name of the step."""
    (script,) = [of["run"] for own, _, of in STEPS if own == name and of.get("name") == step]
    return str(script)


class Answer(BaseHTTPRequestHandler):
    """Answers everything alike, and keeps what was asked for."""

    def __init__(self, status: int, body: bytes, asked: list[str], *args: object) -> None:
        self.answer, self.asked = (status, body), asked
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, body = self.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def answering(status: int, body: bytes = b"") -> Iterator[tuple[str, list[str]]]:
    """Serve an answer; give the address, and the list of what is asked for. 0 is no answer."""
    asked: list[str] = []
    with HTTPServer(("127.0.0.1", 0), partial(Answer, status, body, asked)) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        if not status:
            server.server_close()
            yield address, asked
            return
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield address, asked
        server.shutdown()


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub does."""
    if not shutil.which("curl"):
        not_run("curl")
    bash = shutil.which("bash") or not_run("bash")
    given = {"PATH": "/usr/bin:/bin", "RUNNER_TEMP": str(folder), **variables}
    command = [bash, "-e", "-c", script]
    return subprocess.run(
        command, cwd=folder, check=False, env=given, capture_output=True, text=True, timeout=60
    )


def test_every_action_is_pinned_to_a_commit() -> None:
    """A version can be moved to other code, a commit cannot; the version is there for readers."""
    used = [step["uses"] for _, _, step in STEPS if "uses" in step]
    pinned = [match for text in TEXTS.values() for match in PINNED.findall(text)]

    assert len(pinned) == len(used) == sum(text.count("uses:") for text in TEXTS.values())
    assert len({action for action, _, _ in pinned}) == len(set(pinned)), "one commit for each"


@pytest.mark.parametrize("name", READ)
def test_a_workflow_may_read_and_no_more(name: str) -> None:
    """Whatever a step brings with it; who needs more asks for it in its own job."""
    assert READ[name]["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in READ[name]["on"]
    assert "secrets" not in TEXTS[name]


def test_only_who_publishes_may_write() -> None:
    """And only the site, or the package: nothing of the project is run there."""
    writers = {
        (name, job): {right for right, of in given["permissions"].items() if of != "read"}
        for name, job, given in JOBS
        if set(given.get("permissions", {}).values()) - {"read"}
    }
    used = {
        (name, job): [step["uses"].partition("@")[0] for step in READ[name]["jobs"][job]["steps"]]
        for name, job in writers
    }

    assert writers == {
        ("pages.yml", "deploy"): {"pages", "id-token"},
        ("release.yml", "publish"): {"id-token"},
    }
    assert used == {
        ("pages.yml", "deploy"): ["actions/deploy-pages"],
        ("release.yml", "publish"): ["actions/download-artifact", "pypa/gh-action-pypi-publish"],
    }
    assert {READ[name]["jobs"][job]["needs"] for name, job in writers} == {"build"}


@pytest.mark.parametrize(("name", "job", "of"), JOBS, ids=[f"{n}-{j}" for n, j, _ in JOBS])
def test_every_job_has_an_end(name: str, job: str, of: Mapping[str, str]) -> None:
    """One that hangs is stopped within the hour, and not after six."""
    assert 0 < int(of["timeout-minutes"]) <= 60


@pytest.mark.parametrize(("name", "script"), SCRIPTS)
def test_nothing_is_pasted_into_a_script(name: str, script: str) -> None:
    """What comes from outside comes in variables, so the title of an issue is never run."""
    assert "${{" not in script
    assert subprocess.run(["bash", "-n", "-c", script], check=False).returncode == 0


def test_no_checkout_leaves_its_token_behind() -> None:
    """Nothing that a build runs can push."""
    checkouts = [s for _, _, s in STEPS if s.get("uses", "").startswith("actions/checkout@")]

    assert len(checkouts) >= len(WORKFLOWS)
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


def test_every_command_that_is_run_is_one() -> None:
    """Each option of build.py, each target of make and each file of requirements exists."""
    words = [command for _, script in SCRIPTS for command in commands(script)]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    built = [command for command in words if command[:2] == ["python", "build.py"]]
    made = [[*command, "site"][1] for command in words if command[:1] == ["make"]]
    files = [
        command[at + 1] for command in words for at, word in enumerate(command) if word == "-r"
    ]

    assert [parse_arguments(command[2:]).command for command in built]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in made)
    assert all((ROOT / file).is_file() for file in files)
    assert min(len(built), len(made), len(files)) > 0


def test_every_test_has_its_night() -> None:
    """The parts in which they are run are all of them, and no test is in two."""
    parts = READ["nightly.yml"]["jobs"]["tests"]["strategy"]["matrix"]["tests"]
    runs = []
    for part in parts:
        words = part.split()
        without = {ROOT / word.removeprefix("--ignore=") for word in words if "--ignore=" in word}
        for word in words:
            path = ROOT / word
            found = [path] if path.suffix else path.rglob("test_*.py")
            runs += [each for each in found if "--ignore=" not in word and each not in without]

    assert sorted(runs) == sorted(TESTS.rglob("test_*.py"))


def test_actionlint_finds_nothing() -> None:
    """The keys, the expressions, the jobs needed and the schedules are what GitHub takes."""
    assert lint(TEXTS) == []


def test_actionlint_finds_what_is_wrong() -> None:
    """So that its silence means something."""
    mistakes = [
        ("needs: build", "needs: built", "does not exist in this workflow"),
        ("steps.pages.outputs", "steps.page.outputs", 'property "page" is not defined'),
        ('cron: "7 17 * * *"', 'cron: "7 17 * *"', "invalid CRON format"),
        ("timeout-minutes: 15", "timeout-minute: 15", 'unexpected key "timeout-minute"'),
        ("pages: write", "page: write", 'unknown permission scope "page"'),
    ]
    text = TEXTS["pages.yml"]
    assert all(right in text for right, _, _ in mistakes)

    told = lint({f"{n}.yml": text.replace(*each[:2]) for n, each in enumerate(mistakes)})

    for number, (_, _, said) in enumerate(mistakes):
        assert any(f"/{number}.yml:" in line and said in line for line in told), (said, told)


def ask_github(
    script: str, tmp_path: Path, address: str, outputs: Path, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a step that asks GitHub of a repository; it is asked at `address`."""
    return run(
        script,
        tmp_path,
        TOKEN="token",
        GITHUB_API_URL=address,
        GITHUB_REPOSITORY="somebody/small",
        GITHUB_OUTPUT=str(outputs),
        **more,
    )


@pytest.mark.parametrize(
    ("answer", "event", "says", "publishes"),
    [
        ((200, "workflow"), "push", "", True),
        ((200, "workflow"), "schedule", "", True),
        (
            (200, "legacy"),
            "push",
            "::notice title=Not published::The site is published from",
            False,
        ),
        ((404, ""), "schedule", "::notice title=Not published::Pages is turned off", False),
        ((404, ""), "push", "::error title=Not published::Pages is turned off", False),
        ((404, ""), "workflow_dispatch", "::error title=Not published::Pages is turned off", False),
        ((403, ""), "schedule", "::error title=Not published::GitHub does not say", False),
        ((0, ""), "push", "::error title=Not published::GitHub does not say", False),
    ],
)
def test_a_site_is_published_where_pages_is_turned_on(
    tmp_path: Path, answer: tuple[int, str], event: str, says: str, publishes: bool
) -> None:
    """In a fork without Pages the schedule does nothing; who pushes is told what to turn on."""
    script = script_of("pages.yml", "Ask whether Pages is turned on")
    status, kind = answer
    body = json.dumps({"url": "x", "build_type": kind}, separators=(",", ":")).encode()
    outputs = tmp_path / "outputs"
    with answering(status, body) as (address, asked):
        done = ask_github(script, tmp_path, address, outputs, GITHUB_EVENT_NAME=event)

    assert done.stdout.startswith(says)
    assert done.stdout.count("\n") == bool(says)
    assert done.returncode == ("::error" in says), done.stderr
    assert outputs.is_file() is publishes
    assert not publishes or outputs.read_text() == "publish=true\n"
    assert asked == ["/repos/somebody/small/pages"] * bool(status)


@pytest.mark.parametrize(
    ("status", "says", "kept"),
    [
        (200, "", "/vi/\n"),
        (404, "::notice title=First time::", ""),
        (403, "::error title=Not published::The live site does not say", None),
        (0, "::error title=Not published::The live site does not say", None),
    ],
)
def test_what_was_published_is_asked_of_the_live_site(
    tmp_path: Path, status: int, says: str, kept: str | None
) -> None:
    """Nothing yet is nothing to lose; but who cannot tell builds nothing, so no address is lost."""
    script = script_of("pages.yml", "Ask the live site for the addresses it has published")
    with answering(status, b"/vi/\n") as (address, asked):
        done = run(
            script,
            tmp_path,
            BASE_URL=f"{address}/small",
            GITHUB_RUN_ID="7",
            GITHUB_RUN_ATTEMPT="1",
        )

    assert done.stdout.startswith(says)
    assert done.returncode == (kept is None), done.stderr
    assert kept is None or (tmp_path / "published.txt").read_text() == kept
    assert asked == ["/small/manifest.txt?7-1"] * bool(status)


@pytest.mark.parametrize("status", [200, 404])
def test_the_data_of_topics_are_asked_of_the_live_site(tmp_path: Path, status: int) -> None:
    """What it does not have is not compared, and stops nothing."""
    script = script_of("check.yml", "Ask the live site for the data it has published")
    (tmp_path / "published.txt").write_text("data/a.json\ndata/a.csv\nvi/data/b.json\n/vi/\n")
    with answering(status, b"{}") as (address, asked):
        done = run(
            script,
            tmp_path,
            BASE_URL=f"{address}/small",
            GITHUB_RUN_ID="7",
            GITHUB_RUN_ATTEMPT="1",
        )

    assert done.returncode == 0, done.stderr
    assert asked == ["/small/data/a.json?7-1"]
    assert (tmp_path / "data/a.json").is_file() == (status == 200)


def test_a_pull_request_is_compared_with_what_was_published_as_the_build_after_it_is() -> None:
    """So one that would lose an address is red, and not the merge."""
    step = "Ask the live site for the addresses it has published"
    build = script_of("pages.yml", "Build").strip()

    assert script_of("check.yml", step) == script_of("pages.yml", step)
    assert build in script_of("check.yml", "Build")
    options = build.removeprefix("python build.py ")
    assert f"python build.py check {options} --summary" in script_of("check.yml", "Check")


def test_nothing_of_a_pull_request_runs_where_more_may_be_read() -> None:
    """What asks GitHub where the site stands checks nothing out."""
    readers = [job for name, _, job in JOBS if name == "check.yml" and "permissions" in job]

    assert [job["permissions"] for job in readers] == [{"pages": "read"}]
    assert not any("uses" in step for job in readers for step in job["steps"])


@pytest.mark.parametrize(
    ("answer", "says", "base_url"),
    [
        ((200, "https://somebody.github.io/small/"), "", "https://somebody.github.io/small"),
        ((200, "https://briefing.example"), "", "https://briefing.example"),
        ((404, ""), "::notice title=Not published::Pages is turned off", None),
        ((403, ""), "::error title=Not checked::GitHub does not say", None),
        ((200, "javascript:"), "", None),
        ((0, ""), "::error title=Not checked::GitHub does not say", None),
    ],
)
def test_where_the_site_stands_is_asked_of_github(
    tmp_path: Path, answer: tuple[int, str], says: str, base_url: str | None
) -> None:
    """Where nothing is published nothing can be lost; who cannot tell checks nothing."""
    script = script_of("check.yml", "Ask where the site stands")
    status, url = answer
    body = json.dumps({"url": "https://api", "html_url": url}, separators=(",", ":")).encode()
    outputs = tmp_path / "outputs"
    with answering(status, body) as (address, asked):
        done = ask_github(script, tmp_path, address, outputs)

    assert done.stdout.startswith(says)
    assert done.returncode == ("::error" in says), done.stderr
    written = outputs.read_text() if outputs.is_file() else "base_url=\n"
    assert written == f"base_url={base_url or ''}\n"
    assert asked == ["/repos/somebody/small/pages"] * bool(status)


@pytest.mark.parametrize(
    ("changed", "is_engine"),
    [
        (["content/tin tức/bài.vi.md"], False),
        (["content/a.md", "site.yaml", "redirects.yaml"], False),
        (["content/a.md", "briefing/a.py"], True),
        (["templates/base.html"], True),
        (["tests/content/test_a.py"], True),
        (["requirements.txt"], True),
        (["docs/content.md"], True),
        (["content.py"], True),
        (["templates/site.yaml"], True),
    ],
)
def test_a_pull_request_that_changes_content_alone_does_not_run_the_suite(
    tmp_path: Path, changed: list[str], is_engine: bool
) -> None:
    """What changes is told by what it is merged into; a file that is moved has changed twice."""
    script = script_of("check.yml", "See whether anything but content has changed")
    outputs = tmp_path / "outputs"
    git = shutil.which("git") or not_run("git")

    def do(*words: str) -> None:
        author = ["-c", "user.name=An", "-c", "user.email=an@example.org"]
        subprocess.run([git, "-C", str(tmp_path / "a"), *author, *words], check=True, timeout=60)

    (tmp_path / "a/briefing").mkdir(parents=True)
    (tmp_path / "a/briefing/a.py").write_text("a program\n" * 20)
    do("init", "--quiet")
    do("add", "--all")
    do("commit", "--quiet", "--message", "before")
    for path in changed:
        (tmp_path / "a" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "a" / path).write_text("changed")
    do("add", "--all")
    do("commit", "--quiet", "--message", "after")
    done = run(f"cd a\n{script}", tmp_path, GITHUB_OUTPUT=str(outputs))
    assert done.returncode == 0, done.stderr
    assert outputs.is_file() is is_engine

    do("mv", "briefing/a.py", "a.py")
    (tmp_path / "a/content").mkdir(exist_ok=True)
    do("mv", "a.py", "content/a.py")
    do("commit", "--quiet", "--message", "moved")
    assert run(f"cd a\n{script}", tmp_path, GITHUB_OUTPUT=str(outputs)).returncode == 0
    assert outputs.read_text().endswith("engine=true\n")


def test_the_suite_is_needed_by_everything_else() -> None:
    """Every job that runs tests waits for what has changed, and the site for nothing of it."""
    jobs = READ["check.yml"]["jobs"]
    tests = {name for name, of in jobs.items() if "make test" in str(of["steps"])}

    assert tests == {"oldest", "newest"}
    for name in tests:
        assert jobs[name]["needs"] == "changes"
        assert jobs[name]["if"] == "needs.changes.outputs.engine == 'true'"
    assert jobs["site"]["needs"] == "ask"
    built = [word for _, _, s in STEPS if s in jobs["site"]["steps"] for word in [s.get("run", "")]]
    assert sum("python build.py --annotate" in script for script in built) == 1


@pytest.mark.parametrize(
    ("oldest", "newest", "is_right"), [("a1", "a1", True), ("a1", "b2", False), ("", "", False)]
)
def test_two_pythons_that_make_other_bytes_are_told(
    tmp_path: Path, oldest: str, newest: str, is_right: bool
) -> None:
    """Nor is a site that was not summed up taken for the same."""
    script = script_of("check.yml", "Compare what the two have built")

    done = run(script, tmp_path, OLDEST=oldest, NEWEST=newest)

    assert (done.returncode == 0) is is_right
    assert done.stdout.startswith("::error") is not is_right


@pytest.mark.parametrize(
    ("tag", "heading", "says"),
    [
        ("v1.20.3", "## [1.20.3] - 2026-02-03", ""),
        ("v1.20.4", "## [1.20.3] - 2026-02-03", "::error title=Not released::The tag is v1.20.4"),
        ("1.20.3", "## [1.20.3] - 2026-02-03", "::error title=Not released::The tag is 1.20.3"),
        ("v1.20.3", "## [Unreleased]", "::error title=Not released::CHANGELOG.md has no heading"),
        ("v1.20.3", "## [1x20.3] - 2026-02-03", "::error title=Not released::CHANGELOG.md has no"),
    ],
)
def test_what_is_released_has_one_version(
    tmp_path: Path, tag: str, heading: str, says: str
) -> None:
    """That of the tag, of the program and of the changelog; in the form that ours have."""
    script = script_of("release.yml", RELEASE_STEP)
    version = (ROOT / "briefing/version.py").read_text(encoding="utf-8").replace(VERSION, "1.20.3")
    plant(tmp_path, {"briefing/version.py": version.encode(), "CHANGELOG.md": heading.encode()})

    done = run(script, tmp_path, GITHUB_REF_NAME=tag)

    assert done.returncode == bool(says), done.stderr
    assert done.stdout.startswith(says)
