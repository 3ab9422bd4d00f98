"""Values of claims in the published data. A name with `Read` before it is that of the model."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from briefing.model.article import Localized
from briefing.model.values import Choice as ReadChoice
from briefing.model.values import Form
from briefing.model.values import FreeText as ReadWords
from briefing.model.values import Period as ReadPeriod
from briefing.model.values import Quantity as ReadQuantity
from briefing.model.values import Value as ReadValue
from briefing.outputs.data.shapes import Shape, Time, described


class Quantity(Shape, frozen=True, kw_only=True, tag_field="type", tag="quantity"):
    """A number or a range of numbers, as written (`almost 180`) and as meant (`[162, 180)`).

    They are JSON numbers, written with all their digits. Whoever needs those reads them as
    decimals: a binary fraction has about 15.
    """

    text: Annotated[str, described("The number, or the interval as mathematics writes it.")]
    form: Annotated[Form, described("How it is written.")]
    numbers: Annotated[tuple[Decimal, ...], described("As written: one, or two for a range.")]
    lowest: Annotated[Decimal | None, described("Where it begins; null if it has no such end.")]
    lowest_included: Annotated[bool, described("Whether `lowest` itself is meant, too.")]
    highest: Annotated[Decimal | None, described("Where it ends; null if it has no such end.")]
    highest_included: Annotated[bool, described("Whether `highest` itself is meant, too.")]


class Period(Shape, frozen=True, kw_only=True, tag_field="type", tag="period"):
    """A moment, or from one moment to another."""

    text: Annotated[str, described("The days, or the times, that it covers.")]
    first: Annotated[
        Time, described("A year, a month or a day of any time zone, or a time in UTC (RFC 3339).")
    ]
    last: Annotated[Time, described("For a moment the same as the first.")]


class Choice(Shape, frozen=True, kw_only=True, tag_field="type", tag="choice"):
    """One or several of a point's options."""

    text: Annotated[str, described("The ids of the options, with commas between.")]
    options: Annotated[tuple[str, ...], described("The ids of the options.")]


class Words(Shape, frozen=True, kw_only=True, tag_field="type", tag="words"):
    """Free words, which are never compared."""

    text: Annotated[str, described("A dash: words have no other form.")]
    texts: Annotated[Localized, described("By language code.")]


Value = Quantity | Period | Choice | Words


def value_of(value: ReadValue) -> Value:
    """Return a value as data; its `text` is the same in every language, for programs."""
    text = str(value)
    match value:
        case ReadQuantity():
            return _quantity(value, text)
        case ReadPeriod():
            return Period(text=text, first=str(value.first), last=str(value.last))
        case ReadChoice():
            return Choice(text=text, options=tuple(sorted(value.options)))
        case ReadWords():
            return Words(text=text, texts=value.texts)


def _quantity(value: ReadQuantity, text: str) -> Quantity:
    interval = value.interval
    return Quantity(
        text=text,
        form=value.form,
        numbers=value.numbers,
        lowest=interval.low,
        lowest_included=interval.low is not None and not interval.low_open,
        highest=interval.high,
        highest_included=interval.high is not None and not interval.high_open,
    )
