"""The proof of a renaming: the site is read again, and is the same but for the id.

What it finds is a mistake of ours, and not of an author.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.commands.rename.links import leads_as
from briefing.commands.rename.names import Names, is_stale, texts
from briefing.content.parse import parse_site
from briefing.content.shared import Files
from briefing.model.article import Article
from briefing.model.site import Redirects, Site, Topic
from briefing.problems import Problems

_LOOKED_AT_APART = {"place", "body", "digest", "of", "redirects"}


def verify_renaming(before: Site, files: Files, names: Names, former: Mapping[str, str]) -> None:
    """Raise AssertionError if the new files are not those of the same site.

    `former` is the old id of all that was renamed, by its new one.
    """
    try:
        after = parse_site(files)
    except Problems as problems:
        raise AssertionError(f"the renamed site has problems:\n{problems}") from None
    assert _bare(_renamed(before, names)) == _bare(_without_primaries(after)), "other facts"
    assert _texts_are_the_same(before, after, names), "other texts"
    assert _leads_on(before.redirects, after.redirects, names, former), "other old ids"


def _renamed(site: Site, names: Names) -> Site:
    """Give a site as it is to be, but for the order of what is ordered by id."""
    topics = tuple(_renamed_topic(topic, names) for topic in site.topics)
    return _without_primaries(replace(site, topics=topics))


def _without_primaries(site: Site) -> Site:
    """Leave out what voices.yaml names: each topic says what that is in it."""
    return replace(site, voices={id: replace(v, primary=None) for id, v in site.voices.items()})


def _renamed_topic(topic: Topic, names: Names) -> Topic:
    def now(article: str) -> str:
        return names.becomes(f"{topic.id}/{article}").partition("/")[2]

    articles = [
        replace(each, id=now(each.id), duplicate_of=each.duplicate_of and now(each.duplicate_of))
        for each in topic.articles
    ]
    primary = {voice: now(article) for voice, article in topic.primary.items()}
    return replace(topic, id=names.becomes(topic.id), articles=tuple(articles), primary=primary)


def _bare(value: object) -> Any:
    """Give what can be compared of something: without places, and without the order of ids."""
    if isinstance(value, Struct):
        fields = [name for name in value.__struct_fields__ if name not in _LOOKED_AT_APART]
        return type(value), {name: _bare(getattr(value, name)) for name in fields}
    if isinstance(value, Mapping):
        return {key: _bare(each) for key, each in value.items()}
    if isinstance(value, tuple):
        if all(isinstance(each, Topic | Article) for each in value):
            return {each.id: _bare(each) for each in value}
        return [_bare(each) for each in value]
    return value


def _texts_are_the_same(before: Site, after: Site, names: Names) -> bool:
    """Whether links alone have changed, and what was translated of what is there still is."""
    now = texts(after)
    for id, told in texts(before).items():
        again, target = now[names.becomes(id)], partial(names.target, id.partition("/")[0])
        for language, summary in told.items():
            other = again[language]
            if not leads_as(summary.body, other.body, target):
                return False
            if is_stale(summary, told) != is_stale(other, again):
                return False
    return True


def _leads_on(before: Redirects, after: Redirects, names: Names, former: Mapping[str, str]) -> bool:
    """Whether each old id leads where it led, and the last one to the new one."""
    was = {id: before.target(id) or id for id in (*before.renamed, *before.replaced)}
    to_be = {id: names.becomes(target) for id, target in was.items() if id not in former}
    to_be[names.old] = names.new
    return after.withdrawn == before.withdrawn and all(
        (after.target(id) or id) == target for id, target in to_be.items()
    )
