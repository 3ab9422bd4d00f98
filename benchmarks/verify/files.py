"""The files of a site that was built: their paths, and their texts without tags and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from benchmarks.corpus.briefing_sources import ADDRESS
from benchmarks.corpus.facts import LANGUAGES
from benchmarks.corpus.news import Topic

_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_MARK = re.compile(r"^(?:## |- |> )")
_HREF = re.compile(r'\shref="([^"]*)"')


@dataclass(frozen=True)
class Site:
    """A site that was built. The two generators put data and sitemaps in different places."""

    root: Path
    data: str
    """The path of the data of a topic, with `{topic}` for its id and `{form}` for json or csv."""
    sitemaps: tuple[str, ...]

    def data_of(self, topic: str, form: str) -> str:
        """Return the path of the data of a topic; `form` is json or csv."""
        return self.data.format(topic=topic, form=form)

    def text(self, path: str) -> str:
        """Return the text of a file, "" if there is none."""
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.is_file() else ""


def folder_of(language: str, topic: str, article: str = "") -> str:
    """Return the path of the folder of a page, which is also its address below that of the site."""
    return "/".join(filter(None, (language, topic, article))) + "/"


def address_of(language: str, topic: str, article: str = "") -> str:
    """Return the address of a page."""
    return ADDRESS + folder_of(language, topic, article)


def other_language(language: str) -> str:
    """Return the other of the two languages."""
    return next(other for other in LANGUAGES if other != language)


def articles_of(topic: Topic) -> Iterator[str]:
    """Yield "" for the topic itself, then the ids of its articles."""
    yield ""
    yield from (article.id for article in topic.articles)


def plain_text(html: str) -> str:
    """Return the text of HTML in one line, without tags and character references."""
    return one_line(unescape(_TAG.sub("", html)))


def one_line(text: str) -> str:
    """Return a text in one line, with single spaces."""
    return _SPACES.sub(" ", text).strip()


def lines_of(body: str) -> Iterator[str]:
    """Yield the texts that readers see of Markdown, by line and by cell of a table."""
    for line in _LINK.sub(r"\1", body).replace("*", "").splitlines():
        for part in _MARK.sub("", line).split("|"):
            if (seen := part.strip()) and not seen.startswith("---"):
                yield seen


def missing_texts(where: str, text: str, wanted: Iterable[str]) -> Iterator[str]:
    """Yield a message for each of `wanted` that is not in `text`, which is one line."""
    return (f"{where}: does not say {each}" for each in wanted if one_line(each) not in text)


def relative_links(where: str, html: str) -> Iterator[str]:
    """Yield a message for each link of `html` that leads nowhere when it is read elsewhere."""
    for link in map(unescape, _HREF.findall(html)):
        if not link.startswith(("https://", "mailto:")):
            yield f"{where}: {link} is not written in full"
