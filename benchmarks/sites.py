"""What a generator made: where its files are, and what they say once their marks are off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from corpus import ADDRESS
from facts import LANGUAGES
from news import Topic

_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_MARK = re.compile(r"^(?:## |- |> )")
_HREF = re.compile(r'\shref="([^"]*)"')


@dataclass(frozen=True)
class Site:
    """A site that was made; its data and its sitemaps stand where each generator puts them."""

    root: Path
    data: str
    """The path of the data of a topic, of its id and their form."""
    sitemaps: tuple[str, ...]

    def data_of(self, topic: str, form: str) -> str:
        """Give the path of the data of a topic."""
        return self.data.format(topic=topic, form=form)

    def text(self, path: str) -> str:
        """Read a file; one that is not there says nothing."""
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.is_file() else ""


def folder_of(language: str, topic: str, article: str = "") -> str:
    """Give the path of the folder of a page, which is also its address below that of the site."""
    return "/".join(filter(None, (language, topic, article))) + "/"


def address_of(language: str, topic: str, article: str = "") -> str:
    """Give the address of a page."""
    return ADDRESS + folder_of(language, topic, article)


def other_than(language: str) -> str:
    """Give the other of the two languages."""
    return next(other for other in LANGUAGES if other != language)


def articles_of(topic: Topic) -> Iterator[str]:
    """Give the ids below a topic: its own, which is none, and those of its articles."""
    yield ""
    yield from (article.id for article in topic.articles)


def plain(html: str) -> str:
    """Take the tags off a text, and write its spaces and characters in one way."""
    return one_line(unescape(_TAG.sub("", html)))


def one_line(text: str) -> str:
    """Write a text in one line."""
    return _SPACES.sub(" ", text).strip()


def lines_of(body: str) -> Iterator[str]:
    """Give what readers see of a text in Markdown, line by line and cell by cell."""
    for line in _LINK.sub(r"\1", body).replace("*", "").splitlines():
        for part in _MARK.sub("", line).split("|"):
            if (seen := part.strip()) and not seen.startswith("---"):
                yield seen


def lost(where: str, text: str, wanted: Iterable[str]) -> Iterator[str]:
    """Give what a text, in one line, does not say."""
    return (f"{where}: does not say {each}" for each in wanted if one_line(each) not in text)


def not_in_full(where: str, html: str) -> Iterator[str]:
    """Give the links of a text that lead nowhere when it is read elsewhere."""
    for link in map(unescape, _HREF.findall(html)):
        if not link.startswith(("https://", "mailto:")):
            yield f"{where}: {link} is not written in full"
