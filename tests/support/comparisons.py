"""Sites of one point, written in short, and how their articles compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from briefing.comparison.compare import Comparison, compare_topic
from briefing.comparison.rows import Row
from briefing.content.parse import parse_site
from briefing.model.site import Voice

WORDS = "words: {yes: yes}"
SIDES = {"red": "east", "rose": "east", "blue": "west"}


def claim(short: str, kind: str) -> dict[str, Any]:
    """Read a claim in short: `red=5/agreed`, `=5/inferred`, `red?`."""
    made: dict[str, Any] = {"point": "p", "at": "some words"}
    short, *marks = short.split("/")
    for mark in marks:
        made["confidence" if mark == "inferred" else "mode"] = mark
    voice, equals, value = short.rstrip("?").partition("=")
    if voice:
        made["by"] = voice
    if short.endswith("?"):
        return made | {"mentions": "true"}
    assert equals
    says: Any = value.split(",") if kind == "set" else value
    return made | {"says": {"en": value} if kind == "text" else says}


def site(case: Mapping[str, Any]) -> dict[str, bytes]:
    """Make a site of one topic and one point; JSON is YAML."""
    point = {"kind": "number"} | case.get("point", {})
    for field in {"options", "scale"} & point.keys():
        point[field] = [option | {"label": {"en": option["id"]}} for option in point[field]]
    label = {"en": "A label"}
    facts: dict[str, Any] = {
        "event": {"start": "2025-03-18"},
        "groups": [{"id": "g", "label": label}],
        "points": [{"id": "p", "group": "g", "label": label} | point],
        "primary": case.get("primary", {}),
    }
    voices = {
        id: {"name": id.title(), "kind": "person", "side": side} for id, side in SIDES.items()
    }
    files: dict[str, Any] = {
        "site.yaml": {
            "address": "https://a.example/",
            "title": label,
            "description": label,
            "languages": {"en": {"name": "English"}},
            "time_zone": "Europe/London",
        },
        "content/outlets.yaml": {
            "paper": {"name": "Paper", "kind": "newspaper", "country": "GB", "language": "en"}
        },
        "content/voices.yaml": {"sides": {"east": "East", "west": "West"}, "voices": voices},
        "content/t/topic.yaml": facts,
    }
    written = {path: json.dumps(data) for path, data in files.items()}
    written["templates/words/en.yaml"] = WORDS
    written["content/t/topic.en.md"] = "---\ntitle: T\n---\n"
    for number, (id, claims) in enumerate(case["says"].items(), 1):
        lead: dict[str, Any] = {
            "title": id,
            "outlet": "paper",
            "published": f"2025-03-{number:02}",
            "claims": [claim(short, point["kind"]) for short in claims.split()],
        }
        if id not in case.get("unchecked", []):
            lead["checked"] = "all"
        if id in case.get("altered", []):
            lead["integrity"] = {"status": "altered"}
        if original := case.get("duplicates", {}).get(id):
            lead["duplicate_of"] = original
        written[f"content/t/{id}.en.md"] = f"---\n{json.dumps(lead)}\n---\n"
    return {path: text.encode() for path, text in written.items()}


def compared(case: Mapping[str, Any]) -> tuple[Comparison, Mapping[str, Voice]]:
    briefing = parse_site(site(case))
    return compare_topic(briefing.topics[0], briefing.voices), briefing.voices


def only_row(case: Mapping[str, Any]) -> Row:
    comparison, _ = compared(case)
    (row,) = comparison.rows
    return row


NAMED = ["red=5", "red=6", "rose=5", "blue=5", "blue=6", "blue=4..6", "red=5/agreed"]
NAMED += ["blue=5/inferred", "red=4..6/inferred"]
CLAIM = st.sampled_from([*NAMED, "=5", "=6", "red?"])
ARTICLES = st.lists(st.lists(CLAIM, max_size=3).map(" ".join), min_size=3, max_size=5)
