"""HTML -> what a page says of itself to machines, and the tree of what it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]
from msgspec import Struct

from briefing.intake.page_state import state_articles

Element = Any
"""An element of lxml, which has no types."""
Record = Mapping[str, Any]
"""A thing that a page describes in JSON: names and values of schema.org."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report$|Statement|PressRelease|LiveBlog")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_MAX_RECORDS = 2_000


class Markup(Struct, frozen=True, kw_only=True):
    """A page, read."""

    root: Element
    metas: Mapping[str, tuple[str, ...]]
    """What `<meta>` says, by its name or property in small letters."""
    records: tuple[Record, ...]
    """Everything that JSON-LD describes, and what scripts keep of the article to show it."""

    def meta(self, *names: str) -> Iterator[str]:
        """Yield what `<meta>` says by each of these names, in the order of the names."""
        for name in names:
            yield from self.metas.get(name, ())

    @property
    def articles(self) -> Iterator[Record]:
        """What JSON-LD describes as an article."""
        return (record for record in self.records if _ARTICLE_TYPES.search(types_of(record)))

    def item_properties(self, name: str) -> Iterator[str]:
        """Yield the values of a property of microdata, of the article and not of lists in it."""
        for element in self.root.xpath("//*[contains(@itemprop, $name)]", name=name):
            if name in (element.get("itemprop") or "").split():
                title = element.get("title") if element.tag == "abbr" else None
                said = element.get("content") or element.get("datetime") or title
                value = said or text_of(element)
                if value.strip():
                    yield value.strip()

    def links(self, rel: str) -> Iterator[str]:
        """Yield where the links of a relation lead, as written."""
        for element in self.root.xpath("//link[@rel and @href]"):
            if rel in element.get("rel").lower().split():
                yield element.get("href").strip()


def parse_page(text: str) -> Markup:
    """Return a page that is read from a text; of what is no HTML, an empty one."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = _DECLARATION.sub("", text).encode("utf-8", "replace") or b"<html></html>"
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = html.document_fromstring("<html><body></body></html>")
    return Markup(root=root, metas=_metas(root), records=tuple(_records(root)))


def text_of(element: Element) -> str:
    """Return the text of an element in one line, without that of scripts."""
    parts = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return " ".join(" ".join(parts).split())


def types_of(record: Record) -> str:
    """Return the types of what JSON-LD describes, with spaces between; "" for none."""
    types = record.get("@type", "")
    return " ".join(map(str, types)) if isinstance(types, list) else str(types)


def _metas(root: Element) -> dict[str, tuple[str, ...]]:
    metas: dict[str, tuple[str, ...]] = {}
    for element in root.xpath("//meta[@content]"):
        content = " ".join(element.get("content").split())
        names = (element.get(key) or "" for key in ("property", "name", "itemprop", "http-equiv"))
        for name in {name.strip().lower() for name in names if name}:
            if content:
                metas[name] = (*metas.get(name, ()), content)
    return metas


def _records(root: Element) -> Iterator[Record]:
    """Yield what JSON-LD describes, and then what scripts keep."""
    found: list[Record] = []
    scripts = root.xpath("//script")
    for script in scripts:
        if "ld+json" in (script.get("type") or "").lower():
            found += _flat(_loads(script.text or ""))
    yield from found[:_MAX_RECORDS]
    others = (script.text or "" for script in scripts if "ld+json" not in script.get("type", ""))
    yield from state_articles(others)


def _loads(text: str) -> Any:
    """Return JSON that may hold raw line ends and a comment around it; None for anything else."""
    plain = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>)\s*$", "", text)
    for each in (plain, plain.rstrip().rstrip(";"), re.sub(r",\s*([}\]])", r"\1", plain)):
        with suppress(ValueError, RecursionError):
            return json.loads(_CONTROL.sub(" ", each))
    return None


def _flat(value: Any) -> Iterator[Record]:
    """Yield each thing of JSON-LD, also those in a graph and those that an article is part of."""
    if isinstance(value, list):
        for each in value:
            yield from _flat(each)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if isinstance(value.get(key), dict | list):
                yield from _flat(value[key])


def first_text(values: Iterable[Any]) -> str | None:
    """Return the first of some values that is a text with words in it; None if none is."""
    for value in values:
        if isinstance(value, str) and value.strip():
            return " ".join(html_to_text(value).split())
    return None


def html_to_text(value: str) -> str:
    """Return a text without tags and references of HTML, a line for each paragraph."""
    if "<" not in value and "&" not in value:
        return value
    broken = re.sub(r"(?i)<(?:br|/p|/div|/li|/h\d|/blockquote)\b[^>]*>", "\n", value)
    try:
        root = html.fragment_fromstring(broken, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return value
    return str(root.text_content())
