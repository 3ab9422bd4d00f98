"""Which outlet an address is of: by the domains that it names, and by its articles that we have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from briefing.content.fields import id_mistake
from briefing.intake.addresses import bare_host, host_of, registered_domain
from briefing.model.article import Outlet, OutletKind
from briefing.syntax.yaml_writing import flow

_COUNTRIES_THAT_ARE_NONE = {"ai", "co", "eu", "fm", "io", "me", "tv", "cc", "ly", "su"}
"""Endings of domains that are of a country, and used by everybody."""
_COUNTRY_CODES = {"uk": "GB"}
_GOVERNMENT = re.compile(r"(?:^|\.)(?:gov|gob|gouv|mil|go)(?:\.|$)|kremlin|whitehouse")


class FoundOutlet(Struct, frozen=True, kw_only=True):
    """The outlets that an address may be of."""

    sure: Outlet | None
    """The one that has this very domain; None for none, or for more than one."""
    perhaps: tuple[str, ...] = ()
    """The ids of others, of the same registered domain or with the same host."""


def find_outlet(
    url: str, outlets: Mapping[str, Outlet], articles: Iterable[tuple[str, str]]
) -> FoundOutlet:
    """Return the outlet of an address.

    outlets: by id. articles: the id of the outlet and the address of each article that we have.
    """
    host = host_of(url)
    by_domain = [outlet for outlet in outlets.values() if _has_domain(outlet, host)]
    hosts = [(host_of(address), id) for id, address in articles if id in outlets]
    by_host = dict.fromkeys(id for known, id in hosts if known == host)
    found = by_domain or [outlets[id] for id in by_host]
    if len(found) == 1:
        return FoundOutlet(sure=found[0])
    domain = registered_domain(host)
    near = dict.fromkeys(id for known, id in hosts if registered_domain(known) == domain)
    return FoundOutlet(sure=None, perhaps=tuple({outlet.id: None for outlet in found} | near))


def _has_domain(outlet: Outlet, host: str) -> bool:
    return any(f".{host}".endswith(f".{bare_host(domain)}") for domain in outlet.domains)


def proposed_id(url: str, taken: Iterable[str]) -> str:
    """Return an id for a new outlet: the name in its domain, with a number if that is taken."""
    word = registered_domain(host_of(url)).partition(".")[0]
    plain = "-".join(re.findall(r"[a-z0-9]+", word)) or "outlet"
    id = plain if id_mistake(plain) is None else "outlet"
    known, number = set(taken), 2
    while (numbered := id if number == 2 else f"{id}-{number - 1}") in known:  # noqa: PLR2004
        number += 1
    return numbered


def proposed_entry(id: str, url: str, name: str | None, language: str | None) -> str:
    """Return the line of a new outlet in outlets.yaml: what its page says, `…` for the rest.

    url: of an article of it. name, language: as the page says; None: it does not say.
    """
    host = host_of(url)
    ending = host.rpartition(".")[2]
    is_country = len(ending) == 2 and ending not in _COUNTRIES_THAT_ARE_NONE  # noqa: PLR2004
    country = _COUNTRY_CODES.get(ending, ending.upper()) if is_country else "…"
    kind = OutletKind.GOVERNMENT.value if _GOVERNMENT.search(host) else "…"
    known = f"name: {flow(name or host)}, kind: {kind}, country: {country}"
    return f"{id}: {{{known}, language: {language or '…'}, domains: [{host}]}}"
