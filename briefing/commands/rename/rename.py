"""Plans a new id for a topic or an article: source files -> which move, which are rewritten.

An id is in names of files, links, `duplicate_of:`, `primary:`, redirects.yaml and, through the
digest of a text with links, `of:`. It is replaced there, and all other bytes stay. The planned
files are parsed and checked before the plan is returned; storage/rewrite_sources.py carries it out.

    names           old and new id, and every place where ids are written
    preconditions   whether the change is possible
    edits           replaces characters of a file
    links           changes the targets of links in a text
    redirects       adds the old id to redirects.yaml
    verify          checks that the new sources are the same site but for the id
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from unicodedata import normalize

from msgspec import Struct

from briefing.commands.rename.edits import Edit, apply_edits, rewrite_bytes, scalar_edit
from briefing.commands.rename.links import link_edits
from briefing.commands.rename.names import IdChange, Project, all_texts, is_stale
from briefing.commands.rename.preconditions import article_problems, new_primary, topic_problems
from briefing.commands.rename.redirects import updated_redirects
from briefing.commands.rename.verify import verify_renaming
from briefing.commands.translate.kept_original import kept_path
from briefing.content.classify import TOPIC_STEM
from briefing.content.outlets_voices import VOICES
from briefing.content.parse import parse_site
from briefing.content.redirects import REDIRECTS
from briefing.content.shared import Files
from briefing.content.texts import digest_of_text
from briefing.model.article import Summary
from briefing.problems import Collector, raise_if_any
from briefing.storage.stat_cache import ARTICLE_TEXTS
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import text

FileEdit = tuple[str, Edit]
"""Path of a file, and an edit of its decoded text."""


class Renaming(Struct, frozen=True, kw_only=True):
    """The changes of files by which an id is replaced."""

    old: str
    """`<topic>`, or `<topic>/<article>`, as in redirects.yaml."""
    new: str
    moved: Mapping[str, str]
    """New path of each file that moves, by its old one."""
    written: Mapping[str, bytes]
    """New content of each file that changes, by its new path."""


def rename_topic(files: Files, old: str, new: str) -> Renaming:
    """Return the changes by which the topic `old` gets the id `new`.

    files: all sources, by path. Raises Problems if they have some, if there is no such topic, if
    it cannot get that id, or if a link to it cannot be rewritten.
    """
    project = Project(files, parse_site(files))
    ids = IdChange(old=_composed(old), new=_composed(new))
    raise_if_any(topic_problems(project, ids))
    return _plan(project, ids)


def rename_article(files: Files, topic: str, old: str, new: str) -> Renaming:
    """Return the changes by which the article `old` of a topic gets the id `new`.

    files: all sources, by path. Raises Problems if they have some, if there is no such article,
    if it cannot get that id, if a link to it cannot be rewritten, or if voices.yaml names the
    old or the new id for another topic too.
    """
    project = Project(files, parse_site(files))
    topic = _composed(topic)
    ids = IdChange(old=f"{topic}/{_composed(old)}", new=f"{topic}/{_composed(new)}")
    raise_if_any(article_problems(project, ids))
    return _plan(project, ids)


def article_text_moves(paths: Iterable[str], renaming: Renaming) -> dict[str, str]:
    """Return the new path of each full text of an article that is renamed, by its old path.

    paths: `<topic>/<article>.txt`; those returned start at the root of the site.
    """
    ids = IdChange(old=renaming.old, new=renaming.new)
    moves = {}
    for path in paths:
        id = path.removesuffix(".txt")
        if (new_id := ids.new_id(id)) != id:
            moves[f"{ARTICLE_TEXTS}/{path}"] = f"{ARTICLE_TEXTS}/{new_id}{path[len(id) :]}"
    return moves


def kept_original_moves(paths: Iterable[str], renaming: Renaming) -> dict[str, str]:
    """Return the new path of what is kept of each translated text that is renamed, by the old one.

    paths: those of `kept_path`.
    """
    moved = {kept_path(old): kept_path(new) for old, new in renaming.moved.items()}
    return {path: moved[path] for path in paths if path in moved}


def _composed(id: str) -> str:
    """Return an id in NFC: the shell of macOS may complete a file name in decomposed form."""
    return normalize("NFC", id)


def _plan(project: Project, ids: IdChange) -> Renaming:
    """Return the changes, verified. Raises Problems for a link that cannot be rewritten."""
    files, edits = project.files, dict[str, list[Edit]]()
    for path, edit in (*_edits_of_texts(project, ids), *_edits_of_facts(project, ids)):
        edits.setdefault(path, []).append(edit)
    paths = {path: ids.new_path(path) for path in files}
    written = {paths[path]: rewrite_bytes(files[path], edits[path]) for path in sorted(edits)}
    written[REDIRECTS] = updated_redirects(project, ids)
    moved = {path: new for path, new in paths.items() if new != path}
    new_files = {paths[path]: data for path, data in files.items()} | written
    verify_renaming(project.site, new_files, ids, project.former_ids(ids))
    return Renaming(old=ids.old, new=ids.new, moved=moved, written=written)


def _edits_of_texts(project: Project, ids: IdChange) -> list[FileEdit]:
    """Return the edits of links, and of digests of the texts with them. Raises Problems."""
    collector = Collector()
    edits: list[FileEdit] = []
    for id, texts in all_texts(project.site).items():
        digests: dict[str, str] = {}
        for language, summary in texts.items():
            with collector.collect():
                new, digests[language] = _link_edits_of(project, ids, id, summary)
                edits += [(summary.place.path, edit) for edit in new]
        edits += _edits_of_digests(project, texts, digests)
    collector.done()
    return edits


def _link_edits_of(
    project: Project, ids: IdChange, id: str, summary: Summary
) -> tuple[list[Edit], str]:
    """Return the edits of the links of a text of `id`, and its digest after them.

    Raises Problems.
    """
    target = partial(ids.new_target, id.partition("/")[0])
    if all(target(link) == link.target for link in summary.body.links):
        return [], summary.digest
    source = project.text(summary.place.path)
    _, body = split_front_matter(source)
    edits = link_edits(body, summary.body, target)
    start = len(source.text) - len(body.text)
    return [edit.shifted(start) for edit in edits], digest_of_text(
        summary.title, apply_edits(body.text, edits)
    )


def _edits_of_digests(
    project: Project, texts: Mapping[str, Summary], digests: Mapping[str, str]
) -> Iterator[FileEdit]:
    """Yield the edits of `of:` in translations that are up to date, so that they remain so.

    Where it has a digest of each paragraph, these do not change with links. texts: those of one
    topic or article, by language. digests: their new ones.
    """
    for summary in texts.values():
        path, of = summary.place.path, summary.of.whole if summary.of else ""
        digest = digests.get(summary.translates or "", of)
        if of and digest and digest != of and not is_stale(summary, texts):
            place = project.front_matter(path)["of"].place
            yield path, scalar_edit(project.text(path), place, of, digest)


def _edits_of_facts(project: Project, ids: IdChange) -> Iterator[FileEdit]:
    """Yield the edits of `duplicate_of:` and `primary:` that name the article."""
    if not ids.is_of_article:
        return  # these fields name an article without its topic
    old, new = ids.articles
    facts = f"content/{ids.topic}/{TOPIC_STEM}.yaml"
    own = ((facts, node) for node in project.primaries_of(ids.topic).values())
    for path, node in (*project.duplicates_of(ids.topic), *own):
        if text(node) == old:
            yield path, scalar_edit(project.text(path), node.place, old, new)
    for voice, node in project.primaries.items():
        now = new_primary(project, ids, voice, text(node))
        if now and now != text(node):
            yield VOICES, scalar_edit(project.text(VOICES), node.place, old, now)
