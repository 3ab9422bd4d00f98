"""Writes the claims of a topic as CSV (RFC 4180), safe to open in a spreadsheet.

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
"""By this Excel recognizes UTF-8."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:E[+-]?\d+)?", re.ASCII)
_FORMULA_SIGNS = "=+@\N{MINUS SIGN}＝＋－＠﹦﹢﹣﹫\\-"
"""Characters that begin a formula, also full-width ones, which some spreadsheets accept."""
_IGNORED = (
    r" '\"\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u2064\u3000\ufeff"
)
"""Characters that spreadsheets may drop first: quotes, spaces, invisible ones."""
_FORMULA = re.compile(
    rf"\A(?=[{_IGNORED}]*[{_FORMULA_SIGNS}\t\r\n\0])|(?<=[;\t\r\n])(?=[{_IGNORED}]*[{_FORMULA_SIGNS}])"
)
"""Where a formula could begin: at the start of a cell, and after a semicolon or a tab, for a
spreadsheet that separates cells by these, as in Vietnam and Germany."""


def to_csv(data: Topic, languages: Sequence[str]) -> bytes:
    """Return a table with a row for each claim, and one for each cell without a claim.

    languages: codes of the languages of labels. Every cell is quoted, and what could be taken for
    a formula has an apostrophe before it.
    """
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_columns(languages))
    writer.writerows([_without_formulas(cell) for cell in row] for row in _rows(data, languages))
    return text.getvalue().encode()


def _columns(languages: Sequence[str]) -> list[str]:
    return [
        *("topic", "point"),
        *(f"point_label_{code}" for code in languages),
        *("kind", "unit"),
        *("article", "outlet", "published", "article_language", "state", "value", "by"),
        *(f"by_name_{code}" for code in languages),
        *("via", "mode", "confidence", "standing", "locator", "passage"),
        *(f"gloss_{code}" for code in languages),
        *("verdict", "rule", "flags"),
    ]


def _rows(data: Topic, languages: Sequence[str]) -> Iterator[list[str]]:
    points = {point.id: point for point in data.points}
    articles = {article.id: article for article in data.articles}
    names = {voice.id: voice.name for voice in data.voices}
    verdicts = {judgement.point: [judgement.verdict, judgement.rule] for judgement in data.verdicts}
    claims, flags = _by_cell(data)
    for cell in data.cells:
        at = (cell.point, cell.article)
        cell_columns = _cell_columns(points[cell.point], articles[cell.article], cell, languages)
        for claim in claims.get(at, [None]):
            claim_columns = _claim_columns(claim, names, languages)
            audits = (f.audit for f in flags.get(at, ()) if _concerns(f, claim))
            findings = [*verdicts[cell.point], " ".join(dict.fromkeys(audits))]
            yield [data.id, *cell_columns, *claim_columns, *findings]


def _by_cell(
    data: Topic,
) -> tuple[Mapping[tuple[str, str], list[Claim | None]], Mapping[tuple[str, str], list[Flag]]]:
    """Return claims and flags by (point id, article id)."""
    claims: dict[tuple[str, str], list[Claim | None]] = {}
    flags: dict[tuple[str, str], list[Flag]] = {}
    for claim in data.claims:
        claims.setdefault((claim.point, claim.article), []).append(claim)
    for flag in data.flags:
        for article in flag.articles:
            flags.setdefault((flag.point, article), []).append(flag)
    return claims, flags


def _concerns(flag: Flag, claim: Claim | None) -> bool:
    """Whether a flag of a cell is about a claim of that cell, or about all of them."""
    return flag.claim is None or (claim is not None and flag.claim == claim.id)


def _cell_columns(
    point: Point, article: Article, cell: Cell, languages: Sequence[str]
) -> list[str]:
    labels = (point.label[code] for code in languages)
    asked = [point.id, *labels, point.kind, _unit(point.unit, languages) if point.unit else ""]
    told = [article.id, article.outlet.id, article.published, article.language]
    return [*asked, *told, cell.state]


def _unit(unit: Unit, languages: Sequence[str]) -> str:
    """Return the CLDR name of a unit, or its text around `{n}` in each language, of `other`."""
    if unit.texts is None:
        return unit.cldr or ""
    return _joined(unit.texts[code]["other"] for code in languages)


def _claim_columns(
    claim: Claim | None, names: Mapping[str, Localized], languages: Sequence[str]
) -> list[str]:
    if claim is None:
        return [""] * (8 + 2 * len(languages))
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
        *(claim.locator.gloss.get(code, "") for code in languages),
    ]


def _value(value: Value, languages: Sequence[str]) -> str:
    """Return a value as text; free words in each language."""
    if isinstance(value, Words):
        return _joined(value.texts[code] for code in languages)
    return value.text


def _joined(texts: Iterable[str]) -> str:
    """Return texts in one cell, equal ones once."""
    return " | ".join(dict.fromkeys(texts))


@lru_cache(maxsize=20_000)
def _without_formulas(cell: str) -> str:
    """Return a cell with an apostrophe wherever a formula could begin, so that it is text.

    A number stays. An apostrophe that is there already is no reason to add none, so removing one
    from each such place restores the text. Cached: most cells repeat.
    """
    return cell if _NUMBER.fullmatch(cell) else _FORMULA.sub("'", cell)
