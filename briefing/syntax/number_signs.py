"""Numbers as people write them -> plain digits: `67,34`, `1 541`, `1.541,5`, `١٥٤١`.

What is meant by a sign may be open: `1,541` is a thousand in English, and between one and two in
Vietnamese.
"""

from __future__ import annotations

import re
import unicodedata

_THIN = " _'’\xa0\u2009\u202f٬"
"""Signs that stand only between thousands: spaces, apostrophes, the Arabic sign."""
_NUMBER = re.compile(rf"\d(?:[.,٫{_THIN}]?\d)*")
_THINLY_GROUPED = re.compile(rf"\d{{1,3}}(?:[{_THIN}]\d{{3}})+(?:[.,]\d+)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+)|\d{1,2}(?:,\d{2})+,\d{3}", re.ASCII)
"""Thousands between commas or points; in India also hundreds of thousands and so on."""
_GROUPED_WITH_DECIMALS = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})\.(\d+)|(\d{1,3}(?:\.\d{3})+),(\d+)", re.ASCII
)
_OPEN = re.compile(r"([1-9]\d{0,2})[.,](\d{3})", re.ASCII)
"""May be a thousand, or have three decimals."""


def plain_numbers(written: str) -> tuple[str, str]:
    """Return a text with all its numbers in plain digits, with a point before decimals.

    First with what may be a thousand (`1,541`) read as one, then read as a number with decimals:
    both are the same text where nothing is open.
    """
    as_whole = _NUMBER.sub(lambda match: _readings(match[0])[0], written)
    return as_whole, _NUMBER.sub(lambda match: _readings(match[0])[-1], written)


def _readings(written: str) -> tuple[str, ...]:
    """Return what a number may mean, or the number itself if nobody writes one like it."""
    number = "".join(map(_ascii, written))
    if match := _OPEN.fullmatch(number):
        return match[1] + match[2], f"{match[1]}.{_decimals(match[2])}"
    if _THINLY_GROUPED.fullmatch(number):
        return (re.sub(rf"[{_THIN}]", "", number).replace(",", "."),)
    if match := _GROUPED_WITH_DECIMALS.fullmatch(number):
        return (f"{re.sub('[.,]', '', match[1] or match[3])}.{match[2] or match[4]}",)
    if _GROUPED.fullmatch(number) and not number.startswith("0"):
        return (re.sub("[.,]", "", number),)
    if number.count(",") == 1 and "." not in number:
        return (number.replace(",", "."),)
    return (number,)


def _ascii(character: str) -> str:
    """Return a digit of any script as one of ASCII, and the Arabic decimal sign as a point."""
    if character == "٫":
        return "."
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _decimals(three: str) -> str:
    """Return three decimals in a number of digits that cannot be a thousand: `5`, `5410`."""
    short = three.rstrip("0") or "0"
    return short if len(short) < len(three) else f"{three}0"
