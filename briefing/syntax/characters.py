"""The characters that no text of a site may have, and how a message names one.

`briefing.syntax.text` replaces them in files, `briefing.syntax.yaml` and
`briefing.syntax.markdown` refuse them in escapes and references.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

REPLACEMENT: Final = "\ufffd"
"""Stands in a decoded text for a forbidden character, whose problem is collected already."""
_FORBIDDEN_IN_BMP = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffd\ufffe\uffff"
)
FORBIDDEN = re.compile(
    f"[{_FORBIDDEN_IN_BMP}"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
"""Matches a control, a line end that editors do not show, a character that reorders or hides text
(https://trojansource.codes), a code point that is no character, and U+FFFD, which stands where a
conversion lost a character."""
MAYBE_FORBIDDEN = re.compile(f"[{_FORBIDDEN_IN_BMP}\U0001fffe-\U0010ffff]")
"""Matches all that FORBIDDEN does and more, in a tenth of the time: one class without gaps."""
_INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}


_LOOKALIKES = {
    **dict(zip("аеорсхуіјѕһԁԛԝкοανρικυ\u0131", "aeopcxyijshdqwkoavpikui", strict=True)),
    **dict(zip("АВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXYIJSABEZHIKMNOPTYX", strict=True)),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-"),
    **dict.fromkeys("\xa0\u202f\u3000", " "),
    **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},
}
"""ASCII characters by those that look like them: Cyrillic and Greek letters, dashes, spaces, and
the full-width forms of East Asian keyboards."""
_TO_ASCII = str.maketrans(_LOOKALIKES)


def to_ascii_lookalikes(text: str) -> str:
    """Return a text with an ASCII character for each that only looks like one: `-5` for `−5`."""
    return text.translate(_TO_ASCII)


def first_lookalike(text: str) -> str | None:
    """Return the first character of a text that only looks like one of ASCII, or None."""
    return next((character for character in text if character in _LOOKALIKES), None)


def forbidden_character_mistake(text: str) -> str | None:
    """Return the message about the first forbidden character of a text, or None if it has none."""
    if not MAYBE_FORBIDDEN.search(text):
        return None
    return not_allowed_message(match.group()) if (match := FORBIDDEN.search(text)) else None


def not_allowed_message(character: str) -> str:
    """Return the message that a character is not allowed."""
    return f"{describe_character(character)} is not allowed"


def describe_character(character: str) -> str:
    """Return the code point and the name of a character: `U+200B (zero width space)`."""
    unnamed = "tab" if character == "\t" else "a control character"
    name = unicodedata.name(character, unnamed).lower()
    return f"U+{ord(character):04X} ({name})"


def is_invisible(character: str) -> bool:
    """Whether a character is a space, a control, unassigned, or has no width."""
    return unicodedata.category(character) in _INVISIBLE_CATEGORIES
