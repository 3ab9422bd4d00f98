"""The small site in other languages: its words, its names and its files."""

from __future__ import annotations

import re
from collections.abc import Mapping

import babel

from briefing.syntax.cldr import babel_locale

WORDS = "templates/words/"


def words_files(files: Mapping[str, bytes]) -> list[str]:
    """Give the codes of the languages that have a words file."""
    found = (re.fullmatch(rf"{WORDS}(.+)\.yaml", path) for path in files)
    return sorted(match[1] for match in found if match)


def in_language(files: Mapping[str, bytes], code: str) -> dict[str, bytes]:
    """Make a site of the small one in a language in place of Vietnamese; its texts stay."""
    plain = re.compile(rb"(?<=[\s{,])vi: ")
    changed = {}
    for path, data in files.items():
        if path.startswith("templates/"):
            changed[path] = data
            continue
        if code.startswith("zh"):  # the paper is in Chinese, and what its readers read has no gloss
            data = re.sub(rb"gloss: {vi: [^,]*, ", b"gloss: {", data)
        data = plain.sub(f"{code}: ".encode(), data)
        data = data.replace(b"translates: vi", f"translates: {code}".encode())
        if path == "site.yaml":
            own = babel_locale(code).get_display_name() or code
            data = data.replace("Tiếng Việt".encode(), own.encode())
        changed[re.sub(r"\.vi\.md$", f".{code}.md", path)] = data
    return changed
