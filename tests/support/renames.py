"""Sites whose topics and articles get other ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from briefing.commands.rename.rename import Renaming, rename_article, rename_topic
from briefing.problems import Problems

REDIRECTS = "redirects.yaml"
Sources = dict[str, bytes]


def after(files: Mapping[str, bytes], renaming: Renaming) -> Sources:
    """Give the files as they are when a renaming is done."""
    moved = {renaming.moved.get(path, path): data for path, data in files.items()}
    return moved | dict(renaming.written)


def renamed(files: Mapping[str, bytes], *pairs: str) -> Sources:
    """Give the files after renamings, each as `old new`, an article with its topic."""
    done = dict(files)
    for pair in pairs:
        old, new = pair.split()
        topic, slash, article = old.partition("/")
        if slash:
            done = after(done, rename_article(done, topic, article, new.partition("/")[2]))
        else:
            done = after(done, rename_topic(done, old, new))
    return done


def told(rename: Callable[[], object]) -> list[str]:
    """Give what is told of a renaming that cannot be."""
    try:
        rename()
    except Problems as problems:
        return str(problems).splitlines()
    return []


def changed(files: Mapping[str, bytes], path: str, old: str, new: str) -> Sources:
    """Give the files with a text that one of the content has once replaced in it."""
    text = files[f"content/{path}"].decode()
    assert text.count(old) == 1, (path, old)
    return {**files, f"content/{path}": text.replace(old, new).encode()}


def entries(files: Mapping[str, bytes]) -> list[str]:
    """Give the lines of what was noted in a file that was not there."""
    return [line.strip() for line in files[REDIRECTS].decode().splitlines()[2:]]


def words_of(files: Mapping[str, bytes]) -> Sources:
    """Give the words of the templates, which are all of them that is read."""
    return {path: data for path, data in files.items() if path.startswith("templates/words/")}


def without_templates(files: Mapping[str, bytes]) -> Sources:
    """Give the files of a site with no template but its words."""
    rest = {path: data for path, data in files.items() if not path.startswith("templates/")}
    return rest | words_of(files)
