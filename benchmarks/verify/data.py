"""Check that the data of a topic are there and hold what was compared: as JSON and as a table."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from math import comb
from typing import Any

from benchmarks.corpus.briefing_sources import ADDRESS
from benchmarks.corpus.facts import LANGUAGES
from benchmarks.corpus.news import ARTICLES_PER_TOPIC, Article, Claim, Topic
from benchmarks.verify.files import Site, address_of

INDEX, SCHEMA = "data/index.json", "data/schema.json"
FORMS = ("json", "csv")
AGREES = "http://purl.org/spar/cito/agreesWith"
SOURCE = "http://purl.org/spar/cito/citesAsSourceDocument"

Data = Mapping[str, Any]


def points_that_differ(site: Site, topic: str) -> Iterator[str]:
    """Yield the ids of the points on which the generator found that articles differ."""
    data = json.loads(site.text(site.data_of(topic, "json")) or "{}")
    for verdict in data.get("verdicts", []):
        if verdict["verdict"] == "differ":
            yield verdict["point"]


def check_data(site: Site, topic: Topic) -> Iterator[str]:
    """Yield what is wrong with the data of a topic."""
    path = site.data_of(topic.id, "json")
    text = site.text(path)
    if not text:
        yield f"{path}: not there"
        return
    data = json.loads(text)
    yield from (f"{path}: {each}" for each in _check_json(data, topic))
    path = site.data_of(topic.id, "csv")
    yield from (f"{path}: {each}" for each in _check_table(site.text(path), data, topic))


def check_index(site: Site, topics: list[Topic]) -> Iterator[str]:
    """Yield what is wrong with the index of all topics, and with the schema."""
    listed = {
        entry["id"]: entry for entry in json.loads(site.text(INDEX) or "{}").get("topics", [])
    }
    if listed.keys() != {topic.id for topic in topics}:
        yield f"{INDEX}: {len(listed)} topics instead of {len(topics)}"
    for topic in topics:
        entry = listed.get(topic.id, {})
        wanted = {
            "titles": dict(zip(LANGUAGES, topic.title, strict=True)),
            "addresses": {code: address_of(code, topic.id) for code in LANGUAGES},
            "start": topic.start.isoformat(),
            "articles": ARTICLES_PER_TOPIC,
            "points": len(topic.points),
        } | {form: ADDRESS + site.data_of(topic.id, form) for form in FORMS}
        told = sum(entry.get("tally", {}).values())
        if any(entry.get(key) != wanted[key] for key in wanted) or told != len(topic.points):
            yield f"{INDEX}: {topic.id} is not as it should be"
    schema = json.loads(site.text(SCHEMA) or "{}")
    if schema.get("$id") != ADDRESS + SCHEMA or not {"Topic", "Index"} <= schema["$defs"].keys():
        yield f"{SCHEMA}: no schema of this site"


def _check_json(data: Data, topic: Topic) -> Iterator[str]:
    """Yield what is wrong with the data as JSON."""
    counts = {
        "points": len(topic.points),
        "articles": len(topic.articles),
        "claims": len(_claims_by_cell(topic)),
        "cells": len(topic.points) * len(topic.articles),
        "verdicts": len(topic.points),
        "relations": _relations(topic),
        "groups": len({point.group for point in topic.points}),
        "voices": len(_voices(topic)),
    }
    for key, count in counts.items():
        if len(data[key]) != count:
            yield f"{len(data[key])} {key} instead of {count}"
    yield from _check_claims(data, topic)
    yield from _check_articles(data, topic)
    yield from _check_findings(data, topic)
    yield from _check_labels(data, topic)


def _claims_by_cell(topic: Topic) -> dict[tuple[str, str], tuple[Article, Claim]]:
    """Return each claim with its article, by (point id, article id); none has two claims."""
    return {(c.point.id, a.id): (a, c) for a in topic.articles for c in a.claims}


def _voices(topic: Topic) -> set[str]:
    return {claim.voice.id for _, claim in _claims_by_cell(topic).values() if claim.voice}


def _values(topic: Topic) -> dict[str, set[str]]:
    """Return the values that are said on each point, by point id."""
    claims = sorted(
        (claim for _, claim in _claims_by_cell(topic).values()), key=lambda c: c.point.id
    )
    by_point = groupby(claims, lambda claim: claim.point.id)
    return {point: {str(claim.value.says) for claim in each} for point, each in by_point}


def _relations(topic: Topic) -> int:
    """Count the relations: of equal claims, of different values, of summaries to articles."""
    values = [len(each) for each in _values(topic).values()]
    summaries = len(topic.articles) * len(LANGUAGES)
    return _agreements(topic) + sum(comb(count, 2) for count in values) + summaries


def _agreements(topic: Topic) -> int:
    return len(_claims_by_cell(topic)) - sum(map(len, _values(topic).values()))


def _check_claims(data: Data, topic: Topic) -> Iterator[str]:
    said = _claims_by_cell(topic)
    told = {(claim["point"], claim["article"]): claim for claim in data["claims"]}
    if told.keys() != said.keys():
        yield f"{len(told.keys() & said.keys())} of {len(said)} claims"
    for key in told.keys() & said.keys():
        claim, (article, wanted) = told[key], said[key]
        by = wanted.voice.id if wanted.voice else None
        found = (claim["by"], claim["mode"], claim["locator"]["selector"]["exact"])
        if found != (by, wanted.mode, wanted.at) or not _is_passage(claim["passage"], article):
            yield f"{'/'.join(key)}: {found}, {claim['passage']}"
        if not _is_value(claim["value"], wanted):
            yield f"{'/'.join(key)}: {claim['value']} instead of {wanted.value.says}"


def _is_passage(link: str, article: Article) -> bool:
    return link.startswith(f"{article.url}#:~:text=")


def _is_value(told: Data, claim: Claim) -> bool:
    """Whether a published value is the one that was written, of whatever kind."""
    match claim.value.matter:
        case {"form": str(form), "number": number}:
            return (told["form"], told["numbers"]) == (form.replace("_", "-"), [number])
        case {"day": day}:
            return (told["first"], told["last"]) == (day, day)
        case {"options": list(options)}:
            return sorted(told["options"]) == sorted(options)
    return False


def _check_articles(data: Data, topic: Topic) -> Iterator[str]:
    told = {article["id"]: article for article in data["articles"]}
    for article in topic.articles:
        found = told.get(article.id, {})
        summaries = {code: address_of(code, topic.id, article.id) for code in LANGUAGES}
        wanted = {
            "address": article.url,
            "published": article.published.isoformat(),
            "accessed": article.accessed.isoformat(),
            "language": article.outlet.language,
            "type": article.type,
            "author": article.author,
            "summaries": summaries,
        }
        if any(found.get(key) != wanted[key] for key in wanted):
            yield f"{article.id} is not as it should be"


def _check_findings(data: Data, topic: Topic) -> Iterator[str]:
    """Yield the verdicts that lack a value or an article, and the relations that are missing."""
    values = _values(topic)
    for verdict in data["verdicts"]:
        positions = verdict["positions"]
        if len(positions) != len(values.get(verdict["point"], ())) or not verdict["rule"]:
            yield f"{verdict['point']}: {len(positions)} positions"
        held = {a for p in positions for speaker in p["speakers"] for a in speaker["articles"]}
        if held != {
            article for point, article in _claims_by_cell(topic) if point == verdict["point"]
        }:
            yield f"{verdict['point']}: {len(held)} articles have positions"
    states = Counter(cell["state"] for cell in data["cells"])
    if states["states"] != len(_claims_by_cell(topic)):
        yield f"{states['states']} cells with a value"
    related = Counter(relation["predicate"] for relation in data["relations"])
    if (related[AGREES], related[SOURCE]) != (
        _agreements(topic),
        len(topic.articles) * len(LANGUAGES),
    ):
        yield f"{related[AGREES]} agreements, {related[SOURCE]} sources"


def _check_labels(data: Data, topic: Topic) -> Iterator[str]:
    """Yield the points and the voices without their labels."""
    told = {point["id"]: (point["label"], point["question"]) for point in data["points"]}
    for point in topic.points:
        wanted = [dict(zip(LANGUAGES, pair, strict=True)) for pair in (point.label, point.question)]
        if told.get(point.id) != tuple(wanted):
            yield f"{point.id} is called {told.get(point.id)}"
    if {voice["id"] for voice in data["voices"] if voice["name"] and voice["side"]} != _voices(
        topic
    ):
        yield "voices without a name or a side"


def _check_table(text: str, data: Data, topic: Topic) -> Iterator[str]:
    """Yield what is wrong with the CSV, which has one row for each cell."""
    byte_order_mark = "\N{ZERO WIDTH NO-BREAK SPACE}"
    if not text.startswith(byte_order_mark):
        yield "no byte order mark"
    rows = list(csv.DictReader(text.removeprefix(byte_order_mark).splitlines()))
    if len(rows) != len(data["cells"]):
        yield f"{len(rows)} rows"
    said = _claims_by_cell(topic)
    claims = {(claim["point"], claim["article"]): claim for claim in data["claims"]}
    verdicts = {each["point"]: (each["verdict"], each["rule"]) for each in data["verdicts"]}
    for row in rows:
        key = (row["point"], row["article"])
        if (row["verdict"], row["rule"]) != verdicts.get(row["point"]):
            yield f"{'/'.join(key)}: {row['verdict']}"
        if (row["state"] == "states") != (key in said) or not _is_row(row, claims.get(key)):
            yield f"{'/'.join(key)}: {row}"


def _is_row(row: Mapping[str, str], claim: Data | None) -> bool:
    """Whether a row says what the claim of its cell says; None: the cell has no claim."""
    told = (row["value"], row["by"], row["mode"], row["locator"], row["passage"])
    if claim is None:
        return not any(told)
    exact = claim["locator"]["selector"]["exact"]
    by, mode = claim["by"] or "", claim["mode"] or ""
    named = bool(row["by_name_vi"] and row["by_name_en"]) == bool(by)
    return named and told == (claim["value"]["text"], by, mode, exact, claim["passage"])
