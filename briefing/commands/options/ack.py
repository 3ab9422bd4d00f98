"""How `ack` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage

_NAMED_PARTS = ("title", "dek")


def _add_options(_add: Add) -> None:
    pass


def _wrong(options: Namespace) -> str:
    if not options.what:
        return "write: ack PATH, or: ack PATH PARAGRAPH …"
    for part in options.what[1:]:
        if part not in _NAMED_PARTS and not (part.isascii() and part.isdecimal()):
            return f"`{part}` is none of these: the number of a paragraph, title, dek"
    return ""


ACK = Usage(
    summary="note that a translation says what its original says today",
    example="ack content/my-topic/topic.en.md 3",
    add_options=_add_options,
    words="PATH [PARAGRAPH …]",
    wrong=_wrong,
)
