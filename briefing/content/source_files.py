"""Opens source files: bytes by path -> nodes of YAML, and Markdown with its front matter."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import partial

from msgspec import Struct

from briefing.content.outlets_voices import OUTLETS, VOICES
from briefing.content.shared import Files
from briefing.model.prose import Prose
from briefing.problems import BROKEN, Collector, Place, mistake
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.nodes import Node
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_fields

_EMPTY = {OUTLETS: "{}", VOICES: "{sides: {}, voices: {}}"}
"""What stands in a file that has nothing to say yet."""


def open_yaml(files: Files, collector: Collector, path: str) -> Node:
    """Return the root of a YAML file of `files`; characters refused in it go to `collector`.

    Raises Problems if there is no file at `path`, or it is not YAML.
    """
    if path not in files:
        empty = f"; one without an entry is `{_EMPTY[path]}`" if path in _EMPTY else ""
        raise mistake(Place(path), "no such file", f"write it{empty}; docs/content.md says how")
    return parse_fields(decode_text(path, files[path], collector))


class MarkdownFile(Struct, frozen=True, kw_only=True):
    """A Markdown file of the content, in one language."""

    language: str
    front_matter: Node
    text: Text
    """The Markdown after the front matter."""
    body: Prose


def read_markdown_file(language: str, source: Text, collector: Collector) -> MarkdownFile:
    """Return a Markdown file, parsed; problems of its body are added to `collector`.

    Of a body with problems the prose is empty. Raises Problems for the front matter.
    """
    front_matter, text = split_front_matter(source)
    body = collector.attempt(partial(parse_markdown, text))
    prose = Prose() if body is BROKEN else body
    return MarkdownFile(
        language=language, front_matter=parse_fields(front_matter), text=text, body=prose
    )


def read_markdown_files(
    files: Files,
    languages: Set[str],
    collector: Collector,
    paths: Mapping[str, str],
) -> tuple[MarkdownFile, ...]:
    """Return the language files of one text that could be read.

    paths: by language. A file whose language is not one of `languages` is left out: `classify`
    reports its name. Problems of the others are added to `collector`.
    """
    read_files = []
    for language, path in paths.items():
        if language not in languages:
            continue
        with collector.collect():
            text = decode_text(path, files[path], collector)
            read_files.append(read_markdown_file(language, text, collector))
    return tuple(read_files)
