"""How `new` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage

_WORDS = {"topic": 1, "translation": 2, "article": 2}
"""What can be new, and how many words say which."""
_FOR_ARTICLES = {"--from": "came_from", "--id": "id", "--language": "summary_language"}
_FOR_TOPICS = {"--title": "title", "--start": "start"}
"""Options of `new article` and `new topic` with a value, and what they are called in the result."""


def _add_options(add: Add) -> None:
    add("--from", dest="came_from", metavar="ADDRESS", help="where a saved page came from")
    add("--id", help="of an article (default: that of its outlet)")
    add(
        "--language",
        dest="summary_language",
        help="of the summary of an article (default: the first of the site)",
    )
    add("--title", help="of a topic, in the first language of the site")
    add("--start", metavar="DAY", help="when the event of a topic began (default: today)")
    add("--dry-run", action="store_true", help="say what would be written of an article")


def _wrong(options: Namespace) -> str:
    kind, *words = options.what or [""]
    if _WORDS.get(kind) != len(words):
        each = (
            "topic ID",
            "translation PATH LANGUAGE, or: new translation TOPIC LANGUAGE",
            "article TOPIC ADDRESS",
        )
        return f"write: {', or: '.join(f'new {words}' for words in each)}"
    known = {"article": [*_FOR_ARTICLES, "--dry-run"], "topic": [*_FOR_TOPICS]}
    places = (_FOR_ARTICLES | _FOR_TOPICS).items()
    given = [name for name, place in places if getattr(options, place) is not None]
    given += ["--dry-run"] * options.dry_run
    for name in given:
        if name not in known.get(kind, []):
            own = next(each for each, names in known.items() if name in names)
            return f"`{name}` is for `new {own}`, not for `new {kind}`"
    return ""


NEW = Usage(
    summary="add a topic, an article or a translation, as a draft to write in",
    example="new article my-topic https://example.org/news/123.html",
    add_options=_add_options,
    words="(topic ID | article TOPIC ADDRESS | translation (TOPIC | PATH) LANGUAGE)",
    wrong=_wrong,
)
