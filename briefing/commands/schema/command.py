"""The command `schema`: a site folder -> JSON Schemas in .schemas/, and which file has which."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from briefing.commands.arguments import SOURCES
from briefing.commands.schema.editor_settings import (
    SCHEMAS,
    SETTINGS,
    file_name,
    setting_of,
    with_schemas,
)
from briefing.content.schemas.site_schemas import FileSchema, site_schemas
from briefing.problems import Place, mistake
from briefing.storage.read_sources import read_tree
from briefing.storage.rewrite_sources import write_file
from briefing.storage.site_sources.read import read_site_sources
from briefing.storage.write_output import write_output


def write_schemas(root: Path, folder: Path | None = None) -> str:
    """Write the JSON Schemas of the site at `root`; return what was done.

    folder: where to; None: to SCHEMAS, and the settings of VS Code name them. Mistakes in the
    content are no hindrance, but for those in the languages of site.yaml. Raises Problems and
    OSError, with all files as they were.
    """
    schemas = site_schemas(read_site_sources(root, *SOURCES))
    if folder is not None:
        return _write(folder, schemas, root)
    settings = _settings(root)
    changed = with_schemas(settings, schemas)
    done = _write(root / SCHEMAS, schemas, root)
    if changed is None:
        lines = json.dumps(setting_of(schemas), indent=2, ensure_ascii=False)
        note = (
            f"note: {SETTINGS} has comments or is no JSON, so it stays as it is; put this into it:"
        )
        return f"{done}\n{note}\n{lines}"
    if changed != settings:
        target = root / SETTINGS
        target.parent.mkdir(exist_ok=True)
        write_file(target.parent, target.name, changed)
    return f"{done}; {SETTINGS} says which file has which"


def _settings(root: Path) -> bytes | None:
    """Return the settings of VS Code for the site at `root`; None: there are none.

    Raises Problems for what cannot be read, a link among it.
    """
    folder, _, _ = SETTINGS.rpartition("/")
    if (root / folder).is_symlink():
        cure = "put a folder in its place, or name another one: `schema FOLDER`"
        raise mistake(Place(folder), "is a link, which is not followed", cure)
    return read_tree(root, SETTINGS).get(SETTINGS)


def _write(folder: Path, schemas: Sequence[FileSchema], root: Path) -> str:
    """Write schemas to a folder; return what was done."""
    files = {file_name(each): _written(each) for each in schemas}
    summary = write_output(folder, files, root)
    return f"{folder}: {len(files)} JSON Schemas, {summary}"


def _written(schema: FileSchema) -> bytes:
    return f"{json.dumps(schema.schema, indent=1, ensure_ascii=False)}\n".encode()
