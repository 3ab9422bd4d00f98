"""The process: signals, standard streams, exit status. A run ends with a message, no traceback.

It needs the standard library only, so that signals are handled before other libraries are
loaded, which takes longer than to press Ctrl-C.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
STOPPERS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""The signals that ask the program to end; no system has all of them."""
NEW_OBJECTS = 20_000
"""New objects after which the garbage collector looks for cycles. With Python's 700 it takes 4 % of
a cold build (benchmarks/compare.py), and finds next to none."""
OWN_PROGRAM = "build.py"
"""The program of the repository, which is run where it stands, without being installed."""
PACKAGE = "who-said-what"
"""The name of the package, and of its command."""
NOT_INSTALLED = (
    "this Python has not what the program needs: run `make` in its folder once, and then "
    "`.venv/bin/python build.py`; or install what is in requirements.txt"
)
NOT_INSTALLED_WHOLE = "this Python has not what the program needs: install `who-said-what` again"
NOT_LOADED = "install what is in requirements.txt, or free some memory"
NOT_LOADED_WHOLE = "install `who-said-what` again, or free some memory"
"""The cures for a library that is not there, and for one that cannot be loaded: where the program
is that of the repository, and where it was installed."""
STOPPED = "stopped; the site is as the last whole build left it"


def program_name() -> str:
    """Return what is typed to run the program, as `build.py`, `who-said-what` or `uvx …`."""
    name = os.path.basename(sys.argv[0]).removesuffix(".exe")  # noqa: PTH119 — before pathlib is loaded
    if name == "__main__.py":
        return "python -m briefing"
    return f"uvx {name}" if name == PACKAGE and _is_lent_by_uv() else name


def _is_lent_by_uv() -> bool:
    """Whether the program runs in an environment that uv made for this one run of it.

    uv names itself to what it starts (https://docs.astral.sh/uv/reference/environment/), and has
    these environments in a folder of its cache.
    """
    folder = os.path.basename(os.path.dirname(sys.prefix))  # noqa: PTH119, PTH120 — as above
    return "UV" in os.environ and folder.startswith("archive-v")


def as_typed(words: str) -> str:
    """Return a command line that runs the program as it was run, with other words."""
    name = program_name()
    return f"python {name} {words}" if name == OWN_PROGRAM else f"{name} {words}"


def run(main: Callable[[], int]) -> int:
    """Run the program; return its exit status.

    Until `main` calls `libraries_are_loaded`, a signal ends the process at once, and an
    exception that leaves `main` is reported as a library that cannot be loaded.
    """
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    _on_signals(_stop_loading)
    sys.excepthook = _report_failed_import
    try:
        return main()
    finally:
        _on_signals(signal.SIG_IGN)


def libraries_are_loaded() -> None:
    """Let a signal raise SystemExit from now on, and let other exceptions show a traceback.

    Do nothing where `run` does not run: then signals and exceptions are the caller's.
    """
    if signal.getsignal(signal.SIGTERM) is not _stop_loading:
        return
    sys.excepthook = sys.__excepthook__  # from here on an exception that is not caught is a bug
    _on_signals(_stop)


def finish(message: str) -> int:
    """Print what was done to standard output; return the exit status, 1 if it cannot be printed."""
    if print_safely(message, sys.stdout):
        return 0
    return fail("what was done cannot be said: no standard output")


def fail(message: str) -> int:
    """Print what went wrong to standard error; return the exit status 1."""
    print_safely(message, sys.stderr)
    return 1


def flush_streams() -> None:
    """Flush standard output and error; a closed or full one is replaced by the null device.

    Otherwise Python would report at exit that it cannot flush what argparse has printed.
    """
    for stream in (sys.stdout, sys.stderr):
        print_safely("", stream, end="")


def print_safely(message: str, stream: TextIO | None, end: str = "\n") -> bool:
    """Print a message and `end`; return whether `stream` took them.

    The stream may be None, closed or full; what its encoding lacks is printed as an escape.
    """
    if stream is None:
        return False
    try:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        print(message, end=end, file=stream, flush=True)
    except (OSError, ValueError):
        with suppress(OSError, ValueError):  # or Python would report at exit that it cannot flush
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True


def _on_signals(action: Callable[..., object] | signal.Handlers) -> None:
    for number in STOPPERS:
        signal.signal(number, action)


def _stop(*_: object) -> None:
    """Raise SystemExit; unfinished files are removed as it passes. Further signals are ignored."""
    _on_signals(signal.SIG_IGN)
    sys.exit(STOPPED)


def _stop_loading(*_: object) -> None:
    """End at once: no file is written yet, and the import system may swallow an exception."""
    os.write(2, f"{STOPPED}\n".encode())
    os._exit(1)


def _report_failed_import(_kind: object, error: BaseException, _trace: object) -> None:
    message = f"{error}" or type(error).__name__
    is_own = program_name() == OWN_PROGRAM
    cure = NOT_LOADED if is_own else NOT_LOADED_WHOLE
    if isinstance(error, ModuleNotFoundError):
        cure = NOT_INSTALLED if is_own else NOT_INSTALLED_WHOLE
    print_safely(f"{message}\n    {cure}", sys.stderr)
