"""What `build.py` does with the words after it: other addresses, annotations, publishing."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.commands.arguments import COMMANDS, ROOT, parse_arguments
from briefing.commands.main import main
from build import make_site
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
        ["--root", "build", "biuld"],
        ["build", "--port", "4000"],
        ["check", "--output", "there"],
        ["--timings", "check"],
        ["--no-such-option"],
        ["serve", "--port", "99999"],
        ["serve", "--port", "-5"],
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


def test_a_claim_that_is_another_than_was_published_is_told(
    project: Path, tmp_path: Path, capsys: Said
) -> None:
    """The data of the published site say what was: a folder, or one file."""
    assert run(project, "build") == 0
    published = tmp_path / "data"
    (project / "output/data").rename(published)
    claim = project / "content/vote/count.vi.md"
    claim.write_text(claim.read_text().replace("says: over 60", "says: over 50"))
    silent = "`turnout` in `count` was published as `over 60`, by `ministry`, and is now `over 50`"

    for given in (published, published / "vote.json"):
        capsys.readouterr()
        assert run(project, "check", "--published-data", str(given)) == 0
        assert silent in capsys.readouterr().out
    assert run(project, "check") == 0
    assert silent not in capsys.readouterr().out
    for given in (tmp_path / "none", project / "site.yaml"):
        assert run(project, "check", "--published-data", str(given)) == 1
        assert "is no JSON file" in capsys.readouterr().err


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
    (project / ".gitignore").write_text("output/\n.cache/\n.sources/\n")
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
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("origin/gh-pages: ")
    assert lines[3] == "1 text is held back until 2030-01-01"  # what is to be known comes last
    assert lines[-1] == "`python build.py check` has the details"
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), "clone")
    published = {p: d for p, d in found(tmp_path / "clone").items() if not p.startswith(".git/")}
    assert published == found(repository / "output")
    assert {"index.html", ".nojekyll", "manifest.txt"} < published.keys()
    first = git(remote, "rev-parse", "gh-pages")
    assert run(repository, "publish", *REAL) == 0
    assert "nothing has changed, nothing was pushed" in capsys.readouterr().out
    assert git(remote, "rev-parse", "gh-pages") == first
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"


def test_what_is_published_is_compared_with_what_was(repository: Path, capsys: Said) -> None:
    """A claim that is another, without an entry of `changes:`, is told at the end."""
    assert run(repository, "publish", *REAL) == 0
    claim = repository / "content/vote/count.vi.md"
    claim.write_text(claim.read_text().replace("says: over 60", "says: over 50"))
    git(repository, "commit", "--quiet", "--all", "--message", "another value")
    capsys.readouterr()
    assert run(repository, "publish", *REAL) == 0
    assert (
        "warning: content/vote/topic.yaml:1:1: `turnout` in `count` was published as `over 60`,"
        in capsys.readouterr().out
    )


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


def test_passages_that_are_not_proved_are_not_published_where_all_must_be(
    repository: Path, tmp_path: Path, capsys: Said
) -> None:
    """Each is named, and nothing is pushed."""
    config = repository / "site.yaml"
    config.write_text(config.read_text() + "proof: required\n")
    git(repository, "commit", "--quiet", "--all", "--message", "all proved")
    assert run(repository, "publish", *REAL) == 1
    told = capsys.readouterr().err
    assert "at: `hơn 60 phần trăm` was never proved" in told
    assert "nothing published" in told
    assert git(tmp_path / "remote.git", "for-each-ref") == ""


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
@pytest.mark.parametrize("is_deleted", [False, True])
def test_a_change_that_git_is_told_to_overlook_is_not_published(
    repository: Path, tmp_path: Path, capsys: Said, flag: str, is_deleted: bool
) -> None:
    """What was built is compared with the commit, whatever `git status` says."""
    path = "content/vote/topic.vi.md"
    git(repository, "update-index", flag, path)
    if is_deleted:
        git(repository, "update-index", flag, "content/vote/later.vi.md")
        (repository / "content/vote/later.vi.md").unlink()
    else:
        (repository / path).write_text((repository / path).read_text() + "\nThêm.\n")
    capsys.readouterr()
    assert run(repository, "publish", *REAL) == 1
    said = capsys.readouterr().err
    changed = "content/vote/later.vi.md" if is_deleted else path
    assert f"{changed}:1:1: what was built of it is not what commit " in said
    assert f"`git update-index --no-skip-worktree {changed}`" in said
    assert "1 problem, nothing published; the site was built: " in said
    assert git(tmp_path / "remote.git", "for-each-ref") == ""


def test_a_save_while_the_remote_is_asked_is_not_published(
    repository: Path, tmp_path: Path, capsys: Said
) -> None:
    """It came after the look at what is committed, and before the build."""
    text = repository / "content/vote/topic.vi.md"
    upload = tmp_path / "upload-pack"
    upload.write_text(f'#!/bin/sh\necho >>{text}; echo More. >>{text}\nexec git-upload-pack "$@"\n')
    upload.chmod(0o755)
    git(repository, "config", "remote.origin.uploadpack", str(upload))
    assert run(repository, "publish", *REAL) == 1
    said = capsys.readouterr().err
    assert "content/vote/topic.vi.md:1:1: what was built of it is not what commit " in said
    assert git(tmp_path / "remote.git", "for-each-ref") == ""


def test_a_commit_while_the_remote_is_asked_is_not_named(
    repository: Path, tmp_path: Path, capsys: Said
) -> None:
    """What is published names the commit that it was built from."""
    commit = "git -c core.hooksPath=/dev/null commit --quiet --allow-empty -m another"
    upload = tmp_path / "upload-pack"
    upload.write_text(
        f'#!/bin/sh\n(cd {repository}; unset GIT_DIR; {commit})\nexec git-upload-pack "$@"\n'
    )
    upload.chmod(0o755)
    git(repository, "config", "remote.origin.uploadpack", str(upload))
    source = git(repository, "rev-parse", "HEAD").strip()
    assert run(repository, "publish", *REAL) == 0, capsys.readouterr().err
    assert git(repository, "rev-parse", "HEAD").strip() != source
    message = git(tmp_path / "remote.git", "log", "-1", "--format=%B", "gh-pages")
    assert f"Made from the sources of commit {source}." in message


def test_line_ends_that_git_changes_are_no_change(repository: Path, capsys: Said) -> None:
    """What git writes otherwise than it keeps it is compared as git does."""
    (repository / ".gitattributes").write_text("*.md text eol=crlf\n")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "line ends")
    for path in (repository / "content").rglob("*.md"):
        path.unlink()
    git(repository, "checkout", "--", "content")
    assert b"\r\n" in (repository / "content/vote/topic.vi.md").read_bytes()
    assert run(repository, "publish", *REAL) == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        ("", "`.sources/`, `.cache/`, `output/`"),
        ("output/\n/.cache/\n", "`.sources/`"),
        (".*\noutput/*\n", ""),
    ],
)
def test_a_folder_that_git_must_not_have_is_to_be_ignored(
    repository: Path, tmp_path: Path, capsys: Said, lines: str, missing: str
) -> None:
    """Else `git add --all` takes kept texts, the cache and the built site; the lines are told."""
    (repository / ".gitignore").write_text(lines)
    git(repository, "add", "--force", ".gitignore")
    git(repository, "commit", "--quiet", "--message", "ignore less")
    assert run(repository, "publish", *REAL) == bool(missing)
    said = capsys.readouterr().err
    cure = f"    add to .gitignore, each on a line of its own: {missing}; and commit it\n"
    assert said.endswith(f"{cure}1 problem, nothing written\n") if missing else said == ""
    assert bool(git(tmp_path / "remote.git", "for-each-ref")) is not bool(missing)


def test_kept_texts_that_are_committed_are_not_published(repository: Path, capsys: Said) -> None:
    """Though they are ignored now."""
    kept = repository / ".sources/vote/count.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("a text")
    git(repository, "add", "--force", str(kept))
    git(repository, "commit", "--quiet", "--message", "too much")
    assert run(repository, "publish", *REAL) == 1
    said = capsys.readouterr().err
    assert ".sources:1:1: is committed: the full texts of articles, which others own\n" in said
    assert "    take it out with `git rm -r --cached .sources`, and commit that\n" in said


def test_what_was_done_before_publishing_is_refused_is_said(repository: Path, capsys: Said) -> None:
    """The built site is there, though nothing was published; an address is looked at before."""
    assert run(repository, "publish") == 1
    said = capsys.readouterr().err
    output = repository / "output"
    files = len(found(output))
    assert f"1 problem, nothing published; the site was built: {output}: {files} files, " in said
    assert run(repository, "publish", "--address", "https://example.org/x/") == 1
    assert capsys.readouterr().err.endswith("1 problem, nothing written\n")


@pytest.mark.parametrize("output", [".", "", "/", "./"])
def test_an_output_without_a_name_is_refused_as_any_other(
    project: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    """It would hold the sources."""
    monkeypatch.chdir(project)
    assert run(project, "build", "--output", output) == 1
    said = capsys.readouterr().err
    place = "/" if output == "/" else "."
    assert said.startswith(f"{place}:1:1: the output folder would hold the sources\n")


def test_a_folder_full_of_other_files_is_no_output(
    project: Path, tmp_path: Path, capsys: Said
) -> None:
    """Unless that is said; then its files stay, and the next build knows the folder again."""
    there = tmp_path / "there"
    theirs = {"notes.txt": b"theirs", "more/a": b"", "x": b"", "y": b""}
    plant(there, {**theirs, ".git/config": b""})
    assert run(project, "build", "--output", str(there)) == 1
    said = capsys.readouterr().err
    message = "no build made this folder, and it holds other files: `more`, `notes.txt`, `x`, …"
    assert said.startswith(f"{there}:1:1: {message}\n    choose a folder of its own")
    assert found(there).keys() == {*theirs, ".git/config"}
    assert run(project, "build", "--output", str(there), "--among-others") == 0
    assert theirs.items() <= found(there).items()
    assert run(project, "build", "--output", str(there)) == 0


def test_a_list_of_addresses_is_a_regular_file(project: Path, tmp_path: Path, capsys: Said) -> None:
    """No pipe is waited for."""
    os.mkfifo(tmp_path / "pipe")
    for name, message in {"pipe": "is not a regular file", ".": "cannot be read"}.items():
        assert run(project, "build", "--manifest", str(tmp_path / name)) == 1
        assert f"{tmp_path / name}:1:1: {message}" in capsys.readouterr().err


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


@pytest.mark.parametrize(
    "words",
    [
        ["--root", "there", "rename", "topic", "vote", "ballot"],
        ["rename", "--root", "there", "topic", "vote", "ballot"],
        ["rename", "topic", "vote", "--root", "there", "ballot"],
        ["rename", "topic", "vote", "ballot", "--root", "there"],
    ],
)
def test_options_stand_before_between_and_after_the_words(words: list[str]) -> None:
    """As with other programs of the command line."""
    options = parse_arguments(words)

    assert options.command == "rename"
    assert options.what == ["topic", "vote", "ballot"]
    assert options.root == Path("there")


def test_the_value_of_an_option_is_no_command() -> None:
    """A folder may have the name of one."""
    assert parse_arguments(["--output", "serve"]).command == "build"
    assert parse_arguments(["--output", "serve", "publish"]).command == "publish"
    assert parse_arguments(["--root=check"]).command == "build"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shows_its_options_and_an_example_that_can_be_parsed(
    command: str, capsys: Said
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    said = capsys.readouterr().out
    _, _, example = said.partition("example:\n  python build.py ")

    assert stopped.value.code == 0
    assert ("--root" in said) == COMMANDS[command].needs_site
    assert ("--port" in said) == (command == "serve")
    assert parse_arguments(shlex.split(example)).command == command


def test_an_option_of_another_command_is_told_with_its_own(capsys: Said) -> None:
    """Nothing that was asked for is left out in silence."""
    for words, told in (
        (["build", "--port=4"], "`--port` is an option of serve, not of build"),
        (
            ["--output", "x", "check"],
            "`--output` is an option of translate, build and publish, not of check",
        ),
        (
            ["serve", "--timings"],
            "`--timings` is an option of build and publish, not of serve",
        ),
        (["--no-such", "check"], "there is no option `--no-such`"),
    ):
        with pytest.raises(SystemExit):
            main(words)
        assert told in capsys.readouterr().err


@pytest.mark.parametrize("name", ["who-said-what", "briefing", "__main__.py"])
def test_the_installed_program_works_on_the_site_it_is_run_in(
    project: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    """From a folder of the site as well; outside of any it says what to do."""
    monkeypatch.setattr(sys, "argv", [f"/opt/bin/{name}"])
    for folder in (project, project / "content/vote"):
        monkeypatch.chdir(folder)
        assert parse_arguments(["check"]).root == project
    (project / "site.yaml").rename(project / "another.yaml")
    with pytest.raises(SystemExit) as stopped:
        main(["check"])

    typed = "python -m briefing" if name == "__main__.py" else name
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        f"{typed}: error: there is no site.yaml here, nor in a folder above\n"
        f"    `{typed} init FOLDER` makes a site; `--root FOLDER` names the folder of one\n"
    )


def test_who_has_not_installed_the_program_is_told_what_to_type(tmp_path: Path) -> None:
    """uv runs it in an environment of its cache: there `who-said-what` alone would not be found."""
    folder = tmp_path / "uv/archive-v0/8qZt"
    venv = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(venv, check=True)
    program = folder / "bin/who-said-what"
    found = [str(ROOT), *(path for path in sys.path if "site-packages" in path)]
    program.write_text(f"""#!{folder}/bin/python
import sys
sys.path += {found}
from briefing.commands.main import program
sys.exit(program())
""")
    program.chmod(0o755)

    def said(**variables: str) -> str:
        without = {name: value for name, value in os.environ.items() if name != "UV"}
        done = subprocess.run(
            [str(program), "init", "site"],
            cwd=tmp_path,
            env=without | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr

    assert "    who-said-what serve --open " in said()
    shutil.rmtree(tmp_path / "site")
    assert "    uvx who-said-what serve --open " in said(UV="/usr/bin/uv")


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
    assert done.stderr.endswith(
        "\n    this Python has not what the program needs: run `make` in its folder once, and then "
        "`.venv/bin/python build.py`; or install what is in requirements.txt\n"
    )
    assert "Traceback" not in done.stderr


def test_a_build_that_cannot_say_what_it_did_fails(project: Path) -> None:
    """Whether something was to be done or not: with no standard output it says so elsewhere."""
    shell = ["sh", "-c", 'exec "$@" >&-', "sh"]
    line = [*shell, sys.executable, str(ROOT / "build.py"), "--root", str(project)]
    for _ in range(3):
        done = subprocess.run(line, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr == "what was done cannot be said: no standard output\n"
