"""How `new` is typed."""

from __future__ import annotations

from argparse import Namespace

from briefing.commands.options.usage import Add, Usage

_WORDS = {"topic": 1, "translation": 2}
"""What can be new, and how many words say which."""


def _add_options(_add: Add) -> None:
    pass


def _wrong(options: Namespace) -> str:
    kind, *words = options.what or [""]
    if _WORDS.get(kind) == len(words):
        return ""
    return "write: new topic ID, or: new translation PATH LANGUAGE"


NEW = Usage(
    summary="add a topic or a translation, as a draft to write in",
    example="new translation content/my-topic/topic.vi.md en",
    add_options=_add_options,
    words="(topic ID | translation PATH LANGUAGE)",
    wrong=_wrong,
)
