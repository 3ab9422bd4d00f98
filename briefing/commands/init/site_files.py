"""What was asked for -> all files of a new site, by path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Template

from msgspec import Struct

from briefing.commands.init.example import Sample, example_files, sample_of
from briefing.commands.init.words_file import words_to_translate
from briefing.content.site import SITE_FILE
from briefing.problems import Collector
from briefing.syntax.cldr import babel_locale, with_broader
from briefing.syntax.nodes import Node
from briefing.syntax.text import decode_text
from briefing.syntax.yaml import parse_fields
from briefing.syntax.yaml_writing import flow

OPTIONAL_FILES = {"gitignore": ".gitignore", "editorconfig": ".editorconfig"}
"""Files in `files/` that a folder may have of its own, and where they go."""
_WORKFLOWS = ".github/workflows"
_VERSION = "@VERSION@"
"""Stands in the workflows for the version of the program."""


class NewSite(Struct, frozen=True, kw_only=True):
    """What was asked for."""

    languages: tuple[str, ...]
    """BCP 47 tags in small letters, in their order; at least one."""
    title: str | None
    """None: that of the sample, in each language."""
    address: str
    version: str
    """Of the program, which the workflows install."""


class Theme(Struct, frozen=True):
    """What the theme of the engine has for languages."""

    languages: frozenset[str]
    """Those with a words file."""
    english: bytes
    """The words file of English."""

    def has_words(self, code: str) -> bool:
        """Whether it has words for a language, or for a broader one."""
        return not self.languages.isdisjoint(with_broader(code))


def site_files(new: NewSite, data: Mapping[str, bytes], theme: Theme) -> dict[str, bytes]:
    """Return the files of a new site by path, site.yaml first.

    data: the files in `files/` and `sample/` of this package, by path from it.
    """
    folders: dict[str, dict[str, bytes]] = {"files": {}, "sample": {}}
    for path, content in data.items():
        folder, _, name = path.partition("/")
        folders.get(folder, {})[name] = content
    files = {name: content.decode() for name, content in folders["files"].items()}
    parsed = {
        name.removesuffix(".yaml"): _parse(name, content)
        for name, content in folders["sample"].items()
    }
    samples = tuple(sample_of(code, parsed) for code in new.languages)
    texts = {
        SITE_FILE: _site_facts(new, samples, files["site.yaml"]),
        **dict(example_files(samples, files)),
        **{path: files[name] for name, path in OPTIONAL_FILES.items()},
        **{
            f"{_WORKFLOWS}/{name}": files[name].replace(_VERSION, new.version)
            for name in ("pages.yml", "check.yml")
        },
        **dict(_words_files(new.languages, theme)),
    }
    return {path: text.encode() for path, text in texts.items()}


def _parse(name: str, content: bytes) -> Node:
    return parse_fields(decode_text(name, content, Collector()))


def _site_facts(new: NewSite, samples: tuple[Sample, ...], skeleton: str) -> str:
    """Return site.yaml."""
    titles = {each.code: new.title or each.text("site_title") for each in samples}
    return Template(skeleton).substitute(
        address=new.address,
        title=flow(titles),
        description=flow({each.code: each.text("site_description") for each in samples}),
        languages="\n".join(f"  {code}: {{name: {flow(own_name(code))}}}" for code in titles),
    )


def own_name(code: str) -> str:
    """Return the name of a language in itself, as a list has it: `Français`, `简体中文`."""
    locale = babel_locale(code)
    name = locale.languages.get(str(locale)) or locale.get_display_name() or code
    return name[:1].upper() + name[1:]


def _words_files(languages: tuple[str, ...], theme: Theme) -> Iterator[tuple[str, str]]:
    for code in languages:
        if not theme.has_words(code):
            path = f"templates/words/{code}.yaml"
            yield path, words_to_translate(code, _parse("en.yaml", theme.english))
