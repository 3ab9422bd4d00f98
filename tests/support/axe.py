"""What axe finds on a page that a browser shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from support.web import tool

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""Every rule that axe has on by itself, best practices too, and the size of targets of WCAG 2.2."""


def axe_source() -> str:
    """Give the script of axe; without it the test is skipped."""
    return tool("axe-core/axe.min.js", "axe").read_text(encoding="utf-8")


def violations(page: Page, options: Mapping[str, object] = OPTIONS) -> list[str]:
    """Run axe on what the browser shows; a line for each element that breaks a rule."""
    found: list[dict[str, Any]] = page.evaluate(
        f"axe.run(document, {json.dumps(options)}).then((result) => result.violations)"
    )
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))} ({rule['help']})"
        for rule in found
        for node in rule["nodes"]
    ]
