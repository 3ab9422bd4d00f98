#!/usr/bin/env python3
"""Build the site: site.yaml + content/ + templates/ -> output/.

    python build.py                      build the site
    python build.py check                report problems and warnings; write nothing
    python build.py serve                preview in a browser, rebuilt at each save
    python build.py publish              build, commit to the branch gh-pages, push
    python build.py rename topic a b     change the id of a topic (or: article topic/a b)

    python build.py --as-of 2026-01-01   build what readers may see when that day begins
    python build.py --timings            print how long each stage took

`make_site` says what a build is: files in, files out, no disk and no clock. `briefing/commands`
has a module for each verb, and `briefing/engine` returns the same files sooner: it reuses the
previous build and works in two processes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from briefing.commands.main import program  # the standard library only

if TYPE_CHECKING:
    from briefing.model.values import Moment


def make_site(files: Mapping[str, bytes], as_of: Moment | None = None) -> dict[str, bytes]:
    """Return all output files of a site. Keys, here and there, are paths from the root, with `/`.

    as_of: what is dated later is left out, as drafts are; None: nothing is too late.
    Raises Problems with every mistake in sources and templates, in order of file, line and column.
    """
    from briefing.content.publication import END_OF_TIME
    from briefing.engine.link_sources import finish_site
    from briefing.engine.plan import plan_site
    from briefing.engine.render import render_pages
    from briefing.engine.sources import SourceTree, read_shared_content
    from briefing.engine.topic import TopicUnit, analyze_topic, exports_of, exports_of_all
    from briefing.rendering.renderer import Renderer
    from briefing.rendering.templates import compile_or_problems

    at = as_of or END_OF_TIME
    sources = SourceTree.of(files)
    shared, folders = read_shared_content(sources)  # site.yaml, outlets, voices, words …
    topics = {f: analyze_topic(files, shared, each, at) for f, each in folders.folders.items()}
    theme = sources.read(sources.shared)  # with what the site has in place of it
    templates, wrong = compile_or_problems(theme)
    found = {folder: exports_of(topic) for folder, topic in topics.items()}
    site, exports = exports_of_all(shared, folders, found, wrong)  # or every problem of content
    plan = plan_site(site, exports.values(), at)  # every page there will be
    renderer = Renderer(plan.site, templates, theme)
    units = {f: topic for f, topic in topics.items() if isinstance(topic, TopicUnit)}  # all
    pages = {"": plan.site_pages, **{f: unit.pages for f, unit in units.items()}}
    rendered = {f: render_pages(pages[f], renderer, plan.index, site.address) for f in pages}
    return finish_site(sources, plan, topics, rendered)  # or every dead link


if __name__ == "__main__":
    sys.exit(program())
