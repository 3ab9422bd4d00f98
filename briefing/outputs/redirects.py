"""Old addresses: pages that lead on, files that stand there once more, and what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from briefing.model.fingerprint import fingerprint, fingerprint_of_value
from briefing.model.site import Redirects, Site
from briefing.outputs.planned_page import ComparedTopic, PlannedPage
from briefing.outputs.site_output import SiteContents
from briefing.rendering.page import Page, PageKind, folder_of


def old_addresses(
    site: Site, compared: ComparedTopic, pages: Sequence[PlannedPage]
) -> Iterator[PlannedPage]:
    """Yield what stands at the addresses that `pages`, all others of a topic, once had."""
    redirects, topic = site.redirects, compared.topic.id
    by_key: dict[tuple[str, ...], list[PlannedPage]] = {}
    for planned in pages:
        by_key.setdefault(planned.page.key, []).append(planned)
    for old, target in _old_ids(redirects, topic, [key[1] for key in by_key if len(key) > 1]):
        for planned in by_key.get(tuple(target.split("/")), ()):
            same = old.count("/") == target.count("/")
            if planned.page.kind is PageKind.READING:
                yield _redirect(planned.page, old)
            elif same:
                yield _moved(planned, topic, old)


def _old_ids(
    redirects: Redirects, topic: str, articles: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield the ids that once were, each with the id in a topic that it leads to now.

    An article is known by each of its names, under each of the names of its topic.
    """
    keys = redirects.into.get(topic, ())
    same = [k for k in keys if "/" not in k and k in redirects.renamed]
    names = [topic, *(k for k in same if redirects.target(k) == topic)]
    below = {*articles, *(k.partition("/")[2] for k in keys if k.partition("/")[0] in names)}
    ids = dict.fromkeys([*keys, *(f"{name}/{each}" for name in names for each in sorted(below))])
    for old in ids:
        target = redirects.target(old)
        if target and not old.endswith("/") and target.partition("/")[0] == topic:
            yield old, target


def _redirect(to: Page, old: str) -> PlannedPage:
    """Return the page that leads from an old id to a page."""
    path = f"{folder_of(*to.languages)}/{old}/index.html"
    page = replace(to, path=path, kind=PageKind.REDIRECT, canonical=to.path, anchors=frozenset())
    return PlannedPage(page, "pages/redirect.html", {"to": to}, fingerprint(to.path.encode()))


def _moved(planned: PlannedPage, topic: str, old: str) -> PlannedPage:
    """Return a file again, at its old address: programs follow no page that redirects."""
    own = planned.page.path
    is_data = planned.page.kind is PageKind.DATA
    path = own.replace(f"data/{topic}.", f"data/{old}.") if is_data else _below(own, topic, old)
    page = replace(planned.page, path=path, canonical=own)
    return replace(planned, page=page)


def _below(path: str, topic: str, old: str) -> str:
    folder, _, name = path.partition(f"/{topic}/")
    return f"{folder}/{old}/{name}"


def withdrawn(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield what is said at the address of what was withdrawn, in each language.

    Of what was withdrawn in one language only, that is said where no page stands any more; so it
    is of all where drafts are shown, for these stand at their addresses.
    """
    site = contents.site
    singles = [(language.code,) for language in site.languages]
    pairs = [(one.code, other.code) for one, other in site.facing]
    taken = {page.path for pages in contents.pages.values() for page in pages}
    for withdrawn_id, told in site.redirects.gone.items():
        id, _, language = withdrawn_id.partition(".")
        for codes in (*singles, *pairs):
            path = f"{folder_of(*codes)}/{id}/index.html"
            may_be_taken = language or contents.shows_drafts
            if (language and language not in codes) or (may_be_taken and path in taken):
                continue
            page = Page(path=path, languages=codes[:1], kind=PageKind.REDIRECT)
            context = {"withdrawal": told}
            yield PlannedPage(page, "pages/withdrawn.html", context, fingerprint_of_value(told))
