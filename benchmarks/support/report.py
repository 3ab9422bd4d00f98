"""Write a measured table into a document."""

from __future__ import annotations

from pathlib import Path


def write_between_marks(file: Path, report: str, name: str) -> None:
    """Replace what stands between `<!-- name -->` and `<!-- /name -->` in a document.

    Raises ValueError if the marks are not there.
    """
    opening_mark, closing_mark = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = file.read_text(encoding="utf-8")
    before, opening, rest = text.partition(opening_mark)
    _, closing, after = rest.partition(closing_mark)
    if not (opening and closing):
        raise ValueError(f"{file}: no {opening_mark} … {closing_mark}")
    file.write_text(f"{before}{opening}\n\n{report}\n\n{closing}{after}", encoding="utf-8")
