"""The site on a branch: what the build made, one commit at a time, and nothing else touched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from briefing.commands.publish.publish import publish, read_published
from briefing.commands.publish.sources import refuse_dirty
from briefing.problems import Problems
from briefing.storage.write_output import write_output
from support.disk import SITE, found, plant

NAMES = ("site.yaml", "redirects.yaml", "content", "templates")
SOURCES = {
    "site.yaml": b"site",
    "content/a.md": b"a",
    "content/b.md": b"a text of some length, so that it is known again\n",
    "content/c.md": b"c",
    "content/d.md": b"d",
    "elsewhere.md": b"no source",
    ".gitignore": b"/output/\n*.secret\n",
}
IDENTITY = "[user]\nname = Nguyễn An\nemail = an@example.org\n"
HOOK = b'#!/bin/sh\necho "%s" >&2\nexit 1\n'
SETTINGS = "[init]\ndefaultBranch = main\n[commit]\ngpgSign = false\n"


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of git, which are none of this machine's."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    path = tmp_path / "gitconfig"
    path.write_text(IDENTITY + SETTINGS, encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return path


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """The repository that is pushed to."""
    git(tmp_path, "init", "--quiet", "--bare", "there.git")
    return tmp_path / "there.git"


@pytest.fixture
def here(tmp_path: Path, there: Path) -> Path:
    """A clone with the sources and the site, of which the sources are committed."""
    root = tmp_path / "here"
    git(tmp_path, "init", "--quiet", "here")
    git(root, "remote", "add", "origin", str(there))
    plant(root, SOURCES)
    commit(root)
    build(root, SITE)
    return root


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody at a terminal does."""
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "a change")


def build(root: Path, site: dict[str, bytes]) -> None:
    """Do what a build does to the output."""
    write_output(root / "output", site, root)


def put(root: Path, *, dry_run: bool = False, remote: str = "origin") -> str:
    return publish(root, root / "output", remote, "gh-pages", dry_run=dry_run)


def refs(*repositories: Path) -> list[str]:
    """What each ref is at, what is checked out, the index, and whether something was fetched."""
    shown = ("for-each-ref", "--format=%(refname) %(objectname) %(symref)")
    heads = [(repository / ".git" / "HEAD", repository / "HEAD") for repository in repositories]
    texts = [path.read_text() for pair in heads for path in pair if path.exists()]
    indices = [repository / ".git" / "index" for repository in repositories]
    stamps = [f"{path.stat().st_mtime_ns}" for path in indices if path.exists()]
    fetched = [str((repository / ".git/FETCH_HEAD").exists()) for repository in repositories]
    return [*(git(repository, *shown) for repository in repositories), *texts, *stamps, *fetched]


def commits(repository: Path, ref: str = "gh-pages") -> list[str]:
    return git(repository, "rev-list", ref).split()


def site_at(repository: Path, ref: str = "gh-pages") -> dict[str, bytes]:
    """The files of a branch, each of which anybody may read and nobody run."""
    site = {}
    for entry in git(repository, "ls-tree", "-r", "-z", ref).split("\0")[:-1]:
        said, _, path = entry.partition("\t")
        mode, _, blob = said.split()
        assert mode == "100644", path
        site[path] = git(repository, "cat-file", "blob", blob).encode()
    return site


def refusal(problems: pytest.ExceptionInfo[Problems]) -> str:
    """The one problem that is told."""
    assert len(problems.value) == 1
    return str(problems.value)


def test_the_first_time_the_branch_is_made(here: Path, there: Path) -> None:
    """It has the site, no history of the sources, and names the commit they are at."""
    source = git(here, "rev-parse", "HEAD").strip()

    said = put(here)

    (new,) = commits(there)
    assert said == f"origin/gh-pages: 3 added, 0 changed, 0 removed, commit {new[:7]}"
    assert site_at(there) == SITE
    message = git(there, "log", "-1", "--format=%B%an <%ae>, %cn", "gh-pages")
    assert message == (
        f"Publish the site of {source[:7]}\n\nMade from the sources of commit {source}.\n"
        "Nguyễn An <an@example.org>, Nguyễn An\n"
    )


def test_nothing_else_is_touched(here: Path, there: Path) -> None:
    """Not the work tree, nor the index, nor what is checked out; the local branch follows."""
    files, (own, *others) = found(here), refs(here)
    kept = {path: data for path, data in files.items() if not path.startswith(".git/")}

    put(here)

    after = {path: data for path, data in found(here).items() if not path.startswith(".git/")}
    assert after == kept
    assert refs(here)[1:] == others
    new = commits(there)[0]
    for name in ("refs/heads/gh-pages", "refs/remotes/origin/gh-pages"):
        assert f"{name} {new} \n" in refs(here)[0]
        own += f"{name} {new} \n"
    assert sorted(refs(here)[0].splitlines()) == sorted(own.splitlines())
    assert git(here, "status", "--porcelain") == ""


def test_the_same_site_is_not_published_twice(here: Path, there: Path) -> None:
    """Though its sources were committed again."""
    put(here)
    plant(here, {"content/a.md": b"another"})
    commit(here)
    before = refs(here, there)

    assert put(here) == "origin/gh-pages: nothing has changed, nothing was pushed"
    assert refs(here, there) == before


def test_what_differs_is_counted_and_published(here: Path, there: Path) -> None:
    """A new commit stands on the one before."""
    put(here)
    first = commits(there)
    site = {"index.html": b"new", "en/a/index.html": b"a", "en/c/index.html": b"c", "d": b""}
    build(here, site)

    said = put(here)

    new, *before = commits(there)
    assert said == f"origin/gh-pages: 2 added, 1 changed, 1 removed, commit {new[:7]}"
    assert before == first
    assert site_at(there) == site


def test_strangers_in_the_output_are_not_published(here: Path, there: Path) -> None:
    """Nor is the list of the build's files; what the build hides, as `.nojekyll`, is."""
    site = {**SITE, ".nojekyll": b"", "CNAME": b"example.org\n"}
    build(here, site)
    plant(here / "output", {"notes.txt": b"mine", "en/a/draft.html": b"mine"})

    put(here)

    assert site_at(there) == site


def test_a_file_that_somebody_may_run_is_published_as_one_that_nobody_may(
    here: Path, there: Path
) -> None:
    """Whatever the disk says, and on the branch too."""
    (here / "output/index.html").chmod(0o755)
    put(here)
    git(here, "worktree", "add", "--quiet", "../tree", "gh-pages")
    (here / "../tree/index.html").chmod(0o755)
    commit(here / "../tree")
    git(here / "../tree", "push", "--quiet", "origin", "gh-pages")
    git(here, "worktree", "remove", "../tree")

    assert put(here).startswith("origin/gh-pages: 0 added, 1 changed, 0 removed, commit ")
    assert site_at(there) == SITE


@pytest.mark.parametrize("published_before", [False, True])
def test_a_dry_run_changes_nothing(here: Path, there: Path, published_before: bool) -> None:
    """It says what would be."""
    if published_before:
        put(here)
        build(here, {"index.html": b"new", "c": b"c"})
    before = refs(here, there), found(there)

    said = put(here, dry_run=True)

    counts = (
        "1 added, 1 changed, 2 removed" if published_before else "3 added, 0 changed, 0 removed"
    )
    first, *removed = said.splitlines()
    assert first == f"origin/gh-pages: {counts} would be published, nothing was changed"
    gone = ["en/a/index.html", "en/b/index.html"] if published_before else []
    assert removed == [f"would be removed: {path}" for path in gone]
    assert (refs(here, there), found(there)) == before


def move_on(tmp_path: Path, there: Path) -> str:
    """Let somebody else push to the branch; give the commit."""
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(there), "other")
    plant(tmp_path / "other", {"CNAME": b"example.org\n"})
    commit(tmp_path / "other")
    git(tmp_path / "other", "push", "--quiet", "origin", "gh-pages")
    return commits(there)[0]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_branch_that_has_moved_on_is_built_upon(
    tmp_path: Path, here: Path, there: Path, dry_run: bool
) -> None:
    """What others pushed stays in its history, and what they changed is told."""
    put(here)
    theirs = move_on(tmp_path, there)
    before = refs(here, there)

    said = put(here, dry_run=dry_run)

    assert said.startswith("origin/gh-pages: 0 added, 0 changed, 1 removed")
    if dry_run:
        assert refs(here, there) == before
    else:
        assert commits(there)[1] == theirs
        assert commits(here) == commits(there)
        assert site_at(there) == SITE


@pytest.mark.parametrize("published_before", [False, True])
def test_a_push_that_is_refused_leaves_everything_as_it_was(
    here: Path, there: Path, published_before: bool
) -> None:
    """And git says why."""
    if published_before:
        put(here)
        build(here, {"index.html": b"new"})
    plant(there, {"hooks/pre-receive": HOOK % b"no, ask at https://an:secret@example.org/"})
    (there / "hooks/pre-receive").chmod(0o755)
    before = refs(here, there)

    with pytest.raises(Problems) as problems:
        put(here)

    said = refusal(problems)
    assert "git push: remote: no, ask at https://example.org/ / " in said
    assert "[remote rejected]" in said
    assert "GIT_TERMINAL_PROMPT=0" in said
    assert refs(here, there) == before
    (there / "hooks/pre-receive").unlink()
    assert "commit" in put(here)


def test_commits_of_the_local_branch_are_not_lost(here: Path, there: Path) -> None:
    """Nor pushed: what is published is what the build made."""
    git(here, "branch", "gh-pages")
    own = commits(here)

    said = put(here)

    assert said.endswith("; your own branch gh-pages has other commits and was left as it was")
    assert commits(here) == own
    assert len(commits(there)) == 1


@pytest.mark.parametrize("in_another_tree", [False, True])
def test_a_branch_that_is_checked_out_is_not_published_onto(
    here: Path, there: Path, in_another_tree: bool
) -> None:
    """In any work tree: its files would not be those of its commit."""
    if in_another_tree:
        git(here, "worktree", "add", "--quiet", "-b", "gh-pages", "../tree")
    else:
        git(here, "checkout", "--quiet", "-b", "gh-pages")
    before = refs(here, there)

    with pytest.raises(Problems) as problems:
        put(here)

    where = here.parent / "tree" if in_another_tree else here
    assert refusal(problems) == (
        f"{here}:1:1: `gh-pages` is checked out in {where}\n"
        "    name another branch, or check out another one there"
    )
    assert refs(here, there) == before


def test_a_branch_has_a_name_that_git_allows(here: Path) -> None:
    """Before anything is asked of the remote."""
    with pytest.raises(Problems) as problems:
        publish(here, here / "output", "origin", "gh pages", dry_run=False)

    assert "git check-ref-format: fatal: 'gh pages' is not a valid branch name" in refusal(problems)


def test_a_remote_that_is_unknown_is_told_of(here: Path) -> None:
    """And those that are known."""
    with pytest.raises(Problems) as problems:
        put(here, remote="orign")

    assert refusal(problems) == f"{here}:1:1: `orign` is no remote of git\n    known: origin"
    git(here, "remote", "remove", "origin")
    with pytest.raises(Problems) as problems:
        read_published(here, "origin", "gh-pages", "index.html")
    assert refusal(problems).endswith("add it with `git remote add`")


def test_a_remote_that_cannot_be_reached_is_told_of_without_its_password(
    here: Path, tmp_path: Path
) -> None:
    """In the words of git; and git does not wait for an answer."""
    git(here, "remote", "set-url", "origin", str(tmp_path / "gone.git"))
    git(here, "remote", "add", "secret", "nowhere://an:password@example.org/site")
    for remote, words in (("origin", "gone.git' does not appear to be"), ("secret", "nowhere")):
        with pytest.raises(Problems) as problems:
            read_published(here, remote, "gh-pages", "index.html")

        said = refusal(problems)
        assert f"{here}:1:1: git ls-remote: " in said
        assert words in said
        assert f"see that `git ls-remote {remote}` works" in said
        assert "GIT_TERMINAL_PROMPT=0" in said
        assert "password@" not in said


def test_a_file_of_the_branch_can_be_read(tmp_path: Path, here: Path, there: Path) -> None:
    """As it is there now; what is not there is none."""
    assert read_published(here, "origin", "gh-pages", "CNAME") is None
    build(here, {**SITE, "vi/tin tức/cơ sở.html": "ạ\r\n".encode()})
    put(here)
    move_on(tmp_path, there)
    before = refs(here, there)

    assert read_published(here, "origin", "gh-pages", "CNAME") == b"example.org\n"
    assert read_published(here / "content", "origin", "gh-pages", "index.html") == b"home"
    assert read_published(here, "origin", "gh-pages", "vi/tin tức/cơ sở.html") == "ạ\r\n".encode()
    assert read_published(here, "origin", "gh-pages", "nowhere.html") is None
    assert read_published(here, "origin", "gh-pages", "en") is None
    assert refs(here, there) == before


def test_names_of_files_may_have_letters_of_any_language(here: Path, there: Path) -> None:
    """And spaces and signs; the same site is known again."""
    site = {"vi/tin tức/Đà Nẵng & Huế's.html": b"vi", 'a "b" #1?.html': b"", "中文.html": b"zh"}
    build(here, site)

    put(here)

    assert site_at(there) == site
    assert put(here) == "origin/gh-pages: nothing has changed, nothing was pushed"


def test_a_name_that_git_would_take_for_another_is_refused(here: Path, there: Path) -> None:
    """One in quotes would lose them, and a second line would be a command."""
    build(here, {**SITE, '"a.html"': b"a", "en/a\nreset refs-heads-main": b"a"})

    with pytest.raises(Problems) as problems:
        put(here)

    said = "1:1: ghp-import cannot tell git of a file of that name\n    rename it"
    assert str(problems.value) == (
        f'{here}/output/"a.html":{said}\n{here}/output/en/a\\nreset refs-heads-main:{said}'
    )
    assert commits(there, "--all") == []


@pytest.mark.parametrize("published_before", [False, True])
def test_a_commit_that_is_not_the_site_is_not_pushed(
    here: Path,
    there: Path,
    config: Path,
    capfd: pytest.CaptureFixture[str],
    published_before: bool,
) -> None:
    """Whatever kept git from making it, which git says at the terminal."""
    if published_before:
        put(here)
        build(here, {"index.html": b"new"})
    config.write_text(f"{IDENTITY}{SETTINGS}[fastimport]\nunpackLimit = many\n", encoding="utf-8")
    before = refs(here, there)

    with pytest.raises(Problems) as problems:
        put(here)

    assert "git has not taken the site as it is" in refusal(problems)
    assert "fatal: bad numeric config value 'many'" in capfd.readouterr().err
    assert refs(here, there) == before


def test_a_site_that_is_not_whole_is_not_published(here: Path, there: Path) -> None:
    """Nor none at all, nor what a link in the place of a file leads to."""
    (here / "output/en/a/index.html").unlink()
    (here / "output/index.html").unlink()
    (here / "output/index.html").symlink_to(here / "site.yaml")
    with pytest.raises(Problems) as problems:
        put(here)
    assert str(problems.value).splitlines() == [
        f"{here}/output/en/a/index.html:1:1: is no longer the file that was built",
        "    build again",
        f"{here}/output/index.html:1:1: is no longer the file that was built",
        "    build again",
    ]

    (here / "output/.manifest.json").unlink()
    with pytest.raises(Problems) as problems:
        put(here)
    assert "holds no site that was built" in refusal(problems)
    assert commits(there, "--all") == []


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize("known", ["", "[user]\nemail = an@example.org\n"])
def test_who_publishes_must_have_a_name(
    here: Path, there: Path, config: Path, known: str, dry_run: bool
) -> None:
    """It is not guessed from the machine; where nothing is to be published it is not needed."""
    config.write_text(known + SETTINGS)
    before = refs(here, there)

    with pytest.raises(Problems) as problems:
        put(here, dry_run=dry_run)

    said = refusal(problems)
    assert "git var: " in said
    assert 'say who you are: git config user.name "…" and git config user.email "…"' in said
    assert refs(here, there) == before
    git(here, "config", "committer.name", "An")
    git(here, "config", "committer.email", "publisher@example.org")
    put(here)
    assert git(there, "log", "--format=%cn <%ce>", "gh-pages") == "An <publisher@example.org>\n"
    git(here, "config", "--remove-section", "committer")
    assert put(here, dry_run=dry_run) == "origin/gh-pages: nothing has changed, nothing was pushed"


def test_a_hook_does_not_lead_astray(
    tmp_path: Path, here: Path, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """git tells its hooks where it is, and that may be another repository."""
    git(tmp_path, "init", "--quiet", "decoy")
    decoy = tmp_path / "decoy"
    plant(decoy, {"a.txt": b"a"})
    commit(decoy)
    before = refs(decoy)
    monkeypatch.chdir(decoy)
    monkeypatch.setenv("GIT_DIR", str(decoy / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(decoy))
    monkeypatch.setenv("GIT_INDEX_FILE", str(decoy / ".git/index.lock"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_PREFIX", "content/")
    environment = dict(os.environ)

    refuse_dirty(here, NAMES)
    put(here)
    shown = read_published(here, "origin", "gh-pages", "index.html")

    assert dict(os.environ) == environment
    for name in [name for name in environment if name in {"GIT_DIR", "GIT_WORK_TREE"}]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("GIT_INDEX_FILE")
    monkeypatch.delenv("GIT_OBJECT_DIRECTORY")
    assert shown == b"home"
    assert site_at(there) == SITE
    assert refs(decoy) == before


def test_the_hooks_of_a_push_can_refuse_it(here: Path, there: Path) -> None:
    """They are the user's, and are asked; git asks for no password, and speaks one language."""
    plant(here, {".git/hooks/pre-push": HOOK % b"not yet $GIT_TERMINAL_PROMPT $LC_ALL"})
    (here / ".git/hooks/pre-push").chmod(0o755)
    before = refs(here, there)

    with pytest.raises(Problems) as problems:
        put(here)

    assert "git push: not yet 0 C / " in refusal(problems)
    assert refs(here, there) == before


def test_a_clone_without_its_history_will_do(tmp_path: Path, here: Path, there: Path) -> None:
    """Where others than people publish, that is what there is."""
    git(here, "push", "--quiet", "origin", "main")
    put(here)
    move_on(tmp_path, there)
    address = f"file://{there}"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", address, "shallow")
    git(tmp_path / "shallow", "checkout", "--quiet", "--detach", "origin/main")
    build(tmp_path / "shallow", SITE)

    assert "1 removed, commit" in put(tmp_path / "shallow")
    assert len(commits(there)) == 3


def test_a_work_tree_beside_the_first_will_do(here: Path, there: Path) -> None:
    """Its branches are those of the first."""
    git(here, "worktree", "add", "--quiet", "-b", "other", "../tree")
    tree = here.parent / "tree"
    build(tree, SITE)

    put(tree)

    assert site_at(there) == SITE
    assert commits(here) == commits(there)


def test_the_longer_ids_of_git_will_do(tmp_path: Path) -> None:
    """https://git-scm.com/docs/hash-function-transition"""
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "--bare", "there.git")
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "here")
    here = tmp_path / "here"
    git(here, "remote", "add", "origin", "../there.git")
    plant(here, SOURCES)
    commit(here)
    build(here, SITE)

    put(here)

    assert site_at(tmp_path / "there.git") == SITE
    assert put(here) == "origin/gh-pages: nothing has changed, nothing was pushed"


def test_sources_that_are_committed_as_they_are_may_be_published(here: Path) -> None:
    """What is no source, and what the build does not read, may be anything."""
    before = refs(here)
    plant(here, {"elsewhere.md": b"changed", "content/.a.md.swp": b"", "content/e.md~": b""})

    refuse_dirty(here, NAMES)

    assert refs(here) == before


def test_each_source_that_is_not_committed_as_it_is_is_named(here: Path) -> None:
    """However it differs, and whatever letters its name has."""
    plant(here, {"site.yaml": b"changed", "content/c.md": b"staged", "redirects.yaml": b""})
    git(here, "add", "content/c.md")
    (here / "content/d.md").unlink()
    git(here, "mv", "content/b.md", "content/tin tức.md")
    plant(here, {"content/an.secret": b"", 'content/Đà Nẵng/"b".md': b"", "templates/x": b"x"})
    git(here, "add", "templates/x")

    with pytest.raises(Problems) as problems:
        refuse_dirty(here, NAMES)

    assert str(problems.value).splitlines() == [
        "content/an.secret:1:1: is read, and git is told to ignore it",
        "    commit it with `git add --force`, or move it",
        "content/c.md:1:1: was changed, and that is not committed",
        "    commit it, or restore it",
        "content/d.md:1:1: was deleted, and that is not committed",
        "    commit that, or restore it",
        "content/tin tức.md:1:1: was renamed, and that is not committed: it was `content/b.md`",
        "    commit both names",
        'content/Đà Nẵng/"b".md:1:1: is new, and not committed',
        "    commit it, or take it away",
        "redirects.yaml:1:1: is new, and not committed",
        "    commit it, or take it away",
        "site.yaml:1:1: was changed, and that is not committed",
        "    commit it, or restore it",
        "templates/x:1:1: is new, and not committed",
        "    commit it, or take it away",
    ]


def test_a_conflict_is_named(here: Path) -> None:
    """Two changes of one file, and two files of one name."""
    git(here, "checkout", "--quiet", "-b", "other")
    plant(here, {"content/a.md": b"theirs", "content/new.md": b"theirs"})
    commit(here)
    git(here, "checkout", "--quiet", "main")
    plant(here, {"content/a.md": b"ours", "content/new.md": b"ours"})
    commit(here)
    with pytest.raises(subprocess.CalledProcessError):
        git(here, "merge", "--quiet", "other")

    with pytest.raises(Problems) as problems:
        refuse_dirty(here, NAMES)

    assert str(problems.value).splitlines() == [
        "content/a.md:1:1: is in conflict",
        "    settle the conflict and commit the file",
        "content/new.md:1:1: is in conflict",
        "    settle the conflict and commit the file",
    ]


def test_the_sources_may_be_below_the_top_of_the_work_tree(here: Path) -> None:
    """Then they are named from where they are, and those of others are not looked at."""
    plant(here, {"a site/content/a.md": b"a", "a site/site.yaml": b"site"})
    commit(here)
    plant(here, {"site.yaml": b"changed", "a site/content/a.md": b"changed"})

    with pytest.raises(Problems) as problems:
        refuse_dirty(here / "a site", NAMES)

    assert refusal(problems).splitlines()[0] == (
        "content/a.md:1:1: was changed, and that is not committed"
    )
    commit(here)
    refuse_dirty(here / "a site", NAMES)
    build(here / "a site", SITE)
    assert "3 added" in put(here / "a site")
    assert put(here / "a site") == "origin/gh-pages: nothing has changed, nothing was pushed"


def test_sources_that_are_in_no_repository_are_not_published(
    tmp_path: Path, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor before the first commit, nor where there is no git."""
    plant(tmp_path / "here", SOURCES)
    said = []
    for setting in ("nothing", "bare", "empty", "no git"):
        if setting == "empty":
            git(tmp_path, "init", "--quiet", "here")
        if setting == "no git":
            monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(Problems) as problems:
            refuse_dirty(there if setting == "bare" else tmp_path / "here", NAMES)
        said.append(refusal(problems).split(":1:1: ")[1].splitlines())

    clone = "    publish from a clone, or begin with `git init`"
    commit_them = "    commit the sources: what is published names the commit it was made from"
    fatal = "fatal: not a git repository (or any of the parent directories): .git"
    assert said == [
        [f"git rev-parse: {fatal}", clone],
        ["is in no work tree of git", clone],
        ["has no commit yet", commit_them],
        ["git is not installed", "    install it: https://git-scm.com"],
    ]
