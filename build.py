#!/usr/bin/env python3
"""Build the briefing: site.yaml + content/ + templates/ -> output/.

    python build.py                  build the site
    python build.py check            say what is wrong and what could be better, write nothing
    python build.py --as-of 2026-01-01   what readers may see on that day

The whole program is `make_site`: files in, files out, no disk and no clock.
Around it, `main` reads the disk, writes the disk and says what happened.
Each stage lives in the module it is imported from; briefing/__init__.py maps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from briefing.checks import check_content, check_outputs
from briefing.compare import compare
from briefing.content import parse_briefing
from briefing.pages import plan_pages
from briefing.problems import Collector, stop_on
from briefing.release import END_OF_TIME, released
from briefing.render import assets, load_templates, render_pages

ROOT = Path(__file__).parent
INPUTS = ("site.yaml", "content", "templates")
KEPT_TEXTS = ".sources"


def make_site(files: Mapping[str, bytes], as_of: datetime = END_OF_TIME) -> dict[str, bytes]:
    """Turn source files into output files, or raise every problem found.

    Files are given and returned by path; `as_of` is a time with its zone, at which
    drafts and what is dated later are left out.
    """
    collector = Collector()
    everything = collector.attempt(lambda: parse_briefing(files))
    templates = collector.attempt(lambda: load_templates(files))
    collector.done()
    stop_on(check_content(everything))

    briefing = released(everything, as_of)
    comparisons = tuple(compare(topic, briefing.voices) for topic in briefing.topics)
    pages = plan_pages(briefing, comparisons)
    outputs = render_pages(briefing, pages, templates) | assets(files) | {".nojekyll": b""}
    stop_on(check_outputs(outputs, briefing.address))
    return outputs
