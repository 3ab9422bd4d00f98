"""A page or a text, as it came -> what is read from it: facts, language, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from briefing.intake.addresses import without_tracking
from briefing.intake.body import paragraphs_of, without_title
from briefing.intake.charset import decode_page
from briefing.intake.facts import Facts, read_facts
from briefing.intake.languages import language_of
from briefing.intake.markup import Markup, parse_page
from briefing.intake.page_kind import refusal
from briefing.intake.side_boxes import without_side_boxes
from briefing.problems import Place, mistake

_MAX_HEADING = 300
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)")
"""What browsers write into a page that is saved:
https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537628(v=vs.85)."""


class SavedPage(Struct, frozen=True, kw_only=True):
    """A page as it came: from the web, from a file, or typed."""

    name: str
    """What a message calls it: its address or its file."""
    data: bytes
    content_type: str = ""
    """The header of that name; "" for none."""
    url: str | None = None
    """Where it stands on the web; None: not known."""


class Reading(Struct, frozen=True, kw_only=True):
    """What is read from a page."""

    facts: Facts
    language: str | None
    """BCP 47; None: not known."""
    paragraphs: tuple[str, ...]
    """Of its article, the title not among them."""

    @property
    def kept_text(self) -> str:
        """The text to keep: the title, and a paragraph in each line."""
        title = [self.facts.title] if self.facts.title else []
        return "".join(f"{line}\n" for line in (*title, *self.paragraphs))


def read_saved_page(page: SavedPage) -> Reading:
    """Return what a page says. Raises Problems if it is no article that can be read."""
    text = decode_page(page.data, page.content_type)
    if page.url is None and (saved := _SAVED_FROM.search(text[:5_000])):
        page = replace(page, url=saved[1])
    is_plain = page.content_type.startswith("text/plain") or not _is_html(text)
    return _read_plain(text, page) if is_plain else _read_html(parse_page(text), page)


def _is_html(text: str) -> bool:
    begin = text[:2_000].lower()
    return any(tag in begin for tag in ("<html", "<!doctype", "<head", "<body", "<p>", "<div"))


def _read_html(markup: Markup, page: SavedPage) -> Reading:
    shown = without_side_boxes(markup.root)
    paragraphs = paragraphs_of(markup, shown)
    language = language_of(" ".join(paragraphs), _declared_languages(markup))
    facts = read_facts(markup, shown, page.url, language)
    if wrong := refusal(markup, shown, paragraphs, page.url or facts.address):
        raise mistake(Place(page.name), *wrong)
    paragraphs = without_title(paragraphs, facts.title)
    return Reading(facts=facts, language=language, paragraphs=paragraphs)


def _declared_languages(page: Markup) -> Iterator[str]:
    for record in page.articles:
        if isinstance(tag := record.get("inLanguage"), str):
            yield tag
    yield from page.root.xpath("//*[self::html or self::body]/@lang")
    yield from page.meta(
        "content-language", "og:locale", "dc.language", "dcterms.language", "language"
    )


def _read_plain(text: str, page: SavedPage) -> Reading:
    """Return what is read from a plain text: a paragraph in each line, the first its title."""
    lines = [line for written in text.splitlines() if (line := " ".join(written.split()))]
    if len(lines) < 2:  # noqa: PLR2004 — a title and a paragraph
        cure = "write its title in the first line, and each paragraph in a line below"
        raise mistake(Place(page.name), "is no text with a title and paragraphs", cure)
    title = lines[0] if len(lines[0]) <= _MAX_HEADING else None
    facts = Facts(
        title=title,
        author=None,
        published=None,
        address=without_tracking(page.url) if page.url else None,
        type=None,
        site_name=None,
    )
    paragraphs = tuple(lines[1:] if title else lines)
    return Reading(facts=facts, language=language_of(" ".join(lines), ()), paragraphs=paragraphs)
