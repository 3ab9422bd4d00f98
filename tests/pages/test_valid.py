"""What the Nu HTML checker says of the pages, the styles and the pictures."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from build import make_site
from support.languages import in_language
from support.new_sites import LANGUAGES, new_site
from support.sites import AS_OF
from support.web import html_pages, not_run, tool

CHECKED = (".html", ".css", ".svg")
PLANTED = {
    "page.html": b"<!doctype html><html lang=en><title>x</title><p><div><img src=x></p>",
    "style.css": b"p { colour: red }",
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><circle size="1"/></svg>',
}
"""A mistake in each kind of file."""


@pytest.fixture(scope="module")
def sites(
    real: dict[str, bytes],
    real_site: Mapping[str, bytes],
    small: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Mapping[str, bytes]]:
    """What is looked at, in one run: two sites, new ones, and what is known to be wrong."""
    old = b"renamed: {talks: river-talks}\nwithdrawn: [hoax]\n"
    moved = make_site(small | {"redirects.yaml": old}, AS_OF)
    arabic = make_site(in_language(small, "ar"), AS_OF)
    folder = tmp_path_factory.mktemp("new")
    new = {languages: new_site(folder / languages, languages) for languages in LANGUAGES}
    sites = {"real": real_site, "small": moved, "arabic": arabic}
    return sites | {"planted": PLANTED} | new


@pytest.fixture(scope="module")
def told(
    sites: dict[str, Mapping[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """The errors in each site: file, line, what is wrong."""
    jar = tool("vnu-jar/build/dist/vnu.jar", "Nu HTML checker")
    java = shutil.which("java") or not_run("Java")
    folder = tmp_path_factory.mktemp("sites")
    paths = [
        write(folder / name / path, data)
        for name, site in sites.items()
        for path, data in site.items()
        if path.endswith(CHECKED)
    ]
    options = ["--errors-only", "--also-check-css", "--also-check-svg", "--format", "json"]
    run = subprocess.run(
        [java, "-jar", jar, *options, "--exit-zero-always", "--stdout", *paths],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    messages: list[dict[str, Any]] = json.loads(run.stdout)["messages"]
    found: dict[str, list[str]] = {name: [] for name in sites}
    for message in messages:
        place = unquote(message.get("url", "")).partition(f"{folder}/")[2]
        name, _, path = place.partition("/")
        line = f"{path}:{message.get('lastLine', '?')}: {message['message']}"
        found.setdefault(name, []).append(line)
    return found


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("path", PLANTED)
def test_the_checker_finds_what_is_wrong(told: dict[str, list[str]], path: str) -> None:
    """A mistake in each kind of file is told of, so silence means something."""
    assert any(line.startswith(f"{path}:") for line in told["planted"])


@pytest.mark.parametrize("name", ["real", "small", "arabic", *LANGUAGES])
def test_every_page_and_every_style_is_valid(
    told: dict[str, list[str]], sites: dict[str, Mapping[str, bytes]], name: str
) -> None:
    """What is written is HTML, CSS and SVG by their definitions."""
    assert html_pages(sites[name])
    assert not told[name], "\n" + "\n".join(told[name])


def test_the_checker_tells_of_nothing_else(told: dict[str, list[str]]) -> None:
    """Every error belongs to a file; one that does not is a failure of the checker itself."""
    assert told.keys() == {"real", "small", "arabic", "planted", *LANGUAGES}, told
