"""Locators in the published data, as selectors of the Web Annotation Data Model.

https://www.w3.org/TR/annotation-model/#selectors
"""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, UnsetType, field

from briefing.model.article import Localized
from briefing.model.article import Locator as ReadLocator
from briefing.outputs.data.shapes import Shape, described


class TextQuoteSelector(Shape, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Words of an article, found without regard to case and accents.

    https://www.w3.org/TR/annotation-model/#text-quote-selector
    """

    exact: Annotated[str, described("The words; none of them where a passage ends.")]
    prefix: Annotated[str | UnsetType, described("What stands before, where that is told.")] = UNSET
    suffix: Annotated[str | UnsetType, described("What stands after, where that is told.")] = UNSET


class RangeSelector(Shape, frozen=True, kw_only=True, tag_field="type", tag=True):
    """A passage, told by where it begins and where it ends.

    https://www.w3.org/TR/annotation-model/#range-selector: it ends where the second selector
    begins, so the last words of the passage are what stands before that one: its `prefix`.
    """

    start: Annotated[TextQuoteSelector, described("The first words.")] = field(name="startSelector")
    end: Annotated[TextQuoteSelector, described("The place after the last words.")] = field(
        name="endSelector"
    )


class Locator(Shape, frozen=True, kw_only=True):
    """The few words that find a passage in an article."""

    language: Annotated[str, described("Of the words (BCP 47), which need not be the article's.")]
    selector: Annotated[
        TextQuoteSelector | RangeSelector, described("Words, or where a passage begins and ends.")
    ]
    gloss: Annotated[
        Localized, described("What they mean in our words, by language code; may be in none.")
    ]


def locator_of(at: ReadLocator) -> Locator:
    """Return a locator as data."""
    prefix = _beside(at.before, at.start)
    if at.end is None:
        suffix = _beside(at.start, at.after, after=True)
        selector: TextQuoteSelector | RangeSelector = TextQuoteSelector(
            exact=at.start, prefix=prefix, suffix=suffix
        )
    else:
        end = TextQuoteSelector(
            exact="", prefix=at.end, suffix=_beside(at.end, at.after, after=True)
        )
        selector = RangeSelector(start=TextQuoteSelector(exact=at.start, prefix=prefix), end=end)
    return Locator(language=at.language, selector=selector, gloss=at.gloss)


def _beside(words: str | None, others: str | None, *, after: bool = False) -> str | UnsetType:
    """Return the words before others, with the space between them; `after`: those after words.

    UNSET if one of the two is missing. A locator has whole words, so where letters would meet
    there is a space.
    """
    if not words or not others:
        return UNSET
    space = " " if words[-1].isalnum() and others[0].isalnum() else ""
    return space + others if after else words + space


def words_of(locator: Locator) -> str:
    """Return the words of a locator, as the pages show them."""
    selector = locator.selector
    if isinstance(selector, TextQuoteSelector):
        return selector.exact
    return f"{selector.start.exact} … {selector.end.prefix}"
