"""Source files -> the texts that are to be in a language, each with what it is made from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from briefing.commands.translate.earlier_text import earlier_text, kept_version
from briefing.commands.translate.kept_original import TextVersion, read_version
from briefing.commands.translate.pair import Pair, read_pair
from briefing.commands.translate.po.alignment import Alignment, align
from briefing.content.fields import member
from briefing.content.shared import Files
from briefing.model.article import Machine, TextDigests
from briefing.problems import BROKEN, Collector
from briefing.syntax.nodes import Node, mapping
from briefing.syntax.readers import YES_OR_NO

_CONTENT, _ENDING = "content/", ".md"


class TextToTranslate(Struct, frozen=True, kw_only=True):
    """A text that is to be in a language: its original, and the translation if there is one."""

    original_path: str
    path: str
    """That of the translation, which need not be there."""
    original: TextVersion
    translation: TextVersion | None = None
    alignment: Alignment
    sources: Mapping[str, str] = {}
    """What was written of parts of the original when they were translated, by digest."""
    is_draft: bool = True
    """Whether readers do not see the translation."""
    is_by_machine: bool = False
    """Whether a machine made it, and nobody has reviewed it."""


class Listed(Struct, frozen=True, kw_only=True):
    """The texts of a language."""

    texts: tuple[TextToTranslate, ...]
    left_out: tuple[str, ...] = ()
    """Paths of originals that are drafts, of which there is no translation."""


def texts_in(root: Path, files: Files, languages: tuple[str, ...], code: str) -> Listed:
    """Return the texts that are to be in the language `code`, in the order of their paths.

    files: the sources in `root`, by path. languages: codes of the site. A text that is an
    original in that language is none. Raises Problems with all that cannot be read.
    """
    collector, texts, drafts = Collector(), list[TextToTranslate](), list[str]()
    for stem, paths in _versions(files, languages).items():
        target = f"{stem}.{code}{_ENDING}"
        if code in paths:
            found = collector.attempt(partial(_translated, root, files, target))
        else:
            found = collector.attempt(partial(_untranslated, files, paths, target))
        if isinstance(found, TextToTranslate):
            texts.append(found)
        elif found is not BROKEN and found:
            drafts.append(found)
    collector.done()
    return Listed(texts=tuple(texts), left_out=tuple(drafts))


def _versions(files: Files, languages: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    """Return the path of each version of a text, by path without endings and by language."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(files):
        stem, _, code = path.removesuffix(_ENDING).rpartition(".")
        if path.startswith(_CONTENT) and path.endswith(_ENDING) and code in languages:
            found.setdefault(stem, {})[code] = path
    order = languages.index
    return {stem: dict(sorted(of.items(), key=lambda e: order(e[0]))) for stem, of in found.items()}


def _translated(root: Path, files: Files, path: str) -> TextToTranslate | str:
    """Return a text with its translation; "" if that is an original. Raises Problems."""
    fields = _fields(read_version(path, files[path]))
    if "translates" not in fields:
        return ""
    pair = read_pair(files, path)
    of, words = made_from(root, pair)
    kept = kept_version(root, path)
    return TextToTranslate(
        original_path=pair.original_path,
        path=path,
        original=pair.original,
        translation=pair.translation,
        alignment=align(of, pair.original, words, len(pair.translation.body.blocks)),
        sources={**words, **(kept.sources if kept else {})},
        is_draft="draft" in fields and YES_OR_NO(fields["draft"]),
        is_by_machine="machine" in fields and member(Machine)(fields["machine"]) is Machine.YES,
    )


def made_from(root: Path, pair: Pair) -> tuple[TextDigests | None, Mapping[str, str]]:
    """Return what a translation was made from, and the words of then by digest.

    None: nobody knows. The digest of a whole is replaced by those of its parts, if git has them.
    """
    of = pair.of
    if of is None:
        return None, {}
    original, translation = pair.summaries
    if of.whole == original.digest:
        return pair.original.digests, {}
    earlier = earlier_text(root, original, translation)
    return earlier.digests or of, earlier.words


def _untranslated(files: Files, paths: Mapping[str, str], target: str) -> TextToTranslate | str:
    """Return the original of a text without its translation. Raises Problems.

    paths: of its versions, by language. If the original is a draft, its path is returned; if
    there is none, "".
    """
    versions = {path: read_version(path, files[path]) for path in paths.values()}
    own = [path for path, each in versions.items() if "translates" not in _fields(each)]
    if not own:
        return ""
    path = max(own, key=lambda each: "outlet" in _fields(versions[each]))
    fields = _fields(versions[path])
    if "draft" in fields and YES_OR_NO(fields["draft"]):
        return path
    return TextToTranslate(
        original_path=path, path=target, original=versions[path], alignment=Alignment()
    )


def _fields(version: TextVersion) -> Mapping[str, Node]:
    return mapping(version.file.front_matter)
