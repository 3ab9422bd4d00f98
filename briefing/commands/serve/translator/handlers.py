"""Requests of a page -> answers: the parts of its translations. Writing is asked for elsewhere."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefing.commands.serve.faults import SHOW_NOTES
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.translator.page import TranslatorView, translator_view
from briefing.commands.serve.writing.handlers import OwnPageHandler
from briefing.problems import Problems

HERE = Path(__file__).parent
"""The folder of the script and the styles."""


class _TranslatorHandler(OwnPageHandler):
    """Serves the translations of a page."""

    def initialize(self, token: str, site: LiveSite) -> None:  # type: ignore[override]
        """Take the token of this run, and the site."""
        super().initialize(token)
        self._site = site

    async def get(self) -> None:
        page, view = self.get_query_argument("page", ""), TranslatorView()
        with self.application.faults.recorded(SHOW_NOTES), suppress(Problems):
            view = await asyncio.to_thread(translator_view, self._site, page)
        self.answer(view)


def translator_handlers(site: LiveSite, token: str) -> list[Any]:
    """Return the path, with what answers there. token: that of this run."""
    return [("/_preview/translator.json", _TranslatorHandler, {"token": token, "site": site})]
