"""What was to be a link, a comment or a tag, and is left over as text: mistakes by their signs.

The parser asks at each sign of a text that it takes for nothing else. So code, escaped signs, and
links that are links are never asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from briefing.model.prose import ID_SCHEMES
from briefing.syntax.characters import describe_character

MAX_PART = 300
"""Characters of a text that are looked at from a sign on."""
TAGS = ("{{", "{%", "{#", "{:", "<%", "<?")
"""The beginnings of tags of other programs: Jekyll, Hugo, Liquid, Jinja, kramdown, ERB, PHP."""
COMMENT_SIGN = "%%"
"""Begins and ends a comment in Obsidian."""
_TARGET = rf"(?:https?://|mailto:|(?:{'|'.join(ID_SCHEMES)}):)"
_FOOTNOTE = re.compile(r"\[\^[^\s\[\]]{1,100}\](?!\()")
_COMMENT = re.compile(r"(?<![^\s(])%%[^%]+%%")
_WIKI_LINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_CALLOUT = re.compile(r"\[!\w+\]")
_HASHES = re.compile(r"(#{2,6})[^#\s]")
_ROW = re.compile(r"\|(?:[^\n]*[^\n\\])?\|[ \t]*(?=\n|\Z)")
_DELIMITERS = re.compile(r":?-+:?(?:[ \t]*\|[ \t]*:?-+:?)+[ \t]*\|?[ \t]*(?=\n|\Z)")
_TURNED = re.compile(rf"\[{_TARGET}", re.IGNORECASE)
_PARENTHESES = re.compile(r"\]\(([^()]*)(\)?)")
_APART = re.compile(rf"\]([ \t]*)([(（])\s*<?{_TARGET}", re.IGNORECASE)
_REFERENCE = re.compile(r"\](\[([^\[\]\n]*)\])")
_QUOTE = re.compile(r"\s[“”„«‘’]")
_ESCAPE = "or put a backslash before a bracket that is text"


class Leftover(Struct, frozen=True):
    """A mistake at a sign of a text."""

    message: str
    cure: str
    length: int = 1
    """Characters that are part of it."""


def footnote_mistake(text: str, at: int) -> Leftover | None:
    """Return the mistake of a footnote at `at`, or None; asked for before links are read."""
    if match := _FOOTNOTE.match(text, at, at + MAX_PART):
        is_definition = text.startswith(":", match.end())
        return footnote(match[0], is_definition=is_definition)
    return None


def footnote(mark: str, *, is_definition: bool) -> Leftover:
    """Return the mistake that `mark`, `[^1]`, is a footnote, or the text of one."""
    cure = "write the source in brackets, or link it"
    if is_definition:
        cure = "put its text where it belongs, in brackets or as a link, and delete it here"
    return Leftover(f"`{mark}` is a footnote; there are none", cure, len(mark))


def leftover_mistake(text: str, at: int) -> Leftover | None:
    """Return the mistake at the sign of a text at `at`, which is left over; None if it is none."""
    rules = _RULES.get(text[at], ())
    return next((found for rule in rules if (found := rule(text, at))), None)


def line_mistake(text: str, at: int) -> Leftover | None:
    """Return the mistake at a sign that begins a line of a paragraph; None if it is none."""
    if text[max(at - 3, 0) : at].rpartition("\n")[2].strip(" ") or (
        at > 3 and "\n" not in text[at - 4 : at]  # noqa: PLR2004 — a line is indented by 3
    ):
        return None
    rules = _LINE_RULES.get(text[at], ())
    return next((found for rule in rules if (found := rule(text, at))), None)


def _comment(text: str, at: int) -> Leftover | None:
    """A comment of HTML, or of Obsidian."""
    if text.startswith("<!--", at) or _COMMENT.match(text, at, at + MAX_PART):
        cure = "delete it, or write it in the front matter, on a line that begins with `#`"
        return Leftover("a comment, which readers would see", cure)
    return None


def _tag(text: str, at: int) -> Leftover | None:
    """A tag of another program."""
    if tag := next((tag for tag in TAGS if text.startswith(tag, at)), None):
        return _foreign(tag)
    return None


def _foreign(written: str) -> Leftover:
    """Return the mistake that something is meant for another program."""
    return Leftover(
        f"`{written}` is for another program; readers would see it as it stands",
        "write what it stands for, or delete it; to show it, put it between backticks",
    )


def _container(text: str, at: int) -> Leftover | None:
    """The fence of a container of Pandoc, VuePress or MyST."""
    return _foreign(":::") if text.startswith(":::", at) else None


def _callout(text: str, at: int) -> Leftover | None:
    """The kind of a callout of GitHub or Obsidian."""
    match = _CALLOUT.match(text, at, at + MAX_PART)
    return _foreign(match[0]) if match else None


def _wiki_link(text: str, at: int) -> Leftover | None:
    """A link of a wiki."""
    if _WIKI_LINK.match(text, at, at + MAX_PART):
        message = "no link: one in two pairs of brackets is for another program"
        return Leftover(message, f"write `[words](article:…)`, {_ESCAPE}")
    return None


def _turned_link(text: str, at: int) -> Leftover | None:
    """A link whose brackets are the wrong way round."""
    if text[at - 1 : at] == ")" and _TURNED.match(text, at):
        return Leftover(
            "no link: its brackets are the wrong way round", f"write `[words](address)`, {_ESCAPE}"
        )
    return None


def _broken_link(text: str, at: int) -> Leftover | None:
    """The second bracket of a link that is none, unless the first has a backslash."""
    start = max(at - MAX_PART, 0)
    before = text[start:at].rpartition("[")[0]
    if (len(before) - len(before.rstrip("\\"))) % 2:
        return None
    rules = (_half_link, _link_apart, _dead_reference)
    return next((found for rule in rules if (found := rule(text, at))), None)


def _half_link(text: str, at: int) -> Leftover | None:
    """The brackets of a link that is none."""
    if not (match := _PARENTHESES.match(text, at, at + MAX_PART)):
        return None
    address = match[1].strip()
    if any(tag in address for tag in TAGS):  # it is told of by itself
        return None
    message, cure = ": its brackets do not pair", "write `[words](address)`"
    if match.end() == len(text) and not match[2]:
        message, cure = ": its address does not end", "write `)` after it"
    elif "\n" in address:
        message, cure = ": its address is on two lines", "write it on one"
    elif _QUOTE.search(address):
        message, cure = ": what is shown with it stands between curly quotes", "write straight ones"
    elif re.search(r"\s", address):
        message, cure = ": there is a space in its address", "write `%20` for it"
    elif "[" not in text[max(at - MAX_PART, 0) : at]:
        message, cure = ": its first bracket is missing", "write `[` before its words"
    return Leftover(f"no link{message}", f"{cure}, {_ESCAPE}")


def _link_apart(text: str, at: int) -> Leftover | None:
    """A link with a space in its middle, or with brackets of a Chinese keyboard."""
    if not (match := _APART.match(text, at, at + MAX_PART)):
        return None
    if match[2] == "（":
        message = f"no link: {describe_character('（')} where `(` is meant"
        return Leftover(message, "write `(` and `)` around the address")
    message = "no link: there is a space between `]` and `(`"
    return Leftover(message, f"delete it, {_ESCAPE}")


def _dead_reference(text: str, at: int) -> Leftover | None:
    """A link by reference to what is defined nowhere; numbers (`[1][2]`) are text."""
    if (match := _REFERENCE.match(text, at, at + MAX_PART)) and (
        not match[2] or (any(map(str.isalnum, match[2])) and not match[2].isdigit())
    ):
        message = f"no link: nothing says where `{match[1]}` leads"
        return Leftover(message, f"write `[words](address)`, {_ESCAPE}")
    return None


def _heading(text: str, at: int) -> Leftover | None:
    """A heading without a space."""
    if match := _HASHES.match(text, at):
        return Leftover("no heading: a space is missing", f"write it after `{match[1]}`")
    return None


def _row(text: str, at: int) -> Leftover | None:
    """A row of no table."""
    if _ROW.match(text, at) or _DELIMITERS.match(text, at):
        return Leftover(
            "a row of no table",
            "a table begins with its head and a line like `|---|---|`, which has as many cells,"
            " and no line in it is empty",
        )
    return None


_Rule = Callable[[str, int], Leftover | None]
_RULES: Mapping[str, tuple[_Rule, ...]] = {
    "<": (_comment, _tag),
    "%": (_comment,),
    "{": (_tag,),
    "[": (_wiki_link, _turned_link),
    "]": (_broken_link,),
}
"""What is asked at a sign."""
_LINE_RULES: Mapping[str, tuple[_Rule, ...]] = {
    ":": (_container, _row),
    "[": (_callout,),
    "#": (_heading,),
    "|": (_row,),
    "-": (_row,),
}
"""What is asked at a sign that begins a line of a paragraph."""
