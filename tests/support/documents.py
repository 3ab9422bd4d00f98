"""The documents of the project: their sections, and a script that does what they say."""

from __future__ import annotations

import re

from briefing.commands.arguments import ROOT

FENCE = re.compile(r"^ *```(\w+)(?: (\S+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
"""A block of code: its language, the path of the file that it is, and the code."""
FIRST_TOPIC = "docs/first-topic.md"
OF_OTHERS = ("pipx ", "who-said-what serve")
"""Lines that are not run: what others install, and what goes on until it is stopped."""


def section(page: str, title: str) -> str:
    """Give a section of a document, by the words of its heading, without those it holds."""
    text = (ROOT / page).read_text(encoding="utf-8")
    after = re.split(rf"^#+ {re.escape(title)}$", text, maxsplit=1, flags=re.MULTILINE)[1]
    return re.split(r"^##", after, maxsplit=1, flags=re.MULTILINE)[0]


def commands(text: str) -> str:
    """Give the commands of a text, a line for each."""
    return "\n".join(code for language, _, code in FENCE.findall(text) if language == "sh")


def steps(page: str) -> str:
    """Give a script that does what a document says: its commands, and its files, in their order."""
    script = []
    for language, path, code in FENCE.findall((ROOT / page).read_text(encoding="utf-8")):
        if language == "sh":
            script += [line for line in code.splitlines() if not line.startswith(OF_OTHERS)]
        elif path:
            script.append(f"cat > {path} <<'END'\n{code}END")
    return "\n".join(script)
