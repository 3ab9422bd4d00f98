"""Rules on one page of the finished site: its ids, active content, policy and JSON-LD."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing.checks.head import json_ld_is_valid
from briefing.checks.parsed_file import ParsedPage
from briefing.problems import Place, Problem


def ids_are_unique(page: ParsedPage) -> Iterator[Problem]:
    """Yield the ids that a page has twice: a link to one leads to the first only."""
    for id, count in page.ids.items():
        if count > 1:
            message = f"the id `{id}` is there twice"
            cure = "let the templates give each element an id of its own"
            yield Problem(Place(f"output/{page.path}"), message, cure)


def nothing_is_active(page: ParsedPage) -> Iterator[Problem]:
    """Yield the scripts, styles, frames and forms in a page, and the links that run something.

    Content cannot bring them in. This checks the finished page, so that no template can either.
    """
    for tag, what in page.active:
        cure = "put scripts and styles into files of templates/assets/"
        yield Problem(page.place(tag), f"{what} is not taken", cure)


def a_policy_comes_first(page: ParsedPage) -> Iterator[Problem]:
    """Yield a problem if the head of a page does not begin with its content security policy.

    The policy does not apply to what is before it.
    """
    if not page.has_policy:
        cure = "begin the head with the meta tag of base.html"
        message = "the head does not begin with a content security policy"
        yield Problem(Place(f"output/{page.path}"), message, cure)


PAGE_CHECKS: tuple[Callable[[ParsedPage], Iterator[Problem]], ...] = (
    ids_are_unique,
    nothing_is_active,
    a_policy_comes_first,
    json_ld_is_valid,
)
