"""What `build.py` does with the words after it: other addresses, annotations, publishing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT
from build import main, make_site
from support.disk import found, plant
from support.sites import Sources

DAY = ("--as-of", "2026-01-01")
REAL = ("--address", "https://somebody.github.io/small/")
Said = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, small: Sources) -> Path:
    """A folder with the small site in it."""
    plant(tmp_path / "project", small)
    return tmp_path / "project"


def run(project: Path, *words: str) -> int:
    return main([*words[:1], "--root", str(project), *DAY, *words[1:]])


def test_a_site_is_built_for_another_address(project: Path, small: Sources) -> None:
    """The same site that site.yaml would make if it named it; and back again."""
    address = "https://somebody.github.io/fork/"
    config = small["site.yaml"].replace(b"https://example.org/small/", address.encode())
    plain = {**small}
    assert run(project, "build") == 0
    first = found(project / "output")
    assert run(project, "build", "--address", address) == 0
    other = found(project / "output")
    assert other["index.html"] != first["index.html"]
    assert b"example.org/small" not in b"".join(other.values())
    assert run(project, "build", "--address", address) == 0
    assert found(project / "output") == other
    assert run(project, "build") == 0
    assert found(project / "output") == first
    (project / "site.yaml").write_bytes(config)
    assert run(project, "build") == 0
    assert found(project / "output") == other
    assert plain == small


@pytest.mark.parametrize(
    "words",
    [
        ["--address", "https://example.org/fork"],
        ["--address", "example.org/"],
        ["--address", ""],
        ["--address", "https://example.org/?q=/"],
        ["--address", 'https://"><script>/'],
        ["rename"],
        ["rename", "topic", "vote"],
        ["rename", "page", "vote", "poll"],
        ["build", "vote"],
        ["publish", "--branch"],
        ["biuld"],
        ["--no-such-option"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_how(words: list[str], capsys: Said) -> None:
    """It is told apart from a mistake in the content."""
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    said, see = capsys.readouterr().err.splitlines()
    assert "error:" in said
    assert see.endswith("--help")


def test_an_address_that_was_published_must_not_vanish(
    project: Path, tmp_path: Path, capsys: Said
) -> None:
    """The list is the site's own manifest; the last good site stays."""
    assert run(project, "build") == 0
    listed = tmp_path / "manifest.txt"
    listed.write_bytes((project / "output/manifest.txt").read_bytes())
    assert run(project, "build", "--manifest", str(listed)) == 0
    before = found(project / "output")
    text = project / "content/vote/topic.vi.md"
    text.write_text(text.read_text().replace("(article:count)", "(topic:vote)"))
    (project / "content/vote/count.vi.md").unlink()
    capsys.readouterr()
    assert run(project, "build", "--manifest", str(listed)) == 1
    said = capsys.readouterr().err
    assert "`vote/count` was published, and would be there no more at en/vote/count/" in said
    assert found(project / "output") == before
    assert run(project, "check", "--manifest", str(listed)) == 1
    listed.write_text("")
    assert run(project, "build", "--manifest", str(listed)) == 0
    assert run(project, "build", "--manifest", str(tmp_path / "none.txt")) == 1


def test_problems_are_told_to_github_beside_their_lines(
    project: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the path from where it was started; nothing that content says is a command."""
    monkeypatch.chdir(project.parent)
    (project / "content/vote/topic.yaml").write_text('event: {start: "::stop"}\n::error::x: y\n')
    assert run(project, "build", "--annotate") == 1
    lines = capsys.readouterr().err.splitlines()
    (quiet,) = re.findall(r"^::stop-commands::(\w{32})$", lines[0])
    end = lines.index(f"::{quiet}::")
    assert all(not line.startswith("::") for line in lines[1:end] if "error" not in line)
    annotations = lines[end + 1 :]
    assert annotations
    assert all(
        re.match(r"::error file=project/content/vote/topic\.yaml,line=\d+", a) for a in annotations
    )


def test_warnings_are_annotations_and_the_status_is_a_table(
    project: Path, tmp_path: Path, capsys: Said
) -> None:
    """The table is added to what is in the file."""
    summary = tmp_path / "summary.md"
    summary.write_text("# before\n")
    assert run(project, "check", "--annotate", "--summary", str(summary)) == 0
    said = capsys.readouterr().out
    assert re.search(r"^::warning file=\S*content/vote/count\.en\.md,line=", said, re.MULTILINE)
    assert summary.read_text().startswith("# before\n## ")
    assert "river-talks" in summary.read_text()
    assert not (project / "output").exists()


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, timeout=60
    )
    return done.stdout.decode()


@pytest.fixture
def repository(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same in git, with a remote."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\nname = An\nemail = an@example.org\n[init]\ndefaultBranch = main\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    git(project, "init", "--quiet")
    (project / ".gitignore").write_text("output/\n.cache/\n")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "a site")
    git(project, "remote", "add", "origin", str(tmp_path / "remote.git"))
    return project


def test_a_site_is_published_once(
    repository: Path, tmp_path: Path, small: Sources, capsys: Said
) -> None:
    """What is on the branch is the site; the same again makes no commit; a dry run none at all."""
    remote = tmp_path / "remote.git"
    assert run(repository, "publish") == 1
    assert "site.yaml:1:1: the address is that of an example" in capsys.readouterr().err
    assert run(repository, "publish", *REAL, "--dry-run") == 0
    assert "would be published" in capsys.readouterr().out
    assert git(remote, "for-each-ref") == ""
    assert run(repository, "publish", *REAL) == 0
    assert "origin/gh-pages: " in capsys.readouterr().out
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), "clone")
    published = {p: d for p, d in found(tmp_path / "clone").items() if not p.startswith(".git/")}
    assert published == found(repository / "output")
    assert {"index.html", ".nojekyll", "manifest.txt"} < published.keys()
    first = git(remote, "rev-parse", "gh-pages")
    assert run(repository, "publish", *REAL) == 0
    assert "nothing has changed, nothing was pushed" in capsys.readouterr().out
    assert git(remote, "rev-parse", "gh-pages") == first
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"


def test_a_dirty_or_failing_site_is_not_published(
    repository: Path, tmp_path: Path, capsys: Said
) -> None:
    """Nor one in which a published address would vanish."""
    remote = tmp_path / "remote.git"
    text = repository / "content/vote/topic.vi.md"
    before = text.read_text()
    text.write_text(before + "\nThêm.\n")
    assert run(repository, "publish", *REAL) == 1
    assert "content/vote/topic.vi.md:1:1: was changed" in capsys.readouterr().err
    text.write_text("no front matter")
    git(repository, "commit", "--quiet", "--all", "--message", "wrong")
    assert run(repository, "publish", *REAL) == 1
    assert git(remote, "for-each-ref") == ""
    text.write_text(before.replace("(article:count)", "(topic:vote)"))
    git(repository, "commit", "--quiet", "--all", "--message", "right")
    assert run(repository, "publish", *REAL) == 0
    git(repository, "rm", "--quiet", "content/vote/count.vi.md")
    git(repository, "commit", "--quiet", "--message", "an article less")
    capsys.readouterr()
    assert run(repository, "publish", *REAL) == 1
    assert "`vote/count` was published, and would be there no more" in capsys.readouterr().err
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"


def test_a_topic_gets_another_id(project: Path, tmp_path: Path, capsys: Said) -> None:
    """Its files move, what refers to it is rewritten, and its old addresses lead on."""
    assert run(project, "build") == 0
    listed = tmp_path / "manifest.txt"
    listed.write_bytes((project / "output/manifest.txt").read_bytes())
    kept = project / ".sources/vote/count.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("a text")
    assert main(["rename", "topic", "vote", "poll", "--root", str(project)]) == 0
    assert "vote is poll now: 5 files moved" in capsys.readouterr().out
    assert not (project / "content/vote").exists()
    assert (project / ".sources/poll/count.txt").read_text() == "a text"
    assert "vote: poll" in (project / "redirects.yaml").read_text()
    assert main(["rename", "article", "poll/count", "poll/tally", "--root", str(project)]) == 0
    assert run(project, "build", "--manifest", str(listed)) == 0
    site = found(project / "output")
    assert b'href="../../poll/tally/"' in site["vi/vote/count/index.html"]
    assert main(["rename", "topic", "poll", "vote/x", "--root", str(project)]) == 1
    assert main(["rename", "topic", "talks", "speech", "--root", str(project)]) == 1
    assert "did you mean `river-talks`?" in capsys.readouterr().err


def test_the_small_site_is_made_without_cards_to_draw(small: Sources) -> None:
    """`make_site` draws none: its topics have the plain one."""
    site = make_site(small)
    assert site["en/river-talks/card.png"] == site["assets/card.png"]


@pytest.mark.parametrize(
    ("command", "library"),
    [("build", "jinja2"), ("check", "msgspec"), ("serve", "livereload"), ("serve", "watchfiles")],
)
def test_a_library_that_is_not_installed_is_named(
    project: Path, command: str, library: str
) -> None:
    """Whichever command needs it: a message and a cure, no traceback."""
    hide = f"import runpy, sys; sys.modules[{library!r}] = None; sys.argv = sys.argv[1:]"
    code = f"{hide}; runpy.run_path(sys.argv[0], run_name='__main__')"
    line = [sys.executable, "-c", code, str(ROOT / "build.py"), command, "--root", str(project)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert library in done.stderr
    assert done.stderr.endswith("install what is in requirements.txt, or free some memory\n")
    assert "Traceback" not in done.stderr


def test_a_build_that_cannot_say_what_it_did_fails(project: Path) -> None:
    """Whether something was to be done or not: with no standard output it says so elsewhere."""
    shell = ["sh", "-c", 'exec "$@" >&-', "sh"]
    line = [*shell, sys.executable, str(ROOT / "build.py"), "--root", str(project)]
    for _ in range(3):
        done = subprocess.run(line, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr == "what was done cannot be said: no standard output\n"
