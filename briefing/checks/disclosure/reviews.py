"""Reviews that do not do what an editor may think, and that cannot be: warnings."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.checks.translations.pairs import language_versions
from briefing.content.publication import timestamp
from briefing.model.article import Summary
from briefing.model.site import Site
from briefing.model.values import Moment
from briefing.problems import Problem


def reviewed_texts_have_somebody_responsible(site: Site) -> Iterator[Problem]:
    """Yield one problem if texts are marked as made by a machine though they are reviewed."""
    marked = [text for text in _texts(site) if text.reviewed and site.must_mark(text)]
    if marked:
        count = len(marked)
        which = "this text is" if count == 1 else f"this text and {count - 1} more are"
        message = f"{which} marked as made by a machine, though reviewed: nobody is responsible"
        cure = "add `responsible: NAME` to site.yaml: a review alone does not do (Article 50(4))"
        yield Problem(marked[0].place, message, cure)


def reviews_are_not_of_the_future(site: Site, as_of: Moment) -> Iterator[Problem]:
    """Yield the texts that somebody is said to have reviewed after `as_of`."""
    for text in _texts(site):
        if text.reviewed and timestamp(text.reviewed.on, site) > timestamp(as_of, site):
            message = f"reviewed: {text.reviewed.on} is still to come"
            yield Problem(text.place, message, "write the day on which it was reviewed")


def _texts(site: Site) -> Iterator[Summary]:
    return (text for versions in language_versions(site) for text in versions.values())
