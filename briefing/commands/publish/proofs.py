"""Refuses to publish passages that were not proved."""

from __future__ import annotations

from briefing.checks.passages import check_passages
from briefing.commands.arguments import SOURCES
from briefing.commands.build import BuildRequest
from briefing.content.parse import parse_site
from briefing.content.publication import public_content
from briefing.problems import raise_if_any
from briefing.storage.read_sources import read_article_texts
from briefing.storage.site_sources.read import read_site_sources


def refuse_unproved(request: BuildRequest) -> None:
    """Do nothing if every locator of what is public is proved, here or before.

    Raises Problems with each that is not, and with what is wrong in the content.
    """
    site = parse_site(read_site_sources(request.root, *SOURCES))
    public = public_content(site, request.as_of)
    raise_if_any(check_passages(public, read_article_texts(request.root)).unproved)
