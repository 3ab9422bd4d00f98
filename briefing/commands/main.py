"""The program: arguments -> a command that is run, and an exit status.

Until the arguments are read, and a build with nothing to do is told from one that has work, no
library is loaded.
"""

from __future__ import annotations

from briefing.commands import process  # signals and streams; the standard library only


def program() -> int:
    """Run the program with the arguments of this process; return its exit status."""
    return process.run(main)


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
