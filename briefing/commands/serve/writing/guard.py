"""Who asks for an edit -> why it is refused, if it is.

A page elsewhere can let a browser ask this machine (https://owasp.org/www-community/attacks/csrf),
and can have its own name lead here (DNS rebinding). So several things have to be right, each of
which alone would keep such a page out: the connection, the name, what the browser says of the
page that asks, and a token that only a page of this run has.
"""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address

from msgspec import Struct

from briefing.commands.serve.writing.refusals import Refusal

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""The names of this machine that are always answered."""
TOKEN_HEADER = "Preview-Token"  # noqa: S105 — the name of a header
MAX_BODY = 64 * 1024
"""Bytes of a request that asks for an edit."""


class Asking(Struct, frozen=True, kw_only=True):
    """A request, as far as it says who asks."""

    peer: str
    """The address that the connection comes from."""
    host: str
    """The header `Host`."""
    headers: Mapping[str, str]


def refusal_of_reader(asking: Asking, token: str) -> Refusal | None:
    """Return why a request may not read what is kept on this machine alone; None if it may.

    token: that of this run of the preview.
    """
    if not is_this_machine(asking.peer, asking.host):
        return Refusal.MACHINE
    given = asking.headers.get(TOKEN_HEADER, "").encode(errors="replace")
    return None if compare_digest(given, token.encode()) else Refusal.TOKEN


def refusal_of_writer(asking: Asking, token: str) -> Refusal | None:
    """Return why a request may not write; None if it may. token: as for `refusal_of_reader`.

    A browser says from where a page comes (https://www.w3.org/TR/fetch-metadata/), and the
    origin of each POST (https://fetch.spec.whatwg.org/#origin-header); what does not say so is
    none of our pages.
    """
    if not is_this_machine(asking.peer, asking.host):
        return Refusal.MACHINE
    own = asking.headers.get("Origin") == f"http://{asking.host}"
    if not own or asking.headers.get("Sec-Fetch-Site") != "same-origin":
        return Refusal.ORIGIN
    return refusal_of_reader(asking, token)


def is_this_machine(peer: str, host: str) -> bool:
    """Whether a connection comes from this machine, and names it by a name of it alone."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    return _is_loopback(peer) and name.strip("[]").lower() in LOCAL


def _is_loopback(peer: str) -> bool:
    """Whether an address is one of this machine to itself; of a system that has mapped it too."""
    try:
        address = ip_address(peer)
    except ValueError:  # of a socket that is none of the network
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback
