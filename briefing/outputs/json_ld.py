"""What a page says of itself to machines, as JSON-LD in the words of https://schema.org.

A topic is a NewsArticle of ours, and a summary an Article based on the one it tells of. The claims
are in the data, which the topic names: no search engine reads them here, and they would weigh more
than all else. What stands on a facing page stands on the page of each language already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import Markup
from msgspec import json

from briefing.model.article import Article, Machine, Summary
from briefing.model.dates import (
    summary_first_published,
    summary_last_changed,
    topic_first_published,
    topic_last_changed,
)
from briefing.model.site import Change, ChangeKind, Responsible, Topic
from briefing.model.values import Moment
from briefing.rendering.context import PageContext
from briefing.rendering.page import Page, TranslationState, data_path
from briefing.rendering.text_fragments import readable_address

Described = dict[str, Any]
CONTEXT = "https://schema.org"
_ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end the element that the text stands in (https://json-ld.org/spec/latest/json-ld-html/)."""


def json_ld(here: PageContext, template: str, shown: Mapping[str, Any]) -> Markup | None:
    """Return the JSON-LD of a page that `template` makes; None: it has none."""
    kind = DESCRIPTIONS.get(template)
    page = here.page
    if kind is None or page.is_facing or page.translation is not TranslationState.OWN:
        return None
    said = kind(here, shown)
    if said is None:
        return None
    return in_script({"@context": CONTEXT, **said})


def in_script(said: Described) -> Markup:
    """Write what is said so that it can stand in a script, which nothing in it ends."""
    text = json.encode(said).decode()
    for sign, escape in _ESCAPES.items():  # most texts have none of them
        text = text.replace(sign, escape)
    return Markup(text)  # noqa: S704 — it is escaped


def _home(here: PageContext, _shown: Mapping[str, Any]) -> Described | None:
    """The site, as it is in one language."""
    if here.page.key:
        return None
    site = here.renderer.site
    return {
        **_site(here),
        "description": here.words.text(site.description),
        "inLanguage": here.language.code,
        "publisher": _publisher(here),
    }


def _chooser(here: PageContext, _shown: Mapping[str, Any]) -> Described:
    return {**_site(here), "url": here.canonical, "inLanguage": list(here.renderer.languages)}


def _topic(here: PageContext, shown: Mapping[str, Any]) -> Described:
    """A comparison: what it is about, what it was made from, where its claims are."""
    summary = shown["summary"]
    topic: Topic = shown["comparison"].topic
    said = {
        "@type": "NewsArticle",
        **_text(
            here, summary, topic_first_published(topic, summary), topic_last_changed(topic, summary)
        ),
        "about": {"@type": "Event", "name": summary.title, "startDate": _date(topic.event.start)},
        "image": here.address_of(here.card),
        "citation": [_source(here, article) for article in topic.articles],
        "correction": [_correction(here, change) for change in _corrections(topic.changes)],
        "associatedMedia": {
            "@type": "DataDownload",
            "contentUrl": here.address_of(data_path(topic.id)),
            "encodingFormat": "application/json",
        },
    }
    return _without_nothing(said) | _translations(here, topic.texts)


def _article(here: PageContext, shown: Mapping[str, Any]) -> Described:
    """A summary: whose article it tells of, and which language it was told in first."""
    comparison, summary, article = shown["comparison"], shown["summary"], shown["article"]
    topic: Topic = comparison.topic
    came_out = summary_first_published(article, summary)
    changed = summary_last_changed(topic, article, summary)
    source, whole = _source(here, article), _page(here, topic.id)
    said = {
        "@type": "Article",
        **_text(here, summary, came_out, changed),
        "isBasedOn": source,
        "citation": {"@id": source["@id"]},
        "isPartOf": {"@id": here.address_of(whole)} if whole else _site(here),
        "keywords": list(article.tags),
    }
    return _without_nothing(said) | _translations(here, article.summaries)


def _about(here: PageContext, shown: Mapping[str, Any]) -> Described:
    summary = shown["summary"]
    title = summary.title if summary else here.words("about")
    said = {"@type": "AboutPage", "name": title, "inLanguage": here.language.code}
    made = {"digitalSourceType": _digital_source(summary), **_review(summary)} if summary else {}
    own = {"@id": here.canonical, "url": here.canonical, "isPartOf": _site(here)}
    return _without_nothing({**own, **said, **made})


DESCRIPTIONS: Mapping[str, Callable[[PageContext, Mapping[str, Any]], Described | None]] = {
    "pages/chooser.html": _chooser,
    "pages/home.html": _home,
    "pages/topic.html": _topic,
    "pages/article.html": _article,
    "pages/about.html": _about,
}
"""By the template of a page."""


def _site(here: PageContext) -> Described:
    home = _page(here)
    name = here.words.text(here.renderer.site.title)
    address = here.address_of(home) if home else here.canonical
    return {"@type": "WebSite", "@id": address, "url": address, "name": name}


def _publisher(here: PageContext) -> Described:
    site = here.renderer.site
    said = {
        "@type": "Organization",
        "name": here.words.text(site.title),
        "url": here.address_of(""),
    }
    about = _page(here, "about")
    more: Described = {"publishingPrinciples": here.address_of(about) if about else ""}
    if site.responsible:
        more["contactPoint"] = _responsible(here, site.responsible)
    if site.contact and site.contact.startswith("mailto:"):
        more["email"] = site.contact.removeprefix("mailto:")
    return _without_nothing({**said, **more})


def _responsible(here: PageContext, named: Responsible) -> Described:
    """Return who is responsible: a person or a body, of which schema.org has one for a contact."""
    contact = named.contact or ""
    said = {
        "@type": "ContactPoint",
        "contactType": "editorial responsibility",
        "name": here.words.text(named.name),
        "email": contact.removeprefix("mailto:") if contact.startswith("mailto:") else "",
        "url": "" if contact.startswith("mailto:") else contact,
    }
    return _without_nothing(said)


def _page(here: PageContext, *key: str) -> Page | None:
    """Return the page about something in the language spoken here."""
    return next((p for p in here.translations(*key) if p.languages == (here.language.code,)), None)


def _text(
    here: PageContext, summary: Summary, came_out: Moment | None, changed: Moment | None
) -> Described:
    """Return what is said of any text of ours."""
    return {
        "@id": here.canonical,
        "url": here.canonical,
        "mainEntityOfPage": _reviewed_page(here, summary),
        "digitalSourceType": _digital_source(summary),
        "headline": summary.title,
        "description": summary.dek or "",
        "inLanguage": summary.language,
        "datePublished": _date(came_out) if came_out else "",
        "dateModified": _date(changed) if changed else "",
        "isPartOf": _site(here),
        "publisher": _publisher(here),
        "translator": {"@type": "Person", "name": summary.translator} if summary.translator else "",
    }


def _digital_source(summary: Summary) -> Described | str:
    """Return the term for a text that a machine made, "" for another.

    It is that of IPTC for media created by a trained model
    (http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia).
    """
    if summary.machine is Machine.NO:
        return ""
    return {"@id": "https://schema.org/TrainedAlgorithmicMediaDigitalSource"}


def _reviewed_page(here: PageContext, summary: Summary) -> Described | str:
    """Return the page of a text: of pages, and of nothing else, schema.org has the review."""
    if summary.reviewed is None:
        return here.canonical
    return {"@type": "WebPage", "url": here.canonical, **_review(summary)}


def _review(summary: Summary) -> Described:
    if (review := summary.reviewed) is None:
        return {}
    person = {"@type": "Person", "name": review.by}
    return {"reviewedBy": person, "lastReviewed": _date(review.on)}


def _translations(here: PageContext, texts: Mapping[str, Summary]) -> Described:
    """Return which text is a translation of which; `texts` are by language."""
    own = here.language.code
    pages = {page.languages[0]: {"@id": here.address_of(page)} for page in here.page_translations}
    translated = texts[own].translates if own in texts else None
    made = [code for code, text in texts.items() if text.translates == own and code in pages]
    told = {
        "translationOfWork": pages.get(translated or "", ""),
        "workTranslation": [pages[code] for code in made],
    }
    return _without_nothing(told)


def _source(here: PageContext, article: Article) -> Described:
    """Return of an article that we read."""
    address = readable_address(article)
    name = article.original_title or here.words.text(article.outlet.name)
    said = {
        "@type": "Article",
        "@id": _id_of(here, article),
        "url": address or "",
        "headline": article.original_title or "",
        "name": name,
        "inLanguage": article.language,
        "datePublished": _date(article.published),
        "publisher": {"@type": "Organization", "name": here.words.text(article.outlet.name)},
    }
    return _without_nothing(said)


def _id_of(here: PageContext, article: Article) -> str:
    """Name an article: by its address, or else by one of ours, on every page of its topic."""
    own = data_path(here.page.key[0])
    return readable_address(article) or here.address_of(own, article.id)


def _corrections(changes: tuple[Change, ...]) -> Iterator[Change]:
    return (change for change in changes if change.kind is ChangeKind.CORRECTION)


def _correction(here: PageContext, change: Change) -> Described:
    return {
        "@type": "CorrectionComment",
        "text": here.words.text(change.text),
        "datePublished": _date(change.date),
    }


def _date(moment: Moment) -> str:
    """Write a date as far as it is known, as ISO 8601 has it."""
    return str(moment)


def _without_nothing(said: Described) -> Described:
    return {key: value for key, value in said.items() if value not in ("", [], None)}
