"""What GitHub Pages asks for beside the pages: CNAME and .nojekyll."""

from __future__ import annotations

from urllib.parse import urlsplit

from briefing.model.site import Site
from briefing.syntax.urls import to_ascii

NO_JEKYLL = ".nojekyll"
"""Without it GitHub Pages leaves out files whose names begin with an underscore."""


def github_files(site: Site) -> dict[str, bytes]:
    """Return the files of a site that only GitHub Pages reads, by path."""
    host = custom_domain(site.address)
    return {NO_JEKYLL: b""} | ({"CNAME": f"{host}\n".encode()} if host else {})


def custom_domain(address: str) -> str | None:
    """Return the host of a site that has one of its own; None for any other.

    Only a site at the root of a host that is not GitHub's has one
    (https://docs.github.com/en/pages/configuring-a-custom-domain-for-your-github-pages-site).
    """
    parts = urlsplit(to_ascii(address))
    host = parts.hostname or ""
    is_name = "." in host and not host.rpartition(".")[2].isdigit()
    own = is_name and parts.port is None and not f".{host}".endswith(".github.io")
    return host if own and parts.path == "/" else None
