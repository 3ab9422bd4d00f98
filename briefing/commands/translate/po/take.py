"""The command `translate --take`: a PO file -> the translations in the files of the texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from briefing.commands.arguments import SOURCES
from briefing.commands.new.translation_file import translation_of
from briefing.commands.translate.kept_original import kept_original, kept_path, read_version
from briefing.commands.translate.po.alignment import align
from briefing.commands.translate.po.decisions import Taken, decisions
from briefing.commands.translate.po.export import read_shared_of, site_with
from briefing.commands.translate.po.po_file import PoFile, read_po
from briefing.commands.translate.po.proofs import all_files, problems_of
from briefing.commands.translate.po.rewriting import Rewritten, rewrite
from briefing.commands.translate.po.texts import TextToTranslate, texts_in
from briefing.commands.translate.po.units import units_of
from briefing.content.shared import Files
from briefing.model.site import Site
from briefing.problems import Place, Problem, mistake, raise_if_any
from briefing.storage.read_sources import read_outside_file
from briefing.storage.rewrite_sources import rewrite_sources
from briefing.storage.site_sources.read import read_site_sources


def take_po(root: Path, path: Path) -> str:
    """Put the translations of the PO file at `path` into the files of texts; return what was done.

    All other bytes stay. What is not taken is told, with its line. Raises Problems with every
    mistake in what would be taken, and nothing written.
    """
    po = read_po(str(path), read_outside_file(path))
    files = read_site_sources(root, *SOURCES)
    shared = read_shared_of(files)
    site = site_with(shared, _language(po, shared.site))
    code = _language(po, site)
    listed = texts_in(root, files, tuple(each.code for each in site.languages), code)
    texts = {text.path: text for text in listed.texts}
    units = {unit.context: (path, unit) for path in texts for unit in units_of(texts[path])}
    of_site = {context: unit for context, (_, unit) in units.items()}
    found = [*decisions(po, of_site, shared.old_ids.redirects)]
    taken: dict[str, list[Taken]] = {}
    for each in found:
        if isinstance(each, Taken):
            taken.setdefault(units[each.unit.context][0], []).append(each)
    rewritten = [_rewritten(site, files, texts[path], taken[path]) for path in sorted(taken)]
    if rewritten:
        raise_if_any(problems_of(rewritten, all_files(files, rewritten)))
        _write(root, files, rewritten)
    told = [*_done(rewritten, files), *_told(found, rewritten)]
    return "\n".join(told or [f"{path}: nothing in it is new"])


def _language(po: PoFile, site: Site | None) -> str:
    """Return the code of the language of a PO file, as the site has it. Raises Problems."""
    if not po.language:
        cure = "write the language into its header, as `Language: en`"
        raise mistake(Place(po.path), "does not say which language it is in", cure)
    codes = [each.code for each in site.languages] if site else []
    return next((c for c in codes if c.casefold() == po.language.casefold()), po.language)


def _rewritten(site: Site, files: Files, text: TextToTranslate, taken: list[Taken]) -> Rewritten:
    """Return a text with what is taken for it; a translation that is not there is begun."""
    if text.translation is not None:
        return rewrite(text, files[text.path], taken)
    languages = {each.code: each for each in site.languages}
    code = text.path.rsplit(".", 2)[1]
    begun = translation_of(files, languages, text.original_path, code)
    version, now = read_version(begun.path, begun.content), text.original.digests
    alignment = align(now, text.original, {}, len(version.body.blocks))
    there = replace(text, translation=version, alignment=alignment)
    kept = kept_original(text.path, now, text.original.sources)
    return replace(rewrite(there, begun.content, taken), kept=kept)


def _write(root: Path, files: Files, rewritten: Iterable[Rewritten]) -> None:
    """Write the files that change, all or none. Raises Problems."""
    written: dict[str, bytes] = {}
    for each in rewritten:
        path = each.text.path
        if files.get(path) != each.content:
            written[path] = each.content
            if each.kept is not None:
                written[kept_path(path)] = each.kept
    if written:
        rewrite_sources(root, {}, written)


def _done(rewritten: Iterable[Rewritten], files: Files) -> Iterator[str]:
    """Yield what was written, a line for each file."""
    for each in rewritten:
        path = each.text.path
        if files.get(path) == each.content:
            continue
        placed = [*each.head, *(piece.taken for piece in each.pieces if piece.taken)]
        new = sum(unit.is_new for unit in placed)
        counts = [(new, "taken"), (len(placed) - new, "noted as right")]
        said = " and ".join(f"{count} {what}" for count, what in counts if count)
        draft = "" if path in files else "; it is a new draft, which only the preview shows"
        yield f"{path}: {said}{draft}"


def _told(found: Iterable[Taken | Problem], rewritten: Iterable[Rewritten]) -> Iterator[str]:
    """Yield what was not taken, in the order of the PO file."""
    told = [each for each in found if isinstance(each, Problem)]
    for text in rewritten:
        cure = f"translate them all, then take the file again, or write it into {text.text.path}"
        for each in text.waiting:
            message = "waits until the paragraphs that were moved or divided with it are translated"
            told.append(Problem(each.place, message, cure))
    yield from (f"warning: {each}" for each in sorted(told))
