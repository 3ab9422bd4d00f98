"""Write the YAML and the front matter of source files, as editors write them."""

from __future__ import annotations

import json
import re
from pathlib import Path

Fields = dict[str, object]
"""What a file or its front matter says, by key."""


def write_text(path: Path, matter: Fields, body: str) -> None:
    """Write a Markdown file with front matter."""
    write(path, f"---\n{_block(matter)}---\n{body}\n")


def write_yaml(path: Path, fields: Fields) -> None:
    """Write a YAML file."""
    write(path, _block(fields))


def write(path: Path, text: str) -> None:
    """Write a text file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _block(fields: Fields) -> str:
    """Write YAML as editors do: a line for each key, and for each item of a list of mappings."""
    lines = []
    for key, value in fields.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{key}:", *(f"  - {_flow(item)}" for item in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "".join(f"{line}\n" for line in lines)


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    return str(value)


_PLAIN = re.compile(r"(?!(?:no|yes|on|off|true|false|null|y|n)$)[a-z][a-z0-9-]*")
"""A text that is a text in any YAML without quotation marks."""
