"""The files of a new topic, to be written: its facts, and a text in each language of the site."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.content.classify import TOPIC_STEM
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


def topic_files(id: str, languages: tuple[Language, ...], today: Moment) -> dict[str, bytes]:
    """Return the files of the topic `id` by path from its folder.

    The text in the first of `languages` is the original, the others translate it.
    """
    label = flow({language.code: "…" for language in languages})
    day = f"{today.at:%Y-%m-%d}"
    files = {f"{TOPIC_STEM}.yaml": _FACTS.format(day=day, label=label)}
    for language in languages:
        lines = "\n".join(_text(id, language, languages[0]))
        files[f"{TOPIC_STEM}.{language.code}.md"] = f"{lines}\n"
    return {path: text.encode() for path, text in files.items()}


def _text(id: str, language: Language, first: Language) -> Iterator[str]:
    """Yield the lines of the text in a language."""
    yield "---"
    yield f"# The title in {language.name}, as readers see it."
    yield f"title: {flow(id)}"
    yield "# One sentence below it, if you like."
    yield "# dek: …"
    if language is not first:
        yield f"# It says what the text in {first.name} says, paragraph by paragraph."
        yield f"translates: {first.code}"
    yield "# Only the preview shows a draft. Delete this line when readers may see the text."
    yield "draft: true"
    yield "---"
