"""Ask Lighthouse of pages of the site as it is built, on a phone: `make lighthouse`.

python tools/lighthouse.py                  the pages of DEFAULT
python tools/lighthouse.py vi/ vi/about/    these pages
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from briefing.commands.arguments import INPUTS  # noqa: E402
from briefing.storage.read_sources import read_tree  # noqa: E402
from support.browser import NAMES  # noqa: E402  the paths come first
from support.web import MODULES, base_of, serve  # noqa: E402

DEFAULT = (
    "en/",
    "en/trump-putin-call-2025-03/",
    "en/trump-putin-call-2025-03/epoch-copy/",
)
FULL = 100
TRIES = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def ask(url: str) -> dict[str, Any]:
    """Return the report of Lighthouse on one page, on the phone and slow network it simulates."""
    browser = next((path for name in NAMES if (path := shutil.which(name))), None)
    node = shutil.which("node")
    program = MODULES / "lighthouse/cli/index.js"
    missing = [
        name
        for name, there in (
            ("Chromium", browser),
            ("node", node),
            ("Lighthouse", program.is_file()),
        )
        if not there
    ]
    if missing or not node or not browser:
        sys.exit(f"not run: missing here: {', '.join(missing)} (`make lighthouse` installs them)")
    run = subprocess.run(
        [
            node,
            program,
            url,
            "--quiet",
            "--output=json",
            "--output-path=stdout",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        env={**os.environ, "CHROME_PATH": browser},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        sys.exit(f"Lighthouse failed on {url}:\n{run.stderr}")
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def ask_again(url: str) -> dict[str, Any]:
    """Return the fastest of a few runs: what else the machine does can only slow a page down."""
    best = ask(url)
    for _ in range(TRIES - 1):
        if score_of(best, "performance") == FULL:
            break
        best = max(best, ask(url), key=lambda report: score_of(report, "performance"))
    return best


def score_of(report: dict[str, Any], category: str) -> int:
    """Return the score of a category as Lighthouse shows it, from 0 to 100."""
    return round(FULL * (report["categories"][category]["score"] or 0))


def failing(report: dict[str, Any], category: str) -> list[str]:
    """Return a line or more for each audit that lowers the score of a category."""
    lines = []
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            said = audit.get("displayValue") or audit.get("explanation") or ""
            lines.append(f"    {audit['id']}: {audit['title']} {said}".rstrip())
            items = audit.get("details", {}).get("items", [])
            nodes = (item.get("node", {}) for item in items if isinstance(item, dict))
            lines += [f"        {node['selector']}" for node in nodes if node.get("selector")]
    return lines


def main(arguments: list[str]) -> int:
    """Print the scores of each page and what keeps them from 100; return 1 if any is below."""
    sources = read_tree(ROOT, *INPUTS)
    output = ROOT / "output"
    files = (path for path in output.rglob("*") if path.is_file())
    site = {path.relative_to(output).as_posix(): path.read_bytes() for path in files}
    below = False
    with serve(site, base_of(sources)) as address:
        for page in arguments or DEFAULT:
            report = ask_again(address + page)
            scores = {name: score_of(report, name) for name in CATEGORIES}
            listed = ", ".join(f"{name} {score}" for name, score in scores.items())
            print(f"{page}: {listed}", flush=True)
            for name, score in scores.items():
                if score < FULL:
                    below = True
                    print("\n".join(failing(report, name)), flush=True)
    return int(below)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
