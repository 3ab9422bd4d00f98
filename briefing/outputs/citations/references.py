"""What can be cited of a topic: the comparison on its page, and each article that it compares.

The titles of articles are their own, and so are their languages; the names of outlets and what
must be known of a source are in the words of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from briefing.model.article import (
    Article,
    Confidence,
    Integrity,
    OutletKind,
    Summary,
    UrlStatus,
)
from briefing.model.dates import topic_last_changed
from briefing.model.site import Topic
from briefing.model.values import Moment
from briefing.rendering.context import PageContext
from briefing.rendering.i18n import Translator
from briefing.rendering.text_fragments import readable_address


class ReferenceKind(StrEnum):
    """In what a text came out, as far as forms of citation tell it apart."""

    WEBPAGE = "webpage"
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"


class Reference(Struct, frozen=True, kw_only=True):
    """One text that can be cited."""

    key: str
    """Made of ids, which are permanent: `topic.language`, or `topic:article`."""
    kind: ReferenceKind
    title: str
    author: str
    """Who wrote it, as the article has it; "" where it names nobody."""
    translator: str
    """Likewise."""
    container: str
    """The name of the site or of the outlet."""
    issued: Moment | None
    """None where it is not known."""
    url: str
    """"" where there is none that readers can be sent to."""
    accessed: Moment | None
    """When it was read at `url`; None where that was not noted, or it was read elsewhere."""
    language: str
    """BCP 47."""
    note: str
    """What is wrong with the source, for readers; "" for nothing."""


_KINDS = {
    OutletKind.NEWSPAPER: ReferenceKind.NEWSPAPER,
    OutletKind.AGENCY: ReferenceKind.NEWSPAPER,
    OutletKind.MAGAZINE: ReferenceKind.MAGAZINE,
}
"""What is in none of these is on a web page."""


def references(
    here: PageContext, topic: Topic, summary: Summary, titles: Mapping[str, str]
) -> Iterator[Reference]:
    """Yield the comparison, then its articles in their order.

    here: in the folder of the page of the topic, whose text is `summary`. titles: those of our
    summaries in the language of the page, by the id of the article.
    """
    site, words = here.renderer.site, here.words
    yield Reference(
        key=f"{topic.id}.{here.language.code}",
        kind=ReferenceKind.WEBPAGE,
        title=summary.title,
        author="",
        translator=summary.translator or "",
        container=words.text(site.title),
        issued=topic_last_changed(topic, summary),
        url=here.with_absolute_links().to(topic.id) or "",
        accessed=None,
        language=summary.language,
        note="",
    )
    for article in topic.articles:
        yield _article(words, topic, article, titles.get(article.id, ""))


def _article(words: Translator, topic: Topic, article: Article, described: str) -> Reference:
    """Return an article. One without a title of its own is called what we say of it, in brackets.

    described: our title for it; "" for none.
    """
    outlet = words.text(article.outlet.name)
    return Reference(
        key=f"{topic.id}:{article.id}",
        kind=_KINDS.get(article.outlet.kind, ReferenceKind.WEBPAGE),
        title=article.original_title or f"[{described or outlet}]",
        author=article.author or "",
        translator="",
        container=outlet,
        issued=article.published,
        url=readable_address(article) or "",
        accessed=article.accessed if _was_opened(article) else None,
        language=article.language,
        note=_note(words, article),
    )


def _was_opened(article: Article) -> bool:
    """Whether we read an article at its address, so that it can be said to be there."""
    return article.url is not None and article.url_status in {
        UrlStatus.LIVE,
        UrlStatus.MOVED,
        UrlStatus.PAYWALLED,
    }


def _note(words: Translator, article: Article) -> str:
    """Return what is wrong with a source, and when its text was read if not at its address."""
    said = []
    if article.integrity is Integrity.ALTERED:
        said.append(words("sentence", text=words.of("integrity", article.integrity)))
        if article.integrity_note:
            said.append(words.text(article.integrity_note))
    if article.outlet_confidence is Confidence.INFERRED:
        said.append(words("cite_outlet_inferred"))
    if article.duplicate_of:
        said.append(words("duplicate_note"))
    if article.accessed and not _was_opened(article):
        said.append(words("cite_text_read", date=words.day(article.accessed)))
    return words.joined("sentences", said)
