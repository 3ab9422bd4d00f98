"""Requests of the panel -> answers: the kept text of an article, and locators in it.

A kept text is for this machine alone, so the token is asked for here, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefing.checks.locating.search import Place
from briefing.commands.serve.faults import SHOW_NOTES
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.text_panel.panel import article_panel, proposals
from briefing.commands.serve.writing.handlers import OwnPageHandler
from briefing.commands.serve.writing.refusals import Refusal
from briefing.problems import Problems

HERE = Path(__file__).parent
"""The folder of the script and the styles of the panel."""
MAX_DIGITS = 9
"""Digits of an index of a text."""
MAX_WORDS = 2_000
"""Characters of the words that are looked for."""


class _PanelHandler(OwnPageHandler):
    """Answers what is asked of an article."""

    def initialize(self, token: str, site: LiveSite) -> None:  # type: ignore[override]
        """Take the token of this run, and the site."""
        super().initialize(token)
        self._site = site

    async def answer_with(self, make: Callable[[], object]) -> None:
        """Answer with what `make` returns, made in a thread; with null for None."""
        made: object = None
        # The problems are those of kept texts, which `check` reports.
        with self.application.faults.recorded(SHOW_NOTES), suppress(Problems):
            made = await asyncio.to_thread(make)
        self.answer(made)


class _TextHandler(_PanelHandler):
    """Serves the panel of an article."""

    async def get(self) -> None:
        id = self.get_query_argument("article", "")
        language = self.get_query_argument("language", "")
        await self.answer_with(lambda: article_panel(self._site, id, language))


class _LocateHandler(_PanelHandler):
    """Serves locators of words, or of what was selected: from `start` to `end`."""

    async def get(self) -> None:
        id = self.get_query_argument("article", "")
        start, end = (self.get_query_argument(name, "") for name in ("start", "end"))
        words: str | Place = self.get_query_argument("words", "")[:MAX_WORDS]
        if start or end:
            if not (_is_index(start) and _is_index(end)):
                self.refuse(Refusal.FORM)
                return
            words = Place(int(start), int(end))
        await self.answer_with(lambda: proposals(self._site, id, words))


def _is_index(given: str) -> bool:
    """Whether what was given is an index of a text."""
    return given.isascii() and given.isdecimal() and len(given) <= MAX_DIGITS


def panel_handlers(site: LiveSite, token: str) -> list[Any]:
    """Return the paths of the panel, with what answers there. token: that of this run."""
    given = {"token": token, "site": site}
    return [
        ("/_preview/text.json", _TextHandler, given),
        ("/_preview/locate.json", _LocateHandler, given),
    ]
