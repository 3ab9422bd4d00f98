"""The command `init`: a folder with a new site, an example in it that builds."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from briefing.commands.init.example import EXAMPLE_TOPIC
from briefing.commands.init.site_files import (
    OPTIONAL_FILES,
    NewSite,
    Theme,
    own_name,
    site_files,
)
from briefing.commands.process import OWN_PROGRAM, as_typed, program_name
from briefing.content.fields import meant
from briefing.storage.new_files import write_new_files
from briefing.storage.read_sources import read_tree
from briefing.storage.theme_folder import theme_folder
from briefing.syntax.cldr import find_locale, suggest_language

_PACKAGE = Path(__file__).parent
_WORDS = "words"
_CHOOSE = "choose another folder, or add --among-others to write beside what is there"


class InitRequest(NewSite, frozen=True, kw_only=True):
    """What was asked for, and where to."""

    folder: Path
    among_others: bool
    """Whether the folder may hold other files."""


def init(request: InitRequest) -> str:
    """Write a new site; return what to do next, in at most six lines.

    Raises Problems, with nothing written, for a folder that holds other files, and for a file that
    is there already.
    """
    words = read_tree(theme_folder(), _WORDS)
    codes = frozenset(Path(path).stem for path in words)
    theme = Theme(codes, words[f"{_WORDS}/en.yaml"])
    files = site_files(request, read_tree(_PACKAGE, "files", "sample"), theme)
    optional = OPTIONAL_FILES.values()
    kept = [path for path in optional if os.path.lexists(request.folder / path)]
    write_new_files(
        request.folder, files, among_others=request.among_others, optional=optional, choose=_CHOOSE
    )
    return "\n".join(_next_steps(request, theme, len(files) - len(kept), kept))


def _next_steps(request: InitRequest, theme: Theme, count: int, kept: list[str]) -> Iterator[str]:
    """Yield the lines of the message: what was written, and what to do next."""
    names = ", ".join(map(own_name, request.languages))
    yield f"{request.folder}: {count} files, with an example in {names}"
    if kept:
        yield f"    kept as they were: {', '.join(kept)}"
    if without := [code for code in request.languages if not theme.has_words(code)]:
        paths = ", ".join(f"templates/words/{code}.yaml" for code in without)
        yield f"    to be translated, the words of the pages: {paths}"
    folder = shlex.quote(str(request.folder))
    is_elsewhere = program_name() == OWN_PROGRAM  # then it builds another site by default
    if not is_elsewhere:
        yield f"    cd {folder}"
    steps = {
        "serve --open": "see it in a browser, and each change as you save it",
        "new topic my-topic": f"write your own; then delete content/{EXAMPLE_TOPIC}",
    }
    root = f" --root {folder}" if is_elsewhere else ""
    typed = {as_typed(f"{words}{root}"): why for words, why in steps.items()}
    width = max(map(len, typed))
    yield from (f"    {command:{width}}  {why}" for command, why in typed.items())


def read_languages(text: str) -> tuple[str, ...]:
    """Return the languages of a list like `vi,en`, in small letters.

    Raises ValueError for those that CLDR does not know, one that is there twice, an empty list.
    """
    codes = [part.strip() for part in text.split(",") if part.strip()]
    if not codes:
        raise ValueError("there is no language in it; write it like `vi,en`")
    if unknown := [code for code in codes if find_locale(code) is None]:
        raise ValueError("; ".join(f"no language `{code}`, {_meant(code)}" for code in unknown))
    small = [code.lower() for code in codes]
    if twice := next((code for code in small if small.count(code) > 1), None):
        raise ValueError(f"`{twice}` is there twice; name each language once")
    return tuple(small)


def _meant(code: str) -> str:
    return meant(suggest_language(code), "write BCP 47 tags like vi, en or zh-Hans")
