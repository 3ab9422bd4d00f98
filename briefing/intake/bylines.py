"""A page -> who wrote its article, where it says so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

from briefing.checks.kept_text import fold_case_and_accents
from briefing.intake.markup import Element, Markup, html_to_text, text_of

_METAS = (
    *("author", "article:author_name", "dc.creator", "dcterms.creator", "dc.contributor"),
    *("byl", "byline", "sailthru.author", "parsely-author", "citation_author", "article:author"),
    *("twitter:creator_name", "cxenseparse:author", "article.author"),
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|writer|reporter|tac-?gia|nguoi-viet"
    r"|pen-?name)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"bio|box|avatar|img|image|photo|social|follow|list|related|desc", re.IGNORECASE
)
_BEFORE = re.compile(
    r"^(?:(?:written|reported|posted|story|words)\s+)?by[:\s]+|^(?:tác giả|bài(?: viết)?|theo"
    r"|bởi|thực hiện)"
    r"(?: và ảnh)?\s*:\s*|^(?:bởi)\s+|^(?:authors?|reporter)\s*:\s*"
    r"|^(?:(?:本报|本報|本网|新华社)?(?:责任)?(?:记者|記者)|責任記者|作者|记者|記者|文|撰文|撰稿)\s*[:：/／|]?\s*|^(?:執筆|筆者"
    r"|取材・文|文・)\s*[:：]?\s*"
    r"|^(?:بقلم|كتب|كتبت|الكاتب|المؤلف|إعداد)\s*[:：]?\s*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[|•·,–—-]\s*)?(?:\S+@\S+|@\w+)$|\s*[,，|]\s*(?:staff writer|correspondent"
    r"|reporter)\b.*$"
    r"|\s+(?:记者|記者)$|\s*[|•·]\s.*$|\s+(?:on\s+)?(?=\d{1,2}[/.:]\d|\d{4}年).*$",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|nguồn|theo|来源|來源|المصدر)\s*[:：]", re.IGNORECASE)
"""Matches the begin of a line on where a text was taken from, which is no author."""
_CHINESE_NAMES = re.compile(r"[\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff]{2,4})+")
_DATE = re.compile(r"\d{4}|\d{1,2}:\d\d|^\W*$")
_NOBODY = {
    *("admin", "administrator", "root", "editor", "editors", "webmaster", "user", "guest", "staff"),
    *("quan tri", "quan tri vien", "ban bien tap", "toa soan", "bbt", "author", "unknown", "none"),
    *("anonymous", "newsroom", "web", "null", "undefined", "writer", "tac gia"),
}
_MAX_NAME, _MAX_NAMES, _LAST_BLOCKS = 60, 6, 5
_PERSON = re.compile(
    r"(?:[^\W\d_a-z][\w'’.-]*\s?){1,5}(?:\s?[-–]\s?(?:[^\W\d_a-z][\w'’.-]*\s?){1,5})?"
)
"""A name of a person or two: each word begins with a capital, or has none."""
_IN_TEXT = re.compile(
    r"^[（(【\[]?\s*(?:作者|记者|記者"
    r"|文(?=[:：/／]))\s*[:：/／]?\s*(?P<zh>[\u4e00-\u9fff·\s、]{2,12})\s*[）)】\]]?$"
    r"|^(?P<by>(?:by|tác giả|bài|بقلم)\s*:?\s+[^|•]{2,60}?)(?:\s*[|•].*)?$",
    re.IGNORECASE,
)


def authors_of(page: Markup, shown: Element, outlets: Collection[str]) -> str | None:
    """Return the authors of an article, with commas between; None if the page names none.

    shown: the tree of the page without side boxes. outlets: names of the publisher, which is no
    author of its own.
    """
    publishers = [_record_names(record.get("publisher")) for record in page.articles]
    refused = {_bare(name) for name in chain(outlets, *publishers)} | {_bare(n) for n in _NOBODY}
    for names in _candidates(page, shown):
        found = dict.fromkeys(name for each in names for name in _names(each, refused))
        if found:
            return ", ".join(list(found)[:_MAX_NAMES])
    return None


def _candidates(page: Markup, shown: Element) -> Iterator[list[str]]:
    """Yield lists of names, the most reliable first."""
    for record in page.articles:
        yield [*_record_names(record.get("author")), *_record_names(record.get("creator"))]
    for meta in _METAS:
        yield list(page.meta(meta))
    for prop in ("author", "creator"):
        yield _item_names(page, prop)
    yield [text_of(each) for each in shown.xpath("//a[@rel='author'] | //*[@rel='author']")]
    yield list(_shown_names(shown))
    yield list(_shown_names(page.root))[:1]  # boxes on authors are taken away with the others
    yield list(_texts_like_bylines(shown))
    yield list(_signatures(shown))


def _item_names(page: Markup, prop: str) -> list[str]:
    """Return the names in microdata: of an author its `name`, else all of its text."""
    names = []
    for element in page.root.xpath("//*[@itemprop=$prop]", prop=prop):
        inner = element.xpath(".//*[@itemprop='name']")
        each = inner[0] if inner else element
        names.append(each.get("content") or text_of(each))
    return names


def _record_names(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _record_names(each)
    elif isinstance(value, dict):
        yield from _record_names(value.get("name") or value.get("fullName") or value.get("by"))
    elif isinstance(value, str):
        yield value


def _shown_names(shown: Element) -> Iterator[str]:
    """Yield the texts of elements that are named as that of the author."""
    for each in shown.xpath("//*[@class or @id]"):
        name = f"{each.get('class') or ''} {each.get('id') or ''}"
        if _CLASS.search(name) and not _NO_NAME.search(name):
            inner = [a for a in each.xpath(".//a") if text_of(a)]
            yield text_of(inner[0] if len(inner) == 1 and len(text_of(each)) > _MAX_NAME else each)


def _texts_like_bylines(shown: Element) -> Iterator[str]:
    """Yield short texts that begin as only the line of an author does."""
    for each in shown.xpath("//body//*[not(*) or self::p]"):
        if match := _IN_TEXT.match(text_of(each)):
            yield (match["zh"] or match["by"]).strip()
            return


def _signatures(shown: Element) -> Iterator[str]:
    """Yield names that stand alone below the text: on the right, or in bold type."""
    for block in shown.xpath("//p | //div[not(div or p)]")[-_LAST_BLOCKS:]:
        text = text_of(block)
        style = f"{block.get('style') or ''} {block.get('align') or ''} {block.get('class') or ''}"
        is_bold = any(text_of(bold) == text for bold in block.xpath(".//strong | .//b"))
        if (is_bold or "right" in style) and _PERSON.fullmatch(text):
            yield text


def _names(written: str, refused: Collection[str]) -> Iterator[str]:
    """Yield the names in a text as it is written: `By Jane Doe and John Roe`."""
    text = _BEFORE.sub("", " ".join(html_to_text(written).split())).strip()
    if "://" in text or _SOURCE.match(text):
        return
    if _CHINESE_NAMES.fullmatch(text):
        text = text.replace(" ", "、")
    for part in re.split(r"\s*(?:;|、|,|，|\s(?:and|và|và)\s|\s&\s|\s\|\s|/)\s*", text):
        name = _BEFORE.sub("", _AFTER.sub("", part)).strip(" \t-–—|.:：,()（）[]【】*")
        is_long = len(name) > _MAX_NAME or len(name) < 2  # noqa: PLR2004
        first = re.split(r"\s+[-–|]\s+", name)[0]
        is_refused = _bare(name) in refused or _bare(first) in refused
        if not (is_long or is_refused or _DATE.search(name) or "@" in name):
            yield name


def _bare(name: str) -> str:
    """Return what is the same in all spellings of a name: `TuoiTre`, `Tuổi trẻ`."""
    return "".join(re.findall(r"\w+", fold_case_and_accents(name)))
