"""Web addresses: a page that points at its sources must not be made to point elsewhere.

The letters of a host are looked at as browsers do before they show them
(https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md): names that look like
another name are written with letters of another script, or with marks that cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import combinations
from urllib.parse import quote

MAX_PORT, MAX_HOST, MAX_LABEL = 65_535, 253, 63
"""Of the port as a number, of the host and of its parts in characters (RFC 1035)."""
MAX_ADDRESS = 2_000
"""Characters of an address; what is longer, some browsers cut."""
_ADDRESS = re.compile(r"(?i:https?)://(?P<place>[^/?#]*)(?:[/?#].*)?", re.DOTALL)
_MAIL = re.compile(r"mailto:[\w.%+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII | re.IGNORECASE)
_PORT = re.compile(r":([0-9]{1,5})$", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII | re.IGNORECASE)
_FORBIDDEN = set('<>"`\\^{|}')
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}
_LATIN = frozenset("đøłæœþðħŋ")
"""Latin letters of names that are not ASCII letters with a mark on them."""
_ALIKE = {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "GEORGIAN", "OSAGE"}
"""Scripts with letters that look like Latin ones, and so never stand beside those."""
_TOGETHER = (
    {"CJK", "HIRAGANA", "KATAKANA"},
    {"CJK", "BOPOMOFO"},
    {"CJK", "HANGUL"},
)
"""Scripts that one language writes in one word."""


def url_mistake(url: str, *, local: bool = False) -> str | None:
    """Say what keeps a text from being the plain http(s) address of a page, or give None.

    A `local` address may have a host without a dot, like localhost.
    """
    if not (match := _ADDRESS.fullmatch(url)):
        return "begins with no http:// or https://"
    if len(url) > MAX_ADDRESS:
        return f"has more than {MAX_ADDRESS:,} characters"
    if strange := next((s for s in url if s in _FORBIDDEN or is_invisible(s)), None):
        return f"has {describe_character(strange)} in it"
    place = match["place"]
    if "@" in place:
        return f"has a user name; its host is what comes after the @, `{place.rpartition('@')[2]}`"
    if port := _PORT.search(place):
        if not 0 < int(port[1]) <= MAX_PORT:
            return f"has no port `{port[1]}` to go to"
        place = place[: port.start()]
    return _host_mistake(place, local=local)


LIKE_A_SITE = "write it like https://example.com/briefing/, with a slash at the end"
"""The cure of an address that is not that of a site."""


def site_url_mistake(url: str) -> str | None:
    """Say what keeps a text from being the address of a site, or give None; it ends in a slash."""
    if wrong := url_mistake(url, local=True):
        return wrong
    path = url.partition("://")[2]
    strange = any(sign in path for sign in ("//", "/./", "/../", "?", "#"))
    return "is not the address of a site" if strange or not url.endswith("/") else None


@lru_cache
def to_ascii(url: str) -> str:
    """Write an address that has no mistake as machines do: the host in Punycode, the rest encoded.

    https://www.rfc-editor.org/rfc/rfc3987#section-3.1
    """
    scheme, _, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    name, colon, port = place.partition(":")
    host = name if name.isascii() else name.encode("idna").decode()
    return f"{scheme}://{host.lower()}{colon}{port}{slash}{quote(path, safe=_KEPT)}"


_KEPT = "/%:@!$&'*+(),;=?#[]~-._"
"""What may stand in an address as it is."""


def link_url_mistake(href: str) -> str | None:
    """Say what keeps an address from being one of a page, or of one mail box, or give None."""
    if not href.lower().startswith("mailto:"):
        return url_mistake(href)
    return None if _MAIL.fullmatch(href) else "is not to one mail address"


def is_invisible(sign: str) -> bool:
    """Whether a character is a space, a control, or one that cannot be seen."""
    return unicodedata.category(sign) in _UNSEEN


def describe_character(sign: str) -> str:
    """Name a character: `U+200B (zero width space)`."""
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'a control character').lower()})"


def _host_mistake(host: str, *, local: bool) -> str | None:
    labels = host.lower().split(".")
    if not host or len(host) > MAX_HOST or not all(0 < len(label) <= MAX_LABEL for label in labels):
        return f"has no host that can be: `{host}`"
    if _NUMBER.fullmatch(labels[-1]):
        return f"has a number for a host: `{host}`"
    if len(labels) == 1 and not local:
        return f"has a host without a dot: `{host}`"
    try:
        words = [_word(label) for label in labels]
    except ValueError as error:
        return f"has a host with {error}"
    return _mixture(words)


def _word(label: str) -> str:
    """Give a part of a host as it is read, from Punycode too; raises ValueError."""
    word = label
    if label.startswith("xn--"):
        try:
            word = label[4:].encode("ascii").decode("punycode")
        except UnicodeError:
            raise ValueError(f"`{label}`, which is no Punycode") from None
        if word.isascii():
            raise ValueError(f"`{label}`, which hides `{word}`")
    if word[:1] == "-" or word[-1:] == "-":
        raise ValueError(f"a hyphen at an end: `{word}`")
    if strange := next((sign for sign in word if not _is_of_names(sign)), None):
        raise ValueError(f"{describe_character(strange)} in it")
    if word != unicodedata.normalize("NFKC", word).casefold():
        raise ValueError(f"letters that stand for others: `{word}`")
    try:
        word.encode("idna")
    except UnicodeError:
        raise ValueError(f"a part that is too long in Punycode: `{word}`") from None
    return word


def _is_of_names(sign: str) -> bool:
    if sign.isascii():
        return sign.isalnum() or sign == "-"
    if _script(sign) == "LATIN" and sign not in _LATIN:
        return unicodedata.normalize("NFD", sign)[0].isascii()
    return unicodedata.category(sign) in {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}


def _script(sign: str) -> str:
    """The first word of a character's name, which for letters is their script."""
    return re.split(r"[ -]", unicodedata.name(sign, ""), maxsplit=1)[0]


def _mixture(words: list[str]) -> str | None:
    """Say which scripts are mixed in a host, or give None."""
    found = [{_script(sign) for sign in word if sign.isalpha()} for word in words]
    for scripts in found:
        if len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER):
            return f"has a host that mixes {_listed(scripts)} letters"
    named_by = [scripts for word, scripts in zip(words, found, strict=True) if word != "www"]
    for one, other in combinations(named_by, 2):
        if "LATIN" in one | other and (one | other) & _ALIKE:
            return f"has a host that mixes {_listed(one | other)} letters"
    return None


def _listed(scripts: set[str]) -> str:
    return " and ".join(sorted(s if s == "CJK" else s.title() for s in scripts))
