"""What goes wrong on a network -> a problem with its cure; and the bounds that are kept."""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from msgspec import Struct

from briefing.problems import Place, Problems, mistake

SAVE_IT = "open it in a browser, save the page, and give the file with --from ADDRESS"
"""The cure for a page that a program does not get."""
LATER = "try again later, or " + SAVE_IT


class Limits(Struct, frozen=True, kw_only=True):
    """What fetching a page may cost."""

    seconds: float = 30.0
    """From the first look-up of a name to the last byte, redirects and robots.txt included."""
    bytes: int = 10_000_000
    """Of a page, as it is sent and as it is decompressed."""
    redirects: int = 5


class TooLargeError(Exception):
    """Raised for a body above the bound."""


@contextmanager
def errors_as_problems(url: str, limits: Limits, deadline: float) -> Iterator[None]:
    """Turn what goes wrong on a network into a problem at `url`. Raises Problems.

    limits: what was broken may be one of them. deadline: when it is too late, by `monotonic`.
    """
    try:
        yield
    except TooLargeError:
        what = f"is larger than {limits.bytes:,} bytes"
        cure = "copy the text of the article to a .txt file, and give that with --from ADDRESS"
    except Problems:
        raise
    except (OSError, http.client.HTTPException, zlib.error, EOFError, ValueError) as error:
        if isinstance(error, TimeoutError) or monotonic() >= deadline:
            what, cure = f"is not there after {limits.seconds:g} seconds", LATER
        else:
            what, cure = _network_mistake(error)
    else:
        return
    raise mistake(Place(url), what, cure) from None


_BROKEN_OFF = (http.client.IncompleteRead, EOFError, ConnectionError)
_IS_RIGHT = "look whether the address is right"


def _network_mistake(error: Exception) -> tuple[str, str]:
    """Return what went wrong, and the cure."""
    match error:
        case ssl.SSLCertVerificationError():
            what = f"its certificate is not that of the host: {error.verify_message}"
            said = (what, f"do not trust the page; {_IS_RIGHT}")
        case ssl.SSLError():
            said = ("no secure connection can be made", LATER)
        case socket.gaierror() | UnicodeError():
            said = ("there is no such host", f"{_IS_RIGHT}, and you are online")
        case ConnectionRefusedError():
            said = ("the host takes no connection", f"{_IS_RIGHT}, or {LATER}")
        case _ if isinstance(error, _BROKEN_OFF) and not isinstance(
            error, http.client.BadStatusLine
        ):
            said = ("the connection broke off before the page was whole", LATER)
        case OSError():
            said = (f"cannot be reached: {error.strerror or error}", "look whether you are online")
        case _:
            said = ("the answer is not one of a web server", LATER)
    return said
