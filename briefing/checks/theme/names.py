"""The templates of a site and of the theme -> the names that one takes of another in vain.

A build tells the same where a page runs into it; this looks at what no page of today shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache

from briefing.model.theme import (
    TEMPLATES,
    THEME,
    THEME_REFERENCE,
    WORDS,
    find_file,
    has_theme,
    is_below,
    name_in_theme,
)
from briefing.outputs.assets import is_asset
from briefing.problems import Place, Problem, did_you_mean
from briefing.rendering.renderer import CARD_FONTS
from briefing.rendering.template_files import ASSET_FILES, is_template
from briefing.rendering.template_uses import TemplateUses, Use, uses_of

Files = Mapping[str, bytes]
UsesOf = Callable[[str], TemplateUses]


def templates_take_what_is_there(files: Files, words: Set[str]) -> Iterator[Problem]:
    """Yield a warning for each name that a template takes and that nothing gives it.

    Only what templates of the site do or cause is told. files: all sources by path. words: the
    keys that every language has.
    """
    paths = sorted(filter(is_template, files))
    own = [path for path in paths if path.startswith(TEMPLATES)]
    if not own or not has_theme(files):
        return
    read = cache(lambda path: uses_of(_text(files, path)))
    values = {use.name for p in paths if p.startswith(THEME) for use in read(p).values}
    for path in paths:
        yield from _missing_macros(path, paths, read)
        if path.startswith(TEMPLATES):
            yield from _missing_blocks(path, paths, read)
            yield from _unknown(path, read(path).words, words, "word")
            yield from _unknown(path, read(path).values, values, "value")


def files_have_a_use(files: Files, languages: Set[str]) -> Iterator[Problem]:
    """Yield a warning for each file of templates/ that nothing uses: its name may be misspelt.

    files: all sources by path. languages: the codes of the site's.
    """
    if not has_theme(files):
        return
    templates = filter(is_template, files)
    used = {name for p in templates for name in uses_of(_text(files, p)).templates}
    used |= {p.removeprefix(THEME) for p in files if p.startswith(THEME)}
    used |= {f"{WORDS}{code}.yaml" for code in languages}
    for path in sorted(files):
        name = name_in_theme(path)
        is_sent = is_asset(path) and (is_below(path, ASSET_FILES) or path.endswith(".css"))
        if name and name not in used and not is_sent and not is_below(path, CARD_FONTS):
            cure = did_you_mean(name, sorted(used), "the theme has")
            yield Problem(Place(path), "no page and no template uses this file", cure)


def _text(files: Files, path: str) -> str:
    return files[path].decode(errors="replace")


def _served_by(name: str, paths: list[str]) -> str | None:
    """Return the path of the template that another names; None if there is none."""
    if name.startswith(THEME_REFERENCE):
        path = THEME + name.removeprefix(THEME_REFERENCE)
        return path if path in paths else None
    return find_file(paths, name)


def _missing_macros(path: str, paths: list[str], read: UsesOf) -> Iterator[Problem]:
    """Yield what a template imports of another that does not have it, if one is the site's."""
    if path.startswith(THEME) and find_file(paths, name_in_theme(path) or "") != path:
        return  # the site has another in its place
    for use in read(path).imports:
        other = _served_by(use.template, paths)
        if other is None or use.name in read(other).macros:
            continue
        if path.startswith(TEMPLATES):
            message = f"takes `{use.name}` of {use.template}, which has no such macro"
            cure = did_you_mean(use.name, sorted(read(other).macros))
            yield Problem(Place(path, use.line), message, cure)
        elif other.startswith(TEMPLATES):
            message = f"has no macro `{use.name}`, which {path} takes of it"
            cure = f"`override {use.template} --diff` shows how the theme has it now"
            yield Problem(Place(other), message, cure)


def _missing_blocks(path: str, paths: list[str], read: UsesOf) -> Iterator[Problem]:
    """Yield the blocks of a template that no template which it extends has a place for."""
    known, above = set[str](), read(path).extends
    seen = {path}
    while above and (parent := _served_by(above, paths)) and parent not in seen:
        seen.add(parent)
        known |= {block.name for block in read(parent).blocks}
        above = read(parent).extends
    if len(seen) > 1:
        yield from _unknown(path, read(path).filled, known, "block")


_MESSAGES = {
    "word": "shows the word `{}`, which no words file has in every language",
    "value": "uses `{}`, which no template of the theme uses: a page may not have it",
    "block": "fills the block `{}`, which nothing that it extends has: readers do not see it",
}


def _unknown(path: str, uses: tuple[Use, ...], known: Set[str], what: str) -> Iterator[Problem]:
    """Yield the uses of a template that are not among the known names of a kind."""
    for use in uses:
        if use.name not in known:
            cure = did_you_mean(use.name, sorted(known))
            yield Problem(Place(path, use.line), _MESSAGES[what].format(use.name), cure)
