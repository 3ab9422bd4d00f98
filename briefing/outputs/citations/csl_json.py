"""References -> CSL-JSON, which Zotero, Mendeley and every program that cites by a CSL style read.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import json

from briefing.model.values import Moment
from briefing.outputs.citations.iso_dates import iso_date
from briefing.outputs.citations.references import Reference, ReferenceKind

_TYPES = {
    ReferenceKind.WEBPAGE: "webpage",
    ReferenceKind.NEWSPAPER: "article-newspaper",
    ReferenceKind.MAGAZINE: "article-magazine",
}


def to_csl_json(cited: Iterable[Reference]) -> bytes:
    """Return references as CSL-JSON."""
    return json.format(json.encode([_item(each) for each in cited]), indent=1) + b"\n"


def _item(cited: Reference) -> dict[str, Any]:
    item = {
        "id": cited.key,
        "type": _TYPES[cited.kind],
        "title": cited.title,
        "author": _names(cited.author),
        "translator": _names(cited.translator),
        "container-title": cited.container,
        "issued": _date(cited.issued),
        "accessed": _date(cited.accessed),
        "URL": cited.url,
        "language": cited.language,
        "note": cited.note,
    }
    return {field: value for field, value in item.items() if value}


def _names(name: str) -> list[dict[str, str]]:
    """Return names as they are written: which part of one is the family's, its language decides."""
    return [{"literal": name}] if name else []


def _date(moment: Moment | None) -> dict[str, list[list[int]]] | None:
    """Return a date as far as it is known."""
    return {"date-parts": [[int(part) for part in iso_date(moment).split("-")]]} if moment else None
