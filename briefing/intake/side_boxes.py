"""The tree of a page -> the same without what is not of its article: boxes, lists, menus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from briefing.checks.kept_text import fold_case_and_accents
from briefing.intake.markup import Element, text_of

_NEVER = (
    *("script", "style", "noscript", "template", "iframe", "button", "input", "select"),
    *("nav", "aside", "footer", "dialog", "svg", "object", "embed", "amp-ad", "amp-analytics"),
    *("amp-sidebar", "amp-consent", "amp-list", "amp-social-share", "amp-user-notification"),
)
_BEGIN, _END = r"(?:^|[^a-z])", r"(?:$|[^a-z])"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMES = re.compile(
    rf"{_BEGIN}(?:"
    r"relat(?:ed|es)\w*|side-?bar\w*|widgets?|most-?(?:read|viewed|popular)|popular|trending"
    r"|newsletter"
    r"|subscri\w+|shar(?:e|ing)\w*|social\w*|comments?|disqus|respond|breadcrumbs?|pagination|pager"
    r"|tags?|tag-?list|keywords?|recommend\w*|promo\w*|adverts?|advertisement|ads?|banners?"
    r"|sponsor\w*"
    r"|cookies?|consent|gdpr|see-?also|also-?read|read-?(?:more|also|next)|more-?(?:news"
    r"|stories|on|from)"
    r"|author-?(?:bio|box|info|card)|about-?author|up-?next|outbrain|taboola|teasers?|yarpp"
    r"|jp-relatedposts"
    r"|lien-?quan|tin-?(?:lien-?quan|khac|moi|cung|nong|hot|doc)\w*|xem-?(?:them|nhieu)"
    r"|doc-?(?:them|nhieu)"
    r"|cung-?chuyen-?muc|box-?(?:tin|news|category|related)\w*|binh-?luan|chia-?se|quang-?cao"
    r"|bai-?lien-?quan"
    r"|menu|nav(?:bar|igation)?|site-?header|top-?bar|masthead|footer|copyright|tin-?bai"
    r"|vnn-?related"
    r"|kanren|osusume|ranking|xiangguan|tuijian|link-?list|news-?list|list-?news|hot-?news"
    r"|poll|quiz"
    r"|print|toolbar|tools?|follow\w*|download-?app|modal|popup|overlay|skip-?link"
    r"|screen-?reader\w*"
    rf"){_END}",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?:tin|bai|chu de|noi dung)(?: viet)? (?:lien quan|cung chuyen muc|khac|moi nhat"
    r"|noi bat|doc nhieu)"
    r"|co the ban (?:quan tam|thich)|(?:xem|doc) (?:them|nhieu)|dang duoc quan tam|tham khao them"
    r"|(?:read|see) (?:more|also|next)|related(?: \w+){0,3}|more (?:on this|from|stories|news)\b.*"
    r"|most (?:read|viewed|popular)|recommended(?: for you)?|you (?:may|might) (?:also )?like"
    r"|trending(?: now)?"
    r"|editors?. picks?|latest(?: news)?|what to read next|top stories|newsletter|sign up.*"
    r"|相关(?:新闻|阅读|报道|文章|链接)|相關(?:新聞|閱讀|報導|文章)|延伸(?:阅读|閱讀)"
    r"|推荐阅读|推薦閱讀|热门.*|熱門.*"
    r"|関連(?:記事|ニュース|リンク)|おすすめ(?:記事)?|あわせて読みたい|アクセスランキング"
    r"|人気記事|最新ニュース"
    r"|اقرا ايضا|إقرا ايضا|اقرأ أيضا|مواضيع ذات صلة|اخبار ذات صلة|ذات صلة|المزيد من.*"
    r"|الاكثر (?:قراءة|مشاهدة)|شاهد ايضا"
)
_NAMING = ("class", "id", "type", "data-type", "data-component", "data-testid", "data-module")
_KEPT = {"html", "body", "main", "article", "head"}
_LINKED, _MOST, _MIN_LINKS, _MAX_LABEL = 0.7, 0.4, 2, 60


def without_side_boxes(root: Element) -> Element:
    """Return a copy of the tree of a page without what stands beside its article.

    What holds much of all text, or the title, is kept whatever it is called.
    """
    tree = deepcopy(root)
    for element in tree.xpath("|".join(f"//{tag}" for tag in _NEVER)):
        if element.tag != "footer" or not element.xpath("ancestor::article"):
            _drop(element)
    whole = sum(len(text_of(p)) for p in tree.xpath("//p")) or 1
    for drop in (_forms, _hidden, _named_boxes, _labelled, _linked):
        for element in list(drop(tree)):
            if element.getparent() is not None and not _holds_article(element, whole):
                _drop(element)
    return tree


def _drop(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _holds_article(element: Element, whole: int) -> bool:
    if element.tag in _KEPT or element.xpath("self::h1 | .//h1 | .//*[@itemprop='articleBody']"):
        return True
    own = sum(len(text_of(p)) for p in element.xpath(".//p[not(ancestor::li)]"))
    return bool(own > _MOST * whole and _link_share(element) < _LINKED)


def _forms(tree: Element) -> Iterator[Element]:
    """Yield forms; some systems make one of the whole page."""
    yield from tree.xpath("//form")


def _hidden(tree: Element) -> Iterator[Element]:
    for element in tree.xpath("//*[@style or @hidden or @aria-hidden]"):
        style = (element.get("style") or "").replace(" ", "").lower()
        is_hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        if is_hidden or "display:none" in style or "visibility:hidden" in style:
            yield element


def _named_boxes(tree: Element) -> Iterator[Element]:
    for element in tree.xpath("//*[@class or @id or @role or @type]"):
        role = (element.get("role") or "").lower()
        name = " ".join(element.get(attribute) or "" for attribute in _NAMING)
        name = _CAMEL.sub("-", name)
        if role in {"complementary", "navigation", "contentinfo", "banner"} or _NAMES.search(name):
            yield element


def _labelled(tree: Element) -> Iterator[Element]:
    """Yield boxes that begin with what says that other articles follow, and loose such labels."""
    for element in tree.xpath(
        "//*[self::h2 or self::h3 or self::h4 or self::h5 or self::p"
        " or self::div or self::strong or self::b or self::span or self::li]"
    ):
        text = text_of(element)
        if not text or len(text) > _MAX_LABEL or not _is_label(text):
            continue
        parent, following = element.getparent(), element.getnext()
        if following is not None and (
            _link_share(following) > _LINKED or following.tag in {"ul", "ol"}
        ):
            yield following
        if (
            parent is not None
            and (parent.tag in {"div", "section", "p"})
            and _link_share(parent) > 0
        ):
            yield parent
        yield element


def _is_label(text: str) -> bool:
    folded = fold_case_and_accents(text).strip(" :.»>-–—•▶*►")
    return _LABELS.fullmatch(folded) is not None


def _linked(tree: Element) -> Iterator[Element]:
    """Yield blocks that are links and little else; of a heading of a list of articles, too."""
    for element in tree.xpath(
        "//ul | //ol | //p | //h2 | //h3 | //h4 | //section | //div | //table | //li"
    ):
        share, links = _link_share(element), element.xpath(".//a")
        if (
            share > _LINKED and (len(links) >= _MIN_LINKS or element.tag not in {"div", "section"})
        ) or (element.tag in {"p", "div", "li"} and links and _begins_with_label(element)):
            yield element


def _begins_with_label(element: Element) -> bool:
    """Whether a paragraph is `Read more: <link>`."""
    label, colon, rest = text_of(element).partition(":")
    linked = " ".join(map(text_of, element.xpath(".//a")))
    return bool(colon) and _is_label(label) and len(linked) >= _LINKED * len(rest.strip())


def _link_share(element: Element) -> float:
    """Return the part of a text that is in links, from 0 to 1."""
    text = len(text_of(element))
    return (
        sum(len(text_of(a)) for a in element.xpath("descendant-or-self::a")) / text if text else 0.0
    )
