"""The command `new`: what is in a site, and what is to be new -> files on disk, all or none."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize

from briefing.commands.new.topic_files import topic_files
from briefing.commands.new.translation_file import (
    Translation,
    translation_of,
    translations_of_topic,
)
from briefing.commands.process import as_typed
from briefing.commands.topic_ids import NEVER_REUSED, new_topic_problems
from briefing.commands.translate.kept_original import kept_original, kept_path, read_version
from briefing.content.classify import split_by_topic
from briefing.content.parse_shared import read_shared
from briefing.content.redirects import REDIRECTS
from briefing.content.shared import SharedContent
from briefing.content.site import SITE_FILE
from briefing.model.values import Moment
from briefing.problems import Problem, Problems, raise_if_any
from briefing.storage.new_files import write_new_files
from briefing.storage.read_sources import read_tree
from briefing.storage.rewrite_sources import rewrite_sources

_READ = (SITE_FILE, REDIRECTS, "content")


def new_topic(root: Path, id: str, today: Moment, *, title: str | None, start: str | None) -> str:
    """Write the files of a new topic; return what to do next.

    title: None for the id. start: of the event, as topic.yaml has it; None for today. Mistakes
    elsewhere in the content do not matter. Raises Problems, with nothing written, if no topic can
    get that id, or the languages of the site cannot be read.
    """
    files = read_tree(root, *_READ)
    shared, id = _read_shared(files), normalize("NFC", id)
    _, topics = split_by_topic(files)
    old = [place for each, place in shared.old_ids.places.items() if each.partition("/")[0] == id]
    raise_if_any(
        [
            *new_topic_problems(id, topics),
            *(Problem(place, f"`{id}` is an old id", NEVER_REUSED) for place in old[:1]),
        ]
    )
    start = start or f"{today.at:%Y-%m-%d}"
    written = topic_files(title or id, start, shared.known_ids.languages)
    write_new_files(root / "content" / id, written)
    said = f"content/{id}: {', '.join(written)}\n    they are drafts, which only the preview shows"
    if others := [each.code for each in shared.known_ids.languages[1:]]:
        command = as_typed(f"new translation {id} {others[0]}")
        said += f"\n    once its texts are written: `{command}`"
    return said


def new_translation(root: Path, original: str, code: str) -> str:
    """Write the file of a translation beside its original; return what to do next.

    `original` is a path from the root or from the current folder, or a topic: then each of its
    texts is translated that is not there in `code`, a language of the site. Raises Problems, with
    nothing written, as `translation_of` does, and if there is nothing to translate.
    """
    files = read_tree(root, *_READ)
    languages = {each.code: each for each in _read_shared(files).known_ids.languages}
    path = from_root(root, original)
    original = path if path in files else original
    topic = original.strip("/").removeprefix("content/")
    if topic in split_by_topic(files)[1]:
        new = translations_of_topic(files, languages, topic, code)
    else:
        new = [translation_of(files, languages, original, code)]
    _write_translations(root, new, files)
    done = "\n".join(f"{each.path}: write it over, paragraph by paragraph" for each in new)
    drafts = "they are drafts" if len(new) > 1 else "it is a draft"
    return f"{done}\n    {drafts}, which only the preview shows"


def _write_translations(root: Path, new: list[Translation], files: dict[str, bytes]) -> None:
    """Write translations of one folder, and keep what they were made from. Raises Problems."""
    folder = new[0].path.rpartition("/")[0]
    names = {each.path.rpartition("/")[2]: each.content for each in new}
    write_new_files(root / folder, names, among_others=True)
    kept = {}
    for each in new:
        version = read_version(each.original, files[each.original])
        kept[kept_path(each.path)] = kept_original(each.path, version.digests, version.sources)
    rewrite_sources(root, {}, kept)


def from_root(root: Path, path: str) -> str:
    """Return a path as it is from the root of the site, with `/` and in NFC."""
    for base in (Path.cwd(), root):
        full = Path(os.path.normpath(base / path))
        if full.exists() and full.is_relative_to(root.absolute()):
            return normalize("NFC", full.relative_to(root.absolute()).as_posix())
    return normalize("NFC", Path(path).as_posix())


def _read_shared(files: dict[str, bytes]) -> SharedContent:
    """Return what all topics have in common. Raises Problems if there is no language."""
    shared = read_shared({path: files[path] for path in split_by_topic(files)[0]})
    if not shared.known_ids.languages:
        raise Problems(shared.problems)
    return shared
