"""The command `rename`: the sources on disk, in which a topic or an article gets another id."""

from __future__ import annotations

from pathlib import Path

from briefing.commands.arguments import SOURCES
from briefing.commands.rename.rename import article_text_moves, rename_article, rename_topic
from briefing.problems import Place, mistake
from briefing.storage.read_sources import read_article_texts
from briefing.storage.rewrite_sources import rewrite_sources
from briefing.storage.site_sources.read import read_site_sources


def rename(root: Path, kind: str, old: str, new: str) -> str:
    """Rename a topic or an article on disk; return how many files were changed.

    `kind` is `topic` or `article`; the id of an article is `<topic>/<article>`, and the topic
    may be left out of `new`. Raises Problems, with every file as it was, and OSError.
    """
    files = read_site_sources(root, *SOURCES)
    if kind == "topic":
        renaming = rename_topic(files, old, new)
    else:
        topic, _, article = old.partition("/")
        renaming = rename_article(files, topic, article, new.removeprefix(f"{topic}/"))
    texts = article_text_moves(read_article_texts(root), renaming)
    if read_site_sources(root, *SOURCES) != files:
        raise mistake(Place(str(root)), "the files change while they are read", "rename again")
    rewrite_sources(root, {**renaming.moved, **texts}, renaming.written)
    moved = len(renaming.moved) + len(texts)
    files_moved = f"{moved} file{'s' * (moved != 1)} moved"
    return f"{old} is {new} now: {files_moved}, {len(renaming.written)} rewritten"
