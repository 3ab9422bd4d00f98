"""Checks the planned files of a new id: they must be the same site but for the id.

A difference is a bug of this package, and no mistake of an author: AssertionError.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.commands.rename.links import has_links_as
from briefing.commands.rename.names import IdChange, all_texts, is_stale
from briefing.content.parse import parse_site
from briefing.content.shared import Files
from briefing.model.article import Article
from briefing.model.site import Redirects, Site, Topic
from briefing.problems import Problems

_COMPARED_APART = {
    "place",
    "places",
    "published_place",
    "draft_place",
    "body",
    "digest",
    "of",
    "redirects",
}


def verify_renaming(before: Site, files: Files, ids: IdChange, former: Mapping[str, str]) -> None:
    """Check that `files` are the site `before` with new ids. Raises AssertionError if not.

    former: the old id of each topic and article whose id changes, by its new one.
    """
    try:
        after = parse_site(files)
    except Problems as problems:
        raise AssertionError(f"the renamed site has problems:\n{problems}") from None
    assert comparable(_renamed_site(before, ids)) == comparable(_without_primaries(after)), (
        "other facts"
    )
    assert _texts_are_the_same(before, after, ids), "other texts"
    assert _redirects_are_right(before.redirects, after.redirects, ids, former), "other old ids"


def _renamed_site(site: Site, ids: IdChange) -> Site:
    """Return a site with its new ids; what is sorted by id keeps its old order."""
    topics = tuple(_renamed_topic(topic, ids) for topic in site.topics)
    return _without_primaries(replace(site, topics=topics))


def _without_primaries(site: Site) -> Site:
    """Return a site without the `primary:` of voices.yaml: `Topic.primary` has the result."""
    return replace(site, voices={id: replace(v, primary=None) for id, v in site.voices.items()})


def _renamed_topic(topic: Topic, ids: IdChange) -> Topic:
    """Return a topic with its new ids."""

    def now(article: str) -> str:
        return ids.new_id(f"{topic.id}/{article}").partition("/")[2]

    articles = [
        replace(each, id=now(each.id), duplicate_of=each.duplicate_of and now(each.duplicate_of))
        for each in topic.articles
    ]
    primary = {voice: now(article) for voice, article in topic.primary.items()}
    return replace(topic, id=ids.new_id(topic.id), articles=tuple(articles), primary=primary)


def comparable(value: object) -> Any:
    """Return plain values to compare: without places, and with topics and articles by id."""
    if isinstance(value, Struct):
        fields = [name for name in value.__struct_fields__ if name not in _COMPARED_APART]
        return type(value), {name: comparable(getattr(value, name)) for name in fields}
    if isinstance(value, Mapping):
        return {key: comparable(each) for key, each in value.items()}
    if isinstance(value, tuple):
        if all(isinstance(each, Topic | Article) for each in value):
            return {each.id: comparable(each) for each in value}
        return [comparable(each) for each in value]
    return value


def _texts_are_the_same(before: Site, after: Site, ids: IdChange) -> bool:
    """Whether only links have changed in texts, and translations are as up to date as before."""
    new_texts = all_texts(after)
    for id, originals in all_texts(before).items():
        again, target = new_texts[ids.new_id(id)], partial(ids.new_target, id.partition("/")[0])
        for language, summary in originals.items():
            other = again[language]
            if not has_links_as(summary.body, other.body, target):
                return False
            if is_stale(summary, originals) != is_stale(other, again):
                return False
    return True


def _redirects_are_right(
    before: Redirects, after: Redirects, ids: IdChange, former: Mapping[str, str]
) -> bool:
    """Whether each old id leads where it led, and the id that was replaced to the new one."""
    targets = {id: before.target(id) or id for id in (*before.renamed, *before.replaced)}
    expected = {id: ids.new_id(target) for id, target in targets.items() if id not in former}
    expected[ids.old] = ids.new
    withdrawn = {ids.new_withdrawn(id, before): told for id, told in before.withdrawals.items()}
    return comparable(after.withdrawals) == comparable(withdrawn) and all(
        (after.target(id) or id) == target for id, target in expected.items()
    )
