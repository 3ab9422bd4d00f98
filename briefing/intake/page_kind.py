"""Whether a page is an article that can be read, and if not, what it is instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.checks.kept_text import as_seen, fold_case_and_accents
from briefing.intake.addresses import path_of
from briefing.intake.markup import Element, Markup, text_of, types_of

SAVE_WHOLE = "open it in a browser, save the page, and give the file with --from ADDRESS"
_CONSENT = re.compile(
    r"before you continue|we (?:and our partners )?(?:use|value) (?:cookies|your privacy)"
    r"|accept (?:all|cookies)"
    r"|cookie (?:policy|settings|preferences)|your privacy choices"
    r"|manage (?:your )?(?:consent|preferences)"
    r"|dong y (?:va tiep tuc|tat ca|su dung cookie|cookie)|chap nhan (?:tat ca )?cookie"
    r"|su dung cookie|quyen rieng tu"
    r"|接受(?:所有|全部)?\s*cookie|隐私(?:政策|设置)|同意(?:并继续|する)|クッキー"
    r"|cookieの(?:使用|利用)"
    r"|ملفات تعريف الارتباط|سياسة الخصوصية|الموافقة على"
    r"|akzeptieren|zustimmen|tout accepter|accepter et continuer|aceptar (?:todo|y continuar)"
)
_CONSENT_HOST = re.compile(r"^https?://(?:consent|guce|privacy|cmp|myprivacy)\.", re.IGNORECASE)
_PAYWALL = re.compile(
    r"(?:subscribe|sign in|log in|register|create (?:a free"
    r"|an) account)[^.]{0,40}(?:to (?:continue|keep|read)|for full access)"
    r"|(?:to|and) (?:continue|keep) reading,? (?:this article|subscribe|sign)"
    r"|already a subscriber|subscribers? only"
    r"|this (?:article|content|story) is (?:for|reserved for"
    r"|only available to) (?:subscribers|members)"
    r"|(?:dang ky|dang nhap|mua goi|tro thanh)[^.]{0,50}(?:de (?:doc|xem) (?:tiep|toan bo|het"
    r"|day du)|hoi vien)"
    r"|danh (?:cho|rieng cho) (?:hoi vien|doc gia (?:tra phi|dang ky)|thue bao)"
    r"|noi dung (?:tra phi|thu phi)"
    r"|订阅(?:后|以)?(?:继续|阅读全文|解锁)|付费(?:阅读|内容|会员)|登录后(?:阅读|继续)"
    r"|訂閱(?:後|以)?(?:繼續|閱讀)|付費"
    r"|有料(?:会員|記事|プラン)|会員限定|残り\s*[:：]?\s*\d+\s*文字|ログインして続き"
    r"|続きを読むには|この記事は会員"
    r"|للمشتركين فقط|اشترك (?:ل|للقراءة|لمتابعة)|لمواصلة القراءة"
    r"|reserve aux abonnes|pour lire la suite|nur fur abonnenten|exclusivo para suscriptores"
)
_LIST_TYPES = re.compile(r"CollectionPage|ItemList|SearchResultsPage|\bBlog\b")
_LIST_CLASSES = re.compile(
    r"(?:^|\s)(?:archive|category|home|blog|search|search-results|tag)(?:\s|$)"
)
_MIN_TEXT, _TEASER = 250, 1_200
"""Characters of the shortest text that is taken for an article, and of the longest that may be the
begin of one."""
_DENSE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_DENSITY = 2.7
_MANY_ARTICLES, _MANY_HEADINGS = 4, 5
_WHOLE, _TITLE_LENGTH = 0.6, 25
_LONG_LINE = 220
_FREE = {False, "false", "False", "no"}


def refusal(
    page: Markup, shown: Element, paragraphs: Sequence[str], url: str | None
) -> tuple[str, str] | None:
    """Return what a page is instead of an article, and the cure; None if it is one to read.

    shown: its tree without side boxes. paragraphs: what was found of an article. url: its address.
    """
    weight = _weight(paragraphs)
    seen = _fold(text_of(page.root))
    if is_list_page(page, shown, paragraphs, url):
        cure = "open the article itself, and give its address"
        return "is a list of articles, and no article", cure
    if _is_consent_wall(seen, paragraphs, url):
        return "asks for consent before it shows the article", f"accept in a browser: {SAVE_WHOLE}"
    if _is_teaser(page, seen, paragraphs):
        cure = f"sign in with a browser if you may: {SAVE_WHOLE}"
        return "shows the begin of the article only, the rest is for subscribers", cure
    if weight < _MIN_TEXT:
        return "has no text of an article that could be read", SAVE_WHOLE
    return None


def _weight(paragraphs: Sequence[str]) -> float:
    """Return the characters of a text, with those counted more of which each is a word."""
    text = "".join(paragraphs)
    dense = len(_DENSE.findall(text))
    return len(text) + dense * (_DENSITY - 1)


def is_list_page(page: Markup, shown: Element, paragraphs: Sequence[str], url: str | None) -> bool:
    """Whether a page is a list of articles: a front page, a section, a result of a search.

    shown: its tree without side boxes. paragraphs: what was found of an article. url: its address.
    """
    types = " ".join(map(types_of, page.records))
    is_article = any(page.articles) or any(page.meta("article:published_time"))
    body_class = " ".join(each.get("class") or "" for each in page.root.xpath("//body"))
    says_list = _LIST_TYPES.search(types) or _LIST_CLASSES.search(body_class)
    is_front = url is not None and not path_of(url) and "?" not in url
    headings, weight = _linked_headings(page.root), _weight(paragraphs)
    articles = len(
        page.root.xpath("//article[.//h2//a or .//h3//a or .//h2[parent::a] or .//h3[parent::a]]")
    )
    if "NewsArticle" in types or "articleBody" in {
        e.get("itemprop") for e in shown.xpath("//*[@itemprop]")
    }:
        return is_front and headings >= _MANY_HEADINGS
    if _has_teasers(page.root) or (
        weight < _MIN_TEXT and _title_links(page.root) >= 2 * _MANY_HEADINGS
    ):
        return True
    if (says_list or is_front) and headings >= _MANY_ARTICLES:
        return True
    long_lines = sum(
        len(line) * (_DENSITY if _DENSE.search(line) else 1) > _LONG_LINE for line in paragraphs
    )
    is_many = headings >= _MANY_HEADINGS or articles >= _MANY_ARTICLES
    return is_many and not is_article and long_lines < headings / 2


def _has_teasers(root: Element) -> bool:
    """Whether most paragraphs stand beside a link with a title, one or two to each."""
    blocks = list(root.xpath("//p[not(ancestor::nav or ancestor::footer or ancestor::aside)]"))
    prose = [p for p in blocks if len(text_of(p)) > _TITLE_LENGTH and not p.xpath(".//a")]
    beside = [p for p in prose if len(p.xpath("../p")) <= 2 and _titles_in(p.getparent())]  # noqa: PLR2004
    return len(beside) >= _MANY_HEADINGS and len(beside) > _WHOLE * len(prose)


def _title_links(root: Element) -> int:
    return _titles_in(root.xpath("//body")[0]) if root.xpath("//body") else 0


def _titles_in(element: Element) -> int:
    """Return how many links of an element are as long as a title."""
    links = element.xpath(".//a[not(ancestor::nav or ancestor::footer)]")
    return sum(_weight([text_of(link)]) > _TITLE_LENGTH for link in links)


def _linked_headings(root: Element) -> int:
    """Return how many headings lead elsewhere, outside of menus."""
    headings = root.xpath(
        "//*[self::h2 or self::h3 or self::h4][.//a or parent::a]"
        "[not(ancestor::nav or ancestor::footer)]"
    )
    return sum(len(text_of(each)) > 8 for each in headings)  # noqa: PLR2004 — a title, no label


def _is_consent_wall(seen: str, paragraphs: Sequence[str], url: str | None) -> bool:
    """Whether a page asks for consent: there is nothing else on it, or nothing else is read."""
    if url and _CONSENT_HOST.match(url):
        return True
    weight = _weight(paragraphs)
    read = _fold(" ".join(paragraphs))
    if weight < _MIN_TEXT:
        return _CONSENT.search(seen) is not None
    return weight < _TEASER and len({m.group() for m in _CONSENT.finditer(read)}) > 1


def _is_teaser(page: Markup, seen: str, paragraphs: Sequence[str]) -> bool:
    weight = _weight(paragraphs)
    locked = any(
        record.get("isAccessibleForFree") in _FREE for record in page.records if _is_flag(record)
    )
    locked |= any(
        tier.lower() in {"locked", "metered", "paid"} for tier in page.meta("article:content_tier")
    )
    counts = [int(c) for r in page.records if str(c := r.get("wordCount") or "").isdigit()]
    if counts and locked:
        return len(" ".join(paragraphs).split()) < _WHOLE * counts[0] and weight < counts[0] * 4
    return bool(locked or _PAYWALL.search(seen)) and weight < _TEASER


def _is_flag(record: object) -> bool:
    return isinstance(record, dict) and isinstance(record.get("isAccessibleForFree"), bool | str)


def _fold(text: str) -> str:
    return fold_case_and_accents(as_seen(text))
