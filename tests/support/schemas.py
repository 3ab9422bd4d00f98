"""JSON Schemas of a site beside its readers: what each says of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from jsonschema import Draft7Validator

from briefing.content.parse import parse_site
from briefing.content.schemas.site_schemas import FileSchema
from briefing.problems import Collector, Problem, Problems
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import Node
from briefing.syntax.text import decode_text
from briefing.syntax.yaml import parse_fields

UNSAYABLE = {
    "what another file says": (
        r"translates: there is no file in|translates: no other language|texts translate each other"
        r"|two leads: |is itself a duplicate|duplicate_of: no other article|in any topic"
        r"|^no (?:topic|article) `|^`.*` is there$|the topic has no title|^no file of `"
    ),
    "the name of the file": (
        r"^no language `|no language in the file name|^`.*` is the name of a page of the site"
        r"|^`.*` (?:is not an id|is longer|is a name that Windows)"
    ),
    "a name that stands elsewhere in the same file: a schema cannot look there": (
        r"group: no group|side: no side|core: no option|points: no point|(?:broader|within): "
        r"|renamed: `.*` is an article|leads back to itself"
        r"|^site\.yaml\n(?:title|description|name|responsible): no language"
    ),
    "that an id is there once, or how often": (
        r"is used twice|is there twice|is the id of another|\d+ claims on `"
    ),
    "which signs are letters": r"`.*[^\x00-\x7f].*` is (?:not an id|longer)|has no letter",
    "what two fields say together": (
        r"who has reviewed the text|says who has|nothing says what to write instead"
        r"|is a form to use of|the term has no words"
    ),
    "which languages CLDR has": r"(?:lang(?:uage)?|facing): no language `|no locale `",
    "how long a locator is, and its gloss: it depends on the language of the article": (
        r"(?:at|start|end|before|after|vi|en): (?:\d+ (?:words|characters)|more than one clause)"
        r"|the words are in `"
    ),
    "what a number or a date means": (
        r"no such date|write a year from|the earlier date first|the smaller number first"
        r"|no almost 0|both ends are in hours|hours and minutes are for|hours do not always"
    ),
    "what may stand in an address: hosts in other scripts, numbers, entities of HTML": (
        r"has (?:a host|a number for a host|no host|no port|U\+|`&)|is no domain|has more than"
    ),
    "how a text is written: quotation marks and comments": (
        r"is no quotation mark of YAML|is a comment, and no part of the text"
    ),
}
"""What a schema cannot say of a file, with patterns of what the readers tell of it."""


class Asked(NamedTuple):
    """What the readers and the schema say of one file."""

    path: str
    problems: list[Problem]
    """Of the readers, on the YAML of the file."""
    as_text: list[str]
    """Of the schema, on what the readers see: every scalar is text."""
    as_edited: list[str]
    """Of the schema, on what an editor sees: what looks like a number is one."""
    has_numbers: bool
    """Whether an editor sees any other scalar than a text."""

    @property
    def differences(self) -> Iterator[str]:
        """Say where one takes what the other refuses, of all that a schema can say."""
        accepted = not self.problems
        if accepted and (refused := self.as_text or self.as_edited):
            yield f"{self.path}: the schema alone refuses it: {refused}"
        unsayable = re.compile("|".join(UNSAYABLE.values()), re.MULTILINE)
        told = [
            each
            for each in self.problems
            if not unsayable.search(f"{self.path}\n{each.message}\n{each.cure}")
        ]
        # An editor does not know how a number was written: `1.000` is 1.
        if told and not (self.as_text and (self.as_edited or self.has_numbers)):
            yield f"{self.path}: the schema takes it, and the readers do not: {told}"


class Schemas:
    """The schemas of a site, ready to be asked."""

    def __init__(self, schemas: Iterable[FileSchema]) -> None:
        self._of_files = [(each.files, Draft7Validator(each.schema)) for each in schemas]

    def of(self, path: str) -> Draft7Validator | None:
        """Give the schema that an editor takes for a file."""
        for patterns, validator in self._of_files:
            left_out = any(fits(path, pattern[1:]) for pattern in patterns if pattern[0] == "!")
            if not left_out and any(fits(path, pattern) for pattern in patterns):
                return validator
        return None

    def ask(self, files: Mapping[str, bytes], paths: Iterable[str]) -> Iterator[Asked]:
        """Give what is said of those of the `paths` that have a schema, and are YAML."""
        told: dict[str, list[Problem]] = {}
        try:
            parse_site(files)
        except Problems as problems:
            for problem in problems:
                told.setdefault(problem.place.path, []).append(problem)
        for path in paths:
            schema = self.of(path)
            try:
                node, end = yaml_of(path, files[path])
            except Problems:
                continue  # an editor tells what is no YAML without a schema
            if schema:
                text, edited = data_of(node, as_text), data_of(node, as_edited)
                yield Asked(
                    path,
                    [problem for problem in told.get(path, []) if problem.place.line <= end],
                    [error.message for error in schema.iter_errors(text)],
                    [error.message for error in schema.iter_errors(edited)],
                    text != edited,
                )


def fits(path: str, pattern: str) -> bool:
    """Whether a path fits a pattern, whose `*` stands for no slash."""
    return path.count("/") == pattern.count("/") and fnmatchcase(path, pattern)


def yaml_of(path: str, data: bytes) -> tuple[Node, int]:
    """Give the YAML of a file, and its last line. Raises Problems if it is none."""
    collector = Collector()
    source = decode_text(path, data, collector)
    collector.done()
    end = source.text.count("\n") + 1
    if path.endswith(".md"):
        source, body = split_front_matter(source)
        end = body.line - 1
    return parse_fields(source), end


def data_of(node: Node, scalar: Callable[[Node], Any]) -> Any:
    """Give a node as plain data."""
    if isinstance(node.value, dict):
        return {key: data_of(value, scalar) for key, value in node.value.items()}
    if isinstance(node.value, tuple):
        return [data_of(value, scalar) for value in node.value]
    return scalar(node)


def as_text(scalar: Node) -> str:
    """Give a scalar as the readers of the project take it."""
    return str(scalar.value).strip()


_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)


def as_edited(scalar: Node) -> Any:
    """Give a scalar as an editor reads it: https://yaml.org/spec/1.2.2/#1032-tag-resolution."""
    text = as_text(scalar)
    if not scalar.plain:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text, re.ASCII):
        return int(text)
    if re.fullmatch(r"0o[0-7]+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    return float(text) if _NUMBER.fullmatch(text) else text
