"""Numbers and times as authors may write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from briefing.content.values import read_moment, read_quantity

NUMBERS = st.decimals(-(10**9), 10**9, places=2).map(lambda number: f"{number:f}")
SIGNS = st.sampled_from(["", ">=", "<=", ">", "<", "≥", "≤", "~", "about ", "almost ", "over "])


def is_readable(written: str) -> bool:
    """Whether a text is a quantity; `almost 0` and `over 0` are none."""
    return not (written.startswith(("almost", "over")) and not Decimal(written.split()[1]))


def joined(ends: tuple[Decimal, Decimal]) -> str:
    """Write a range."""
    return f"{min(ends):f}..{max(ends):f}"


RANGES = st.tuples(st.decimals(-999, 999, places=1), st.decimals(1000, 9999, places=1)).map(joined)
WRITTEN = st.one_of(st.tuples(SIGNS, NUMBERS).map("".join).filter(is_readable), RANGES)
HOURS = st.tuples(SIGNS, st.integers(1, 60 * 999)).map(
    lambda drawn: f"{drawn[0]}{drawn[1] // 60}h" + f"{drawn[1] % 60:02}" * (drawn[1] % 60 > 0)
)
"""Hours and minutes, as a duration may be written."""
QUANTITIES = st.one_of(WRITTEN, HOURS).map(lambda text: read_quantity(text, "duration-minute"))
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
ZONED = st.builds(
    lambda day, minute, hours: f"{day}T{minute // 60:02}:{minute % 60:02}{hours:+03}:00",
    DAYS,
    st.integers(0, 1439),
    st.integers(-12, 14),
)
DATES = st.one_of(DAYS.map(lambda d: f"{d:%Y}"), DAYS.map(lambda d: f"{d:%Y-%m}"), DAYS.map(str))
MOMENTS = st.one_of(DATES, ZONED).map(read_moment)
