"""A translation on disk and its original, and what it was made from."""

from __future__ import annotations

from msgspec import Struct

from briefing.commands.translate.kept_original import TextVersion, read_version
from briefing.content.shared import Files
from briefing.content.texts import READ_OF, make_summary
from briefing.model.article import Summary, TextDigests
from briefing.problems import Place, did_you_mean, mistake
from briefing.syntax.nodes import mapping, text

ENDING = ".md"


class Pair(Struct, frozen=True, kw_only=True):
    """A translation and its original, as they are on disk."""

    original_path: str
    path: str
    original: TextVersion
    translation: TextVersion
    of: TextDigests | None

    @property
    def summaries(self) -> tuple[Summary, Summary]:
        """Both as texts of the site: the original, the translation."""
        original = _summary(self.original)
        made_from = self.original.file.language
        return original, _summary(self.translation, translates=made_from, of=self.of)


def read_pair(files: Files, path: str, *, reads_of: bool = True) -> Pair:
    """Return the translation at a path with its original. Raises Problems if there is none.

    reads_of: whether it matters what it was made from; if not, that may be wrong.
    """
    if path not in files:
        texts = [each for each in files if each.endswith(ENDING)]
        raise mistake(Place(path), "there is no such text", did_you_mean(path, texts))
    translation = read_version(path, files[path])
    fields = mapping(translation.file.front_matter)
    if "translates" not in fields:
        cure = "add `translates:` with the language of its original, or name a translation"
        raise mistake(Place(path), "it translates nothing", cure)
    stem = path.removesuffix(ENDING).rpartition(".")[0]
    original = f"{stem}.{text(fields['translates'])}{ENDING}"
    if original not in files:
        fields["translates"].fail(f"there is no {original}", "write it, or name another language")
    return Pair(
        original_path=original,
        path=path,
        original=read_version(original, files[original]),
        translation=translation,
        of=READ_OF(fields["of"]) if reads_of and "of" in fields else None,
    )


def _summary(
    version: TextVersion, translates: str | None = None, of: TextDigests | None = None
) -> Summary:
    file = version.file
    return make_summary(
        file,
        title=version.title,
        dek=version.dek,
        translates=translates,
        of=of,
        draft=False,
        release=None,
    )
