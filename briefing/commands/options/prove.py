"""How `prove` is typed."""

from __future__ import annotations

from briefing.commands.options.usage import Add, Usage


def _add_options(_add: Add) -> None:
    pass


PROVE = Usage(
    summary="look for all passages in the kept texts, and note in the articles what was found",
    example="prove my-topic/my-article",
    add_options=_add_options,
    words="[TOPIC[/ARTICLE] …]",
)
