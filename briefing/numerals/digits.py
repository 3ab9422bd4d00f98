"""Numbers in digits of any script, with any signs between thousands and before decimals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from briefing.numerals.tokens import Role, Token

_POINTS = frozenset(["bn", "en", "he", "hi", "ja", "ko", "ms", "ne", "ta", "te", "th", "ur", "zh"])
"""Languages that write a decimal point; the others write a comma."""
_GROUPS = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<sign>[ _'’\u00a0\u2009\u202f])\d{3}(?:(?P=sign)\d{3})*)"
    r"(?:[.,](?P<decimals>\d+))?(?!\d)"
)
"""Matches thousands with spaces or apostrophes between, and decimals."""
_RUN = re.compile(r"\d+(?:[.,．，٫٬·]\d+)*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\D\d{3})+")
_INDIAN = re.compile(r"[1-9]\d?(?:\D\d{2})+\D\d{3}")
_MYRIADS = re.compile(r"[1-9]\d{0,3}(?:\D\d{4})+")
_PIECES = re.compile(r"\d+")
_FRACTION_AFTER = re.compile("[¼-¾⅐-⅞↉]")
_FRACTION = re.compile(rf"(?<!\d){_FRACTION_AFTER.pattern}")
"""Matches the fractions that are one character, as `½`."""
_MAX_DIGITS = 18
"""Digits of a number; more are none that a claim could have."""
_DECIMAL_SIGNS, _GROUP_SIGNS = ".,．，٫·", ".,．，٬"


def digit_tokens(text: str, language: str) -> Iterator[Token]:
    """Yield the numbers in digits; for what can be read in two ways that of `language` first."""
    at = 0
    while match := _RUN.search(text, at):
        grouped = _GROUPS.match(text, match.start())
        if grouped and len(grouped.group()) <= _MAX_DIGITS:
            yield _token(*grouped.span(), _readings_of_groups(grouped))
            at = grouped.end()
        else:
            yield from _tokens_of_run(match, text, language)
            at = match.end()


def _readings_of_groups(match: re.Match[str]) -> tuple[Decimal, ...]:
    """Return what digits in groups mean; with spaces between they may be several numbers."""
    decimals = match["decimals"] or ""
    number = _decimal(re.sub(r"\D", "", match["whole"]) + decimals).scaleb(-len(decimals))
    pieces = _PIECES.findall(match["whole"]) if match["sign"].isspace() else []
    return (number, *map(_decimal, pieces))


def _tokens_of_run(match: re.Match[str], text: str, language: str) -> Iterator[Token]:
    """Yield a run of digits with signs between them as one number, or each piece as one."""
    start, end = match.span()
    fraction = _FRACTION_AFTER.match(text, end)
    if readings := _readings(match.group(), language):
        if fraction:
            more = _fraction(fraction.group())
            yield _token(start, end + 1, tuple(each + more for each in readings))
        else:
            yield _token(start, end, readings)
        return
    for piece in _PIECES.finditer(text, start, end):
        if len(piece.group()) <= _MAX_DIGITS:
            yield _token(*piece.span(), (_decimal(piece.group()),))


def fraction_tokens(text: str) -> Iterator[Token]:
    """Yield the fractions that are one character, and stand after no digit: `½`."""
    for match in _FRACTION.finditer(text):
        yield _token(*match.span(), (_fraction(match.group()),))


def _fraction(character: str) -> Decimal:
    """Return the value of a fraction that is one character."""
    return Decimal(str(unicodedata.numeric(character)))


def _token(start: int, end: int, values: tuple[Decimal, ...]) -> Token:
    return Token(start=start, end=end, role=Role.DIGITS, values=values)


def _decimal(digits: str) -> Decimal:
    """Return a number of digits of any script."""
    return Decimal("".join(str(unicodedata.decimal(digit)) for digit in digits))


def _readings(written: str, language: str) -> tuple[Decimal, ...]:
    """Return what digits with signs between them mean; () if they are no one number."""
    signs, pieces = re.findall(r"\D", written), _PIECES.findall(written)
    if len(written) - len(signs) > _MAX_DIGITS:
        return ()
    if not signs:
        return (_decimal(written),)
    last = signs[-1]
    grouped = decimal = None
    if len(set(signs)) == 1 and _is_grouped(written) and last in _GROUP_SIGNS:
        grouped = _decimal("".join(pieces))
    is_fraction = len(signs) == 1 or (
        last not in signs[:-1]
        and len(set(signs[:-1])) == 1
        and _is_grouped(written.rpartition(last)[0])
    )
    if is_fraction and last in _DECIMAL_SIGNS:
        decimal = _decimal("".join(pieces)).scaleb(-len(pieces[-1]))
    point = language.partition("-")[0].lower() in _POINTS
    is_likely = last in (".．·" if point else ",，٫")
    order = (decimal, grouped) if is_likely else (grouped, decimal)
    return tuple(each for each in order if each is not None)


def _is_grouped(written: str) -> bool:
    return any(form.fullmatch(written) for form in (_THOUSANDS, _INDIAN, _MYRIADS))
