"""A time -> how editors are told of it."""

from __future__ import annotations

from briefing.model.values import Moment, Precision


def told_moment(moment: Moment) -> str:
    """Return a time in the form of ISO 8601, as exactly as it is known."""
    if moment.precision is Precision.MINUTE:
        return f"{moment.begins():%Y-%m-%d %H:%M} UTC"
    return str(moment)
