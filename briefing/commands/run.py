"""Options -> the function that does what they ask for, with all that it needs loaded."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from briefing.commands.build import BuildReport, BuildRequest, build_to_disk
from briefing.commands.options.init import DEFAULT_ADDRESS
from briefing.commands.process import print_safely, program_name
from briefing.commands.progress import Progress
from briefing.content.values import read_moment
from briefing.model.values import Moment, Precision
from briefing.storage.read_sources import read_text_file
from briefing.storage.stat_cache import REWRITE_NOTE, FileStats
from briefing.version import VERSION

T = TypeVar("T")


def _build(options: Namespace, source_stats: FileStats) -> Callable[[], str]:
    as_of = _parse_as_of(options.as_of)
    return partial(
        _show_progress,
        lambda progress: build_to_disk(_request(options, as_of, source_stats), progress),
        timings=options.timings,
    )


def _check(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.check import check

    as_of = _parse_as_of(options.as_of)
    return lambda: check(
        _request(options, as_of),
        annotate=options.annotate,
        summary=options.summary,
        published_data=options.published_data,
    )


def _status(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.status.command import status

    as_of = _parse_as_of(options.as_of) or _now()

    def tell() -> str:
        report = status(options.root, options.what, as_of, as_json=options.json)
        if report.has_mistakes:  # the status is told, and the program fails as `check` does
            print_safely(report.text, sys.stdout)
            sys.exit(1)
        return report.text

    return tell


def _locate(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.locate import LocateRequest, locate, read_language

    article, *words = options.what
    request = LocateRequest(
        root=options.root,
        article=article,
        words=" ".join(words),
        language=_read_argument("lang", read_language, options.lang) if options.lang else None,
        at_only=options.at_only,
    )
    return partial(locate, request)


def _prove(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.prove import prove

    return partial(prove, options.root, options.what, _now())


def _serve(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.serve.command import serve

    return partial(serve, options, _parse_as_of(options.as_of), _now)


def _publish(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.publish.command import publish_site

    as_of, to = _parse_as_of(options.as_of), (options.remote, options.branch)
    return partial(
        _show_progress,
        lambda progress: publish_site(
            _request(options, as_of), *to, dry_run=options.dry_run, progress=progress
        ),
        timings=options.timings,
    )


def _init(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.init.command import InitRequest, init, read_languages
    from briefing.commands.titles import read_title

    request = InitRequest(
        folder=options.folder,
        languages=_read_argument("languages", read_languages, options.languages),
        title=None if options.title is None else _read_argument("title", read_title, options.title),
        address=options.address or DEFAULT_ADDRESS,
        version=VERSION,
        among_others=options.among_others,
    )
    return partial(init, request)


def _new(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.new.command import new_translation

    kind, first, *others = options.what
    if kind == "article":
        return _new_article(options, first, others[0])
    if kind == "topic":
        return _new_topic(options, first)
    return partial(new_translation, options.root, first, *others)


def _new_topic(options: Namespace, id: str) -> Callable[[], str]:
    from briefing.commands.new.command import new_topic
    from briefing.commands.titles import read_title
    from briefing.content.values import read_moment

    title, start = options.title, options.start
    if title is not None:
        title = _read_argument("title", read_title, title)
    if start is not None:
        _read_argument("start", read_moment, start)
    return partial(new_topic, options.root, id, _now(), title=title, start=start)


def _new_article(options: Namespace, topic: str, source: str) -> Callable[[], str]:
    from briefing.commands.new.intake_extra import require_intake

    def read_page() -> str:
        require_intake()
        from briefing.commands.new.article import ArticleRequest, new_article

        request = ArticleRequest(
            topic=topic,
            source=source,
            came_from=options.came_from,
            id=options.id,
            language=options.summary_language,
        )
        return new_article(options.root, request, _now(), dry_run=options.dry_run)

    return read_page


def _translate(options: Namespace, _: FileStats) -> Callable[[], str]:
    if options.po is not None:
        from briefing.commands.translate.po.export import export_po

        return partial(export_po, options.root, options.po, options.po_file, _now())
    if options.take is not None:
        from briefing.commands.translate.po.take import take_po

        return partial(take_po, options.root, options.take)
    from briefing.commands.translate.command import translate

    return partial(translate, options.root, *options.what)


def _ack(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.translate.command import acknowledge

    path, *parts = options.what
    return partial(acknowledge, options.root, path, parts)


def _rename(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.rename.command import rename

    return partial(rename, options.root, *options.what)


def _hide(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.visibility.command import hide

    return partial(hide, options.root, options.what, options.lang, _now())


def _show(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.visibility.command import show

    return partial(show, options.root, options.what, options.lang, _now())


def _withdraw(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.visibility.command import withdraw

    given = options.what[0], options.lang, options.reason
    return partial(withdraw, options.root, *given, _now())


def _override(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.override import override

    return partial(override, options.root, options.what, diff=options.diff, accept=options.accept)


def _schema(options: Namespace, _: FileStats) -> Callable[[], str]:
    from briefing.commands.schema.command import write_schemas

    return partial(write_schemas, options.root, *map(Path, options.what))


LOADERS: Mapping[str, Callable[[Namespace, FileStats], Callable[[], str]]] = {
    "init": _init,
    "new": _new,
    "translate": _translate,
    "ack": _ack,
    "build": _build,
    "status": _status,
    "check": _check,
    "locate": _locate,
    "prove": _prove,
    "serve": _serve,
    "publish": _publish,
    "rename": _rename,
    "hide": _hide,
    "show": _show,
    "withdraw": _withdraw,
    "override": _override,
    "schema": _schema,
}
"""By command: imports what it needs, as a build needs no server and a preview no git; returns the
function that does it."""


def load_command(options: Namespace, source_stats: FileStats) -> Callable[[], str]:
    """Import what the command of `options` needs; return the function that runs it.

    The function returns what was done, as text, and raises Problems and OSError. If a rename was
    stopped before its end, it is carried out first.
    `source_stats` are those of the sources, {} if they were not looked at. Exits with status 2
    if `--as-of` is no time.
    """
    run = LOADERS[options.command](options, source_stats)
    if options.root is None or not os.path.lexists(options.root / REWRITE_NOTE):
        return run

    def finish_and_run() -> str:
        print_safely(finish_rewriting(options.root), sys.stderr)
        return run()

    from briefing.storage.rewrite_sources import finish_rewriting

    return finish_and_run


def _parse_as_of(text: str | None) -> Moment | None:
    """Return the time that `--as-of` names; None without it. Exits with status 2 if it is none."""
    return _read_argument("as-of", read_moment, text) if text else None


def _read_argument(name: str, read: Callable[[str], T], text: str) -> T:
    """Return `read(text)`. Exits with status 2 if that raises ValueError, and prints its text."""
    try:
        return read(text)
    except ValueError as error:
        message = f"{text!r} cannot be read: {error}"
        print_safely(f"{program_name()}: error: argument --{name}: {message}", sys.stderr)
        sys.exit(2)


def _request(
    options: Namespace, as_of: Moment | None, source_stats: FileStats | None = None
) -> BuildRequest:
    """Return what is to be built; `as_of` None: now. Raises Problems for an unreadable manifest."""
    return BuildRequest(
        root=options.root,
        output=options.output,
        as_of=as_of or _now(),
        address=options.address,
        published=read_text_file(options.manifest) if options.manifest else "",
        source_stats=source_stats,
        among_others=options.among_others,
    )


def _show_progress(work: Callable[[Progress], BuildReport], *, timings: bool) -> str:
    """Return what `work` does, its progress shown; with `timings`, the time of each stage.

    What is to be known of the site comes last.
    """
    with closing(Progress()) as progress:
        report = work(progress)
    return "\n".join([report.message, *([progress.timings()] if timings else []), *report.notices])


def _now() -> Moment:
    """Return the current minute."""
    return Moment(Precision.MINUTE, datetime.now(UTC))
