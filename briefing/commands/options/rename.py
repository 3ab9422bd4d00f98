"""How `rename` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage

_RENAMED = ("topic", "article")
"""What can be given another id."""


def _add_options(_add: Add) -> None:
    pass


def _wrong(options: Namespace) -> str:
    if len(options.what) == 3 and options.what[0] in _RENAMED:  # noqa: PLR2004
        return ""
    return "write: rename topic OLD NEW, or: rename article TOPIC/OLD NEW"


RENAME = Usage(
    summary="change the id of a topic or an article, wherever it stands",
    example="rename article old-topic/old-id new-id",
    add_options=_add_options,
    words="(topic OLD NEW | article TOPIC/OLD NEW)",
    wrong=_wrong,
)
