"""What a site of a test is: files by path, and the day it is built for."""

from __future__ import annotations

from pathlib import Path

from briefing.content.values import read_moment

TESTS = Path(__file__).parents[1]
Sources = dict[str, bytes]
AS_OF = read_moment("2026-01-01")
"""The day the small site is built for: what is released in 2030 is held back."""
