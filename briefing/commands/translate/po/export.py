"""The command `translate --po`: the texts of a language -> a PO file, with what it had kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from briefing.commands.arguments import SOURCES
from briefing.commands.translate.po.merged import Merged, merge
from briefing.commands.translate.po.po_file import PoFile, PoUnit, po_bytes, read_po
from briefing.commands.translate.po.texts import TextToTranslate, texts_in
from briefing.commands.translate.po.units import Unit, as_exported, units_of
from briefing.content.classify import TOPIC_STEM, split_by_topic
from briefing.content.fields import language_cure
from briefing.content.parse_shared import read_shared
from briefing.content.shared import Files, SharedContent
from briefing.content.site import SITE_FILE
from briefing.model.site import Site
from briefing.model.values import Moment
from briefing.problems import Place, Problems, mistake
from briefing.rendering.page import url_of
from briefing.storage.read_sources import read_outside_file
from briefing.storage.rewrite_sources import write_file
from briefing.storage.site_sources.read import read_site_sources
from briefing.translation.changes import Part

_CREATED = "POT-Creation-Date"


def export_po(root: Path, code: str, output: Path | None, now: Moment) -> str:
    """Write the PO file of the language `code`; return what was done.

    output: the file, or a folder for it; None: `<code>.po` in `root`. What translators have
    written into a file that is there, and the site does not have yet, stays in it. Raises
    Problems, with nothing written.
    """
    files = read_site_sources(root, *SOURCES)
    shared = read_shared_of(files)
    site = site_with(shared, code)
    path = _path(output, root, code)
    listed = texts_in(root, files, tuple(each.code for each in site.languages), code)
    units = [
        _po_unit(unit, text, page_address(site, text))
        for text in listed.texts
        for unit in units_of(text)
    ]
    before = _read_before(path, code)
    merged = merge(units, before.units if before else (), shared.old_ids.redirects)
    header = _header(site, code, now) | (dict(before.header) if before else {})
    new = po_bytes(PoFile(path=str(path), header=header, units=merged.units))
    same = path.exists() and read_outside_file(path) == new
    if not same:
        header[_CREATED] = _date(now)
        new = po_bytes(PoFile(path=str(path), header=header, units=merged.units))
        write_file(path.parent, path.name, new)
    return "\n    ".join(_told(path, units, merged, listed.left_out, same=same))


def read_shared_of(files: Files) -> SharedContent:
    """Return what all topics of a site have in common; files: all its sources, by path."""
    return read_shared({path: files[path] for path in split_by_topic(files)[0]})


def site_with(shared: SharedContent, code: str) -> Site:
    """Return the site, which has to have a language. Raises Problems if it does not."""
    if shared.site is None:
        raise Problems(shared.problems)
    codes = [each.code for each in shared.site.languages]
    if code not in codes:
        raise mistake(Place(SITE_FILE), f"no language `{code}`", language_cure(code, codes))
    return shared.site


def page_address(site: Site, text: TextToTranslate) -> str:
    """Return the address of the page of an original."""
    parts = text.original_path.split("/")
    stem, language, _ = parts[-1].rsplit(".", 2)
    below = [*parts[1:-1], *([stem] if stem != TOPIC_STEM else [])]
    return f"{site.address}{url_of('/'.join([language, *below, 'index.html']))}"


def _path(output: Path | None, root: Path, code: str) -> Path:
    """Return the path of the PO file. Raises Problems if there is no folder for it."""
    name = f"{code}.po"
    path = root / name if output is None else output / name if output.is_dir() else output
    if not path.parent.is_dir():
        raise mistake(Place(str(path.parent)), "is no folder", "make it first, or name another")
    if path.is_dir():
        raise mistake(Place(str(path)), "is a folder", "name a file in it")
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _read_before(path: Path, code: str) -> PoFile | None:
    """Return the PO file that is there; None if none is. Raises Problems for another file."""
    if not path.exists():
        return None
    before = read_po(str(path), read_outside_file(path))
    if before.language.casefold() != code.casefold():
        cure = "name another file by `--output`, or move this one away"
        raise mistake(Place(str(path)), f"is there, and no PO file in the language `{code}`", cure)
    return before


def _po_unit(unit: Unit, text: TextToTranslate, address: str) -> PoUnit:
    return PoUnit(
        context=unit.context,
        source=unit.source,
        translation=unit.translation,
        is_fuzzy=unit.is_stale,
        exported=as_exported(unit.translation),
        comments=tuple(_comments(unit, text, address)),
        previous=unit.previous,
        place=unit.place,
    )


def _comments(unit: Unit, text: TextToTranslate, address: str) -> Iterator[str]:
    """Yield what a translator is to know of a unit, a line each."""
    names = {Part.TITLE: "Title", Part.DEK: "Sentence below the title"}
    if unit.part is Part.TEXT:
        count = len(text.original.body.blocks)
        yield f"Paragraph {unit.at + 1} of {count}: {address}#_p{unit.at + 1}"
    else:
        yield f"{names[unit.part]}: {address}"
    if unit.addresses:
        yield f"Leave as they are: {' '.join(f'({each})' for each in unit.addresses)}"
    if text.is_by_machine and unit.translation:
        yield "A machine has translated this, and nobody has reviewed it."


def _header(site: Site, code: str, now: Moment) -> dict[str, str]:
    """Return the header of a new file, with the fields that gettext expects."""
    title = site.title[code]
    return {
        "Project-Id-Version": title,
        "Report-Msgid-Bugs-To": site.contact or "",
        _CREATED: _date(now),
        "PO-Revision-Date": _date(now),
        "Last-Translator": "",
        "Language-Team": "",
        "Language": code.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }


def _date(moment: Moment) -> str:
    return f"{moment.at:%Y-%m-%d %H:%M%z}"


def _told(
    path: Path, units: list[PoUnit], merged: Merged, drafts: tuple[str, ...], *, same: bool
) -> Iterator[str]:
    """Yield what was done, a line each."""
    states: Mapping[str, int] = {
        "translated": sum(bool(unit.translation) and not unit.is_fuzzy for unit in units),
        "to look through": sum(unit.is_fuzzy for unit in units),
        "to translate": sum(not unit.translation for unit in units),
    }
    counts = ", ".join(f"{count} {state}" for state, count in states.items() if count)
    yield f"{path}: {len(units)} units, {counts or 'nothing'}{', as it was' if same else ''}"
    if merged.waiting:
        yield (
            f"{merged.waiting} translations in it are not in the site yet: "
            f"`translate --take {path}`"
        )
    for draft in drafts:
        yield f"left out: {draft}, which is a draft"
