"""The claims of a topic as a table: CSV as RFC 4180 has it, safe to open in a spreadsheet.

Spreadsheets take some cells for formulas: https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from briefing.data.findings import Cell, Claim, Flag
from briefing.data.registers import Article, Point
from briefing.data.selectors import words_of
from briefing.data.topic import Topic
from briefing.data.values import Value, Words
from briefing.model import Localized

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""By this Excel knows UTF-8."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:E[+-]?\d+)?", re.ASCII)
_PASSED_OVER = re.compile(
    r"[\s'\"\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*"
)
"""What spreadsheets may drop before they look at a cell: quotes, spaces, what cannot be seen."""
_BREAKS = frozenset("\t\r\n\0")
_SIGNS = frozenset("=+-@\N{MINUS SIGN}")


def to_csv(data: Topic, languages: Sequence[str]) -> bytes:
    """Write a row for each claim, and for each cell that has none, with labels in some languages.

    Every cell is quoted; one that could be taken for a formula has an apostrophe before it.
    """
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_columns(languages))
    writer.writerows([_safe(cell) for cell in row] for row in _rows(data, languages))
    return text.getvalue().encode()


def _columns(languages: Sequence[str]) -> list[str]:
    return [
        *("topic", "point"),
        *(f"point_label_{code}" for code in languages),
        *("article", "outlet", "published", "article_language", "state", "value", "by"),
        *(f"by_name_{code}" for code in languages),
        *("via", "mode", "confidence", "standing", "locator", "passage"),
        *("verdict", "rule", "flags"),
    ]


def _rows(data: Topic, languages: Sequence[str]) -> Iterator[list[str]]:
    points = {point.id: point for point in data.points}
    articles = {article.id: article for article in data.articles}
    names = {voice.id: voice.name for voice in data.voices}
    found = {judgement.point: [judgement.verdict, judgement.rule] for judgement in data.verdicts}
    claims, flags = _by_cell(data)
    for cell in data.cells:
        at = (cell.point, cell.article)
        about = _about(points[cell.point], articles[cell.article], cell, languages)
        for claim in claims.get(at, [None]):
            said = _said(claim, names, languages)
            audits = (f.audit for f in flags.get(at, ()) if _concerns(f, claim))
            told = [*found[cell.point], " ".join(dict.fromkeys(audits))]
            yield [data.id, *about, *said, *told]


def _by_cell(
    data: Topic,
) -> tuple[Mapping[tuple[str, str], list[Claim | None]], Mapping[tuple[str, str], list[Flag]]]:
    """Sort claims and flags by point and article."""
    claims: dict[tuple[str, str], list[Claim | None]] = {}
    flags: dict[tuple[str, str], list[Flag]] = {}
    for claim in data.claims:
        claims.setdefault((claim.point, claim.article), []).append(claim)
    for flag in data.flags:
        for article in flag.articles:
            flags.setdefault((flag.point, article), []).append(flag)
    return claims, flags


def _concerns(flag: Flag, claim: Claim | None) -> bool:
    """Whether a flag of a cell is about a claim of it, or about all of them."""
    return flag.claim is None or (claim is not None and flag.claim == claim.id)


def _about(point: Point, article: Article, cell: Cell, languages: Sequence[str]) -> list[str]:
    labels = (point.label[code] for code in languages)
    when = article.published
    return [point.id, *labels, article.id, article.outlet.id, when, article.language, cell.state]


def _said(
    claim: Claim | None, names: Mapping[str, Localized], languages: Sequence[str]
) -> list[str]:
    if claim is None:
        return [""] * (8 + len(languages))
    return [
        _value(claim.value, languages) if claim.value else "",
        claim.by or "",
        *(names[claim.by][code] if claim.by else "" for code in languages),
        " ".join(claim.via),
        claim.mode or "",
        claim.confidence,
        claim.standing or "",
        words_of(claim.locator),
        claim.passage or "",
    ]


def _value(value: Value, languages: Sequence[str]) -> str:
    """Write a value; of words those of each language, the same ones once."""
    if isinstance(value, Words):
        return " | ".join(dict.fromkeys(value.texts[code] for code in languages))
    return value.text


def _safe(cell: str) -> str:
    return f"'{cell}" if _could_be_formula(cell) else cell


def _could_be_formula(cell: str) -> bool:
    """Whether a spreadsheet may see more than text in a cell; a plain number is one.

    It looks past quotes and spaces, and at signs of full width as at others. What has an
    apostrophe before it is judged as it would be without: so none is taken away by mistake.
    """
    if _NUMBER.fullmatch(cell):
        return False
    passed = _PASSED_OVER.match(cell)
    assert passed is not None, "it matches nothing at all, too"
    begins = unicodedata.normalize("NFKC", cell[passed.end() : passed.end() + 1])
    return begins[:1] in _SIGNS or not _BREAKS.isdisjoint(passed[0])
