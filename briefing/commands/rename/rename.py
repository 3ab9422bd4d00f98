"""A topic or an article gets another id: source files -> what moves, and what is rewritten.

An id stands in the names of files, in links, in `duplicate_of:` and `primary:`, in
redirects.yaml, and, by way of the digest of a text with links, in `of:`. It is replaced
where it stands, and all other bytes stay. What was planned is read again before it is given.

    edits       some characters of a file replaced, its other bytes as they were
    links       the links by id of a text, and where they are written
    names       the old id and the new one, and every place where ids are written
    requests    what is wrong with what was asked for
    noting      the old id, noted in redirects.yaml
    proof       the site read again: the same but for the id
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from unicodedata import normalize

from msgspec import Struct

from briefing.commands.rename.edits import Edit, edited, rewritten, scalar_edit
from briefing.commands.rename.links import relinked
from briefing.commands.rename.names import Names, Project, is_stale, texts
from briefing.commands.rename.preconditions import primary_now, wrong_article, wrong_topic
from briefing.commands.rename.redirects import noted
from briefing.commands.rename.verify import verify_renaming
from briefing.content.classify import TOPIC_STEM
from briefing.content.outlets_voices import VOICES
from briefing.content.parse import parse_site
from briefing.content.redirects import REDIRECTS
from briefing.content.shared import Files
from briefing.content.texts import digest_of_text
from briefing.model.article import Summary
from briefing.problems import Collector, raise_if_any
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import text

_KEPT = ".sources"
Placed = tuple[str, Edit]
"""The path of a file, and an edit of its text."""


class Renaming(Struct, frozen=True, kw_only=True):
    """What is to be done to the files."""

    old: str
    """The id as redirects.yaml has it: `<topic>`, or `<topic>/<article>`."""
    new: str
    moved: Mapping[str, str]
    """The new path of each file that moves, by its old one."""
    written: Mapping[str, bytes]
    """What each file that changes is to hold, by its new path."""


def rename_topic(files: Files, old: str, new: str) -> Renaming:
    """Plan to give a topic another id; `files` are all sources, by path.

    Raises Problems if something is wrong with them, if there is no such topic, if it cannot
    have that id, or if a link to it cannot be rewritten.
    """
    project = Project(files, parse_site(files))
    names = Names(old=_composed(old), new=_composed(new))
    raise_if_any(wrong_topic(project, names))
    return _plan(project, names)


def rename_article(files: Files, topic: str, old: str, new: str) -> Renaming:
    """Plan to give an article another id in its topic; `files` are all sources, by path.

    Raises Problems if something is wrong with them, if there is no such article, if it cannot
    have that id, if a link to it cannot be rewritten, or if voices.yaml names it, or what it
    would be, for another topic too.
    """
    project = Project(files, parse_site(files))
    topic = _composed(topic)
    names = Names(old=f"{topic}/{_composed(old)}", new=f"{topic}/{_composed(new)}")
    raise_if_any(wrong_article(project, names))
    return _plan(project, names)


def kept_moves(kept: Iterable[str], renaming: Renaming) -> dict[str, str]:
    """Give where the kept texts of what is renamed go, by where they are, from the root.

    They come by `<topic>/<article>.txt`.
    """
    names = Names(old=renaming.old, new=renaming.new)
    moves = {}
    for path in kept:
        id = path.removesuffix(".txt")
        if (now := names.becomes(id)) != id:
            moves[f"{_KEPT}/{path}"] = f"{_KEPT}/{now}{path[len(id) :]}"
    return moves


def _composed(id: str) -> str:
    """Give an id as ids are written: a Mac may take the accents of a name apart."""
    return normalize("NFC", id)


def _plan(project: Project, names: Names) -> Renaming:
    """Find what changes, and prove it. Raises Problems for a link that cannot be rewritten."""
    files, edits = project.files, dict[str, list[Edit]]()
    for path, edit in (*_edits_of_texts(project, names), *_edits_of_facts(project, names)):
        edits.setdefault(path, []).append(edit)
    paths = {path: names.path(path) for path in files}
    written = {paths[path]: rewritten(files[path], edits[path]) for path in sorted(edits)}
    written[REDIRECTS] = noted(project, names)
    moved = {path: now for path, now in paths.items() if now != path}
    new_files = {paths[path]: data for path, data in files.items()} | written
    verify_renaming(project.briefing, new_files, names, project.former(names))
    return Renaming(old=names.old, new=names.new, moved=moved, written=written)


def _edits_of_texts(project: Project, names: Names) -> list[Placed]:
    """Give the edits of links, and of the digests of the texts they stand in. Raises Problems."""
    collector = Collector()
    edits: list[Placed] = []
    for id, told in texts(project.briefing).items():
        digests: dict[str, str] = {}
        for language, summary in told.items():
            with collector.collect():
                found, digests[language] = _relinked(project, names, id, summary)
                edits += [(summary.place.path, edit) for edit in found]
        edits += _edits_of_digests(project, told, digests)
    collector.done()
    return edits


def _relinked(project: Project, names: Names, id: str, told: Summary) -> tuple[list[Edit], str]:
    """Give the edits of the links of a text, and its digest after them. Raises Problems."""
    target = partial(names.target, id.partition("/")[0])
    if all(target(link) == link.target for link in told.body.links):
        return [], told.digest
    source = project.text(told.place.path)
    _, body = split_front_matter(source)
    found = relinked(body, told.body, target)
    start = len(source.text) - len(body.text)
    return [edit.shifted(start) for edit in found], digest_of_text(
        told.title, edited(body.text, found)
    )


def _edits_of_digests(
    project: Project, told: Mapping[str, Summary], digests: Mapping[str, str]
) -> Iterator[Placed]:
    """Give the edits of `of:` in the translations that are up to date, so that they stay it."""
    for summary in told.values():
        path, of = summary.place.path, summary.of
        now = digests.get(summary.translates or "", of)
        if of and now and now != of and not is_stale(summary, told):
            place = project.matter(path)["of"].place
            yield path, scalar_edit(project.text(path), place, of, now)


def _edits_of_facts(project: Project, names: Names) -> Iterator[Placed]:
    """Give the edits of the fields that name an article of the topic."""
    if not names.is_of_article:
        return  # articles are named by their own ids alone
    old, new = names.articles
    facts = f"content/{names.topic}/{TOPIC_STEM}.yaml"
    own = ((facts, node) for node in project.primaries_of(names.topic).values())
    for path, node in (*project.duplicates_of(names.topic), *own):
        if text(node) == old:
            yield path, scalar_edit(project.text(path), node.place, old, new)
    for voice, node in project.primaries.items():
        now = primary_now(project, names, voice, text(node))
        if now and now != text(node):
            yield VOICES, scalar_edit(project.text(VOICES), node.place, old, now)
