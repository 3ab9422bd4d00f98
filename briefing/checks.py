"""What a whole briefing, and the whole site, must hold to.

A check is one generator of problems, listed below it. To add a check, write one,
list it, and break it in tests/broken/.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from urllib.parse import unquote, urlsplit

from briefing.audit import Audit
from briefing.compare import CellState
from briefing.language import word_key
from briefing.model import (
    ArticleType,
    Briefing,
    Integrity,
    Machine,
    Mode,
    OutletKind,
    Summary,
    UrlStatus,
    VoiceKind,
)
from briefing.pages import is_stale
from briefing.problems import Place, Problem
from briefing.source import Text
from briefing.values import Form
from briefing.verdict import Reason, Standing, Verdict

Check = Callable[[Briefing], Iterator[Problem]]

NAMED: Mapping[str, type[StrEnum]] = {
    "audit": Audit,
    "brief": Reason,
    "cell": CellState,
    "form": Form,
    "integrity": Integrity,
    "machine": Machine,
    "mode": Mode,
    "outlet": OutletKind,
    "reason": Reason,
    "section": Verdict,
    "standing": Standing,
    "type": ArticleType,
    "url": UrlStatus,
    "verdict": Verdict,
    "voice": VoiceKind,
}
"""What templates name by a word `<prefix>_<member>`."""

UNNAMED: frozenset[StrEnum] = frozenset({Form.EXACT, Machine.NO, UrlStatus.LIVE, Standing.COUNTS})
"""What goes without saying."""


def everything_has_a_word(briefing: Briefing) -> Iterator[Problem]:
    """A verdict or a mode that no words file names would stop the build on the day it is used."""
    for language in briefing.languages:
        for prefix, kind in NAMED.items():
            for member in kind:
                key = word_key(prefix, member)
                if member not in UNNAMED and key not in language.words:
                    place = Place(f"templates/words/{language.code}.yaml")
                    yield Problem(place, f"words: `{key}` is missing", f"add `{key}: …`")


CONTENT_CHECKS: tuple[Check, ...] = (everything_has_a_word,)


def check_content(briefing: Briefing) -> Iterator[Problem]:
    """Run every check on the content; what they find stops the build."""
    for check in CONTENT_CHECKS:
        yield from check(briefing)


def translations_are_of_today(briefing: Briefing) -> Iterator[Problem]:
    """A translation whose original has changed since may say what is no longer so."""
    for original, translation in _translations(briefing):
        if is_stale(original, translation):
            cure = f"bring it up to date, then write `of: {original.digest}`"
            message = f"the translation is older than its original in `{original.language}`"
            yield Problem(translation.place, message, cure)


def paragraphs_stand_one_to_one(briefing: Briefing) -> Iterator[Problem]:
    """Readers of both languages read paragraph beside paragraph."""
    for original, translation in _translations(briefing):
        theirs, ours = len(original.body.blocks), len(translation.body.blocks)
        if theirs != ours:
            counted = f"{ours} paragraph{'s' * (ours != 1)}"
            message = f"{counted}, where the original in `{original.language}` has {theirs}"
            yield Problem(translation.place, message, "let each paragraph stand beside its own")


def everything_is_translated(briefing: Briefing) -> Iterator[Problem]:
    """A missing translation is shown as the policy says, and is worth knowing of."""
    for topic in briefing.topics:
        told = {"topic": topic.briefings} | {a.id: a.summaries for a in topic.articles}
        for name, summaries in told.items():
            for language in briefing.languages:
                if language.code not in summaries:
                    place = Place(f"content/{topic.id}/{name}.{language.code}.md")
                    yield Problem(place, "no translation", f"write it in {language.name}")


WARNINGS: tuple[Check, ...] = (
    translations_are_of_today,
    paragraphs_stand_one_to_one,
    everything_is_translated,
)


def find_warnings(briefing: Briefing) -> Iterator[Problem]:
    """Run every check whose findings do not stop the build."""
    for check in WARNINGS:
        yield from check(briefing)


def _translations(briefing: Briefing) -> Iterator[tuple[Summary, Summary]]:
    for topic in briefing.topics:
        for summaries in (topic.briefings, *(article.summaries for article in topic.articles)):
            for summary in summaries.values():
                if original := summaries.get(summary.translates or ""):
                    yield original, summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """The finished site, its pages read."""

    files: Set[str]
    """The path of every file."""
    pages: Mapping[str, _Page]
    """By path."""
    base: str
    """The path of the site's address."""


def every_link_arrives(output: Output) -> Iterator[Problem]:
    """Every link inside the site must reach a file, and an anchor that is in it."""
    for path, page in output.pages.items():
        for at, address in page.addresses:
            if wrong := _wrong(path, address, output):
                yield Problem(page.place(path, at), wrong)


def ids_are_unique(output: Output) -> Iterator[Problem]:
    """An anchor that is there twice leads to the wrong one."""
    for path, page in output.pages.items():
        for id, count in page.ids.items():
            if count > 1:
                yield Problem(Place(f"output/{path}"), f"the id `{id}` is there twice")


def nothing_is_active(output: Output) -> Iterator[Problem]:
    """A page has no script, style, frame or form in it, and no link that runs anything.

    Content cannot bring them in; this is held on what is made, so that no template can either.
    """
    for path, page in output.pages.items():
        for at, what in page.active:
            cure = "put scripts and styles into files of templates/assets/"
            yield Problem(page.place(path, at), f"{what} is not taken", cure)


def a_policy_comes_first(output: Output) -> Iterator[Problem]:
    """What stands before the content security policy of a page is not held by it."""
    for path, page in output.pages.items():
        if not page.has_policy:
            cure = "begin the head with the meta tag of base.html"
            message = "the head does not begin with a content security policy"
            yield Problem(Place(f"output/{path}"), message, cure)


def _wrong(path: str, address: str, output: Output) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"the link to {address} is not an address"
    if parts.scheme or parts.netloc:
        return None
    there = unquote(parts.path)
    if there.startswith("/") and not there.startswith(output.base):
        return f"the link to {address} leaves the site"
    target = _target(output.base + path, there).removeprefix(output.base)
    if target not in output.files:
        return f"the link to {address} leads nowhere"
    page = output.pages.get(target)
    if parts.fragment and page and unquote(parts.fragment) not in page.ids:
        return f"the link to {address} has no such anchor to arrive at"
    return None


def _target(page: str, address: str) -> str:
    """Give the path that an address on a page leads to; a folder stands for its index.html."""
    whole = posixpath.join(posixpath.dirname(page), address) if address else page
    is_folder = posixpath.basename(whole) in ("", ".", "..")
    reached = posixpath.normpath(whole).rstrip("/")
    return f"{reached}/index.html" if is_folder else reached


ACTIVE = {"applet", "base", "embed", "form", "frame", "iframe", "object", "portal", "style"}
"""Elements that run, load or send something, or change what links mean."""
ADDRESSES = {"action", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"}
"""Attributes that hold an address."""
SCHEMES = {"", "http", "https", "mailto"}
"""Of the links of a page."""


class _Page:
    """The links and the ids of a page, and what is active in it."""

    def __init__(self, text: str) -> None:
        self.ids: Counter[str] = Counter()
        self.addresses: list[tuple[int, str]] = []
        """Each with the index where its tag begins."""
        self.active: list[tuple[int, str]] = []
        self._text = text
        self.has_policy = bool(_POLICY.search(text))
        for at, tag, given in read_tags(text):
            self._read(at, tag, given)

    def place(self, path: str, index: int) -> Place:
        """Give the place of a character of the page."""
        return Text(f"output/{path}", self._text).place(index)

    def _read(self, at: int, tag: str, given: Mapping[str, str]) -> None:
        if tag in ACTIVE or (tag == "script" and "src" not in given):
            self.active.append((at, f"<{tag}>"))
        for name, value in given.items():
            if name == "id" and value:
                self.ids[value] += 1
            elif name in ADDRESSES and value:
                self.addresses.append((at, value))
                if _scheme(value) not in SCHEMES:
                    self.active.append((at, f"a link to {value}"))
            elif name.startswith("on") or name in {"style", "srcdoc"}:
                self.active.append((at, f"the attribute {name}"))


def read_tags(text: str) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """Give where each start tag of a page begins, its name and its attributes.

    Tags are looked for by their form: a page made of templates that escape has a `<` only
    where one begins, and its values stand in quotation marks. The tests hold this against
    a parser, which takes ten times as long.
    """
    for match in _TAG.finditer(text):
        if tag := match["tag"]:
            yield match.start(), tag.lower(), _attributes(match["rest"])


def _attributes(written: str) -> dict[str, str]:
    found = _ATTRIBUTE.finditer(written) if written else ()
    return {m["name"].lower(): unescape(m["a"] or m["b"] or m["c"] or "") for m in found}


_TAG = re.compile(
    r"""<!--.*?-->|<(?P<tag>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]++)(?:\s*+=\s*+(?:"(?P<a>[^"]*+)"|'(?P<b>[^']*+)'|(?P<c>[^\s"'<>]++)))?"""
)
_POLICY = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy" ')


def _scheme(address: str) -> str:
    """Give the scheme a browser takes an address to have: it skips spaces and controls."""
    plain = re.sub("[\x00-\x20]", "", address)
    return "" if not (match := _SCHEME.match(plain)) else match[1].lower()


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.ASCII | re.IGNORECASE)


OUTPUT_CHECKS: tuple[Callable[[Output], Iterator[Problem]], ...] = (
    every_link_arrives,
    ids_are_unique,
    nothing_is_active,
    a_policy_comes_first,
)


def check_outputs(outputs: Mapping[str, bytes], address: str) -> Iterator[Problem]:
    """Run every check on the finished site, which will stand at an address."""
    pages = {path: _Page(data.decode()) for path, data in outputs.items() if path.endswith(".html")}
    base = unquote(urlsplit(address).path)
    output = Output(files=outputs.keys(), pages=pages, base=base)
    for check in OUTPUT_CHECKS:
        yield from check(output)
