"""How the site stands, for those who edit it: its topics, what is to appear, what could be better.

It is written in the Markdown of GitHub (https://github.github.com/gfm/), for the summary of a job:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice

from msgspec import Struct

from briefing.content.publication import public_site, public_topic, timestamp
from briefing.model.article import Summary
from briefing.model.site import Language, Site, Topic
from briefing.model.values import Moment, Precision
from briefing.outputs.planned_page import is_outdated
from briefing.problems import Problem
from briefing.rendering.page import folder_of, url_of

MAX_LISTED = 50
"""Items of a list that are told; GitHub takes no summary of more than 1 MiB."""
MAX_TITLE = 200
"""Characters of a title that are told."""
OWN = ""
"""Stands for the id of an article where a text is no article's but the topic's, or the site's."""
Key = tuple[str, str]
"""A text: the id of its article, or OWN, and the code of its language."""
Texts = Mapping[Key, Summary]
Public = Callable[[Moment], Set[Key]]
"""Gives the texts that readers may see at a time."""


class SiteStatus(Struct, frozen=True):
    """How the texts of a topic stand, or those of the site itself."""

    texts: Texts
    public: Set[Key]
    """Those that readers may see."""
    coming: Mapping[Key, Moment]
    """When each of those that are held back appears, soonest first."""


def status_table(briefing: Site, warnings: Sequence[Problem], as_of: Moment, site: str = "") -> str:
    """Give the status of a whole briefing, public or not, at a time, as Markdown.

    `site` is the address it is published at, with a slash at its end; the topics lead there.
    """
    standings = {topic.id: _standing_of(topic, briefing, as_of) for topic in briefing.topics}
    title = _text(_first(briefing.title, briefing.languages))
    parts = [
        f"## {title}: status as of {_written(as_of)}",
        "\n".join(_rows(briefing, standings, warnings, site)) or "There is no topic yet.",
        *_section("To appear", _to_appear(briefing, standings, as_of)),
        *_section("Could be better", [_warning(problem) for problem in warnings]),
    ]
    return "\n\n".join(parts) + "\n"


def _standing_of(topic: Topic, site: Site, as_of: Moment) -> SiteStatus:
    """Give how a topic stands; what is public at which time, `release` says."""

    def public(at: Moment) -> Set[Key]:
        shown = public_topic(topic, site, at)
        return _texts(shown).keys() if shown else frozenset()

    dates = [article.published for article in topic.articles]
    return _standing(_texts(topic), dates, public, site, as_of)


def _standing_of_ground(site: Site, as_of: Moment) -> SiteStatus:
    """Give how the site's own text stands."""

    def public(at: Moment) -> Set[Key]:
        return {(OWN, code) for code in public_site(site, at).about}

    texts = {(OWN, code): text for code, text in site.about.items()}
    return _standing(texts, [], public, site, as_of)


def _texts(topic: Topic) -> Texts:
    texts = {(OWN, code): text for code, text in topic.texts.items()}
    for article in topic.articles:
        texts |= {(article.id, code): text for code, text in article.summaries.items()}
    return texts


def _standing(
    texts: Texts, dates: Iterable[Moment], public: Public, site: Site, as_of: Moment
) -> SiteStatus:
    """Give how texts stand, which may appear at some dates or when they are released."""
    now = timestamp(as_of, site)
    releases = (text.release for text in texts.values() if text.release)
    to_come = {at for at in (*dates, *releases) if timestamp(at, site) > now}
    shown = public(as_of)
    coming: dict[Key, Moment] = {}
    for at in sorted(to_come, key=lambda at: timestamp(at, site)):
        coming |= dict.fromkeys(public(at) - shown - coming.keys(), at)
    return SiteStatus(texts, shown, coming)


def _rows(
    briefing: Site,
    standings: Mapping[str, SiteStatus],
    warnings: Sequence[Problem],
    site: str,
) -> Iterator[str]:
    """Give the lines of the table, a row for each topic; none if there is no topic."""
    names = [_text(language.name) for language in briefing.languages]
    if briefing.topics:
        yield _row(["topic", "articles", "points", *names, "warnings"])
        yield _row(["---", "--:", "--:", *("---" for _ in names), "--:"])
    warned = Counter((*problem.place.path.split("/"), "")[1] for problem in warnings)
    for topic in briefing.topics:
        standing = standings[topic.id]
        told = [_told(standing, topic, language) for language in briefing.languages]
        own = warned[topic.id]
        counts = [str(len(topic.articles)), str(len(topic.points))]
        yield _row([_name(topic, standing, briefing, site), *counts, *told, str(own)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _name(topic: Topic, standing: SiteStatus, briefing: Site, site: str) -> str:
    """Give what a topic is called, in the first language it has, and its id."""
    codes = [language.code for language in briefing.languages]
    title = _text(_first({c: text.title for c, text in topic.texts.items()}, briefing.languages))
    read = next((code for code in codes if (OWN, code) in standing.public), None)
    if site and read:
        page = url_of(f"{folder_of(read)}/{topic.id}/index.html")
        title = f"[{title}]({_escaped(site + page)})"
    return f"{title} ({_text(topic.id)})"


def _first(texts: Mapping[str, str], languages: Sequence[Language]) -> str:
    """Give a text in the first language of the site that it has."""
    return next((texts[one.code] for one in languages if one.code in texts), "")


def _told(standing: SiteStatus, topic: Topic, language: Language) -> str:
    """Say how many of its texts a topic has in a language, and what is to be done with them."""
    own = {key: text for key, text in standing.texts.items() if key[1] == language.code}
    hidden = [key for key in own if key not in standing.public and key not in standing.coming]
    drafts = sum(own[key].draft for key in hidden)
    dates = Counter(at for key, at in standing.coming.items() if key in own)
    counted = {
        "stale": sum(_is_stale(key, standing.texts) for key in own),
        "draft": drafts,
        "behind a draft": len(hidden) - drafts,
        **{f"from {_written(at)}": count for at, count in dates.items()},
    }
    notes = (f"{count} {what}" for what, count in counted.items() if count)
    return " · ".join((f"{len(own)}/{1 + len(topic.articles)}", *notes))


def _is_stale(key: Key, texts: Texts) -> bool:
    original = texts.get((key[0], texts[key].translates or ""))
    return original is not None and is_outdated(original, texts[key])


def _to_appear(site: Site, standings: Mapping[str, SiteStatus], as_of: Moment) -> list[str]:
    """Say which texts appear when, soonest first."""
    shelves = {**standings, "about": _standing_of_ground(site, as_of)}
    names = {language.code: language.name for language in site.languages}
    found = [
        (timestamp(at, site), shelf, key, at)
        for shelf, standing in shelves.items()
        for key, at in standing.coming.items()
    ]
    lines = []
    for _, shelf, (article, code), at in sorted(found, key=lambda one: one[:3]):
        title = _text(shelves[shelf].texts[article, code].title)
        where = _text("/".join(filter(None, (shelf, article))))
        lines.append(f"{_written(at)}: {title} ({where}, {_text(names[code])})")
    return lines


def _warning(problem: Problem) -> str:
    return "<br>".join(_escaped(line) for line in str(problem).split("\n"))


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    """Give a heading and a list below it, or nothing if there is nothing to be told."""
    if lines:
        yield f"### {heading}"
        more = len(lines) - MAX_LISTED
        told = [f"- {line}" for line in islice(lines, MAX_LISTED)]
        yield "\n".join([*told, *([f"- and {more} more"] if more > 0 else [])])


def _written(moment: Moment) -> str:
    """Write a time as ISO 8601 does, as exactly as it is known."""
    if moment.precision is Precision.MINUTE:
        return f"{moment.begins():%Y-%m-%d %H:%M} UTC"
    return f"{moment.day:%Y-%m}" if moment.precision is Precision.MONTH else f"{moment.day}"


_MARKUP = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`*_{}[]()<>#!|~&:@$^"})
"""A sign that is written as a number is no markup (https://spec.commonmark.org/0.31.2/, 2.5)."""


def _text(text: str) -> str:
    """Write a short text of the content on one line, to be read as it stands."""
    return _escaped(text if len(text) <= MAX_TITLE else f"{text[:MAX_TITLE]} …")


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_MARKUP)
