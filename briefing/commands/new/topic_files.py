"""The files of a new topic, to be written: its facts, and its text in one language."""

from __future__ import annotations

from briefing.content.classify import TOPIC_STEM
from briefing.content.texts import DRAFT_COMMENT
from briefing.model.site import Language
from briefing.model.values import Moment
from briefing.syntax.yaml_writing import flow

_FACTS = """\
# The facts of the topic: when it happened, and the points on which articles are compared.
event:
  # A day, a day and a time with its zone (2025-03-18T14:00Z), a month or a year.
  start: {day}

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


def topic_files(id: str, languages: tuple[Language, ...], today: Moment) -> dict[str, bytes]:
    """Return the files of the topic `id` by path from its folder.

    languages: those of the site. The text is in the first; one that is still empty is not there to
    be translated.
    """
    label = flow({language.code: "…" for language in languages})
    day = f"{today.at:%Y-%m-%d}"
    facts = _FACTS.format(day=day, label=label)
    text = _TEXT.format(language=languages[0].name, title=flow(id), comment=DRAFT_COMMENT)
    files = {f"{TOPIC_STEM}.yaml": facts, f"{TOPIC_STEM}.{languages[0].code}.md": text}
    return {path: content.encode() for path, content in files.items()}
