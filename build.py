#!/usr/bin/env python3
"""Build the site: site.yaml + content/ + templates/ -> output/.

    python build.py                      build the site
    python build.py check                report problems and warnings; write nothing
    python build.py serve                preview in a browser, rebuilt at each save
    python build.py publish              build, commit to the branch gh-pages, push
    python build.py rename topic a b     change the id of a topic (or: article topic/a b)

    python build.py --as-of 2026-01-01   build what readers may see when that day begins
    python build.py --timings            print how long each stage took

`make_site` says what a build is: files in, files out, no disk and no clock. `briefing/commands`
has a module for each verb, and `briefing/engine` returns the same files sooner: it reuses the
previous build and works in two processes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from briefing.commands import process  # signals and streams; the standard library only

if TYPE_CHECKING:
    from briefing.model.values import Moment


def make_site(files: Mapping[str, bytes], as_of: Moment | None = None) -> dict[str, bytes]:
    """Turn source files into output files, both by path, or raise every problem found.

    Drafts, and what is dated later than `as_of` by the clock of the site, are left out.
    """
    from briefing.content.publication import END_OF_TIME
    from briefing.engine.making import make
    from briefing.engine.sources import Sources

    return dict(make(Sources.of(files), as_of or END_OF_TIME).made)


def main(argv: list[str] | None = None) -> int:
    """Run a command; return 0 when it is done, 1 if problems were reported.

    `argv` is without the name of the program; None: that of this process. Exits with status 2
    for wrong usage.
    """
    from briefing.commands.arguments import parse_arguments
    from briefing.commands.up_to_date import up_to_date

    options = parse_arguments(argv)
    message, source_stats = up_to_date(options)
    if message:  # nothing to do: found out and said before any library is loaded
        return process.finish(message)

    from briefing.commands.github import describe
    from briefing.commands.run import load_command
    from briefing.problems import Problems

    command = load_command(options, source_stats)
    process.libraries_are_loaded()
    try:
        return process.finish(command())
    except Problems as problems:
        return process.fail(describe(problems, annotate=options.annotate, root=options.root))
    except MemoryError:
        cure = "free some, and build again"
        return process.fail(f"there is not enough memory, nothing written\n    {cure}")
    except OSError as error:
        return process.fail(f"{error.filename or 'the system'}: {error.strerror}, nothing written")


if __name__ == "__main__":
    sys.exit(process.run(main))
