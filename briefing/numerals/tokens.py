"""What numbers in running text are made of, and how tokens become a number.

A language gives tokens (`vietnamese`, `english`, `chinese`), `digits` those in digits; a number is
the longest run of them that makes one: `hai mươi lăm`, `2.5 million`, `两万三千`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from itertools import product

from msgspec import Struct

MAX_READINGS = 8
"""Readings of one number; of more the first."""
DIGIT_WORDS = 10
HUNDRED = Decimal(100)


class Role(Enum):
    """What a token does in a number."""

    NUMBER = "number"
    """A number in words, to which smaller ones can be added: `twenty`, then `one`."""
    DIGITS = "digits"
    MULTIPLIER = "multiplier"
    """Multiplies what stands before it: `hundred`, `triệu`, `万`."""
    LINK = "link"
    """Stands between parts: `and`, `linh`, `零`."""
    ONE = "one"
    """Is one before a multiplier, and nothing elsewhere: `a` of `a hundred`."""
    UNIT_DIGIT = "unit digit"
    """A digit that stands after tens alone, `mốt`; after a digit too: `hai mốt` is 21."""
    PLUS = "plus"
    """Is added as it is: `and a half`."""
    HALF = "half"
    """Adds half of the last multiplier: `rưỡi`, `半`."""
    POINT = "point"
    """Stands before decimals in words."""
    FRACTION = "fraction"
    """A part of what stands before it: `thirds`."""


class Token(Struct, frozen=True, kw_only=True, gc=False):
    """A word or a run of digits that is a part of a number."""

    start: int
    end: int
    role: Role
    values: tuple[Decimal, ...] = (Decimal(0),)
    """What it can mean, the likeliest first."""
    alone: bool = True
    """Whether it can begin a number; for a multiplier whether it can be one by itself."""
    sure: bool = True
    """Whether it means a number wherever it stands: `năm` may be a year, `May I second that`."""
    linked: bool = False
    """Whether it is a part of a larger number only after a link, or before a multiplier."""

    @property
    def value(self) -> Decimal:
        """The likeliest meaning."""
        return self.values[0]


class Numeral(Struct, frozen=True, kw_only=True, gc=False):
    """A number in a text."""

    start: int
    end: int
    """Where it stands, in characters."""
    readings: tuple[Decimal, ...]
    """What it can mean, the likeliest first: `1.541` is 1541, or 1.541."""
    sure: bool
    """Whether it can be nothing else than a number."""

    @property
    def value(self) -> Decimal:
        """The likeliest meaning."""
        return self.readings[0]


class Grammar(Struct, frozen=True, kw_only=True):
    """How the tokens of a language follow each other."""

    gap: re.Pattern[str]
    """Matches what may stand between two tokens of one number."""
    tenths: bool = False
    """Whether a digit after a multiplier counts its tenths: `hai nghìn ba` is 2300."""


def suffix_token(multiplier: int, start: int, end: int) -> Token:
    """Return the token of a letter right behind digits, which may multiply them: `k` of `5k`.

    multiplier: what it means, 1000. start, end: where it stands in the text.
    """
    values = (Decimal(multiplier), Decimal(1))
    return Token(start=start, end=end, role=Role.MULTIPLIER, values=values, alone=False)


def read_numerals(text: str, tokens: Iterable[Token], grammar: Grammar) -> Iterator[Numeral]:
    """Yield the numbers that the `tokens` of a text make, in order; each token is in one."""
    ordered = _without_overlaps(tokens)
    at = 0
    while at < len(ordered):
        if _is_alone(text, ordered, at, grammar):
            yield _of_digits(ordered[at])
            at += 1
            continue
        run = _longest_run(text, ordered[at:], grammar)
        if run:
            yield _numeral(run, grammar)
        at += len(run) or 1


def _is_alone(text: str, tokens: Sequence[Token], at: int, grammar: Grammar) -> bool:
    """Whether a token in digits is followed by none that could go on with its number."""
    if tokens[at].role is not Role.DIGITS:
        return False
    after = tokens[at + 1 : at + 2]
    return not (after and grammar.gap.fullmatch(text, tokens[at].end, after[0].start))


def _of_digits(token: Token) -> Numeral:
    """Return the number of a token that is alone."""
    readings = tuple(dict.fromkeys(token.values))[:MAX_READINGS]
    return Numeral(start=token.start, end=token.end, readings=readings, sure=token.sure)


def _without_overlaps(tokens: Iterable[Token]) -> list[Token]:
    """Return tokens in their order; of those that overlap the first, and the longest of these."""
    chosen: list[Token] = []
    for token in sorted(tokens, key=lambda each: (each.start, -each.end)):
        if not chosen or token.start >= chosen[-1].end:
            chosen.append(token)
    return chosen


def _longest_run(text: str, tokens: Sequence[Token], grammar: Grammar) -> list[Token]:
    """Return the most tokens from the first on that make one number; [] if the first makes none."""
    run: list[Token] = []
    longest = 0
    for at, token in enumerate(tokens):
        if run and not grammar.gap.fullmatch(text, run[-1].end, token.start):
            break
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after and not grammar.gap.fullmatch(text, token.end, after.start):
            after = None
        if not _may_follow(run, token, after):
            break
        run.append(token)
        if token.role not in (Role.LINK, Role.ONE, Role.POINT):
            longest = len(run)
    return run[:longest]


def _may_follow(run: list[Token], token: Token, after: Token | None) -> bool:
    """Whether `token` can be the next of a number that begins with `run`; `after` comes next."""
    before_multiplier = after is not None and after.role is Role.MULTIPLIER
    if token.role is Role.ONE:
        return before_multiplier and (not run or run[-1].value < 1)
    if not run:
        plain = token.role in (Role.NUMBER, Role.DIGITS)
        return plain or (token.role is Role.MULTIPLIER and (token.alone or before_multiplier))
    if run[-1].role is Role.ONE:
        return token.role is Role.MULTIPLIER
    if token.role in (Role.LINK, Role.POINT):
        return after is not None and after.role is Role.NUMBER and _may_join(run, token, after)
    needs_more = token.linked and run[-1].role not in (Role.LINK, Role.POINT)
    if (needs_more or token.role is Role.DIGITS) and not before_multiplier:
        return False
    return bool(_stack([*run, token]))


def _may_join(run: list[Token], joint: Token, after: Token) -> bool:
    """Whether `joint` can stand between a number and the one in words `after` it."""
    if joint.role is Role.POINT:
        return after.value < DIGIT_WORDS
    return _stack(run)[-1][1] >= HUNDRED


Part = tuple[Decimal, Decimal]
"""A part of a sum, and the power of ten below which others may be added to it."""


def _stack(tokens: Iterable[Token]) -> list[Part]:
    """Return the parts whose sum is the number that tokens make; [] if they make none."""
    stack: list[Part] = []
    decimals = Decimal(0)
    for token in tokens:
        value, role = token.value, token.role
        if role is Role.POINT:
            decimals = Decimal(1)
        elif decimals and role in (Role.NUMBER, Role.UNIT_DIGIT):
            if not stack or value >= DIGIT_WORDS:
                return []
            decimals /= 10
            stack[-1] = (stack[-1][0] + value * decimals, Decimal(0))
        elif role is not Role.LINK and not _push(stack, token):
            return []
        if role is Role.MULTIPLIER:
            decimals = Decimal(0)
    return stack


def _total(tokens: Sequence[Token], grammar: Grammar) -> Decimal:
    """Return the number that tokens make."""
    stack = _stack(tokens)
    before, last = (*(token.role for token in tokens[-2:-1]), Role.LINK)[0], tokens[-1].role
    if grammar.tenths and before is Role.MULTIPLIER and last is Role.NUMBER:
        _count_tenths(stack)
    return sum((part for part, _ in stack), Decimal(0))


def _count_tenths(stack: list[Part]) -> None:
    """Let a digit at the end count the tenths of the multiplier before it, if that is over 10."""
    (_, unit), (value, magnitude) = stack[-2:]
    if unit >= HUNDRED and magnitude == 1 and value >= 1:
        stack[-1] = (value * unit / 10, value)


def _push(stack: list[Part], token: Token) -> bool:
    """Add a token to the parts of a number; return whether it can follow them."""
    value, (last, unit) = token.value, stack[-1] if stack else (Decimal(0), Decimal("Infinity"))
    match token.role:
        case Role.ONE if stack:
            return True
        case Role.NUMBER | Role.DIGITS | Role.ONE if value < unit and (value >= 1 or not stack):
            words = token.role is not Role.DIGITS
            stack.append((value, _magnitude(value) if words else Decimal(0)))
        case Role.UNIT_DIGIT if unit == DIGIT_WORDS:
            stack.append((value, Decimal(0)))
        case Role.UNIT_DIGIT if stack and unit == 1 and 1 < last < DIGIT_WORDS:
            stack[-1] = (last * 10 + value, Decimal(0))
        case Role.MULTIPLIER:
            return _multiply(stack, value)
        case Role.PLUS if stack:
            stack[-1] = (last + value, unit)
        case Role.HALF if stack and unit >= DIGIT_WORDS:
            stack.append((unit / 2, Decimal(0)))
        case Role.FRACTION if len(stack) == 1:
            stack[-1] = (last * value, Decimal(0))
        case _:
            return False
    return True


def _multiply(stack: list[Part], by: Decimal) -> bool:
    """Multiply the parts at the end that are smaller than `by`; return whether there are any.

    A multiplier that may be none (`5m`, which may be metres) changes nothing then.
    """
    total = Decimal(0)
    if by == 1:
        return True
    while stack and stack[-1][0] < by:
        total += stack.pop()[0]
    if stack and not total:
        return False
    stack.append(((total or 1) * by, by))
    return True


def _magnitude(value: Decimal) -> Decimal:
    """Return the power of ten below which others may be added to a number in words."""
    if value < 1 or value != value.to_integral():
        return Decimal(0)
    power = Decimal(1)
    while value % (power * 10) == 0:
        power *= 10
    return power if power > 1 or value < DIGIT_WORDS else Decimal(0)


def _numeral(run: list[Token], grammar: Grammar) -> Numeral:
    """Return the number that tokens make, with all that it can mean."""
    readings: dict[Decimal, None] = {}
    for values in product(*(token.values for token in run)):
        chosen = [_with_value(token, value) for token, value in zip(run, values, strict=True)]
        readings[_total(chosen, grammar)] = None
        if len(readings) == MAX_READINGS:
            break
    sure = len(run) > 1 or run[0].sure
    return Numeral(start=run[0].start, end=run[-1].end, readings=tuple(readings), sure=sure)


def _with_value(token: Token, value: Decimal) -> Token:
    return Token(start=token.start, end=token.end, role=token.role, values=(value,))
