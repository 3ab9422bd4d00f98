"""Addresses of web pages: without what only counts visitors, and which of them are one page."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|[a-z]*clid|mc_[ce]id|_ga|_gl|igshid?|spm|ref(?:_?(?:src|url|er|errer))?|cmp(?:id)?"
    r"|ncid|ocid|s_cid|at_\w+|ito|smid|smtyp|partner|feature|zarsrc|share(?:_\w+)?|from_source"
    r"|__twitter_impression|amp|outputtype|output|vgo_ee|ns_\w+|xtor|wt[._]\w+|srsltid|sourcefrom",
    re.IGNORECASE,
)
"""Matches parameters of a query that change nothing of the page but who is counted."""
_PREFIXES = re.compile(r"^(?:www|m|amp|mobile|wap)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)(?=/?$|\.html?$)|(?<=^)/amp(?=/)")
_UNSAFE = re.compile(r"""[\s<>"`\\^{|}]""")
_INDEX = re.compile(r"/(?:index|default)\.\w+$")
_SECOND_LEVEL = {"ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "mil", "ne", "net", "or"}
"""Labels below that of a country that are no names themselves: https://publicsuffix.org."""
_SECOND_LEVEL |= {"org", "info", "name", "health", "gv"}


def is_web_address(text: str) -> bool:
    """Whether a text is the address of a web page, and no path of a file."""
    return re.match(r"https?://[^/\s]", text, re.IGNORECASE) is not None


def without_tracking(url: str) -> str:
    """Return an address without its fragment and the parameters that only count visitors."""
    parts = urlsplit(url.strip())
    if any(_TRACKING.fullmatch(name) for name, _ in parse_qsl(parts.query, True)):
        kept = [pair for pair in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(pair[0])]
        parts = parts._replace(query=urlencode(kept))
    parts = parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), fragment="")
    return _UNSAFE.sub(lambda sign: quote(sign[0]), parts._replace(path=parts.path or "/").geturl())


def host_of(url: str) -> str:
    """Return the host of an address, without what only names a form of it (`www.`, `m.`)."""
    return bare_host(_split(url).hostname or "")


def bare_host(host: str) -> str:
    """Return a host in small letters without `www.`, `m.` and the like before it."""
    return _PREFIXES.sub("", host.lower().rstrip("."))


def registered_domain(host: str) -> str:
    """Return the part of a host that somebody registered: `gov.vn` is none, `mofa.gov.vn` is.

    For most countries, by the labels in use; the whole list is https://publicsuffix.org.
    """
    labels = host.split(".")
    is_below = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL  # noqa: PLR2004
    return ".".join(labels[-3 if is_below else -2 :])


def page_key(url: str) -> str:
    """Return what all addresses of one page have in common: with www, AMP, tracking or without."""
    parts = _split(without_tracking(url))
    path = _INDEX.sub("", _AMP_PATH.sub("", parts.path)).rstrip("/")
    query = urlencode(sorted(parse_qsl(parts.query, True)))
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    return f"{bare_host(parts.hostname or '')}{port}{path}?{query}"


def absolute(url: str, base: str | None) -> str | None:
    """Return an address of a page as a whole one, read on the page `base`; None if it is none."""
    try:
        whole = urljoin(base or "", url.strip())
    except ValueError:
        return None
    return whole if is_web_address(whole) and _split(whole).hostname else None


def path_of(url: str) -> str:
    """Return the path of an address, without the slash at its end."""
    return _split(url).path.rstrip("/")


def _split(url: str) -> SplitResult:
    """Return the parts of an address; of what is none, the parts are empty."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return urlsplit("")
    return parts
