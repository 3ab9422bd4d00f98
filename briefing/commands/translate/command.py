"""The commands `translate` and `ack`: the texts on disk -> what is behind, or what is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from briefing.checks.translations.paragraphs import EarlierText, changed_paragraphs
from briefing.commands.new.command import from_root, new_translation
from briefing.commands.translate.acknowledged import NAMED_PARTS
from briefing.commands.translate.earlier_text import earlier_text, kept_version
from briefing.commands.translate.kept_original import kept_path
from briefing.commands.translate.noting import noted
from briefing.commands.translate.pair import ENDING, read_pair
from briefing.content.shared import Files
from briefing.model.article import Summary
from briefing.storage.read_sources import read_tree
from briefing.storage.rewrite_sources import rewrite_sources
from briefing.translation.changes import changes_of
from briefing.translation.digests import plain_words

_CONTENT = "content"


def translate(root: Path, path: str, language: str) -> str:
    """Write the translation of a text, or return what of it is behind its original.

    `path` is that of the original, from the root or from the current folder, or of the
    translation. Raises Problems, with nothing written.
    """
    files = read_tree(root, _CONTENT)
    path = from_root(root, path)
    target = f"{path.removesuffix(ENDING).rpartition('.')[0]}.{language}{ENDING}"
    if path not in files or target not in files:
        return new_translation(root, path, language)
    pair = read_pair(files, target)
    original, translation = pair.summaries
    if pair.of is None:
        what = f"nobody knows which words of {pair.original_path} it was made from"
        return f"{target}: {what}\n    if it says what these say today, `ack {target}` notes that"
    if not changes_of(original, translation):
        return f"{target} says what {pair.original_path} says today"
    earlier = earlier_text(root, original, translation)
    told = _behind(original, translation, files, earlier)
    return "\n\n".join(told)


def acknowledge(root: Path, path: str, parts: Collection[str]) -> str:
    """Note that parts of a translation say what the original says today; return what was done.

    `parts`: `title`, `dek`, and numbers of paragraphs of the original, from 1; (): all. Raises
    Problems, with nothing written.
    """
    files = read_tree(root, _CONTENT)
    path = from_root(root, path)
    pair = read_pair(files, path, reads_of=bool(parts))
    earlier = earlier_text(root, *pair.summaries) if parts else EarlierText()
    new = noted(pair, files[path], parts, earlier, kept_version(root, path))
    rewrite_sources(root, {}, {path: new.translation, kept_path(path): new.kept})
    what = _listed(parts) if parts else "all of it"
    return f"{path}: noted that {what} says what {pair.original_path} says today"


def _listed(parts: Collection[str]) -> str:
    names = [part if part in NAMED_PARTS else f"paragraph {part}" for part in parts]
    return " and ".join(names)


def _behind(
    original: Summary, translation: Summary, files: Files, earlier: EarlierText
) -> Iterator[str]:
    """Yield what has changed in an original, with its words and those of the translation."""
    for change, problem in changed_paragraphs(original, translation, files, earlier):
        lines = [str(problem)]
        blocks = original.body.blocks
        lines += [f"  original     {plain_words(blocks[at])}" for at in change.new]
        here = translation.body.blocks
        lines += [f"  translation  {plain_words(here[at])}" for at in change.old if at < len(here)]
        yield "\n".join(lines)
