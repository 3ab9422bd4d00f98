"""The numbers and dates of claims -> those that do not stand in the passages of their articles.

What we infer is held to the words of its locator only, which may have a number of their own; `0`
has many words, and is held to none. Where the text of an article is not kept, only the words of the
locator are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.checks.kept_text import KeptText, Passage, kept_text_path, read_kept_text
from briefing.checks.stated.dates import date_is_not_there
from briefing.checks.stated.numbers import number_is_not_there
from briefing.model.article import Article, Claim, Confidence
from briefing.model.site import Site, Topic
from briefing.model.values import Period, Quantity
from briefing.problems import Problem


def values_stand_in_passages(site: Site, texts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the claims whose numbers or dates are not in their passages.

    texts: the kept texts, by path (`<topic>/<article>.txt`). Raises Problems for a text with too
    many marks on one letter.
    """
    for topic in site.topics:
        points = {point.id: point for point in topic.points}
        for article in topic.articles:
            claims = [c for c in article.claims if isinstance(c.value, Quantity | Period)]
            kept = _kept_text(topic, article, texts) if claims else None
            for claim in claims:
                if passage := _passage(claim, kept):
                    yield from number_is_not_there(claim, points[claim.point], passage)
                    yield from date_is_not_there(claim, article, passage)


def _kept_text(topic: Topic, article: Article, texts: Mapping[str, bytes]) -> KeptText | None:
    path = kept_text_path(topic, article)
    data = texts.get(path)
    return None if data is None else read_kept_text(path, data)


def _passage(claim: Claim, kept: KeptText | None) -> Passage | None:
    """Return where the value of a claim is to stand; None where nothing is known of that."""
    at = claim.at
    if kept is not None and claim.confidence is Confidence.STATED:
        text = kept.passage(at)
        return None if text is None else Passage(text=text, language=at.language, is_whole=True)
    return None if at.end else Passage(text=at.start, language=at.language, is_whole=False)
