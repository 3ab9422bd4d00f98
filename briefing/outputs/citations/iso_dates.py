"""Moments -> the dates of citations, which have no hour."""

from __future__ import annotations

from briefing.model.values import Moment, Precision


def iso_date(moment: Moment | None) -> str:
    """Return a moment as `2025`, `2025-03` or `2025-03-18`; "" for None.

    A minute is of the day that it is in its own time zone: the one that an article is dated with.
    """
    if moment is None:
        return ""
    return moment.day.isoformat() if moment.precision is Precision.MINUTE else str(moment)
