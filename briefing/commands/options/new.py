"""How `new` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage

_WORDS = {"topic": 1, "translation": 2, "article": 2}
"""What can be new, and how many words say which."""
_FOR_ARTICLES = {"--from": "came_from", "--id": "id", "--language": "summary_language"}
"""Options of `new article` with a value, and what they are called in the result."""


def _add_options(add: Add) -> None:
    add("--from", dest="came_from", metavar="ADDRESS", help="where a saved page came from")
    add("--id", help="of an article (default: that of its outlet)")
    add(
        "--language",
        dest="summary_language",
        help="of the summary of an article (default: the first of the site)",
    )
    add("--dry-run", action="store_true", help="say what would be written of an article")


def _wrong(options: Namespace) -> str:
    kind, *words = options.what or [""]
    if _WORDS.get(kind) != len(words):
        each = ("topic ID", "translation PATH LANGUAGE", "article TOPIC ADDRESS")
        return f"write: {', or: '.join(f'new {words}' for words in each)}"
    given = [name for name, place in _FOR_ARTICLES.items() if getattr(options, place) is not None]
    given += ["--dry-run"] * options.dry_run
    if given and kind != "article":
        return f"`{given[0]}` is for `new article`, not for `new {kind}`"
    return ""


NEW = Usage(
    summary="add a topic, an article or a translation, as a draft to write in",
    example="new article my-topic https://example.org/news/123.html",
    add_options=_add_options,
    words="(topic ID | article TOPIC ADDRESS | translation PATH LANGUAGE)",
    wrong=_wrong,
)
