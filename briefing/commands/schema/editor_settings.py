"""The settings of VS Code, in which stands which file has which schema.

https://github.com/redhat-developer/vscode-yaml#associating-schemas
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from briefing.content.schemas.site_schemas import FileSchema

SCHEMAS = ".schemas/"
"""The folder of the schemas, in that of the site."""
SETTINGS = ".vscode/settings.json"
"""Where VS Code looks for the settings of a folder."""
_KEY = "yaml.schemas"


def file_name(schema: FileSchema) -> str:
    """Return the path of the file of a schema, from the folder of all of them."""
    return f"{schema.name}.schema.json"


def setting_of(schemas: Iterable[FileSchema]) -> dict[str, dict[str, list[str]]]:
    """Return the setting that names the files of each schema."""
    return {_KEY: {SCHEMAS + file_name(each): [*each.files] for each in schemas}}


def with_schemas(settings: bytes | None, schemas: Iterable[FileSchema]) -> bytes | None:
    """Return the settings with those of `schemas`, and all else as it was.

    settings: the content of the file; None: there is none. Returns None for a file that cannot be
    written again without loss: with comments, with a key twice, or with something else in the
    place of the setting.
    """
    text = "{}" if settings is None else settings.decode("utf-8", "replace")
    try:
        read = json.loads(text, object_pairs_hook=_each_key_once)
    except ValueError:
        return None
    had = read.get(_KEY, {}) if isinstance(read, dict) else None
    if not isinstance(had, dict):
        return None
    others = {path: files for path, files in had.items() if not path.startswith(SCHEMAS)}
    now = others | setting_of(schemas)[_KEY]
    if settings is not None and had == now:
        return settings
    indent = re.search(r'\n([ \t]+)"', text)
    written = json.dumps({**read, _KEY: now}, indent=indent[1] if indent else 2, ensure_ascii=False)
    return f"{written}\n".encode()


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a mapping of `pairs`. Raises ValueError if one would be lost."""
    if len(mapping := dict(pairs)) < len(pairs):
        raise ValueError("a key is there twice")
    return mapping
