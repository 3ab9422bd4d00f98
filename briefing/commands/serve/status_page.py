"""The status of a site -> the page that the preview shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from briefing.commands.process import as_typed
from briefing.commands.status.moments import told_moment
from briefing.commands.status.next_steps import Step, next_steps
from briefing.commands.status.statuses import EntryStatus, SiteStatus, State, TextStatus
from briefing.commands.status.terminal import told_passages, told_text
from briefing.model.html import escape
from briefing.problems import Place, Problem

PATH = "/_preview/status"
MOST_MISTAKES = 20
"""Mistakes that are listed; more are shown once some of these are cured."""
LinkTo = Callable[[Place], str]
"""Returns the URL that opens a place in the editor."""
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Status – {title}</title>
  <meta name="color-scheme" content="light dark">
  <link rel="stylesheet" href="/_preview/status.css">
  <script src="/_preview/status.js"></script>
  <script src="/livereload.js?port={port}" async></script>
</head>
<body>
<main>
<h1>{title}: status</h1>
{body}
<p><a href="{base}">Back to the preview</a></p>
</main>
</body>
</html>
"""


def status_page(status: SiteStatus, link: LinkTo, base: str, port: int) -> str:
    """Return the page on a status as HTML.

    link: opens a place in the editor. base: the path below which the site is served. port: of
    livereload, which tells of a save.
    """
    body = [
        f"<p>As of {escape(told_moment(status.as_of))}</p>",
        *_steps(next_steps(status), link),
        *_mistakes(status.problems, link),
        *(line for each in status.topics for line in _table(each.title, each.entries, link, base)),
        *(_table("The site itself", [status.about], link, base) if status.about else ()),
        *(f"<p>{escape(id)}: not shown, there are mistakes in it</p>" for id in status.unread),
    ]
    return _filled(status.title, body, base, port)


def mistakes_page(problems: Sequence[Problem], link: LinkTo, base: str, port: int) -> str:
    """Return the page on the `problems` of a site of which no status can be told.

    link, base, port: as for `status_page`.
    """
    return _filled("A site with mistakes", _mistakes(problems, link), base, port)


def _filled(title: str, body: Iterable[str], base: str, port: int) -> str:
    return _PAGE.format(title=escape(title), body="\n".join(body), base=escape(base), port=port)


def _steps(steps: Sequence[Step], link: LinkTo) -> Iterator[str]:
    if not steps:
        return
    yield '<h2 id="next">What to do next</h2>'
    yield "<ol>"
    for step in steps:
        how = _opens(step.place, link) if step.place else ""
        how = how or f"<code>{escape(as_typed(step.command))}</code>"
        yield f"<li>{escape(step.why)}<br>{how}</li>"
    yield "</ol>"


def _opens(place: Place, link: LinkTo, words: str = "") -> str:
    """Return the link that opens a place; words: what it says, "" for the place itself."""
    return f'<a href="{escape(link(place))}">{escape(words or str(place))}</a>'


def _mistakes(problems: Sequence[Problem], link: LinkTo) -> Iterator[str]:
    if not problems:
        return
    yield f"<h2>Mistakes: {len(problems)}</h2>"
    yield "<ul>"
    for each in problems[:MOST_MISTAKES]:
        told = f"{escape(each.message)}<br>{escape(each.cure)}"
        yield f"<li>{_opens(each.place, link)}<br>{told}</li>"
    yield "</ul>"


def _table(title: str, entries: Sequence[EntryStatus], link: LinkTo, base: str) -> Iterator[str]:
    """Yield the table of some entries: a row for each, a column for each language."""
    label = escape(title)
    yield f"<h2>{label}</h2>"
    yield f'<div class="wide" role="region" aria-label="{label}" tabindex="0">'
    yield "<table>"
    codes = [text.language for text in entries[0].texts]
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in codes)
    yield f'<thead><tr><th scope="col">Text</th>{heads}<th scope="col">Passages</th></tr></thead>'
    yield "<tbody>"
    for entry in entries:
        cells = "".join(_cell(text, link) for text in entry.texts)
        told = "<br>".join(map(escape, told_passages(entry.passages))) if entry.passages else ""
        yield f'<tr><th scope="row">{_name(entry, base)}</th>{cells}<td>{told}</td></tr>'
    yield "</tbody></table></div>"


def _name(entry: EntryStatus, base: str) -> str:
    """Return what an entry is called, with a link to the page of its first text."""
    first = next((text for text in entry.texts if State.MISSING not in text.states), None)
    if first is None:
        return escape(entry.name)
    page = f"{base}{first.language}/{entry.id}/"
    return f'<a href="{escape(page)}">{escape(entry.name)}</a>'


def _cell(text: TextStatus, link: LinkTo) -> str:
    """Return the cell of a text: what is said of it, which opens its file if there is one."""
    if State.MISSING in text.states:
        return f'<td class="todo">{escape(told_text(text))}</td>'
    kind = "ok" if text.states == (State.OK,) else "todo"
    label = f"{told_text(text)}: {text.path}"
    words = escape(told_text(text))
    opens = f'<a href="{escape(link(Place(text.path)))}" aria-label="{escape(label)}">{words}</a>'
    return f'<td class="{kind}">{opens}</td>'
