"""A text of a topic, of an article or of the site -> the file of its translation, to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from briefing.content.classify import split_by_topic
from briefing.content.fields import language_cure
from briefing.content.shared import Files
from briefing.content.source_files import MarkdownFile, read_markdown_file
from briefing.content.texts import DRAFT_COMMENT
from briefing.model.site import Language
from briefing.problems import Collector, Place, did_you_mean, mistake
from briefing.syntax.nodes import mapping, text
from briefing.syntax.text import decode_text
from briefing.syntax.yaml_writing import flow
from briefing.translation.digests import digests_of_parts, of_field

_ENDING = ".md"


class Translation(Struct, frozen=True):
    """A file that is to be written."""

    path: str
    """From the root of the site."""
    content: bytes
    original: str
    """The path of what it is translated from."""


def translations_of_topic(
    files: Files, languages: Mapping[str, Language], topic: str, code: str
) -> list[Translation]:
    """Return a translation into the language `code` of each text of a topic that has none.

    Raises Problems for all texts at once, as `translation_of` does, and if none is to be made.
    """
    if code not in languages:
        raise mistake(Place("site.yaml"), f"no language `{code}`", language_cure(code, languages))
    texts: dict[str, dict[str, str]] = {}
    for path in split_by_topic(files)[1][topic]:
        stem, _, own = path.removesuffix(_ENDING).rpartition(".")
        if path.endswith(_ENDING) and stem and own in languages:
            texts.setdefault(stem, {})[own] = path
    untranslated = [paths for paths in texts.values() if code not in paths]
    if not untranslated:
        message = f"each of its texts is there in {languages[code].name}"
        cure = "name another language, or show with `translate PATH LANGUAGE` what has changed"
        raise mistake(Place(f"content/{topic}"), message, cure)
    collector, made = Collector(), []
    for paths in untranslated:
        with collector.collect():
            original = _original(files, {each: paths[each] for each in languages if each in paths})
            made.append(translation_of(files, languages, original, code))
    collector.done()
    return made


def _original(files: Files, paths: Mapping[str, str]) -> str:
    """Return the path of the text that is no translation; of several, the first.

    paths: by language. Raises Problems if one cannot be read.
    """
    read = {path: mapping(_read(path, own, files).front_matter) for own, path in paths.items()}
    own = [path for path, fields in read.items() if "translates" not in fields]
    return next(iter([*own, *read]))


def translation_of(
    files: Files, languages: Mapping[str, Language], original: str, code: str
) -> Translation:
    """Return the translation of the text at the path `original` into the language `code`.

    It has the title and the paragraphs of the original, to be written over one by one.

    files: the sources, by path. languages: of the site, by code. Raises Problems if there is no
    such text or language, if that is the language of the original, or the original cannot be read.
    """
    texts = [path for path in files if path.startswith("content/") and path.endswith(_ENDING)]
    if original not in texts:
        raise mistake(Place(original), "there is no such text", did_you_mean(original, texts))
    if code not in languages:
        place = Place("site.yaml")
        raise mistake(place, f"no language `{code}`", language_cure(code, languages))
    stem, _, own = original.removesuffix(_ENDING).rpartition(".")
    if own not in languages or not stem:
        cure = f"name one like `topic.{next(iter(languages))}.md`"
        raise mistake(Place(original), "its name does not end in a language of the site", cure)
    if own == code:
        cure = f"name another language of the site: {', '.join(languages.keys() - {own}) or 'none'}"
        raise mistake(Place(original), f"is in {languages[own].name} itself", cure)
    lines = _lines(_read(original, own, files), languages[code])
    content = "".join(f"{line}\n" for line in lines)
    return Translation(f"{stem}.{code}{_ENDING}", content.encode(), original)


def _read(path: str, language: str, files: Files) -> MarkdownFile:
    """Return a text that is to be translated. Raises Problems if anything is wrong with it."""
    collector = Collector()
    decoded = decode_text(path, files[path], collector)
    source = read_markdown_file(language, decoded, collector)
    collector.done()
    return source


def _lines(original: MarkdownFile, language: Language) -> Iterator[str]:
    """Yield the lines of the translation into a language. Raises Problems if there is no title."""
    fields = mapping(original.front_matter)
    if "title" not in fields:
        raise mistake(original.front_matter.place, "`title` is missing", "add `title: …`")
    title = text(fields["title"])
    yield "---"
    yield f"# Write it over in {language.name}, paragraph by paragraph."
    yield f"title: {flow(title)}"
    if dek := text(fields["dek"]) if "dek" in fields else None:
        yield f"dek: {flow(dek)}"
    yield f"translates: {original.language}"
    yield "# What was translated: `check` tells which paragraph of it has changed since."
    yield f"of: {of_field(digests_of_parts(title, dek, original.body))}"
    yield DRAFT_COMMENT
    yield "draft: true"
    yield "---"
    yield original.text.text.strip()
