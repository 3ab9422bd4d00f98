"""The tree of a page -> the paragraphs of its article. The home of trafilatura."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from copy import deepcopy

from briefing.checks.kept_text import as_seen, fold_case_and_accents
from briefing.intake.markup import Element, Markup, html_to_text, text_of

_NOT_OF_IT = re.compile(
    r"(?:tin|bai) (?:lien quan|cung chuyen muc|khac)\b|(?:xem|doc) them\b"
    r"|theo doi .{0,60}(?:google news|facebook|zalo)"
    r"|moi (?:quy )?(?:ban doc|doc gia)|chia se bai|binh luan|quang cao|\(?vui long nhap"
    r"|tu khoa\s*:|tags?\s*:"
    r"|(?:read|see) (?:more|also|next)\b|related\b.{0,30}:|advertisement\b|sign up (?:for"
    r"|to)\b|subscribe\b"
    r"|follow us\b|share (?:this|on)\b|copyright\b|©|all rights reserved|click here"
    r"|download (?:our|the) app"
    r"|skip to|filed under|posted in|leave a (?:reply|comment)|print this|email this"
    r"|(?:相关|相關|推荐|推薦|延伸)(?:阅读|閱讀|新闻|新聞|报道|報導)|责任编辑|責任編輯"
    r"|[（(【]?(?:责编|編輯|编辑)\s*[:：]"
    r"|版权|版權|分享到|扫码|关注我们|広告|関連(?:記事|リンク)|あわせて読みたい|この記事を"
    r"|無断転載|シェア"
    r"|اقرا ايضا|إقرا|شاهد ايضا|المزيد|حقوق|تابعونا|اعلان\b|مواضيع ذات"
)
"""Matches the begin of a line, without case and accents, that is not of the article."""
_MAX_NOT_OF_IT = 220
_CONTAINERS = (
    "//*[@itemprop='articleBody']",
    "//*[contains(concat(' ', @class, ' '), ' entry-content ')]",
    (
        "//*[contains(@class, 'article-body') or contains(@class, 'articleBody')"
        " or contains(@class, 'article__body') or contains(@class, 'article-content')"
        " or contains(@class, 'detail-content') or contains(@class, 'post-content')"
        " or contains(@class, 'story-body') or contains(@class, 'content-detail')"
        " or contains(@class, 'fck_detail') or contains(@class, 'detail__content')"
        " or contains(@id, 'article-body') or contains(@id, 'articleBody')]"
    ),
    "//article[count(.//p) > 1]",
    "//main[count(.//p) > 1]",
)
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:sapo|dek|standfirst|lead|lede|chapeau|subtitle|sub-?title|sub-?headline"
    r"|summary|intro|abstract"
    r"|excerpt|description|deck|mo-?ta|article__sapo|news-sapo)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = ("p", "h2", "h3", "h4", "h5", "blockquote", "li", "pre", "td", "th", "dd", "dt")
_ENOUGH, _WHOLE, _MIN_STANDFIRST = 0.6, 1.25, 30


def paragraphs_of(page: Markup, shown: Element) -> tuple[str, ...]:
    """Return the paragraphs of the article of a page, its title perhaps among them.

    shown: the tree of the page without side boxes. What scripts would show is read where the tree
    has little.
    """
    read = list(_lines(_by_trafilatura(shown)))
    marked = list(_by_container(shown))
    if _length(marked) > _ENOUGH * _length(read):  # what a page marks as its article is the article
        read = marked
    kept = max((list(_lines(_described(r))) for r in page.records), key=_length, default=[])
    if _length(kept) > _WHOLE * _length(read):
        read = kept
    elif lead := _standfirst(shown, read):
        read = [lead, *read]
    return tuple(dict.fromkeys(read))


def without_title(paragraphs: Iterable[str], title: str | None) -> tuple[str, ...]:
    """Return paragraphs without those that are the title."""
    own = _fold(title or "")
    return tuple(line for line in paragraphs if _fold(line) != own)


def _length(lines: Iterable[str]) -> int:
    return sum(map(len, lines))


def _by_trafilatura(shown: Element) -> str:
    """Return the text that trafilatura finds; "" for none."""
    with warnings.catch_warnings():
        # Its libraries warn of what they will drop; that is of no use to an editor.
        warnings.simplefilter("ignore")
        import trafilatura  # noqa: PLC0415 — it takes a second, and is an extra

        return (
            trafilatura.extract(
                deepcopy(shown),
                include_comments=False,
                include_tables=True,
                include_images=False,
                include_links=False,
                favor_precision=True,
                output_format="txt",
            )
            or ""
        )


def _by_container(shown: Element) -> Iterator[str]:
    """Yield the lines of the element that a page marks as the text of its article."""
    for path in _CONTAINERS:
        if found := [element for element in shown.xpath(path) if _prose(element)]:
            best = max(found, key=_prose)
            yield from _lines("\n".join(_block_texts(best)))
            return


def _prose(element: Element) -> int:
    return sum(len(text_of(p)) for p in element.xpath(".//p"))


def _block_texts(element: Element) -> Iterator[str]:
    """Yield the text of each block, with that of a block within another once."""
    blocks = " or ".join(f"self::{tag}" for tag in _BLOCKS)
    for block in element.xpath(f".//*[{blocks}]"):
        if not block.xpath(f".//*[{blocks}]") and not block.xpath("ancestor::figure"):
            yield from _broken(block)
    if not element.xpath(".//p"):
        yield from _broken(element)


def _broken(block: Element) -> Iterator[str]:
    """Yield the text of a block, with a new line where it has two breaks."""
    copy = deepcopy(block)
    copy.tail = None
    for br in copy.xpath(".//br"):
        br.tail = "\n" + (br.tail or "")
    for part in re.split(
        r"\n\s*\n|\n(?=\S)" if len(copy.xpath(".//br")) > 1 else r"\0", copy.text_content()
    ):
        yield " ".join(part.split())


def _described(record: object) -> str:
    """Return the body of an article that is described in JSON, a line for each paragraph."""
    body = record.get("articleBody") if isinstance(record, dict) else None
    return html_to_text(body) if isinstance(body, str) else ""


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that are of the article."""
    for written in text.splitlines():
        line = " ".join(re.sub(r"^\s*[-•]\s+|^\||\|$", "", written.strip()).split())
        is_short = len(line) <= _MAX_NOT_OF_IT
        if line and not (is_short and _NOT_OF_IT.match(_fold(line).lstrip("-–—•>»（(【[ "))):
            yield line


def _standfirst(shown: Element, read: list[str]) -> str | None:
    """Return the sentence below the title, if it stands outside of what was read."""
    known = _fold(" ".join(read))
    for element in shown.xpath("//*[@class or @itemprop]"):
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        text = text_of(element)
        is_one = _STANDFIRST.search(names) and _MIN_STANDFIRST < len(text) < 1_000  # noqa: PLR2004
        if is_one and element.tag not in {"body", "html", "meta", "article", "main"}:
            if element.xpath(".//h1 | .//p/following-sibling::p"):
                continue
            return text if _fold(text) not in known else None
    return None


def _fold(text: str) -> str:
    return fold_case_and_accents(as_seen(text))
