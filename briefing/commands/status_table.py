"""A site and its warnings -> their status in Markdown: topics, what is to appear, warnings.

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
from briefing.problems import Problem
from briefing.rendering.page import folder_of, url_of
from briefing.translation.marks import is_outdated

MAX_LISTED = 50
"""Items of a list that are written, before "and … more": a summary is at most 1 MiB long."""
MAX_TITLE = 200
"""Characters of a title that are written, before an ellipsis."""
NO_ARTICLE = ""
"""Stands for the id of an article in the key of a text of the topic, or of the site."""
TextKey = tuple[str, str]
"""Names a text: the id of its article, or NO_ARTICLE, and the code of its language."""
TextsByKey = Mapping[TextKey, Summary]
PublicAt = Callable[[Moment], Set[TextKey]]
"""Returns the texts that readers may see at a time."""


class TextStatus(Struct, frozen=True):
    """The texts of a topic, or of the site itself, and which are public."""

    texts: TextsByKey
    public: Set[TextKey]
    """The texts that readers may see."""
    coming: Mapping[TextKey, Moment]
    """When each text that is held back appears, soonest first."""


def status_table(site: Site, warnings: Sequence[Problem], as_of: Moment, url: str = "") -> str:
    """Return the status of all of a site at a time, public or not, as Markdown.

    `url`: where the site is published, with a slash at its end; topics link there. "": no links.
    """
    statuses = {topic.id: _status_of_topic(topic, site, as_of) for topic in site.topics}
    title = _text(_first(site.title, site.languages))
    parts = [
        f"## {title}: status as of {_iso(as_of)}",
        "\n".join(_rows(site, statuses, warnings, url)) or "There is no topic yet.",
        *_section("To appear", _to_appear(site, statuses, as_of)),
        *_section("Could be better", [_warning(problem) for problem in warnings]),
    ]
    return "\n\n".join(parts) + "\n"


def _status_of_topic(topic: Topic, site: Site, as_of: Moment) -> TextStatus:
    """Return the status of the texts of a topic at a time."""

    def public(at: Moment) -> Set[TextKey]:
        shown = public_topic(topic, site, at)
        return _texts(shown).keys() if shown else frozenset()

    dates = [article.published for article in topic.articles]
    return _status(_texts(topic), dates, public, site, as_of)


def _status_of_about(site: Site, as_of: Moment) -> TextStatus:
    """Return the status of the texts in which the site speaks of itself."""

    def public(at: Moment) -> Set[TextKey]:
        return {(NO_ARTICLE, code) for code in public_site(site, at).about}

    texts = {(NO_ARTICLE, code): text for code, text in site.about.items()}
    return _status(texts, [], public, site, as_of)


def _texts(topic: Topic) -> TextsByKey:
    """Return the texts of a topic and of its articles."""
    texts = {(NO_ARTICLE, code): text for code, text in topic.texts.items()}
    for article in topic.articles:
        texts |= {(article.id, code): text for code, text in article.summaries.items()}
    return texts


def _status(
    texts: TextsByKey, dates: Iterable[Moment], public: PublicAt, site: Site, as_of: Moment
) -> TextStatus:
    """Return the status of texts, each of which may appear at one of `dates` or at its release."""
    now = timestamp(as_of, site)
    releases = (text.release for text in texts.values() if text.release)
    to_come = {at for at in (*dates, *releases) if timestamp(at, site) > now}
    shown = public(as_of)
    coming: dict[TextKey, Moment] = {}
    for at in sorted(to_come, key=lambda at: timestamp(at, site)):
        coming |= dict.fromkeys(public(at) - shown - coming.keys(), at)
    return TextStatus(texts, shown, coming)


def _rows(
    site: Site,
    statuses: Mapping[str, TextStatus],
    warnings: Sequence[Problem],
    url: str,
) -> Iterator[str]:
    """Yield the lines of the table, a row for each topic; none if there is no topic."""
    names = [_text(language.name) for language in site.languages]
    if site.topics:
        yield _row(["topic", "articles", "points", *names, "warnings"])
        yield _row(["---", "--:", "--:", *("---" for _ in names), "--:"])
    warned = Counter((*problem.place.path.split("/"), "")[1] for problem in warnings)
    for topic in site.topics:
        status = statuses[topic.id]
        cells = [_cell(status, topic, language) for language in site.languages]
        own = warned[topic.id]
        counts = [str(len(topic.articles)), str(len(topic.points))]
        yield _row([_link_to_topic(topic, status, site, url), *counts, *cells, str(own)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _link_to_topic(topic: Topic, status: TextStatus, site: Site, url: str) -> str:
    """Return the title of a topic, in the first language it has, and its id."""
    codes = [language.code for language in site.languages]
    title = _text(_first({c: text.title for c, text in topic.texts.items()}, site.languages))
    read = next((code for code in codes if (NO_ARTICLE, code) in status.public), None)
    if url and read:
        page = url_of(f"{folder_of(read)}/{topic.id}/index.html")
        title = f"[{title}]({_escaped(url + page)})"
    return f"{title} ({_text(topic.id)})"


def _first(texts: Mapping[str, str], languages: Sequence[Language]) -> str:
    """Return the text in the first of `languages` that has one; `texts` are by language code."""
    return next((texts[one.code] for one in languages if one.code in texts), "")


def _cell(status: TextStatus, topic: Topic, language: Language) -> str:
    """Return how many texts of a topic are in a language, and what is to be done with them."""
    own = {key: text for key, text in status.texts.items() if key[1] == language.code}
    hidden = [key for key in own if key not in status.public and key not in status.coming]
    drafts = sum(own[key].draft for key in hidden)
    dates = Counter(at for key, at in status.coming.items() if key in own)
    counted = {
        "stale": sum(_is_stale(key, status.texts) for key in own),
        "draft": drafts,
        "behind a draft": len(hidden) - drafts,
        **{f"from {_iso(at)}": count for at, count in dates.items()},
    }
    notes = (f"{count} {what}" for what, count in counted.items() if count)
    return " · ".join((f"{len(own)}/{1 + len(topic.articles)}", *notes))


def _is_stale(key: TextKey, texts: TextsByKey) -> bool:
    original = texts.get((key[0], texts[key].translates or ""))
    return original is not None and is_outdated(original, texts[key])


def _to_appear(site: Site, statuses: Mapping[str, TextStatus], as_of: Moment) -> list[str]:
    """Return a line for each text that is held back, soonest first: when it appears, its title."""
    statuses_of_all = {**statuses, "about": _status_of_about(site, as_of)}
    names = {language.code: language.name for language in site.languages}
    found = [
        (timestamp(at, site), unit, key, at)
        for unit, status in statuses_of_all.items()
        for key, at in status.coming.items()
    ]
    lines = []
    for _, unit, (article, code), at in sorted(found, key=lambda one: one[:3]):
        title = _text(statuses_of_all[unit].texts[article, code].title)
        where = _text("/".join(filter(None, (unit, article))))
        lines.append(f"{_iso(at)}: {title} ({where}, {_text(names[code])})")
    return lines


def _warning(problem: Problem) -> str:
    return "<br>".join(_escaped(line) for line in str(problem).split("\n"))


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield a heading and a list below it; nothing if there are no lines."""
    if lines:
        yield f"### {heading}"
        more = len(lines) - MAX_LISTED
        items = [f"- {line}" for line in islice(lines, MAX_LISTED)]
        yield "\n".join([*items, *([f"- and {more} more"] if more > 0 else [])])


def _iso(moment: Moment) -> str:
    """Return a time in the form of ISO 8601, as exactly as it is known."""
    if moment.precision is Precision.MINUTE:
        return f"{moment.begins():%Y-%m-%d %H:%M} UTC"
    return str(moment)


_MARKUP = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`*_{}[]()<>#!|~&:@$^"})
"""The numeric reference of each sign, which is no markup: section 2.5 of
https://spec.commonmark.org/0.31.2/.

The key is the code of the sign.
"""


def _text(text: str) -> str:
    """Return a text of the content on one line, cut after MAX_TITLE characters, as no markup."""
    return _escaped(text if len(text) <= MAX_TITLE else f"{text[:MAX_TITLE]} …")


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_MARKUP)
