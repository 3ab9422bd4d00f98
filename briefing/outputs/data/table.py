"""The claims of a topic as a table: CSV as RFC 4180 has it, safe to open in a spreadsheet.

Spreadsheets take some cells for formulas: https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import StringIO

from briefing.model.article import Localized
from briefing.outputs.data.findings import Cell, Claim, Flag
from briefing.outputs.data.registers import Article, Point, Unit
from briefing.outputs.data.selectors import words_of
from briefing.outputs.data.topic import Topic
from briefing.outputs.data.values import Value, Words

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""By this Excel knows UTF-8."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:E[+-]?\d+)?", re.ASCII)
_SIGNS = "=+@\N{MINUS SIGN}＝＋－＠﹦﹢﹣﹫\\-"
"""Formulas begin with them; in some countries those of another width are as good."""
_PASSED_OVER = (
    r" '\"\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u2064\u3000\ufeff"
)
"""What spreadsheets may drop before they look at a cell: quotes, spaces, what cannot be seen."""
_FORMULA = re.compile(
    rf"\A(?=[{_PASSED_OVER}]*[{_SIGNS}\t\r\n\0])|(?<=[;\t\r\n])(?=[{_PASSED_OVER}]*[{_SIGNS}])"
)
"""Where a formula could begin: at the start, and where a cell begins for a spreadsheet that parts
cells by semicolons, as those of Vietnam and Germany do, or by tabs."""


def to_csv(data: Topic, languages: Sequence[str]) -> bytes:
    """Write a row for each claim, and for each cell that has none, with labels in some languages.

    Every cell is quoted, and what could be taken for a formula has an apostrophe before it.
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
        *("kind", "unit"),
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
    asked = [point.id, *labels, point.kind, _unit(point.unit, languages) if point.unit else ""]
    told = [article.id, article.outlet.id, article.published, article.language]
    return [*asked, *told, cell.state]


def _unit(unit: Unit, languages: Sequence[str]) -> str:
    """Write a unit: its name in CLDR, or our words around `{n}` in each language, as of many."""
    if unit.texts is None:
        return unit.cldr or ""
    return _in_each(unit.texts[code]["other"] for code in languages)


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
    """Write a value; of words those of each language."""
    if isinstance(value, Words):
        return _in_each(value.texts[code] for code in languages)
    return value.text


def _in_each(texts: Iterable[str]) -> str:
    """Write a text of each language in one cell, the same ones once."""
    return " | ".join(dict.fromkeys(texts))


@lru_cache(maxsize=20_000)
def _safe(cell: str) -> str:
    """Put an apostrophe wherever a formula could begin, so that it is text; a number is none.

    An apostrophe that is there already is passed over. So whoever takes one away from where a
    formula would begin without it has the text again as it was.
    """
    return cell if _NUMBER.fullmatch(cell) else _FORMULA.sub("'", cell)
