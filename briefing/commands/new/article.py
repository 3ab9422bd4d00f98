"""The command `new article`: an address or a saved page -> a lead to write in, and a kept text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from briefing.commands.new.article_sources import (
    ArticleSources,
    OtherArticle,
    read_article_sources,
)
from briefing.commands.topic_ids import CHOOSE_ANOTHER, NEVER_REUSED, wrong_id
from briefing.content.fields import language_cure
from briefing.content.redirects import REDIRECTS
from briefing.content.site import SITE_FILE
from briefing.intake.addresses import is_web_address, page_key
from briefing.intake.known_texts import KnownText, Likeness, most_alike
from briefing.intake.lead import LeadFacts, lead_file
from briefing.intake.network.fetch import fetch_page
from briefing.intake.outlets import FoundOutlet, find_outlet, proposed_entry, proposed_id
from briefing.intake.reading import Reading, SavedPage, read_saved_page
from briefing.model.article import OutletKind
from briefing.model.site import Language
from briefing.model.values import Moment, Precision
from briefing.problems import Place, mistake, raise_if_any
from briefing.storage.new_files import write_new_files
from briefing.storage.read_sources import (
    MAX_SOURCE_BYTES,
    read_article_texts,
    read_outside_file,
    read_tree,
)
from briefing.storage.stat_cache import ARTICLE_TEXTS
from briefing.syntax.urls import url_cure, url_mistake

_READ = (SITE_FILE, REDIRECTS, "content")
_STDIN = "-"
_FROM = "give the address it came from: --from ADDRESS"


class ArticleRequest(Struct, frozen=True, kw_only=True):
    """What is asked of `new article`."""

    topic: str
    source: str
    """An address, the path of a file, or `-` for what is typed."""
    came_from: str | None = None
    """The address of a saved page; None: what the page says."""
    id: str | None = None
    """None: that of the outlet."""
    language: str | None = None
    """Of the summary, by code; None: the first of the site."""


class _Site(Struct, frozen=True, kw_only=True):
    """What a new article comes to."""

    sources: ArticleSources
    kept: dict[str, bytes]
    """The texts of articles, by `<topic>/<article>.txt`."""
    language: Language
    """Of the summary."""
    today: Moment


class _Written(Struct, frozen=True, kw_only=True):
    """The files of a new article, and what is to be told of it."""

    files: dict[str, bytes]
    told: tuple[str, ...]


def new_article(root: Path, request: ArticleRequest, now: Moment, *, dry_run: bool) -> str:
    """Write the lead and the kept text of a new article; return what is to be done next.

    now: the day on which it is read. dry_run: whether nothing is to be written. Raises Problems,
    with nothing written, if the page cannot be got or read, or if we have it already.
    """
    sources = read_article_sources(read_tree(root, *_READ), request.topic)
    language = _language(sources, request.language)
    if request.id is not None:
        _require_free(request.topic, request.id, sources)
    for known in filter(None, (request.came_from, request.source)):
        _refuse_known_address(known, sources)
    page, hops = _get_page(request)
    reading = read_saved_page(page)
    _require_address(page, reading)
    _refuse_known_address(reading.facts.address or "", sources)
    site = _Site(sources=sources, kept=read_article_texts(root), language=language, today=now)
    written = _write(request, reading, site)
    if not dry_run:
        write_new_files(root, written.files, among_others=True)
    done = "would be written" if dry_run else "written"
    redirected = [f"redirected to {hop}" for hop in hops]
    return "\n    ".join([f"{', '.join(written.files)}: {done}", *redirected, *written.told])


def _language(sources: ArticleSources, code: str | None) -> Language:
    """Return the language of the summary. Raises Problems if the site does not have it."""
    by_code = {language.code: language for language in sources.languages}
    if code is None:
        return sources.languages[0]
    if code not in by_code:
        raise mistake(Place(SITE_FILE), f"no language `{code}`", language_cure(code, by_code))
    return by_code[code]


def _require_free(topic: str, id: str, sources: ArticleSources) -> None:
    """Do nothing if an article of the topic can get an id. Raises Problems otherwise."""
    folder = f"content/{topic}"
    raise_if_any(wrong_id(folder, id))
    if id in sources.taken:
        is_there = any(each.topic == topic and each.id == id for each in sources.articles)
        what = f"there is an article `{id}`" if is_there else f"`{id}` is taken, or an old id"
        raise mistake(Place(folder), what, CHOOSE_ANOTHER if is_there else NEVER_REUSED)


def _refuse_known_address(address: str, sources: ArticleSources) -> None:
    """Do nothing if no article has an address. Raises Problems otherwise."""
    if not is_web_address(address):
        return
    key = page_key(address)
    for article in sources.articles:
        if article.url and page_key(article.url) == key:
            message = f"we have this article already: {address}"
            raise mistake(Place(article.path), message, "open that file, and go on in it")


def _get_page(request: ArticleRequest) -> tuple[SavedPage, tuple[str, ...]]:
    """Return a page as it came, and the addresses it was redirected to. Raises Problems."""
    source = request.source
    if request.came_from is not None and not is_web_address(request.came_from):
        message, cure = "is no address of a web page", "write it whole: https://…"
        raise mistake(Place(request.came_from), message, cure)
    if is_web_address(source):
        fetched = fetch_page(source)
        return (
            SavedPage(
                name=source,
                data=fetched.data,
                content_type=fetched.content_type,
                url=request.came_from or fetched.url,
            ),
            fetched.hops,
        )
    if "://" in source:
        message, cure = "is no address of a web page", "write one that begins with https://"
        raise mistake(Place(source), message, cure)
    if source == _STDIN:
        data = sys.stdin.buffer.read(MAX_SOURCE_BYTES)
        return SavedPage(name="what was typed", data=data, url=request.came_from), ()
    data = read_outside_file(Path(source))
    kind = "text/plain" if source.lower().endswith(".txt") else ""
    return SavedPage(name=source, data=data, content_type=kind, url=request.came_from), ()


def _require_address(page: SavedPage, reading: Reading) -> None:
    """Do nothing if a page has an address that readers can go to. Raises Problems otherwise."""
    if not (address := reading.facts.address):
        raise mistake(Place(page.name), "does not say where it stands on the web", _FROM)
    if wrong := url_mistake(address):
        cure = url_cure(address, _FROM)
        raise mistake(Place(page.name), f"its address, `{address}`, {wrong}", cure)


def _write(request: ArticleRequest, reading: Reading, site: _Site) -> _Written:
    """Return the files of the new article. Raises Problems if we have its text already."""
    address, sources = reading.facts.address or "", site.sources
    known = [(each.outlet, each.url) for each in sources.articles if each.url]
    found = find_outlet(address, sources.outlets, known)
    outlet = found.sure.id if found.sure else proposed_id(address, sources.outlets)
    alike = most_alike(reading.kept_text, _known_texts(site.kept, sources))
    _refuse_same(alike, found, sources)
    id = request.id or _free_id(outlet, sources)
    code = site.language.code
    lead = LeadFacts(
        language=site.language,
        outlet=outlet,
        known_outlet=found.sure,
        accessed=Moment(Precision.DAY, site.today.at),
        points=sources.points,
        questions=[(point.question or point.label)[code] for point in sources.points],
        duplicate_of=_original(alike, request.topic, sources),
    )
    files = {
        f"content/{request.topic}/{id}.{code}.md": lead_file(reading, lead),
        f"{ARTICLE_TEXTS}/{request.topic}/{id}.txt": reading.kept_text.encode(),
    }
    told = (*_told(reading, sources), *_told_of_outlet(reading, found, outlet))
    return _Written(files=files, told=(*told, *_told_of_likeness(alike, lead.duplicate_of)))


def _known_texts(kept: dict[str, bytes], sources: ArticleSources) -> Iterator[KnownText]:
    there = {(article.topic, article.id) for article in sources.articles}
    for path, data in kept.items():
        topic, _, name = path.partition("/")
        article = name.removesuffix(".txt")
        if (topic, article) in there:
            yield KnownText(topic=topic, article=article, text=data.decode(errors="replace"))


def _article_of(alike: Likeness, sources: ArticleSources) -> OtherArticle:
    known = alike.known
    return next(a for a in sources.articles if (a.topic, a.id) == (known.topic, known.article))


def _refuse_same(alike: Likeness | None, found: FoundOutlet, sources: ArticleSources) -> None:
    """Do nothing if a text is new, or is another outlet's. Raises Problems otherwise."""
    if alike is None or not alike.is_same:
        return
    article = _article_of(alike, sources)
    if found.sure and found.sure.id == article.outlet:
        message = f"we have this text already, of the same outlet: {article.url or article.id}"
        raise mistake(Place(article.path), message, "open that file, and go on in it")


def _original(alike: Likeness | None, topic: str, sources: ArticleSources) -> str | None:
    """Return the id of the original that a text repeats, if that is in the topic; else None."""
    if alike is None or alike.known.topic != topic:
        return None
    return _article_of(alike, sources).duplicate_of or alike.known.article


def _free_id(outlet: str, sources: ArticleSources) -> str:
    """Return the id of the outlet, with a number behind it if that is taken."""
    if outlet not in sources.taken and outlet != "topic":
        return outlet
    number = 2
    while f"{outlet}-{number}" in sources.taken:
        number += 1
    return f"{outlet}-{number}"


def _told(reading: Reading, sources: ArticleSources) -> Iterator[str]:
    """Yield what was read, and what the page does not say."""
    facts = reading.facts
    yield f"{len(reading.paragraphs)} paragraphs were read; {len(sources.points)} points to fill in"
    missing = {"title": facts.title, "date": facts.published, "author": facts.author}
    if names := [name for name, value in missing.items() if value is None]:
        yield f"the page names no {' and no '.join(names)}"


def _told_of_outlet(reading: Reading, found: FoundOutlet, id: str) -> Iterator[str]:
    if found.sure:
        yield f"outlet: {found.sure.id}, by the address"
        return
    if found.perhaps:
        yield f"no outlet has this domain; it may be one of: {', '.join(found.perhaps)}"
    yield "a new outlet: paste this into content/outlets.yaml, and put what it is for each `…`"
    facts = reading.facts
    entry = proposed_entry(id, facts.address or "", facts.site_name, reading.language)
    yield entry
    if "kind: …" in entry:
        yield f"  kind: {', '.join(OutletKind)}"
    if "country: …" in entry:
        yield "  country: two letters, as GB or VN"


def _told_of_likeness(alike: Likeness | None, original: str | None) -> Iterator[str]:
    if alike:
        where = f"{alike.known.topic}/{alike.known.article}"
        yield f"{alike.share:.0%} of this text stands in {where} too"
        if original:
            yield f"if it is the same text, delete the `#` before `duplicate_of: {original}`"
