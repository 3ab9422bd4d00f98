"""The files that a site has in place of the theme's -> what an upgrade of the engine did to them.

A copy of what each was made from lies in templates/.theme (`ORIGINS`), so that the theme can be
compared with itself: what is told is what the engine changed, never what the site did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher, unified_diff

from briefing.checks.theme.words import word_changes
from briefing.model.theme import ORIGINS, TEMPLATES, THEME, WORDS, overridden
from briefing.problems import Place, Problem
from briefing.rendering.template_files import is_template
from briefing.rendering.template_uses import uses_of

MOST_PARTS = 6
"""Parts of a template that a warning names."""
Files = Mapping[str, bytes]


def theme_has_changed(files: Files, origins: Files) -> Iterator[Problem]:
    """Yield a warning for each override of a file that is another in the theme of today.

    files: all sources by path, what is hidden among them. origins: by the name in the theme.
    """
    for name in overridden(files):
        own, theirs, origin = (files.get(TEMPLATES + name), files[THEME + name], origins.get(name))
        if own == theirs:
            continue
        if name.startswith(WORDS):
            yield from word_changes(files, name, origin)
        elif origin is None:
            message = "stands in place of a file of the theme; nothing will tell when that changes"
            cure = f"if it fits the theme of today, run `override {name} --accept`"
            yield Problem(Place(TEMPLATES + name), message, cure)
        elif origin != theirs:
            message = (
                f"the theme's file has changed since it was copied: {_told(name, origin, theirs)}"
            )
            cure = (
                f"`override {name} --diff` shows what; bring it over, then run "
                f"`override {name} --accept`"
            )
            yield Problem(Place(TEMPLATES + name), message, cure)
    for name in sorted(origins):
        if THEME + name not in files and TEMPLATES + name in files:
            message = "stands in place of a file that the theme does not have any more"
            cure = f"take it away with {ORIGINS}{name}, if no file of yours names it"
            yield Problem(Place(TEMPLATES + name), message, cure)


def diff_of_theme(name: str, before: bytes, now: bytes, what: str = "as it was copied") -> str:
    """Return what the engine changed in a file of the theme as a unified diff; "" for nothing.

    what: how the file `before` is called at its head.
    """
    old, new = (data.decode(errors="replace").splitlines(keepends=True) for data in (before, now))
    lines = unified_diff(old, new, f"{name} ({what})", f"{name} (the theme's of today)")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _told(name: str, before: bytes, now: bytes) -> str:
    """Return in words what changed in a file: how many lines, and in which macros and blocks."""
    try:
        old, new = before.decode().splitlines(), now.decode().splitlines()
    except UnicodeDecodeError:
        return "it is another picture or font"
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changes = [step for step in steps if step[0] != "equal"]
    added = sum(end - first for *_, first, end in changes)
    gone = sum(end - first for _, first, end, *_ in changes)
    counts = f"{added} line{'s' * (added != 1)} added, {gone} taken away"
    parts = _changed_parts(now.decode(), changes) if is_template(THEME + name) else []
    more = ", …" if len(parts) > MOST_PARTS else ""
    return f"{counts} (in {', '.join(parts[:MOST_PARTS])}{more})" if parts else counts


def _changed_parts(text: str, changes: Iterable[tuple[str, int, int, int, int]]) -> list[str]:
    """Return the macros and blocks of a template in which lines have changed, in their order."""
    parts = uses_of(text).parts
    found: dict[str, None] = {}
    for _, _, _, first, end in changes:
        for line in range(first + 1, max(end, first + 1) + 1):
            around = [part.name for part in parts if part.line <= line]
            found.update(dict.fromkeys(around[-1:]))
    return list(found)
