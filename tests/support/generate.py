"""A generated site of any size in three languages, one of them from right to left."""

from __future__ import annotations

import json
from random import Random
from typing import Any

LANGUAGES = {"vi": {"name": "Tiếng Việt"}, "en": {"name": "English"}, "ar": {"name": "العربية"}}


def in_all(text: str) -> dict[str, str]:
    return {code: f"{text} {code}" for code in LANGUAGES}


def generate(
    templates: dict[str, bytes], topics: int, articles: int, points: int = 8
) -> dict[str, bytes]:
    """Make a site of topics with so many articles and points each, some of it not translated."""
    random = Random(7)
    voices = {
        f"voice-{n}": {"name": f"Voice {n}", "kind": "person", "side": f"side-{n % 2}"}
        for n in range(6)
    }
    files: dict[str, Any] = {
        "site.yaml": {
            "address": "https://example.org/generated/",
            "title": in_all("Title"),
            "description": in_all("Description"),
            "languages": LANGUAGES,
            "time_zone": "Asia/Ho_Chi_Minh",
        },
        "content/outlets.yaml": {
            f"outlet-{n}": {
                "name": f"Outlet {n}",
                "kind": "newspaper",
                "country": "VN",
                "language": random.choice(["vi", "en", "ar", "fr"]),
            }
            for n in range(articles)
        },
        "content/voices.yaml": {
            "sides": {"side-0": in_all("Side"), "side-1": in_all("Other side")},
            "voices": voices,
        },
    }
    written = {path: json.dumps(data).encode() for path, data in files.items()}
    for number in range(topics):
        written |= topic(random, f"topic-{number}", articles, list(voices), points)
    return templates | written


def topic(random: Random, id: str, articles: int, voices: list[str], many: int) -> dict[str, bytes]:
    points = [
        {"id": f"p-{n}", "group": "g", "kind": "number", "label": in_all(f"Point {n}")}
        for n in range(many)
    ]
    facts = {
        "event": {"start": f"2025-{random.randint(1, 12):02}-{random.randint(1, 28):02}"},
        "missing": random.choice(["notice", "fallback", "hide"]),
        "groups": [{"id": "g", "label": in_all("Group")}],
        "points": points,
    }
    files = {f"content/{id}/topic.yaml": json.dumps(facts).encode()}
    files |= texts(random, f"content/{id}/topic", {"title": f"Title of {id}"}, "topic:" + id)
    for number in range(articles):
        claims = [
            {
                "point": point["id"],
                "says": random.choice(["5", "6", ">=5"]),
                "by": random.choice(voices),
                "at": "some words",
            }
            for point in points
            if random.random() < 0.6
        ]
        lead = {
            "title": f"Article {number}",
            "outlet": f"outlet-{number}",
            "url": f"https://outlet-{number}.example/",
            "published": "2025-01-02",
            "checked": "all",
            "claims": claims,
        }
        name = f"content/{id}/article-{number}"
        files |= texts(random, name, lead, f"article:article-{number}", "point:p-1")
    return files


def texts(random: Random, name: str, lead: dict[str, Any], *links: str) -> dict[str, bytes]:
    """Write a text in one language, and in some of the others."""
    first, *others = random.sample(list(LANGUAGES), 3)
    told = {first: lead}
    for code in others:
        if random.random() < 0.7:
            told[code] = {"title": f"{lead['title']} {code}", "translates": first}
    body = "".join(f"A paragraph with [a link]({link}).\n\n" for link in links)
    return {
        f"{name}.{code}.md": f"---\n{json.dumps(matter)}\n---\n{body}".encode()
        for code, matter in told.items()
    }
