"""Scripts of a page -> the article that they keep as data, to show it once they run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

_BEGIN = re.compile(r"(?:^|[=(,])\s*(?=[{\[])")
_PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")
_MIN_BODY, _MAX_SCRIPT, _MAX_TRIES, _MAX_DEPTH = 300, 5_000_000, 20, 40
_TITLES = ("headline", "headlines", "title", "name", "pageTitle", "articleTitle")
_BODIES = (
    *("articleBody", "body", "content", "contents", "bodyHtml", "body_html", "contentHtml"),
    *(
        "html",
        "text",
        "fullText",
        "full_text",
        "detail",
        "paragraphs",
        "blocks",
        "content_html",
        "content_elements",
    ),
)
_DATES = (
    *("datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "pubDate"),
    *("publicationDate", "publishedTime", "publishTime", "firstPublished", "published", "date"),
    *(
        "publish_time",
        "display_date",
        "publish_date",
        "published_date",
        "publishedDate",
        "createdAt",
        "created_at",
    ),
)
_AUTHORS = ("credits", "author", "authors", "byline", "authorName", "creator", "writers")
_LANGUAGES = ("inLanguage", "language", "lang", "locale")


def state_articles(scripts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the article that each script keeps, by the names of schema.org; most keep none.

    As Next.js (`__NEXT_DATA__`), Nuxt and others write: JSON alone, or given to a variable.
    """
    for script in scripts:
        if len(script) > _MIN_BODY and len(script) <= _MAX_SCRIPT:
            found = [each for value in _values(script) for each in _articles(value, 0)]
            if found:
                yield max(found, key=lambda each: len(each["articleBody"]))


def _values(script: str) -> Iterator[Any]:
    """Yield what a script gives to variables as JSON, or parses from a text."""
    decoder, at = json.JSONDecoder(), 0
    for written in _PARSED.finditer(script):
        with suppress(ValueError, RecursionError):
            yield json.loads(decoder.raw_decode(script, written.end())[0])
    for _ in range(_MAX_TRIES):
        if not (begin := _BEGIN.search(script, at)):
            return
        try:
            value, at = decoder.raw_decode(script, begin.end())
            yield value
        except (ValueError, RecursionError):
            at = begin.end() + 1


def _articles(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield everything in a value that has a title and a body."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        title, body = _first(value, _TITLES), _body(value)
        if isinstance(title, str) and len(body) >= _MIN_BODY:
            yield {
                "@type": "Article",
                "headline": title,
                "articleBody": body,
                "datePublished": _first(value, _DATES),
                "author": _first(value, _AUTHORS),
                "inLanguage": _first(value, _LANGUAGES),
            }
    children = value.values() if isinstance(value, dict) else value
    for child in children if isinstance(value, dict | list) else ():
        yield from _articles(child, depth + 1)


def _first(value: dict[str, Any], names: Iterable[str]) -> Any:
    found = next((value[name] for name in names if value.get(name)), None)
    return found.get("basic", found) if isinstance(found, dict) else found


def _body(value: dict[str, Any]) -> str:
    bodies = (_joined(value[name], 0) for name in _BODIES if value.get(name))
    return max(bodies, key=len, default="")


def _joined(value: Any, depth: int) -> str:
    """Return the text of a body: a text, or a list of blocks that are or hold a text."""
    if isinstance(value, str):
        return value
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, list):
        parts = [_joined(each, depth + 1) for each in value]
        return "".join(f"<p>{part}</p>" for part in parts if part)
    if isinstance(value, dict):
        return max(
            (
                _joined(value[name], depth + 1)
                for name in (*_BODIES, "value", "data", "children")
                if value.get(name)
            ),
            key=len,
            default="",
        )
    return ""
