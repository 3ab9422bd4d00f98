"""JSON Schemas of a site: they take what its readers take, and refuse what these refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from briefing.commands.arguments import ROOT
from briefing.content.schemas.site_schemas import FileSchema, site_schemas
from briefing.problems import Problems
from briefing.storage.read_sources import read_tree
from support.broken import CASES, broken
from support.inert import EVERY_FIELD, Steps, changed, loaded, values
from support.nightly import Some
from support.schemas import Schemas
from support.sites import Sources

TOLD_ELSEWHERE = {"lead-in-unknown-language": "content/river-talks/statement.en.md"}
"""Files that the readers would refuse, but for a mistake in the name of another file."""
WITHOUT_LANGUAGES = {
    "language-of-the-site-is-a-country",
    "no-languages",
    "site-missing",
    "unknown-language-of-the-site",
}
"""Sites of which it is not known in which languages texts are to be."""
TRIED = 1_000
"""Changes of single values that are tried by day."""
OTHER_VALUES: Sequence[Any] = (
    *("x y", "30", "true", "", "vi", "2025-13-40", "almost 3", "~1..2", "some", "own", "all"),
    *("1.000", "a@b", "https://a.example/x y", "UTC", "day", "GB", "0f3a91c2", "no", "5h20"),
    *([], {}, ["some"], ["some", "some"], {"vi": "a"}, {"vi": "a", "en": "b"}, [["vi", "vi"]]),
    *({"id": "x"}, {"en": "{n} a"}, [{"point": "counted", "says": "2", "at": "a b"}]),
)
"""What is put in the place of a value: right for some fields, and wrong for others."""


def named(schemas: Sequence[FileSchema], name: str) -> dict[str, Any]:
    """Give the schema of a name."""
    return next(each.schema for each in schemas if each.name == name)


def test_schemas_are_schemas_and_take_a_site_without_mistakes(small: Sources) -> None:
    """Every file of YAML, and every front matter, has one."""
    made = site_schemas(small)
    for each in made:
        Draft7Validator.check_schema(each.schema)
    paths = [path for path in small if path == "site.yaml" or path.startswith("content/")]

    asked = list(Schemas(made).ask(small, paths))

    assert [each.path for each in asked] == paths
    assert [said for each in asked for said in each.differences] == []
    assert not any(each.as_edited for each in asked)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_schemas_and_readers_agree_on_broken_sites(path: Path, small: Sources) -> None:
    """What the readers refuse the schema refuses, of all that can be said of one file alone."""
    site = broken(yaml.safe_load(path.read_text(encoding="utf-8")), small)
    if path.stem in WITHOUT_LANGUAGES:
        with pytest.raises(Problems):
            site_schemas(site)
        return
    schemas = Schemas(site_schemas(site))
    edited = [each for each in site if site[each] != small.get(each) and schemas.of(each)]

    for asked in schemas.ask(site, edited):
        if asked.path != TOLD_ELSEWHERE.get(path.stem):
            assert list(asked.differences) == []


Change = tuple[str, Steps, Any]
"""A file, a place in it, and what is put there; DROPPED: nothing."""
DROPPED, ADDED = object(), object()
"""Stand for no value, and for a key more beside those there are."""


@cache
def marked() -> dict[str, Any]:
    """Every field of the format, by file."""
    return {path: loaded(text) for path, text in EVERY_FIELD.items()}


def changes() -> Iterator[Change]:
    """Each value of a site with every field, and each other value in its place."""
    for path, data in marked().items():
        for at, value in values(data):
            if at:
                yield from ((path, at, other) for other in (*OTHER_VALUES, DROPPED))
            if isinstance(value, dict):
                yield path, at, ADDED


def with_change(data: Any, at: Steps, value: Any) -> Any:
    """Put a value into the data of a file."""
    if value is ADDED:
        return changed(data, at, lambda record: {**record, "colour": "red"})
    if value is not DROPPED:
        return changed(data, at, lambda _: value)
    copy = holder = deepcopy(data)
    for step in at[:-1]:
        holder = holder[step]
    del holder[at[-1]]
    return copy


class PlainDumper(yaml.SafeDumper):
    """Writes every text without quotes, where it is one of YAML then."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 — as PyYAML declares it


def plain(path: str, data: Any) -> bytes:
    """Write a file of the content, its texts without quotes where YAML lets them be so."""
    text = yaml.dump(data, Dumper=PlainDumper, allow_unicode=True, width=10**6)
    return f"---\n{text}---\nText.".encode() if path.endswith(".md") else text.encode()


@pytest.fixture(scope="module")
def every_field() -> Sources:
    """A site with every field of the format."""
    written = {path: plain(path, data) for path, data in marked().items()}
    return read_tree(ROOT, "templates") | written


@pytest.fixture(scope="module")
def their_schemas(every_field: Sources) -> Schemas:
    """The schemas of that site."""
    return Schemas(site_schemas(every_field))


@pytest.mark.parametrize("part", range(10))
def test_schemas_and_readers_agree_on_changed_values(
    part: int, every_field: Sources, their_schemas: Schemas, some: Some
) -> None:
    """A schema that was made before the change says what the readers say after it."""
    found = list(changes())
    Random(7).shuffle(found)
    tried = found[part * len(found) // 10 : (part + 1) * len(found) // 10]

    for path, at, value in some(tried, TRIED // 10):
        data = with_change(marked()[path], at, value)
        site = every_field | {path: plain(path, data)}
        for asked in their_schemas.ask(site, [path]):
            assert list(asked.differences) == [], (path, at, value)


def test_an_article_is_offered_the_points_options_and_voices_of_its_topic(small: Sources) -> None:
    """Each with the question, the label or the name, in the languages of the site."""
    article = json.dumps(named(site_schemas(small), "vote/article"), ensure_ascii=False)
    other = json.dumps(named(site_schemas(small), "river-talks/article"), ensure_ascii=False)

    assert '"const": "turnout"' in article
    assert '"const": "turnout"' not in other


def test_content_with_mistakes_has_schemas_of_what_could_be_read(small: Sources) -> None:
    """Where a file cannot be read, any id is taken; what is right in it is offered all the same."""
    path = "content/vote/topic.yaml"
    whole = named(site_schemas(small), "vote/article")
    without_kind = small | {path: small[path].replace(b"kind: number", b"kind: numbr", 1)}
    no_yaml = small | {path: b"points: [", "content/voices.yaml": b"voices: {"}

    assert named(site_schemas(without_kind), "vote/article") != whole
    lead = named(site_schemas(no_yaml), "vote/article")["anyOf"][0]
    claim = lead["properties"]["claims"]["items"]
    assert Draft7Validator(claim).is_valid({"point": "any", "says": "1", "by": "who", "at": "a b"})


def test_a_site_without_languages_has_no_schemas(small: Sources) -> None:
    """Nothing is known of any text; what is wrong is told, with its place."""
    with pytest.raises(Problems) as told:
        site_schemas(small | {"site.yaml": b"title: {vi: A}"})

    assert "`languages` is missing" in str(told.value)
