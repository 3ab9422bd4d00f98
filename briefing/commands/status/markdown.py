"""A site and its warnings -> their status in Markdown: topics, what is to appear, warnings.

It is written in the Markdown of GitHub (https://github.github.com/gfm/), for the summary of a job:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice

from briefing.commands.status.moments import told_moment
from briefing.commands.status.statuses import (
    EntryStatus,
    State,
    TextStatus,
    TopicStatus,
    status_of_about,
    status_of_topic,
    title_of_site,
)
from briefing.content.publication import timestamp
from briefing.model.site import Site
from briefing.model.values import Moment
from briefing.problems import Problem
from briefing.rendering.page import folder_of, url_of

_COUNTED = (State.STALE, State.DRAFT, State.BEHIND_DRAFT)
"""The states of texts that are counted; what is held back is told with its time."""
MAX_LISTED = 50
"""Items of a list that are written, before "and … more": a summary is at most 1 MiB long."""
MAX_TITLE = 200
"""Characters of a title that are written, before an ellipsis."""


def status_table(site: Site, warnings: Sequence[Problem], as_of: Moment, url: str = "") -> str:
    """Return the status of all of a site at a time, public or not, as Markdown.

    `url`: where the site is published, with a slash at its end; topics link there. "": no links.
    """
    topics = [status_of_topic(topic, site, as_of, {}, {}) for topic in site.topics]
    about = status_of_about(site, as_of)
    parts = [
        f"## {_text(title_of_site(site))}: status as of {told_moment(as_of)}",
        "\n".join(_rows(site, topics, warnings, url)) or "There is no topic yet.",
        *_section("To appear", _to_appear(site, topics, about)),
        *_section("Could be better", [_warning(problem) for problem in warnings]),
    ]
    return "\n\n".join(parts) + "\n"


def _rows(
    site: Site, topics: Sequence[TopicStatus], warnings: Sequence[Problem], url: str
) -> Iterator[str]:
    """Yield the lines of the table, a row for each topic; none if there is no topic."""
    names = [_text(language.name) for language in site.languages]
    if topics:
        yield _row(["topic", "articles", "points", *names, "warnings"])
        yield _row(["---", "--:", "--:", *("---" for _ in names), "--:"])
    warned = Counter((*problem.place.path.split("/"), "")[1] for problem in warnings)
    for topic in topics:
        cells = [_cell(topic, language.code) for language in site.languages]
        counts = [str(len(topic.entries) - 1), str(topic.points)]
        yield _row([_link_to_topic(topic, url), *counts, *cells, str(warned[topic.id])])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _link_to_topic(topic: TopicStatus, url: str) -> str:
    """Return the title of a topic, in the first language it has, and its id."""
    title = _text(topic.title)
    read = next((text.language for text in topic.entries[0].texts if text.public), None)
    if url and read:
        page = url_of(f"{folder_of(read)}/{topic.id}/index.html")
        title = f"[{title}]({_escaped(url + page)})"
    return f"{title} ({_text(topic.id)})"


def _cell(topic: TopicStatus, code: str) -> str:
    """Return how many texts of a topic are in a language, and what is to be done with them."""
    texts = [text for text in topic.texts if text.language == code]
    own = [text for text in texts if State.MISSING not in text.states]
    dates = Counter(text.appears for text in sorted(own, key=_when) if text.appears)
    states = Counter(state for text in own for state in text.states)
    counted = {
        **{state.value: states[state] for state in _COUNTED},
        **{f"from {told_moment(at)}": count for at, count in dates.items()},
    }
    notes = (f"{count} {what}" for what, count in counted.items() if count)
    return " · ".join((f"{len(own)}/{len(texts)}", *notes))


def _when(text: TextStatus) -> datetime:
    """Return when a text appears, to sort by; the first of all times if it is there."""
    return text.appears.begins() if text.appears else datetime.min.replace(tzinfo=UTC)


def _to_appear(site: Site, topics: Iterable[TopicStatus], about: EntryStatus | None) -> list[str]:
    """Return a line for each text that is held back, soonest first: when it appears, its title."""
    names = {language.code: language.name for language in site.languages}
    entries = [entry for topic in topics for entry in topic.entries] + ([about] if about else [])
    found = [
        (timestamp(text.appears, site), entry.id, text, text.appears)
        for entry in entries
        for text in entry.texts
        if text.appears
    ]
    lines = []
    for _, id, text, at in sorted(found, key=lambda one: (*one[:2], one[2].language)):
        lines.append(
            f"{told_moment(at)}: {_text(text.title)} ({_text(id)}, {_text(names[text.language])})"
        )
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
