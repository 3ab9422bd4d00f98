"""Rules on web addresses, so that no link leads to a host that looks like another.

The characters of a host are checked as browsers check them before they show a host
(https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md): names that imitate others
have letters of another script, or marks that cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import combinations
from urllib.parse import quote

from briefing.syntax.characters import describe_character, is_invisible

MAX_PORT, MAX_HOST, MAX_LABEL = 65_535, 253, 63
"""The highest port, and the characters of a host and of a label of it (RFC 1035); a URL with more
is refused."""
LOOPBACK = "127.0.0.1"
"""The address of one's own machine, as localhost is its name."""
MAX_ADDRESS = 2_000
"""Characters of a URL; a longer one is refused, because some browsers cut it."""
_ADDRESS = re.compile(r"(?i:https?)://(?P<authority>[^/?#]*)(?:[/?#].*)?", re.DOTALL)
_MAIL = re.compile(r"mailto:[\w.%+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII | re.IGNORECASE)
_PORT = re.compile(r":([0-9]{1,5})$", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII | re.IGNORECASE)
_UNSAFE = set('<>"`\\^{|}')
"""Characters that RFC 3986 does not allow and that browsers treat in different ways."""
_FROM_HTML = re.compile(r"&(?:amp|quot|lt|gt|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_HTML_SIGNS = {"&amp;": "&", "&#38;": "&", "&#038;": "&", "&quot;": "%22", "&nbsp;": "%20"}
_LATIN_BASE_LETTERS = frozenset("đøłæœþðħŋ")
"""Latin letters of host names that Unicode does not decompose to an ASCII letter and a mark."""
_LATIN_LOOKALIKES = {
    "CYRILLIC",
    "GREEK",
    "ARMENIAN",
    "CHEROKEE",
    "COPTIC",
    "LISU",
    "GEORGIAN",
    "OSAGE",
}
"""Scripts with letters that look like Latin ones: no host has letters of one and Latin letters."""
_MIXABLE_SCRIPTS = (
    {"CJK", "HIRAGANA", "KATAKANA"},
    {"CJK", "BOPOMOFO"},
    {"CJK", "HANGUL"},
)
"""Sets of scripts that one language mixes in a word."""


def url_mistake(url: str, *, local: bool = False) -> str | None:
    """Return why a text is not the plain http(s) URL of a page, or None if it is one.

    The message continues a sentence: "has a user name …". `local`: whether a host without a dot,
    like localhost, is allowed.
    """
    if not (match := _ADDRESS.fullmatch(url)):
        return "begins with no http:// or https://"
    if len(url) > MAX_ADDRESS:
        return f"has more than {MAX_ADDRESS:,} characters"
    if strange := _strange_part(url):
        what = describe_character(strange) if len(strange) == 1 else f"`{strange}`"
        return f"has {what} in it"
    host = match["authority"]
    if "@" in host:
        return f"has a user name; its host is what comes after the @, `{host.rpartition('@')[2]}`"
    if port := _PORT.search(host):
        if not 0 < int(port[1]) <= MAX_PORT:
            return f"has no port `{port[1]}` to go to"
        host = host[: port.start()]
    return _host_mistake(host, local=local)


def _strange_part(url: str) -> str | None:
    """Return the first character that no URL has, or reference of HTML; None if there is none."""
    unsafe = next((sign for sign in url if sign in _UNSAFE or is_invisible(sign)), None)
    copied = _FROM_HTML.search(url)
    return unsafe or (copied.group() if copied else None)


def url_cure(url: str, otherwise: str) -> str:
    """Return the cure for a URL with a mistake; `otherwise` where it is not known better."""
    if url.lower().startswith("mailto:"):
        mail = _MAIL.match(url)
        return (
            f"write the mail address alone: {mail.group() if mail else 'mailto:desk@example.org'}"
        )
    match = _ADDRESS.fullmatch(url)
    if not match or len(url) > MAX_ADDRESS:
        return otherwise
    strange = _strange_part(url)
    if not strange or strange in match["authority"]:
        return otherwise
    if len(strange) > 1:
        sign = _HTML_SIGNS.get(strange.lower())
        return f"copied from HTML? write {f'`{sign}`' if sign else 'the sign itself'}"
    if strange != " " and is_invisible(strange):
        return "delete it; it cannot be seen but is there"
    return f"write `{quote(strange)}` for it"


SITE_URL_CURE = "write it like https://example.com/briefing/, with a slash at the end"
"""The cure for a URL that is not that of a site."""


def site_url_mistake(url: str) -> str | None:
    """Return why a text is not the URL of a site, or None if it is one.

    It ends in a slash, and has no query, no fragment and no empty or dot segments.
    """
    if wrong := url_mistake(url, local=True):
        return wrong
    path = url.partition("://")[2]
    not_plain = any(part in path for part in ("//", "/./", "/../", "?", "#"))
    return "is not the address of a site" if not_plain or not url.endswith("/") else None


@lru_cache
def to_ascii(url: str) -> str:
    """Return a URL without mistakes as ASCII: its host in Punycode, the rest percent-encoded.

    https://www.rfc-editor.org/rfc/rfc3987#section-3.1
    """
    scheme, _, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    name, colon, port = authority.partition(":")
    host = name if name.isascii() else name.encode("idna").decode()
    return f"{scheme}://{host.lower()}{colon}{port}{slash}{quote(path, safe=_SAFE_IN_URL)}"


_SAFE_IN_URL = "/%:@!$&'*+(),;=?#[]~-._"
"""Characters of a path, query and fragment that are not encoded."""


def link_url_mistake(href: str) -> str | None:
    """Return why a URL is not that of a page or of one mail address, or None if it is.

    The message continues a sentence, as that of `url_mistake` does.
    """
    if not href.lower().startswith("mailto:"):
        return url_mistake(href)
    return None if _MAIL.fullmatch(href) else "is not to one mail address"


def _host_mistake(host: str, *, local: bool) -> str | None:
    """Return why a host, without its port, is refused, or None if it is not."""
    labels = host.lower().split(".")
    if not host or len(host) > MAX_HOST or not all(0 < len(label) <= MAX_LABEL for label in labels):
        return f"has no host that can be: `{host}`"
    if local and host == LOOPBACK:
        return None
    if _NUMBER.fullmatch(labels[-1]):
        return f"has a number for a host: `{host}`"
    if len(labels) == 1 and not local:
        return f"has a host without a dot: `{host}`"
    try:
        # A name in a zone may have underscores; a registered name, the last two labels, has none.
        decoded = [_decode_label(label.replace("_", "")) for label in labels[:-2]]
        decoded += [_decode_label(label) for label in labels[-2:]]
    except ValueError as error:
        return f"has a host with {error}"
    return _mixed_scripts_mistake(decoded)


def _decode_label(label: str) -> str:
    """Return a label of a host as it is read, decoded from Punycode. Raises ValueError."""
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
    if wrong := next((character for character in word if not _is_host_character(character)), None):
        raise ValueError(f"{describe_character(wrong)} in it")
    if word != unicodedata.normalize("NFKC", word).casefold():
        raise ValueError(f"letters that stand for others: `{word}`")
    try:
        word.encode("idna")
    except UnicodeError:
        raise ValueError(f"a part that is too long in Punycode: `{word}`") from None
    return word


def _is_host_character(character: str) -> bool:
    """Whether a character is a letter, a mark or a digit that host names are written with."""
    if character.isascii():
        return character.isalnum() or character == "-"
    if _script(character) == "LATIN" and character not in _LATIN_BASE_LETTERS:
        return unicodedata.normalize("NFD", character)[0].isascii()
    return unicodedata.category(character) in {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}


def _script(character: str) -> str:
    """Return the first word of a character's Unicode name, which is the script of a letter."""
    return re.split(r"[ -]", unicodedata.name(character, ""), maxsplit=1)[0]


def _mixed_scripts_mistake(labels: list[str]) -> str | None:
    """Return which scripts a host mixes that no language does, or None."""
    scripts_of = [
        {_script(character) for character in label if character.isalpha()} for label in labels
    ]
    for scripts in scripts_of:
        if len(scripts) > 1 and not any(scripts <= mixable for mixable in _MIXABLE_SCRIPTS):
            return f"has a host that mixes {_listed(scripts)} letters"
    distinctive = [s for label, s in zip(labels, scripts_of, strict=True) if label != "www"]
    for one, other in combinations(distinctive, 2):
        if "LATIN" in one | other and (one | other) & _LATIN_LOOKALIKES:
            return f"has a host that mixes {_listed(one | other)} letters"
    return None


def _listed(scripts: set[str]) -> str:
    return " and ".join(sorted(s if s == "CJK" else s.title() for s in scripts))
