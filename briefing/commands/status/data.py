"""The status of a site -> JSON, for programs: docs/commands.md describes it."""

from __future__ import annotations

from typing import Any

from msgspec import json

from briefing.commands.status.next_steps import next_steps
from briefing.commands.status.statuses import EntryStatus, PassageStatus, SiteStatus, TextStatus

FORM = 1
"""The number of the shape. Fields may be added to it; what else changes is another number."""


def status_json(status: SiteStatus) -> str:
    """Return a status as JSON."""
    made = {
        "form": FORM,
        "as_of": str(status.as_of),
        "title": status.title,
        "languages": status.languages,
        "topics": [
            {
                "id": topic.id,
                "title": topic.title,
                "points": topic.points,
                "entries": [_entry(entry) for entry in topic.entries],
            }
            for topic in status.topics
        ],
        "about": _entry(status.about) if status.about else None,
        "unread": status.unread,
        "problems": [
            {"place": str(each.place), "message": each.message, "cure": each.cure}
            for each in status.problems
        ],
        "next": [
            {
                "why": step.why,
                "command": step.command or None,
                "place": str(step.place) if step.place else None,
            }
            for step in next_steps(status)
        ],
    }
    return json.format(json.encode(made), indent=2).decode()


def _entry(entry: EntryStatus) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "texts": {text.language: _text(text) for text in entry.texts},
        "claims": _claims(entry.passages) if entry.passages else None,
    }


def _text(text: TextStatus) -> dict[str, Any]:
    return {
        "path": text.path,
        "states": text.states,
        "public": text.public,
        "appears": str(text.appears) if text.appears else None,
    }


def _claims(passages: PassageStatus) -> dict[str, Any]:
    return {
        "written": passages.claims,
        "to_write": passages.to_write,
        "not_found": len(passages.not_found),
        "changed": len(passages.changed),
        "never_proved": len(passages.never),
        "source_changed": bool(passages.source),
    }
