"""Bytes of a page -> text: by its mark, its headers, what it says itself, or else how it reads."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_PAGE = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_XML = re.compile(rb"^\s*<\?xml[^>]+?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_PRESCAN = 8_192
"""Bytes in which a page may name its encoding; the standard wants it in the first 1,024, but pages
that do not keep to it are read too."""
_SUPERSETS = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "cp936", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-9",), "cp1254"),
    **dict.fromkeys(("utf8", "unicode-1-1-utf-8"), "utf-8"),
    "tis-620": "cp874",
}
"""Encodings that pages mean by a name: https://encoding.spec.whatwg.org/#names-and-labels."""
_VIETNAMESE = frozenset("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
_WESTERN = frozenset("éèêëàâäáãåçñóòôöõíìîïúùûüøæœßÿ")
_CHINESE = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
    "后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开"
    "总报记者日月新政府市公安全美俄議統電話後對這會時說國"
)
_MIN_DETECTED = 0.15
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def decode_page(data: bytes, content_type: str = "") -> str:
    """Return a page as text in NFC, with LF at the ends of lines.

    content_type: the header of that name; "" for none. An encoding that is named but in which the
    bytes make no text gives way to one in which they do.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(name, errors="replace"))
    named = [name for name in _named(data, content_type) if name]
    candidates = [*(["utf-8"] if _is_utf8(data) else []), *named]
    for name in candidates:
        if (text := _decoded(data, name)) is not None:
            return _clean(text)
    return _clean(_detected(data) or data.decode(named[0] if named else "utf-8", "replace"))


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 beyond ASCII, which no text in another encoding is by chance."""
    return not data.isascii() and _decoded(data, "utf-8") is not None and b"\x1b$" not in data


def _named(data: bytes, content_type: str) -> Iterator[str]:
    """Yield the encodings that the header and the page name, by Python's names."""
    labels = [match[1] for match in [_IN_HEADER.search(content_type)] if match]
    in_page = (pattern.search(data[:_PRESCAN]) for pattern in (_IN_PAGE, _IN_XML))
    labels += [match[1].decode("ascii", "replace") for match in in_page if match]
    for label in labels:
        name = _SUPERSETS.get(label.lower(), label)
        try:
            codecs.lookup(name)
            "".encode(name)  # codecs that are no encodings of text refuse it
        except (LookupError, UnicodeError):
            continue
        # A page that was read as ASCII cannot be in UTF-16: the standard takes it for UTF-8.
        yield "utf-8" if name.lower().startswith("utf-16") else name


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _detected(data: bytes) -> str | None:
    """Return the text in the encoding in which it reads best; None if it reads well in none."""
    best, best_score = None, _MIN_DETECTED
    for name, score in _SCORES.items():
        if name == _FIRST_OF_ONE_BYTE and best:
            break
        if (text := _decoded(data, name)) is None:
            continue
        plain = unicodedata.normalize("NFC", _TAGS.sub(" ", text))
        letters = [letter for letter in plain if letter > "\x7f"]
        counted = "".join(_RUN.findall(plain)) if name in _WITHOUT_LATIN else letters
        if letters and (score_of := sum(map(score, counted)) / len(letters)) > best_score:
            best, best_score = text, score_of
    return best


def _in_ranges(*ranges: tuple[int, int]) -> Callable[[str], bool]:
    return lambda letter: any(first <= ord(letter) <= last for first, last in ranges)


_SCORES: Mapping[str, Callable[[str], float]] = {
    "cp932": _in_ranges((0x3040, 0x30FF)),
    "euc_jp": _in_ranges((0x3040, 0x30FF)),
    "gb18030": lambda letter: letter in _CHINESE,
    "big5hkscs": lambda letter: letter in _CHINESE,
    "cp949": _in_ranges((0xAC00, 0xD7A3)),
    "cp1258": lambda letter: letter.lower() in _VIETNAMESE,
    "cp1256": _in_ranges((0x0620, 0x064A)),
    "cp1251": _in_ranges((0x0410, 0x044F)),
    "cp1252": lambda letter: 0.8 * (letter.lower() in _WESTERN),
}
"""By encoding, whether a letter is one that texts in that encoding are full of."""
_RUN = re.compile("[^\x00-\x7f]{2,}")
_WITHOUT_LATIN = {"cp1251", "cp1256"}
"""Encodings of scripts in which a letter beyond ASCII seldom stands alone, as it does in German."""
_FIRST_OF_ONE_BYTE = "cp1258"
"""From here on every byte is a letter. In those before it few bytes in a row are, so that bytes
that read well in one of them are in that."""


def _clean(text: str) -> str:
    """Return a text in NFC, as a browser shows windows-1258, without NUL and with LF alone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
