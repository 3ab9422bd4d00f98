"""Writes values as YAML in one line, as an editor would: text without quotes where that is safe."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_PLAIN = re.compile(r"""[^\W_](?:[^:#\[\]{},&*!|>'"%@`\\\x00-\x1f\x7f-\x9f]*[^\W_).…!?。—])?""")
"""Texts that any reader of YAML takes for themselves without quotes, also between braces."""
_NO_TEXT = re.compile(r"[-+.\d_:]+|0x.*|no|yes|on|off|true|false|null|y|n", re.IGNORECASE)
"""Those of them that other programs may take for a number, a date or a truth value."""


def flow(value: str | Mapping[str, object]) -> str:
    """Return a text, or a mapping of texts and such mappings, as YAML in one line.

    https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions
    """
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and not _NO_TEXT.fullmatch(value)
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    entries = (f"{key}: {flow(item)}" for key, item in value.items())  # type: ignore[arg-type]
    return f"{{{', '.join(entries)}}}"
