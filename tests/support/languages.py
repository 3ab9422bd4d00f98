"""The small site in other languages: its words, its names and its files."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.syntax.cldr import babel_locale

WORDS = "templates/words/"


def words_files(files: Mapping[str, bytes]) -> list[str]:
    """Give the codes of the languages that have a words file."""
    found = (re.fullmatch(rf"{WORDS}(.+)\.yaml", path) for path in files)
    return sorted(match[1] for match in found if match)


def in_language(files: Mapping[str, bytes], code: str) -> dict[str, bytes]:
    """Make a site of the small one in a language in place of Vietnamese; its texts stay."""
    return {
        re.sub(r"\.vi\.md$", f".{code}.md", path): data
        if path.startswith("templates/")
        else translated(data, code)
        for path, data in files.items()
    }


def translated(data: bytes, code: str) -> bytes:
    """Give a file of the site in which all that was in Vietnamese is in another language."""
    if code.startswith("zh"):  # a paper is in Chinese, and what its readers read has no gloss
        data = re.sub(rb"gloss: {vi: [^,]*, ", b"gloss: {", data)
    data = re.sub(rb"(?<=[\s{,])vi: ", f"{code}: ".encode(), data)
    data = data.replace(b"translates: vi", f"translates: {code}".encode())
    own = babel_locale(code).get_display_name() or code
    return data.replace("name: Tiếng Việt".encode(), f"name: {own}".encode())
