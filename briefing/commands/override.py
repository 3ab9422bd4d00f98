"""The command `override`: a file of the theme -> a copy in templates/, and the origin of it.

Words files merge key by key, so of them single words are copied. Next: `checks/theme`, which
compares the origin with the theme of a later engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from briefing.checks.theme.changes import diff_of_theme
from briefing.checks.theme.words import keys_that_say, lines_of_words, with_words, word_keys
from briefing.model.theme import ORIGINS, TEMPLATES, THEME, WORDS, has_theme
from briefing.problems import Place, Problem, Problems, closest_known, did_you_mean, mistake
from briefing.storage.rewrite_sources import rewrite_sources
from briefing.storage.site_sources.read import read_origins, read_site_sources

NOT_SERVED = (".md", "OFL.txt")
"""How names end of files that come with the theme and that no page is made of."""


def override(root: Path, words: list[str], *, diff: bool, accept: bool) -> str:
    """Copy a file of the theme into the templates/ of the site at `root`; return what was done.

    words: the name of the file, and of a words file the keys of words; none: the names are listed.
    diff: instead show what the theme changed since. accept: instead take the theme of today as
    what the copy was made of. Raises Problems, with every file as it was, and OSError.
    """
    files = read_site_sources(root, "templates", "theme")
    if not has_theme(files):
        cure = "change the files there; a site in another folder can override them"
        raise mistake(Place("templates"), "is the theme itself", cure)
    names = sorted(p.removeprefix(THEME) for p in files if p.startswith(THEME))
    names = [name for name in names if not name.endswith(NOT_SERVED)]
    if not words:
        return "\n".join(["the theme has:", *(f"  {line}" for line in _listed(names))])
    name, keys = words[0].removeprefix(TEMPLATES).removeprefix(THEME), words[1:]
    if name not in names:
        raise _no_such_file(words[0], name, names)
    if diff:
        return _diff(files, read_origins(root), name)
    if accept:
        written = _accepted(files, name)
        done = f"{TEMPLATES}{name} goes with the theme of today from now on"
    elif name.startswith(WORDS):
        written = _words(files, read_origins(root), name, keys)
        done = f"write your words into {TEMPLATES}{name}: {', '.join(keys)}"
    else:
        written = _copied(files, name, keys)
        done = f"change {TEMPLATES}{name}; take it away to have the theme's again"
    rewrite_sources(root, {}, written)
    return done


def _listed(names: Iterable[str]) -> Iterator[str]:
    """Yield the names of files, those of a folder on one line."""
    for folder, group in groupby(sorted(names, key=_folder), _folder):
        yield ", ".join(f"{folder}{name.removeprefix(folder)}" for name in group)


def _folder(name: str) -> str:
    return name[: name.rfind("/") + 1]


def _no_such_file(typed: str, name: str, names: list[str]) -> Problems:
    """Return the problem of a name that the theme does not have; its cure lists those it has."""
    near = closest_known(name, names) or closest_known(name, [n.split("/")[-1] for n in names])
    guess = [f"did you mean `{near}`?"] if near else []
    message = "the theme has no such file"
    cure = " ".join([*guess, "it has:", *_braced(names)])
    return Problems([Problem(Place(typed), message, cure)])


def _braced(names: Iterable[str]) -> Iterator[str]:
    """Yield the names of files as a shell would take them, `pages/{about,home}.html`."""
    for folder, group in groupby(sorted(names, key=_folder), _folder):
        for ending, of_kind in groupby(sorted(group, key=_ending), _ending):
            stems = [name.removeprefix(folder).removesuffix(ending) for name in of_kind]
            listed = f"{{{','.join(stems)}}}" if len(stems) > 1 else stems[0]
            yield f"{folder}{listed}{ending}"


def _ending(name: str) -> str:
    return name[name.rfind(".") :]


def _copied(files: Mapping[str, bytes], name: str, keys: list[str]) -> dict[str, bytes]:
    """Return the files that an override begins with. Raises Problems if there is one already."""
    if keys:
        cure = "single words are copied of words files only, as `words/en.yaml`"
        raise mistake(Place(name), f"is no words file, so it has no `{keys[0]}`", cure)
    if TEMPLATES + name in files:
        cure = f"change it there; `override {name} --diff` shows what the theme changed since"
        raise mistake(Place(TEMPLATES + name), "is there already", cure)
    return {path + name: files[THEME + name] for path in (TEMPLATES, ORIGINS)}


def _words(
    files: Mapping[str, bytes], origins: Mapping[str, bytes], name: str, keys: list[str]
) -> dict[str, bytes]:
    """Return a words file with some words of the theme more, and its origin. Raises Problems."""
    known, own = word_keys(files[THEME + name]), word_keys(files.get(TEMPLATES + name, b""))
    if not keys:
        message = "is merged word by word, so it is not copied as a whole"
        cure = f"name the words to change: `override {name} {next(iter(known))}`"
        raise mistake(Place(name), message, cure)
    for key in keys:
        if key not in known:
            cure, said = did_you_mean(key, known), keys_that_say(files[THEME + name], key)
            if said and closest_known(key, known) is None:
                cure = "these say it: " + ", ".join(f"`{each}`" for each in said)
            raise mistake(Place(name), f"has no word `{key}`", cure)
        if key in own:
            raise mistake(Place(TEMPLATES + name), f"has `{key}` already", "change it there")
    lines = lines_of_words(files[THEME + name], keys)
    return {
        TEMPLATES + name: with_words(files.get(TEMPLATES + name, b""), lines),
        ORIGINS + name: with_words(origins.get(name, b""), lines),
    }


def _accepted(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Return the origin of an override as the theme has it today. Raises Problems."""
    if TEMPLATES + name not in files:
        raise _not_overridden(name)
    return {ORIGINS + name: _origin_of_today(files, name)}


def _origin_of_today(files: Mapping[str, bytes], name: str) -> bytes:
    if not name.startswith(WORDS):
        return files[THEME + name]
    known = word_keys(files[THEME + name])
    keys = [key for key in word_keys(files[TEMPLATES + name]) if key in known]
    return with_words(b"", lines_of_words(files[THEME + name], keys))


def _diff(files: Mapping[str, bytes], origins: Mapping[str, bytes], name: str) -> str:
    """Return what the theme changed since an override was made, or else how the two differ."""
    if TEMPLATES + name not in files:
        raise _not_overridden(name)
    if name not in origins:
        told = diff_of_theme(name, files[TEMPLATES + name], files[THEME + name], "yours")
        head = "nothing says what it was made of: this is how the two differ"
        return f"{head}\n{told.rstrip()}" if told else f"{name} is as the theme has it"
    told = diff_of_theme(name, origins[name], _origin_of_today(files, name)).rstrip()
    return told or f"the theme has not changed {name} since it was copied"


def _not_overridden(name: str) -> Problems:
    cure = f"`override {name}` copies the theme's, to be changed there"
    return mistake(Place(TEMPLATES + name), "is not there", cure)
