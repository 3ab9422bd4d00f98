"""What is no YAML -> the slip that made it so, its place, and the words to put instead.

PyYAML says where it noticed a mistake, in words for programmers. `explain` looks at what stands
there, and tells of a known slip of the keys at its own place; only of others in PyYAML's words.
No slip is looked for in a text that is YAML, but for the signs in keys (`find_odd_sign`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.syntax.characters import describe_character

_BACKSLASH: Final = "write `\\\\` for a backslash between double quotes"
_REASONS = {
    "no `key: value`": "write `key: value`, one a line",
    "tab character": "indent with spaces",
    "cannot start any token": "indent with spaces; put a text that starts with it between quotes",
    "unexpected end of stream": "close the quotes, the bracket or the brace",
    "could not find expected ':'": "write `key: value`; indent a line that continues a text",
    "did not find expected ','": "close the bracket; check the quotes and the commas in it",
    "unknown escape character": _BACKSLASH,
    "hexdecimal number": _BACKSLASH,
    "character escape code": _BACKSLASH,
}
"""The cure by a part of PyYAML's reason, where no slip was found."""
_CURE: Final = "check the indentation, the quotes and the commas above this place"
"""The cure of every other reason."""
_REPORTED_AT_START = ("a flow", "a quoted", "a simple key")
"""What PyYAML was reading (`Mistake.context`) when it noticed an error that may be lines before:
such an error is reported where the reading began."""
_FULLWIDTH = {
    "：": "a colon and a space are",
    "，": "a comma and a space are",
    "－": "a hyphen and a space are",
    "｛": "a brace is",
    "｝": "a brace is",
    "［": "a bracket is",
    "］": "a bracket is",
}
"""The signs of a Chinese or Japanese keyboard that look like signs of YAML, and what is meant."""
_ASCII = {"：": ": ", "，": ", ", "－": "- ", "｛": "{", "｝": "}", "［": "[", "］": "]"}
_FULLWIDTH_BY_A_KEY = re.compile(
    "^ *[-－]? *[{｛]? *[a-z_]+ *：|^ *－ *[{｛a-z]|｛ *[a-z_]+ *[:：]|， *[a-z_]+ *[:：]"
    "|[:：] *［|[:：] *[{[][^]}\\n]*[｝］]",
    re.MULTILINE,
)
"""Matches where a full-width sign stands as a sign of YAML does: beside a key or a bracket."""
_ODD_INDENTATION = re.compile(r"^ *(?P<at>[^\S \t\n])", re.MULTILINE)
_NO_SPACE = re.compile(r"^ *(?:- +)?(?P<key>[a-z_]+):(?P<at>(?! |//)\S|[^\S \n])", re.MULTILINE)
_DASHES = re.compile("^(?P<at>[\u2010-\u2015\u2212])[\u2010-\u2015\u2212]*$", re.MULTILINE)
_BLOCK_VALUE = re.compile(r" *((?:- +)*(?:[\w-]+: +)?)(?=\S)")
"""Matches what stands before the value of a line."""
_FLOW_VALUE = re.compile(r"(?:^|(?<=[{\[, ]))[\w-]+: +(?=\S)")
"""Matches what stands before a value between brackets."""
_CLOSED_BY = {"[": "]", "{": "}"}
_SIGNS = "[]{}\"'@`%&*!|>?,:#"
"""Signs with which no text without quotes begins."""
_CURLY = "“”„‟‘’‚"
_CUT_IN_BRACKETS = re.compile(r"[^\s#]\s+(?P<at>#)[^\n]*[}\]]")
_CUT = re.compile(r"[^\s#][ \t]+(?P<at>#)")


_SIGN = "(?:[<>=~≥≤]+ ?|(?:almost|over|about) )?"
_GROUPED = re.compile(rf"{_SIGN}-?\d{{1,3}}(?:,\d{{3}})+(?!\d)", re.ASCII)
_BEFORE_COMMA = re.compile(rf"{_SIGN}(?:-?\d+ ?\.\. ?)?-?\d+", re.ASCII)
"""Matches what stands before the decimal comma of a number, or of the last one of a range."""
_WORDS_AFTER = re.compile(r" *[^\s,}\]#.]")
"""Matches where words stand after a number, or a sign such as `%`."""
_DECIMAL_COMMA = re.compile(r"\d{1,2}(?!\d)", re.ASCII)


class Slip(Struct, frozen=True):
    """A slip: its index in the text, what is wrong, and the cure."""

    index: int
    message: str
    cure: str


class Mistake(Struct, frozen=True):
    """What PyYAML says of a text that is no YAML."""

    text: str
    reason: str
    context: str
    """What it was reading; "" for nothing in particular."""
    noticed: int
    """The index in the text where it noticed the mistake."""
    began: int
    """The index where it began to read what it was reading."""
    first_line: int = 1
    """The number of the line on which the text begins."""

    @property
    def in_brackets(self) -> bool:
        """Whether it was reading what stands between brackets or braces."""
        return "a flow" in self.context

    @property
    def line(self) -> int:
        """The index where the line of the place begins."""
        return self.text.rfind("\n", 0, self.noticed) + 1

    @property
    def area(self) -> tuple[int, int]:
        """Where the slip may be: from the line before the place, or where PyYAML began to read."""
        before = self.text.rfind("\n", 0, max(self.line - 1, 0)) + 1
        is_near = self.context.startswith(("while scanning", "while parsing a flow"))
        first = min(before, self.text.rfind("\n", 0, self.began) + 1) if is_near else before
        end = self.text.find("\n", self.noticed)
        return first, len(self.text) if end < 0 else end

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the first match in the area."""
        return pattern.search(self.text, *self.area)


def find_odd_sign(key: str) -> Slip | None:
    """Return the slip of a key with a full-width sign or a space that is none of YAML, or None."""
    if match := re.search(r"[^\S ]", key):
        sign = describe_character(match.group())
        if not match.start():
            return Slip(0, f"{sign} in the indentation", "indent with spaces")
        return Slip(match.start(), f"{sign} in a key", "delete it, or write a space")
    return _find_fullwidth(key)


def _find_fullwidth(text: str) -> Slip | None:
    """Return the slip of the first full-width sign of a text, or None if it has none."""
    found = next(((index, sign) for index, sign in enumerate(text) if sign in _FULLWIDTH), None)
    return Slip(found[0], *_fullwidth(found[1])) if found else None


def _fullwidth(sign: str) -> tuple[str, str]:
    """Return the message and the cure of a full-width sign."""
    message = f"{describe_character(sign)} where {_FULLWIDTH[sign]} meant"
    return message, f"write `{_ASCII[sign]}`; put a text that has the sign in it between quotes"


def _odd_indentation(mistake: Mistake) -> Slip | None:
    if not (match := mistake.find(_ODD_INDENTATION)):
        return None
    message = f"{describe_character(match['at'])} in the indentation"
    return Slip(match.start("at"), message, "indent with spaces")


def _fullwidth_sign(mistake: Mistake) -> Slip | None:
    if not (match := mistake.find(_FULLWIDTH_BY_A_KEY)):
        return None
    found = _find_fullwidth(match.group())
    return found and replace(found, index=match.start() + found.index)


def _dash_for_a_fence(mistake: Mistake) -> Slip | None:
    if not (match := mistake.find(_DASHES)):
        return None
    message = f"{describe_character(match['at'])} on a line of its own"
    return Slip(match.start(), message, "write three hyphens, `---`, where the front matter ends")


def _no_space_after_a_key(mistake: Mistake) -> Slip | None:
    if not (match := mistake.find(_NO_SPACE)):
        return None
    message = f"no space after `{match['key']}:`"
    if match["at"].isspace():
        message = f"{describe_character(match['at'])} after `{match['key']}:`"
    return Slip(match.start("at"), message, f"write `{match['key']}: …`, with a space")


def _value(mistake: Mistake) -> int | None:
    """Return the index of the value of a key or of a list that the place is in, or None."""
    if "cannot start any token" in mistake.reason:
        return mistake.noticed
    if mistake.in_brackets:
        before = _FLOW_VALUE.finditer(mistake.text, mistake.line)
        ends = [match.end() for match in before if match.end() <= mistake.noticed]
        return ends[-1] if ends else None
    match = _BLOCK_VALUE.match(mistake.text, mistake.line)
    return match.end() if match and match[1] and match.end() <= mistake.noticed else None


def _curly_quotes(mistake: Mistake) -> Slip | None:
    if (at := _value(mistake)) is None:
        return None
    if (sign := mistake.text[at : at + 1]) and sign in _CURLY:
        message = f"{describe_character(sign)} is no quotation mark of YAML"
        return Slip(at, message, 'put straight ones, `"`, round the text')
    return None


def _sign_at_the_start(mistake: Mistake) -> Slip | None:
    if (at := _value(mistake)) is None:
        return None
    start, read = mistake.text[at : at + 2], mistake.text[at : mistake.noticed]
    sign = start if start in {"- ", "? "} else start[:1]
    if not sign.strip() or (sign[:1] not in _SIGNS and sign not in {"- ", "? "}):
        return None
    if sign in _CLOSED_BY and _CLOSED_BY[sign] not in read:
        return None  # what is wrong is between the brackets
    if sign in {'"', "'"}:
        return _text_after_quotes(mistake, sign) if sign in read[1:] else None
    text = f"a text that begins with {'a backtick' if sign == '`' else f'`{sign}`'}"
    return Slip(at, f"not YAML: {text}", f"put {text} between quotes")


def _text_after_quotes(mistake: Mistake, sign: str) -> Slip:
    other = "'" if sign == '"' else '"'
    message = f"not YAML: the text goes on after the second `{sign}`"
    return Slip(mistake.noticed, message, f"put the whole text between {other} and {other}")


def _bracket_too_many(mistake: Mistake) -> Slip | None:
    sign = mistake.text[mistake.noticed : mistake.noticed + 1]
    if not sign or sign not in "]}" or _value(mistake) in {None, mistake.noticed}:
        return None
    if mistake.in_brackets:
        return Slip(mistake.noticed, f"not YAML: `{sign}` closes another bracket", "write its pair")
    return Slip(mistake.noticed, f"not YAML: no bracket is open that `{sign}` closes", "delete it")


def _cut_by_a_comment(mistake: Mistake) -> Slip | None:
    match = mistake.find(_CUT_IN_BRACKETS) if mistake.in_brackets else None
    if not mistake.in_brackets and mistake.reason.startswith("did not find expected key"):
        above = mistake.text.rfind("\n", 0, max(mistake.line - 1, 0)) + 1
        is_text = not re.compile(r" +[\w-]+:(?:\s|$)").match(mistake.text, mistake.line)
        match = _CUT.search(mistake.text, above, max(mistake.line - 1, 0)) if is_text else None
    if not match:
        return None
    message = "what stands after this ` #` is a comment, and no part of the text"
    return Slip(match.start("at"), message, "put the text between quotes")


def _colon_in_a_text(mistake: Mistake) -> Slip | None:
    is_colon = mistake.text[mistake.noticed : mistake.noticed + 1] == ":"
    if not is_colon or not (mistake.in_brackets or "mapping values" in mistake.reason):
        return None
    message = "not YAML: a second `: ` in one value"
    before = mistake.text[mistake.line : mistake.noticed]
    word = re.search(r"(?:^|\s)([a-z_]+)$", before)
    cure = "put a text that has `: ` in it between quotes"
    if word and not before.removesuffix(word[1]).strip():
        if mistake.in_brackets:
            return None  # a bracket above is not closed
        message = f"not YAML: `{word[1]}:` is not indented as the line above"
        cure = f"indent both alike; {cure}"
    elif word and mistake.in_brackets:
        cure = f"{cure}, or write a comma before `{word[1]}:`"
    return Slip(mistake.noticed, message, cure)


_LOOKS: tuple[Callable[[Mistake], Slip | None], ...] = (
    _odd_indentation,
    _fullwidth_sign,
    _dash_for_a_fence,
    _no_space_after_a_key,
    _cut_by_a_comment,
    _curly_quotes,
    _bracket_too_many,
    _sign_at_the_start,
    _colon_in_a_text,
)
"""Looks for one kind of slip each; the first that finds one has it told."""


def explain(mistake: Mistake) -> Slip:
    """Return the slip behind a mistake; in PyYAML's words if it is none that is known."""
    return next((slip for look in _LOOKS if (slip := look(mistake))), None) or _as_said(mistake)


def _as_said(mistake: Mistake) -> Slip:
    """Return a mistake at its place, or where it began if that is lines before."""
    reason = mistake.reason
    cure = next((cure for part, cure in _REASONS.items() if part in reason), _CURE)
    at_end = "end of stream" in reason
    late = at_end or mistake.began < mistake.line
    if late and any(what in mistake.context for what in _REPORTED_AT_START):
        line = mistake.first_line + mistake.text.count("\n", 0, mistake.noticed)
        by = "" if at_end else f" by line {line}"
        return Slip(mistake.began, f"not YAML: {reason}{by}", cure)
    return Slip(mistake.noticed, f"not YAML: {reason}", cure)


def explain_comma(name: str, value: str, rest: str, text: str) -> tuple[bool, str, str]:
    """Return what to say of what follows a comma in braces and has no value.

    Whether the problem is at the value before the comma, the message and the cure.

    name, value: of the entry before it, which the comma has ended; "" for none. rest: what
    follows the comma. text: the text from where the value begins.
    """
    if (slip := _NO_SPACE.match(rest)) or not name:
        key = slip["key"] if slip else rest
        message = f"no space after `{key}:`" if slip else f"`{key}` has no value"
        return False, message, f"write `{key}: …`"
    number, kind, has_words = _number_with_comma(value, rest, text)
    if number and not has_words:
        return True, f"{name}: a number {kind}", f"write {number}"
    cure = f'put the value of `{name}:` between quotes: `{name}: "…"`'
    alone = f"; a number alone is written {number}" if number else ""
    return False, f"{name}: a comma ends the value, before `{rest}`", cure + alone


def _number_with_comma(value: str, rest: str, text: str) -> tuple[str, str, bool]:
    """Return a number as it is to be written, the rule it broke, and whether words follow it.

    "" for what is no number or has words before it. value, rest, text: as for `explain_comma`.
    """
    if match := _GROUPED.match(text):
        has_words = _WORDS_AFTER.match(text, match.end()) is not None
        return match.group().replace(",", ""), "has no sign between its thousands", has_words
    if _BEFORE_COMMA.fullmatch(value) and (match := _DECIMAL_COMMA.match(rest)):
        has_words = match.end() < len(rest)
        return f"{value}.{match.group()}", "is written with a decimal point", has_words
    return "", "", False
