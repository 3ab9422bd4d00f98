"""The files of a new topic, to be written: its facts, and its text in one language."""

from __future__ import annotations

from briefing.content.classify import TOPIC_STEM
from briefing.content.texts import DRAFT_COMMENT
from briefing.model.site import Language
from briefing.syntax.yaml_writing import flow

_FACTS = """\
# The facts of the topic: when it happened, and the points on which articles are compared.
event:
  # A day, a day and a time with its zone (2025-03-18T14:00Z), a month or a year.
  start: {start}

# Groups put the points in order. For the first one delete `[]`, and the `#` below.
groups: []
#  - {{id: people, label: {label}}}

# A point is one question that articles answer. For the first one delete `[]`, and each `#` below.
points: []
#  - id: how-many
#    group: people
#    kind: number
#    label: {label}
#    question: {label}
# Other kinds: date, datetime, duration, enum, place, set, stance, text.
"""
_TEXT = """\
---
# The title in {language}, as readers see it.
title: {title}
# One sentence below it, if you like.
# dek: …
{comment}
draft: true
---
"""


def topic_files(title: str, start: str, languages: tuple[Language, ...]) -> dict[str, bytes]:
    """Return the files of a topic by path from its folder.

    title: in the first of the languages of the site, in which its text is; one that is still empty
    is not there to be translated. start: of the event, as topic.yaml has it.
    """
    label = flow({language.code: "…" for language in languages})
    facts = _FACTS.format(start=start, label=label)
    text = _TEXT.format(language=languages[0].name, title=flow(title), comment=DRAFT_COMMENT)
    files = {f"{TOPIC_STEM}.yaml": facts, f"{TOPIC_STEM}.{languages[0].code}.md": text}
    return {path: content.encode() for path, content in files.items()}
