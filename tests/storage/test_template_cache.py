"""Compiled templates are kept for all sites of a user: they are used, and can do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.commands.build import build_to_disk
from briefing.model.fingerprint import fingerprint
from briefing.model.theme import TEMPLATES, THEME
from briefing.rendering.template_files import is_template
from briefing.rendering.templates import compile_templates, dump_templates, load_templates
from briefing.storage.template_cache import MAX_FILES, TEMPLATES_FOLDER, TemplateCache
from support.built import DAY, made, order, site
from support.disk import plant
from support.sites import Sources
from support.themes import without_templates

PAGE = f"{TEMPLATES}pages/not_found.html"
HOME = "404.html"
"""The file that this template makes."""


@pytest.fixture
def cache(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the caches of a user who has built nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / TEMPLATES_FOLDER


def fingerprints(files: Sources) -> dict[str, bytes]:
    return {path: fingerprint(data) for path, data in files.items()}


def stored(project: Path, files: Sources) -> TemplateCache:
    """Keep code for the templates of a site that differs from their sources, to be told apart."""
    files, page = without_templates(files), PAGE.replace(TEMPLATES, THEME)
    changed = files | {
        page: files[page].replace(b"{% endblock %}", b"FROM THE CACHE{% endblock %}")
    }
    compiled = compile_templates({p: data for p, data in changed.items() if is_template(p)})
    kept = TemplateCache(str(project), fingerprints(files))
    kept.write(dump_templates(files, compiled))
    return kept


def test_another_site_with_the_same_templates_does_not_compile_them(
    tmp_path: Path, small: Sources, cache: Path
) -> None:
    """What one build has compiled serves the first build of another site."""
    plant(tmp_path / "one", small)
    build_to_disk(order(tmp_path / "one", DAY))
    assert len(list(cache.iterdir())) == 1

    plant(tmp_path / "two", small)
    stored(tmp_path / "two", small)
    build_to_disk(order(tmp_path / "two", DAY))

    assert b"FROM THE CACHE" in site(tmp_path / "two")[HOME]


def test_a_template_that_is_changed_is_compiled_from_its_source(
    tmp_path: Path, small: Sources, cache: Path
) -> None:
    """One other character, and nothing that was kept of it is used."""
    plant(tmp_path / "two", small)
    stored(tmp_path / "two", small)
    files = small | {PAGE: small[PAGE] + b"\n"}
    plant(tmp_path / "two", files)
    build_to_disk(order(tmp_path / "two", DAY))

    assert site(tmp_path / "two") == made(files, DAY)


def test_the_theme_is_kept_once_whatever_a_site_has_in_its_place(
    tmp_path: Path, small: Sources, cache: Path
) -> None:
    """A template of a site's own has another file, so that others do not compile the theme."""
    plant(tmp_path / "own", small | {PAGE: small[PAGE] + b"\n"})
    build_to_disk(order(tmp_path / "own", DAY))
    both = set(cache.iterdir())
    plant(tmp_path / "two", {path: small[path] for path in small if TEMPLATES not in path})
    build_to_disk(order(tmp_path / "two", DAY))

    assert len(both) == 2
    assert set(cache.iterdir()) == both
    themed = without_templates(small)
    dumped = TemplateCache(str(tmp_path / "two"), fingerprints(themed)).read()
    assert load_templates(dumped).keys() == set(filter(is_template, themed))


@pytest.mark.parametrize("harm", ["changed", "cut", "emptied", "link", "another key"])
def test_what_another_could_have_written_is_not_used(
    tmp_path: Path,
    small: Sources,
    cache: Path,
    harm: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only what this user's builds have written whole is code to be run."""
    plant(tmp_path / "two", small)
    stored(tmp_path / "two", small)
    [file] = cache.iterdir()
    data = file.read_bytes()
    if harm == "changed":
        file.write_bytes(data.replace(b"FROM THE CACHE", b"FROM THE THIEF"))
    elif harm == "cut":
        file.write_bytes(data[:-1])
    elif harm == "emptied":
        file.write_bytes(b"")
    elif harm == "link":
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
    else:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state of another"))
    build_to_disk(order(tmp_path / "two", DAY))

    assert site(tmp_path / "two") == made(small, DAY)


def test_the_folder_keeps_the_newest_sets_of_templates(
    tmp_path: Path, small: Sources, cache: Path
) -> None:
    """Files that are nobody's stay, and older sets of templates go."""
    plant(tmp_path / "two", small)
    cache.mkdir(parents=True)
    (cache / "theirs").write_bytes(b"x")
    for number in range(MAX_FILES + 2):
        files = small | {PAGE: small[PAGE] + b"\n" * number}
        TemplateCache(str(tmp_path / "two"), fingerprints(files)).write(dump_templates({}, {}))

    assert len(list(cache.iterdir())) == MAX_FILES + 1
    assert TemplateCache(str(tmp_path / "two"), fingerprints(small)).read() == b""


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, small: Sources, cache: Path
) -> None:
    """A file stands where its folder would be."""
    plant(tmp_path / "two", small)
    cache.parent.parent.mkdir(exist_ok=True)
    cache.parent.write_bytes(b"")
    build_to_disk(order(tmp_path / "two", DAY))

    assert site(tmp_path / "two") == made(small, DAY)
