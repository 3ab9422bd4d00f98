"""The command `init`: a folder with a new site, an example in it that builds."""

from __future__ import annotations

import os
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
from briefing.content.fields import meant
from briefing.problems import Collector, Place, Problem, mistake, raise_if_any
from briefing.storage.new_files import refuse_other_files, write_among, write_new_folder
from briefing.storage.read_sources import read_tree
from briefing.storage.theme_folder import theme_folder
from briefing.syntax.cldr import find_locale, suggest_language
from briefing.syntax.text import decode_text

DEFAULT_LANGUAGES = "vi,en"
DEFAULT_ADDRESS = "https://example.org/"
"""The address of a site that does not know where it will stand; GitHub Pages tells its own."""
_PACKAGE = Path(__file__).parent
_WORDS = "words"


class InitRequest(NewSite, frozen=True, kw_only=True):
    """What was asked for, and where to."""

    folder: Path
    among_others: bool
    """Whether the folder may hold other files."""
    program: str
    """The name by which the program was called, for what to do next."""


def init(request: InitRequest) -> str:
    """Write a new site; return what to do next, in at most six lines.

    Raises Problems, with nothing written, for a folder that holds other files, and for a file that
    is there already.
    """
    words = read_tree(theme_folder(), _WORDS)
    codes = frozenset(Path(path).stem for path in words)
    theme = Theme(codes, words[f"{_WORDS}/en.yaml"])
    files = site_files(request, read_tree(_PACKAGE, "files", "sample"), theme)
    if not request.among_others:
        refuse_other_files(request.folder)
    kept = [path for path in OPTIONAL_FILES.values() if os.path.lexists(request.folder / path)]
    for path in kept:
        del files[path]
    if os.path.lexists(request.folder):
        write_among(request.folder, files)
    else:
        write_new_folder(request.folder, files)
    return "\n".join(_next_steps(request, theme, len(files), kept))


def _next_steps(request: InitRequest, theme: Theme, count: int, kept: list[str]) -> Iterator[str]:
    names = ", ".join(map(own_name, request.languages))
    yield f"{request.folder}: {count} files, with an example in {names}"
    if kept:
        yield f"    {' and '.join(kept)} stayed as it was"
    if without := [code for code in request.languages if code not in theme.languages]:
        paths = ", ".join(f"templates/words/{code}.yaml" for code in without)
        yield f"    the words of the pages are to be translated in {paths}"
    yield f"    cd {request.folder}"
    yield f"    {request.program} serve --open        see it in a browser, and each change as you save it"
    yield f"    {request.program} new topic my-topic  write your own; then delete content/{EXAMPLE_TOPIC}"


def read_language_list(text: str) -> tuple[str, ...]:
    """Return the languages of a list like `vi,en`, in small letters.

    Raises Problems for one that CLDR does not know, one that is there twice, and an empty list.
    """
    codes = [part.strip() for part in text.split(",") if part.strip()]
    if not codes:
        raise _wrong("--languages", "there is no language in it", "write it like `vi,en`")
    raise_if_any(
        Problem(Place("--languages"), f"no language `{code}`", _meant(code))
        for code in codes
        if find_locale(code) is None
    )
    small = [code.lower() for code in codes]
    if twice := next((code for code in small if small.count(code) > 1), None):
        raise _wrong("--languages", f"`{twice}` is there twice", "name each language once")
    return tuple(small)


def _meant(code: str) -> str:
    return meant(
        suggest_language(code), "write BCP 47 tags like vi, en or zh-Hans, with commas between"
    )


def read_title(text: str) -> str:
    """Return a title, with single spaces. Raises Problems if it is empty or has hidden characters."""
    collector = Collector()
    title = " ".join(decode_text("--title", text.encode(), collector).text.split())
    collector.done()
    if not title:
        raise _wrong("--title", "is empty", "write the name of the site, or leave the option out")
    return title


def _wrong(option: str, message: str, cure: str) -> Exception:
    return mistake(Place(option), message, cure)
