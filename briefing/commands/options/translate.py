"""How `translate` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage


def _add_options(_add: Add) -> None:
    pass


def _wrong(options: Namespace) -> str:
    return "" if len(options.what) == 2 else "write: translate PATH LANGUAGE"  # noqa: PLR2004


TRANSLATE = Usage(
    summary="write a new translation, or show what of one is behind",
    example="translate content/my-topic/topic.vi.md en",
    add_options=_add_options,
    words="PATH LANGUAGE",
    wrong=_wrong,
)
