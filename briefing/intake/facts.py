"""A page -> what it says of its article: title, author, date, address, kind, publisher."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from msgspec import Struct

from briefing.checks.kept_text import as_seen, fold_case_and_accents
from briefing.intake.addresses import (
    absolute,
    host_of,
    path_of,
    registered_domain,
    without_tracking,
)
from briefing.intake.bylines import authors_of
from briefing.intake.dates import PageDate, date_in_path, dates_of, most_precise
from briefing.intake.markup import Element, Markup, Record, first_text, text_of, types_of
from briefing.model.article import ArticleType

_SEPARATOR = re.compile(r"\s+[|\-–—•·:»«]+\s+|\s*[|｜]\s*|\s+_\s+|_(?=[^\x00-\x7f])|\s*－\s*")
_COPIES = re.compile(
    r"(?:^|\.)(?:ampproject\.org|googleusercontent\.com|archive\.(?:org|ph|is|today))$"
    r"|^localhost$|^[\d.]+$|:"
)
"""Hosts that show pages of others: caches, archives, and machines without a name."""
_OPINION = re.compile(
    r"opinion|op-?ed|editorial|commentary|goc-nhin|quan-diem|binh-luan|xa-luan|y-kien|社論"
    r"|社论|评论|社説|مقالات|رأي",
    re.IGNORECASE,
)
_DATE_METAS = (
    *("article:published_time", "og:article:published_time", "og:published_time"),
    *("datepublished", "date.published", "pubdate", "publishdate", "publish-date", "publish_date"),
    *("publication_date", "publicationdate", "article_date_original", "originalpublicationdate"),
    *("sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "article.published"),
    *(
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.created",
        "dc.date.created",
        "dcterms.date",
    ),
    *("dc.date", "dc.date.published", "citation_publication_date", "published_time", "date"),
    *("weibo: article:create_at", "apub:time", "bt:pubdate", "published", "release_date"),
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|time|datetime|timestamp|pub(?:lish(?:ed)?)?|posted|ngay|thoi-?gian"
    r"|time-?public|meta|byline|info|source|dateline|entry-date|detail-time|created)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"updat|modif|cập nhật|cap-?nhat|更新|آخر تحديث|revis|sửa lúc|最終", re.IGNORECASE
)
_MAX_DATE_TEXT, _MAX_LOOSE_DATE, _BEFORE_TITLE = 160, 80, 3
_MIN_TITLE = 4


class Facts(Struct, frozen=True, kw_only=True):
    """What a page says of its article; None for what it does not say."""

    title: str | None
    author: str | None
    published: PageDate | None
    address: str | None
    """The canonical one, without what only counts visitors."""
    type: ArticleType | None
    """Where the page says that it is an opinion or an analysis."""
    site_name: str | None


def read_facts(page: Markup, shown: Element, url: str | None, language: str | None) -> Facts:
    """Return what a page says of its article.

    shown: its tree without side boxes, in which dates and names are those of the article. url:
    where it was read; None: not known. language: that of its text; None: not known.
    """
    address = canonical_address(page, url)
    site_name = _site_name(page)
    title = _title(page, site_name, address)
    return Facts(
        title=title,
        author=authors_of(page, shown, {site_name or "", host_of(address or "")}),
        published=_published(page, shown, address, _date_language(page, language)),
        address=address,
        type=_type(page, address),
        site_name=site_name,
    )


def canonical_address(page: Markup, url: str | None) -> str | None:
    """Return the address that a page gives as its own, if it can be; else `url`, which may be None.

    An address of another site is not taken: a text that is printed by two is read in one. Nor is
    the front page, which careless templates name on all their pages.
    """
    named = chain(page.links("canonical"), page.meta("og:url", "twitter:url"), _record_urls(page))
    for written in named:
        whole = absolute(written, url)
        if whole and (url is None or _may_be_same(whole, url)):
            return without_tracking(whole)
    return without_tracking(url) if url else None


def _may_be_same(canonical: str, url: str) -> bool:
    host, own = host_of(canonical), host_of(url)
    if path_of(url) and not path_of(canonical) and "?" not in canonical:
        return False
    return registered_domain(host) == registered_domain(own) or bool(_COPIES.search(own))


def _record_urls(page: Markup) -> Iterator[str]:
    for record in page.articles:
        entity = record.get("mainEntityOfPage")
        for value in (entity, entity.get("@id") if isinstance(entity, dict) else None):
            if isinstance(value, str):
                yield value


def _site_name(page: Markup) -> str | None:
    publishers = (_name_of(record.get("publisher")) for record in page.articles)
    named = page.meta("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
    sites = (
        _name_of(r) for r in page.records if types_of(r) in {"WebSite", "NewsMediaOrganization"}
    )
    return first_text(chain(named, publishers, sites))


def _name_of(value: Any) -> str | None:
    """Return the name of a thing of JSON-LD, which may be a text, a record or a list."""
    if isinstance(value, list):
        return first_text(map(_name_of, value))
    return (
        value.get("name") if isinstance(value, dict) else value if isinstance(value, str) else None
    )


def _title(page: Markup, site_name: str | None, address: str | None) -> str | None:
    """Return the title: as the page shows it where that can be told, else as it names it."""
    site_names = [site_name or "", host_of(address or "")]
    headlines = [first_text([r.get("headline") or r.get("name")]) for r in page.articles]
    named = [
        *page.meta("og:title"),
        *(headline for headline in headlines if headline),
        *page.meta("twitter:title", "dc.title", "dcterms.title", "title", "citation_title"),
        *page.item_properties("headline"),
        *map(text_of, page.root.xpath("//head/title")),
    ]
    candidates = [_without_site(name, site_names) for name in named if name.strip()]
    shown = [text_of(heading) for heading in page.root.xpath("//h1")]
    for text in filter(_is_title, shown):
        if any(_same_title(text, name) for name in [*candidates, *named]):
            return text
    parts = {_key(part) for name in [*candidates, *named] for part in _SEPARATOR.split(name)}
    parts |= {_key(name) for name in candidates}
    headings = filter(_is_title, [*shown, *map(text_of, page.root.xpath("//h2"))])
    in_title = [text for text in headings if _key(text) in parts]
    in_title = [text for text in in_title if not _names_site(text, _keys(site_names))]
    if in_title:
        return max(in_title, key=len)  # the other part is the name of the site
    if candidates:
        return candidates[0]
    return next(filter(_is_title, [*shown, *map(text_of, page.root.xpath("//h2"))]), None)


def _is_title(text: str) -> bool:
    return len(text) >= _MIN_TITLE


def _key(text: str) -> str:
    """Return what is the same in two forms of one title: its letters and digits."""
    return re.sub(r"[\W_]+", "", fold_case_and_accents(as_seen(text)))


def _same_title(shown: str, named: str) -> bool:
    """Whether a heading is the title that a page names, whole or cut, alone or with its site."""
    a, b = _key(shown), _key(re.sub(r"(?:…|\.\.\.)$", "", named.strip()))
    longest = max(len(a), len(b)) or 1
    return bool(a and b) and (a in b or b in a) and min(len(a), len(b)) * 2 > longest


def _without_site(title: str, site_names: Iterable[str]) -> str:
    """Return a title without the name of its site, which stands before or after a separator."""
    title = " ".join(title.split())
    keys = _keys(site_names)
    while len(parts := _SEPARATOR.split(title)) > 1:
        ends = {0: title[_first_end(title) :], -1: title[: _last_start(title)]}
        at = next((at for at in (-1, 0) if _names_site(parts[at], keys)), None)
        if at is None:
            return title
        title = ends[at].strip()
    return title


def _keys(names: Iterable[str]) -> set[str]:
    return {_key(name) for name in names} - {""}


def _names_site(part: str, keys: set[str]) -> bool:
    key = _key(part)
    near = any(len(key) > 3 and (key in k or k in key) for k in keys)  # noqa: PLR2004
    return key in keys or near or bool(re.fullmatch(r"[\w-]+\.(?:com|vn|net|org|cn|jp)\S*", part))


def _first_end(title: str) -> int:
    match = _SEPARATOR.search(title)
    return match.end() if match else 0


def _last_start(title: str) -> int:
    return max((match.start() for match in _SEPARATOR.finditer(title)), default=len(title))


def _date_language(page: Markup, language: str | None) -> str:
    """Return a tag that says, with a country, whether the day or the month stands first."""
    for tag in (page.root.get("lang") or "", *page.meta("og:locale", "content-language")):
        if language and tag.lower().startswith(language.partition("-")[0] + tag[2:3]):
            return tag.replace("_", "-")
    return language or "en"


def _published(page: Markup, shown: Element, address: str | None, language: str) -> PageDate | None:
    """Return when the article was published, not when it was changed."""
    records = [first_text([record.get("datePublished")]) or "" for record in page.articles]
    state = [str(record.get("datePublished") or "") for record in page.records]
    metas = page.meta(*_DATE_METAS)
    shown_dates = list(_shown_dates(shown))
    texts = [*records, *state, *metas, *page.item_properties("datePublished"), *shown_dates]
    found = [*dates_of(filter(None, texts), language)]
    if not language.startswith("en"):
        found += dates_of(filter(None, shown_dates), "en")
    in_path = date_in_path(path_of(address or ""))
    return most_precise([*found, *([in_path] if in_path else [])])


def _shown_dates(shown: Element) -> Iterator[str]:
    """Yield texts that may give the date of the article, the likeliest first.

    Of those that are as likely the nearest to the title: a clock in the head of the page, and the
    dates of other articles, are farther away.
    """
    distance = _distances(shown)
    times = [each for each in shown.xpath("//time") if not _is_update(each)]
    for each in sorted(times, key=distance):
        yield from filter(None, (each.get("datetime"), text_of(each)))
    for each in shown.xpath("//*[contains(concat(' ', @class, ' '), ' published ')][@title]"):
        yield each.get("title")
    for each in sorted(shown.xpath("//*[@class or @id]"), key=distance):
        name = f"{each.get('class') or ''} {each.get('id') or ''}"
        if _DATE_CLASS.search(name) and not _is_update(each):
            text = text_of(each)
            if len(text) <= _MAX_DATE_TEXT:
                yield _UPDATED.split(text)[0]
    yield from _near_title(shown, distance)


def _distances(shown: Element) -> Callable[[Element], int]:
    """Return what gives how far an element stands from the title, in elements."""
    order = {element: at for at, element in enumerate(shown.iter())}
    titles = shown.xpath("//h1") or shown.xpath("//h2")
    at = order[titles[-1]] if titles else 0
    # What stands above the title is more often of the whole page.
    return lambda element: max(order[element] - at, _BEFORE_TITLE * (at - order[element]))


def _near_title(shown: Element, distance: Callable[[Element], int]) -> Iterator[str]:
    """Yield short texts, those near the title first: pages of no make have their date there.

    No sentence is among them: the date in one is of what it tells.
    """
    leaves = shown.xpath("//body//*[not(*) or self::p or self::div[not(div or p or table)]]")
    texts = [text_of(each) for each in sorted(leaves, key=distance)]
    texts += [" ".join(text.split()) for text in shown.xpath("//body//text()")]
    for text in texts:
        is_short = 0 < len(text) <= _MAX_LOOSE_DATE and not text.endswith((".", "。"))
        if is_short and re.search(r"\d", text) and not _UPDATED.search(text):
            yield text


def _is_update(element: Element) -> bool:
    around = [element, *list(element.iterancestors())[:1]]
    names = " ".join(f"{e.get('class') or ''} {e.get('itemprop') or ''}" for e in around[:1])
    before = (element.getparent().text or "") if element.getparent() is not None else ""
    return bool(_UPDATED.search(names) or _UPDATED.search(before[-30:]) or "dateModified" in names)


def _type(page: Markup, address: str | None) -> ArticleType | None:
    types = " ".join(map(types_of, page.articles))
    if "Opinion" in types or _is_opinion(page, address):
        return ArticleType.OPINION
    return ArticleType.ANALYSIS if "Analysis" in types else None


def _is_opinion(page: Markup, address: str | None) -> bool:
    sections = [*page.meta("article:section"), *_sections(page.articles)]
    folder = path_of(address or "").rpartition("/")[0]
    return any(_OPINION.search(section) for section in [*sections, folder])


def _sections(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        section = record.get("articleSection")
        yield from map(str, section if isinstance(section, list) else [section] if section else [])
