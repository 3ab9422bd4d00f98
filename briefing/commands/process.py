"""How a run of the program ends: whatever ends it, with a message and no traceback.

It needs no library, so that it is ready before they are loaded.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

STOPPERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOPPED = "stopped; the site is as the last whole build left it"


def handle_signals_early() -> None:
    """Be ready to be stopped while the libraries are loaded, or to do without one."""
    _on_signals(_stop_loading)
    sys.excepthook = _unloaded


def run(main: Callable[[], int]) -> int:
    """Run the program; return its exit status."""
    sys.excepthook = sys.__excepthook__  # from here on what nobody caught is a bug of ours
    _on_signals(_stop)
    try:
        return main()
    finally:
        _on_signals(signal.SIG_IGN)


def flush_streams() -> None:
    """Be done with what the command line itself printed, or Python tells that it cannot."""
    for stream in (sys.stdout, sys.stderr):
        print_safely("", stream, end="")


def _on_signals(action: Callable[..., object] | signal.Handlers) -> None:
    for number in STOPPERS:
        signal.signal(number, action)


def _stop(*_: object) -> None:
    """End; what is half made is cleared away on the way out."""
    _on_signals(signal.SIG_IGN)  # once is enough
    sys.exit(STOPPED)


def _stop_loading(*_: object) -> None:
    """End at once: nothing is made yet, and the import system would swallow an exception."""
    os.write(2, f"{STOPPED}\n".encode())
    os._exit(1)


def _unloaded(_kind: object, error: BaseException, _trace: object) -> None:
    what = f"{error}" or type(error).__name__
    print_safely(
        f"{what}\n    install what is in requirements.txt, or free some memory", sys.stderr
    )


def print_safely(message: str, stream: TextIO | None, end: str = "\n") -> bool:
    """Print to a stream that may know ASCII only, be closed or be full; return whether it could."""
    if stream is None:
        return False
    try:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        print(message, end=end, file=stream, flush=True)
    except (OSError, ValueError):
        with suppress(OSError, ValueError):  # or Python itself would say at the end what it cannot
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True
