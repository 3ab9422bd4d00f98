#!/usr/bin/env python3
"""Build the briefing: site.yaml + content/ + templates/ -> output/.

    python build.py                      build the site
    python build.py check                say what is wrong, what could be better; write nothing
    python build.py serve                show the site in a browser, and each change as it is saved
    python build.py publish              build the site and put it on the branch gh-pages
    python build.py rename topic a b     give a topic another id (or: article topic/a b)

    python build.py --as-of 2026-01-01   build what readers may see when that day begins
    python build.py --timings            say how long each stage took

The whole program is `make_site`: files in, files out, no disk and no clock.
Around it, `main` reads the disk, writes the disk and says what happened.
Each stage lives in the module it is imported from; briefing/__init__.py maps them.
"""

from __future__ import annotations

from briefing.commands import process as ending

if __name__ == "__main__":
    ending.handle_signals_early()  # before the libraries are loaded, which takes long

import argparse
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from briefing.storage.cache_files import Shelf
from briefing.storage.stat_cache import FileStats, file_stats, is_unchanged
from briefing.syntax.urls import LIKE_A_SITE, site_url_mistake

ROOT = Path(__file__).parent
INPUTS = ("site.yaml", "redirects.yaml", "content", "templates")
THINGS = ("topic", "article")
"""What can be renamed."""
COMMANDS = ("build", "check", "serve", "publish", "rename")
EDITOR = "vscode://file/{path}:{line}:{column}"
"""The address of a place in a file, for the editor that most have."""


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line; end with status 2 for wrong usage."""
    parser = argparse.ArgumentParser(description="Build the briefing.")
    parser.add_argument("command", nargs="?", choices=COMMANDS, default="build")
    parser.add_argument("what", nargs="*", help="of rename: topic OLD NEW, article TOPIC/OLD NEW")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of site.yaml")
    parser.add_argument("--output", type=Path, help="where the site goes (default: output/)")
    parser.add_argument("--as-of", help="a day, or a time with its zone")
    parser.add_argument("--address", help="where the site will stand, if not as site.yaml says")
    parser.add_argument(
        "--manifest", type=Path, help="a list of addresses that were published and must not vanish"
    )
    parser.add_argument("--annotate", action="store_true", help="tell problems to GitHub, too")
    parser.add_argument("--summary", type=Path, help="a file that check adds the status to")
    parser.add_argument("--timings", action="store_true", help="say how long each stage took")
    publishing = parser.add_argument_group("of publish")
    publishing.add_argument("--remote", default="origin", help="(default: %(default)s)")
    publishing.add_argument("--branch", default="gh-pages", help="(default: %(default)s)")
    publishing.add_argument("--dry-run", action="store_true", help="say what would be published")
    preview = parser.add_argument_group("of serve")
    preview.add_argument("--host", default="127.0.0.1", help="default: this machine only")
    preview.add_argument("--port", type=int, default=4000, help="the next free one from here on")
    preview.add_argument("--allow-host", action="append", default=[], help="another name of it")
    preview.add_argument("--open", action="store_true", help="open a browser")
    preview.add_argument("--published", action="store_true", help="show what readers see only")
    preview.add_argument("--follow", action="store_true", help="go to the page that is edited")
    preview.add_argument(
        "--editor", default=EDITOR, help="what opens a file (default: %(default)s)"
    )
    try:
        options = parser.parse_args(arguments)
        if wrong := _wrong_usage(options):
            parser.error(wrong)
    finally:
        ending.flush_streams()
    options.output = options.output or options.root / "output"
    options.look = {}
    return options


def _wrong_usage(options: argparse.Namespace) -> str:
    """Say what is wrong with a command line that can be read, or ""."""
    if options.what and options.command != "rename":
        return f"{options.command} takes no `{options.what[0]}`"
    whole = len(options.what) == 3 and options.what[0] in THINGS  # noqa: PLR2004
    if options.command == "rename" and not whole:
        return "write: rename topic OLD NEW, or: rename article TOPIC/OLD NEW"
    if options.address is not None and (wrong := site_url_mistake(options.address)):
        return f"argument --address: `{options.address}` {wrong}; {LIKE_A_SITE}"
    return ""


def nothing_to_do(options: argparse.Namespace) -> str | None:
    """Say that the site is as the last build made it, of what is there now; or None."""
    asks = options.as_of or options.timings or options.manifest
    if options.command != "build" or asks or _is_work_left(options.output):
        return None
    root, output, now = os.fspath(options.root), os.fspath(options.output), time.time_ns()
    with suppress(OSError):  # which is told of when they are read
        options.look = file_stats(root, INPUTS, now)
    files = is_unchanged(Shelf(root, output, options.address), options.look, output, now)
    return f"{output}: {files} files, nothing has changed" if files else None


def _is_work_left(output: Path) -> bool:
    """Whether a build was stopped and left what the next one clears away."""
    return os.path.lexists(output.with_name(f".{output.name}.new"))


if __name__ == "__main__":
    OPTIONS = read_arguments()
    if said := nothing_to_do(OPTIONS):  # told before the libraries are loaded
        sys.exit(0 if ending.print_safely(said, sys.stdout) else 1)

from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from secrets import token_hex

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.content import find_warnings
from briefing.checks.passages import check_passages
from briefing.commands.github import Level, github_annotation
from briefing.commands.process import print_safely
from briefing.commands.progress import Progress
from briefing.content.publication import AS_EDITED, END_OF_TIME
from briefing.content.values import read_moment
from briefing.engine.executor import Alone, Job, Tell, silent
from briefing.engine.fork import employ
from briefing.engine.making import Edition, make
from briefing.engine.sources import Sources
from briefing.model.values import Moment, Precision
from briefing.outputs.signposts import MANIFEST
from briefing.problems import Place, Problem, Problems, mistake
from briefing.storage.card_cache import CardCache, open_card_cache
from briefing.storage.lock import build_lock
from briefing.storage.previous_build import PreviousBuild, retry_while_changing
from briefing.storage.read_sources import append_to, read_article_texts, read_list, read_tree
from briefing.storage.write_output import write_output


def make_site(files: Mapping[str, bytes], as_of: Moment = END_OF_TIME) -> dict[str, bytes]:
    """Turn source files into output files, both by path, or raise every problem found.

    Drafts, and what is dated later than `as_of` by the clock of the site, are left out.
    """
    return dict(make(Sources.of(files), as_of).made)


class Order(Struct, frozen=True, kw_only=True):
    """What is to be built, and for where."""

    root: Path
    output: Path
    as_of: Moment
    address: str | None = None
    """Where the site will stand, if not where site.yaml says."""
    published: str = ""
    """The addresses that must not vanish, one a line."""


def build(order: Order, tell: Tell = silent, look: FileStats | None = None) -> str:
    """Build the site on disk; return what happened, or raise Problems."""
    return build_edition(order, tell, look)[1]


def build_edition(order: Order, tell: Tell, look: FileStats | None = None) -> tuple[Edition, str]:
    """Build the site on disk; return it and what happened, or raise Problems.

    `look` are the stamps of the sources, if somebody has looked at them already.
    """
    looks = [look] if look else []  # of the first try only, and not if it had to wait

    def wait(message: str) -> None:
        looks.clear()
        print_safely(message, sys.stderr)

    artist = open_card_cache(order.root)
    with build_lock(order.output, order.root, wait):
        past, edition = retry_while_changing(
            lambda: make_new(order, tell, looks.pop() if looks else None, artist)
        )
        tell("write", 0, 1)
        change = write_output(order.output, edition.made, order.root, edition.kept)
        tell("keep", 0, 1)
        past.keep(edition, change)
        if artist:
            artist.tidy()
    return edition, f"{order.output}: {len(edition.made) + len(edition.kept)} files, {change}"


def make_new(
    order: Order, tell: Tell, look: FileStats | None, artist: CardCache | None
) -> tuple[PreviousBuild, Edition]:
    """Make of the sources on disk what the last build has not left; or raise Problems."""
    tell("read", 0, 1)
    past = PreviousBuild(order.root, INPUTS, order.output, look, order.address)
    edition = make(
        past.sources,
        order.as_of,
        past.memory,
        past.intact,
        published=order.published,
        artist=artist,
        employ=employ,
        tell=tell,
    )
    return past, edition


def check(order: Order, annotate: bool, summary: Path | None) -> str:
    """Build the site in memory only; return what could be better, or raise Problems."""
    hands: list[Alone] = []

    def employ_one(job: Job) -> Alone:
        hands.append(Alone(job))
        return hands[-1]

    sources = Sources.of(read_tree(order.root, *INPUTS), order.address)
    outputs = make(sources, order.as_of, published=order.published, employ=employ_one).made
    site = hands[0].briefing
    proof = check_passages(site, read_article_texts(order.root))
    warnings = sorted([*find_warnings(site), *proof.problems])
    if summary is not None:
        from briefing.commands.status_table import table  # noqa: PLC0415 — few ask for it

        append_to(summary, table(site, warnings, order.as_of, site.address))
    listed = [f"warning: {warning}" for warning in warnings]
    counts = f"{len(outputs)} files would be written, {len(warnings)} warnings"
    told = "\n".join([*listed, f"locators: {proof}", counts])
    return annotated(told, warnings, "warning", order.root) if annotate else told


def annotated(told: str, problems: Iterable[Problem], level: Level, root: Path) -> str:
    """Give what is told with problems as annotations, which name files from where this was started.

    No text of content can be a command to GitHub.
    """
    folder = os.path.relpath(root)
    below = "" if folder == "." else f"{folder}/"
    moved = (replace(p, place=replace(p.place, path=below + p.place.path)) for p in problems)
    quiet = token_hex(16)
    lines = [github_annotation(problem, level) for problem in moved]
    return "\n".join([f"::stop-commands::{quiet}", told, f"::{quiet}::", *lines])


def publish(order: Order, options: argparse.Namespace, tell: Tell) -> str:
    """Build the site and put it on a branch; return what happened, or raise Problems."""
    # Git, which no other command needs.
    from briefing.commands.publish import publish as publishing  # noqa: PLC0415
    from briefing.commands.publish.sources import refuse_dirty  # noqa: PLC0415

    to = (options.remote, options.branch)
    refuse_dirty(order.root, INPUTS)
    listed = publishing.published(order.root, *to, MANIFEST) or b""
    order = replace(order, published=listed.decode(errors="replace"))
    edition, said = build_edition(order, tell)
    publishing.refuse_example(edition.ready.plan.site.address)
    with build_lock(order.output, order.root, partial(print_safely, stream=sys.stderr)):
        done = publishing.publish(order.root, order.output, *to, dry_run=options.dry_run)
    return f"{said}\n{done}"


def rename(root: Path, what: str, old: str, new: str) -> str:
    """Give a topic or an article another id; return what was changed, or raise Problems."""
    # Which no other command needs.
    from briefing.commands.rename.rename import kept_moves, rename_article, rename_topic  # noqa: PLC0415
    from briefing.storage.rewrite_sources import rewrite  # noqa: PLC0415

    files = read_tree(root, *INPUTS)
    if what == "topic":
        renaming = rename_topic(files, old, new)
    else:
        topic, _, article = old.partition("/")
        renaming = rename_article(files, topic, article, new.removeprefix(f"{topic}/"))
    kept = kept_moves(read_article_texts(root), renaming)
    if read_tree(root, *INPUTS) != files:
        raise mistake(Place(str(root)), "the files change while they are read", "rename again")
    rewrite(root, {**renaming.moved, **kept}, renaming.written)
    moved = len(renaming.moved) + len(kept)
    return f"{old} is {new} now: {moved} files moved, {len(renaming.written)} rewritten"


def serve(options: argparse.Namespace, as_of: Moment | None) -> None:
    """Show the site, and make it again at each change, until told to stop."""
    # A server, which no build needs.
    from briefing.commands.serve.live_site import LiveSite  # noqa: PLC0415
    from briefing.commands.serve.server import Address, Preview  # noqa: PLC0415
    from briefing.commands.serve.state import PreviewState  # noqa: PLC0415
    from briefing.commands.serve.watcher import Watcher  # noqa: PLC0415

    shown = None if options.published or as_of else AS_EDITED
    workshop = LiveSite(options.root, INPUTS, lambda: as_of or now(), shown)
    board = PreviewState(workshop, options.editor, follows=options.follow)
    preview = Preview(
        workshop, Watcher(options.root, INPUTS), board, partial(print_safely, stream=sys.stdout)
    )
    address = Address(host=options.host, port=options.port, allowed=tuple(options.allow_host))
    preview.serve(address, opens=options.open)


def now() -> Moment:
    """Tell the time."""
    return Moment(Precision.MINUTE, datetime.now(UTC))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status: 0, 1 for problems, 2 for wrong usage."""
    return run(read_arguments(arguments))


def run(options: argparse.Namespace) -> int:
    """Do what was asked for; return the exit status. Ends with 2 for a time that is none."""
    try:
        as_of = read_moment(options.as_of) if options.as_of else None
    except ValueError as error:
        said = f"{options.as_of!r} cannot be read: {error}"
        print_safely(f"build.py: error: argument --as-of: {said}", sys.stderr)
        sys.exit(2)
    try:
        said = do(options, as_of)
    except Problems as problems:
        count = f"{len(problems)} problem{'s' * (len(problems) != 1)}"
        told = f"{problems}\n{count}, nothing written"
        root = options.root
        return fail(annotated(told, problems, "error", root) if options.annotate else told)
    except MemoryError:
        return fail("there is not enough memory, nothing written\n    free some, and build again")
    except OSError as error:
        return fail(f"{error.filename or 'the system'}: {error.strerror}, nothing written")
    return (
        0
        if print_safely(said, sys.stdout)
        else fail("what was done cannot be said: no standard output")
    )


def do(options: argparse.Namespace, as_of: Moment | None) -> str:
    """Do what was asked for; return what happened, or raise Problems or OSError."""
    if options.command == "serve":
        serve(options, as_of)
        return "stopped"
    if options.command == "rename":
        return rename(options.root, *options.what)
    order = Order(
        root=options.root,
        output=options.output,
        as_of=as_of or now(),
        address=options.address,
        published=read_list(options.manifest) if options.manifest else "",
    )
    if options.command == "check":
        return check(order, options.annotate, options.summary)
    with closing(Progress()) as progress:
        if options.command == "publish":
            said = publish(order, options, progress)
        else:
            said = build(order, progress, options.look)
    return said + (f"\n{progress.timings()}" if options.timings else "")


def fail(message: str) -> int:
    """Say what went wrong; return the exit status."""
    print_safely(message, sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(ending.run(partial(run, OPTIONS)))
