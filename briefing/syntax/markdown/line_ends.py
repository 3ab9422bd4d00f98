"""Line ends between Chinese or Japanese signs, where no space is written.

Elsewhere the end of a line in a paragraph is a space. The rule is that of
https://drafts.csswg.org/css-text-4/#line-break-transform, which browsers do not follow yet.
"""

from __future__ import annotations

import re
import unicodedata

from briefing.model.prose import is_cjk

NEAR = 20
"""Signs on either side of a line end that are looked at."""
_NEUTRAL = "“”‘’…—·"
"""Punctuation that is also of other scripts: what stands on its other side decides."""
_NO_SIGNS = {"Mn", "Me", "Cf"}
"""Categories of what stands on a sign, or is not seen."""
_LATIN = "\x00-\xb6\xb8-\u02ff\u0370-\u0377\u1e00-\u1eff\u2000-\u2013\u2015-\u2017\u201a\u201b"
_LATIN += "\u201e-\u2025\u2027-\u206f"
"""Letters, digits and punctuation beside which no line end is joined, as ranges."""
_MAYBE_JOINED = re.compile(rf"\n(?:(?<=[^{_LATIN}]\n)|(?<=[*)]\n))(?:(?=[^{_LATIN}])|(?=[*\[]))")
"""A line end that may be between two such signs, or beside marks of Markdown that stand there."""
_WIDE = re.compile("[^\x00-\u10ff\u1200-\u2e7f]")
"""A character that may be a Chinese or Japanese sign."""


def is_joined(before: str, after: str) -> bool:
    """Whether two parts of a text between which a line ends are written without a space.

    Only NEAR signs beside the line end count.
    """
    return _is_unspaced(_nearest(before[: -NEAR - 1 : -1])) and _is_unspaced(_nearest(after[:NEAR]))


def join_plain(written: str) -> str | None:
    """Return a plain text without the line ends that are joined.

    None if emphasis, links or quotation marks stand beside one, so that they must be read first.
    """
    if not _MAYBE_JOINED.search(written) or not _WIDE.search(written):
        return written
    parts, start = [], 0
    for match in _MAYBE_JOINED.finditer(written):
        at = match.start()
        beside = written[at - 1], written[at + 1]
        if all(map(_is_unspaced, beside)):
            parts.append(written[start:at])
            start = at + 1
        elif all(_is_unspaced(sign) or _is_open(sign) for sign in beside):
            return None
    return "".join([*parts, written[start:]])


def _is_open(sign: str) -> bool:
    """Whether what is on the other side of a sign decides."""
    return sign in "*()[]" or not _nearest(sign)


def _nearest(signs: str) -> str:
    """Return the first sign that belongs to a script, or "" if there is none."""
    for sign in signs:
        if sign not in _NEUTRAL and unicodedata.category(sign) not in _NO_SIGNS:
            return sign
    return ""


def _is_unspaced(sign: str) -> bool:
    """Whether a sign is of a script that puts no spaces between words: wide, and not Korean."""
    return bool(sign) and is_cjk(sign) and "HANGUL" not in unicodedata.name(sign, "")
