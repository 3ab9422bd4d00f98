"""A text of a topic, of an article or of the site -> the file of its translation, to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from msgspec import Struct

from briefing.content.fields import language_cure
from briefing.content.shared import Files
from briefing.content.source_files import open_yaml, read_markdown_file
from briefing.content.texts import digest_of_text
from briefing.model.site import Language
from briefing.problems import Collector, Place, did_you_mean, mistake
from briefing.syntax.nodes import mapping, part, text
from briefing.syntax.text import decode_text
from briefing.syntax.yaml_writing import flow

_ENDING = ".md"


class Translation(Struct, frozen=True):
    """A file that is to be written."""

    path: str
    """From the root of the site."""
    content: bytes


def new_translation(
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
        cure = "name another language of the site: " + ", ".join(c for c in languages if c != own)
        raise mistake(Place(original), f"is in {languages[own].name} itself", cure)
    collector = Collector()
    decoded = decode_text(original, files[original], collector)
    source = read_markdown_file(own, decoded, collector)
    collector.done()
    title = text(part(source.front_matter, "title"))
    dek = mapping(source.front_matter).get("dek")
    lines = [
        "---",
        f"# Write it over in {languages[code].name}, paragraph by paragraph.",
        f"title: {flow(title)}",
        *([f"dek: {flow(text(dek))}"] if dek else []),
        f"translates: {own}",
        "# What was translated: `check` tells when the original has changed since.",
        f"of: {digest_of_text(title, source.text.text)}",
        "# Only the preview shows a draft. Delete this line when readers may see the text.",
        "draft: true",
        "---",
        source.text.text.strip(),
    ]
    return Translation(f"{stem}.{code}{_ENDING}", "".join(f"{line}\n" for line in lines).encode())
