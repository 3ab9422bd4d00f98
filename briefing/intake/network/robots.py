"""robots.txt -> whether a page may be fetched: https://www.rfc-editor.org/rfc/rfc9309."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MAX_ROBOTS_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read: RFC 9309, section 2.5."""


def may_fetch(robots: str, agent: str, url: str) -> bool:
    """Whether a robots.txt allows the program `agent` (its name alone) to fetch `url`.

    The rule that matches most of the path wins, and of two as long the one that allows.
    """
    groups = _groups(robots)
    rules = groups.get(agent.lower(), groups.get("*", []))
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    matching = [(len(rule), allows) for rule, allows in rules if _matches(rule, path)]
    return max(matching, default=(0, True))[1]


def _groups(robots: str) -> dict[str, list[tuple[str, bool]]]:
    """Return the rules by the name of a program in small letters: a path, and whether it may."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    agents: list[str] = []
    in_rules = True
    for line in robots.removeprefix("\ufeff").splitlines():
        field, colon, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        match field.lower():
            case "user-agent" if colon:
                agents = [*([] if in_rules else agents), value.partition("/")[0].strip().lower()]
                in_rules = False
                groups.setdefault(agents[-1], [])
            case "allow" | "disallow" as kind if colon:
                in_rules = True
                for agent in agents if value else ():
                    groups[agent].append((value, kind == "allow"))
    return groups


def _matches(rule: str, path: str) -> bool:
    """Whether a rule, with `*` for anything and `$` for the end, matches the begin of a path."""
    pattern = re.escape(rule).replace(r"\*", ".*")
    return re.match(pattern[:-2] + "$" if pattern.endswith(r"\$") else pattern, path) is not None
