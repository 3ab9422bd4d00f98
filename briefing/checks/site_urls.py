"""Links as they are written -> the files of the site, and the ids in them, that they lead to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit


class SiteUrls:
    """The address of a site, to resolve the links in its files."""

    def __init__(self, address: str, outputs: Iterable[str]) -> None:
        """Take the address of the site, and the output paths of some or all of its files."""
        self._address = address
        self._base = unquote(urlsplit(address).path)
        self._own = {path.partition("/")[0] for path in outputs} | {"assets", "data"}
        """The first folders or files of the paths of the site, as far as they are known."""

    def resolve(self, folder: str, written: str) -> tuple[str, str] | str | None:
        """Return the output path and the id that a link in a file of `folder` leads to.

        The path is "" for a link within its file, the id is "" for none. Returns None for a link
        out of the site, and a message for one that is no URL, or that is on the host of the
        site but not below its address.
        """
        written = written.partition(":~:")[0]  # a text fragment is for the browser
        if written.startswith(self._address):
            folder, written = "", written.removeprefix(self._address) or "./"
            if self._base == "/" and not self._is_own(written):
                return None
        if plain := _SIMPLE_LINK.fullmatch(written):
            return _go_up_and_down(folder, plain["up"].count("/"), plain["down"]), plain[
                "anchor"
            ] or ""
        if (parts := _split(written)) is None:
            return f"the link to {written} is not an address"
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        if path.startswith("/") and not path.startswith(self._base):
            return f"the link to {written} leaves the site"
        base = self._base
        target = _path_from(f"{base}{folder}", path).removeprefix(base) if path else ""
        return target, unquote(parts.fragment)

    def _is_own(self, written: str) -> bool:
        """Whether a link below the root of the host leads into the site.

        A site at the root of a host may share it with others, as on GitHub Pages.
        """
        first = re.split(r"[/?#]", written, maxsplit=1)[0]
        return first in {"", "."} or unquote(first) in self._own


@lru_cache(maxsize=5_000)
def _split(address: str) -> SplitResult | None:
    """Return the parts of a URL, or None if it is none; URLs of sources are on many pages."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


_SIMPLE_LINK = re.compile(
    r"(?=[^#])(?P<up>(?:\.\./)*)(?P<down>(?:[a-z0-9-]+/)*(?:[a-z0-9-]+\.[a-z]+)?)(?:#(?P<anchor>[\w-]+))?",
    re.ASCII,
)
"""Matches most links of a site: some folders up, some down, perhaps an id. `urlsplit` and
`posixpath` are too slow for the hundreds of links of each page."""


def _go_up_and_down(folder: str, up: int, down: str) -> str:
    """Return the path some folders `up` and some `down`; ".." if it is above the site."""
    for _ in range(up):
        if not folder:
            return ".."
        folder = folder[: folder.rfind("/", 0, -1) + 1]
    path = folder + down
    return f"{path}index.html" if not path or path.endswith("/") else path


def _path_from(folder: str, address: str) -> str:
    """Return the path that a URL leads to from a folder; that of a folder is its index.html."""
    joined = posixpath.join(folder, address)
    is_folder = posixpath.basename(joined) in ("", ".", "..")
    path = posixpath.normpath(joined).rstrip("/")
    return f"{path}/index.html" if is_folder else path
