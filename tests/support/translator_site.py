"""A new site, of which one article of five paragraphs is to be translated, and changes then."""

from __future__ import annotations

from pathlib import Path

from briefing.commands.main import main
from support.new_sites import EXAMPLE, init

ORIGINAL, PATH = f"{EXAMPLE}/gazette.vi.md", f"{EXAMPLE}/gazette.en.md"
PAGE = f"{EXAMPLE.removeprefix('content/')}/gazette/"
HEAD = """\
---
title: Hội đồng đóng Cầu Cũ để sửa chữa
outlet: belora-gazette
url: https://gazette.example.org/old-bridge
published: 2025-05-07
accessed: 2025-05-08
checked: all
---
"""
PARAGRAPHS = (
    "Hội đồng thị trấn quyết định đóng Cầu Cũ từ ngày 2/6.",
    "Thị trưởng nói việc sửa chữa [sẽ mất sáu tuần](point:closure).",
    "Theo bà, sẽ có phà miễn phí, 40 lượt mỗi ngày.",
    "Hội tiểu thương không được mời họp. Báo không nói vì sao.",
    "Bài báo kết thúc bằng lịch sử cây cầu, dựng năm 1932.",
)
TITLE = "Council closes the Old Bridge"
TRANSLATED = (
    "The town council has decided to close the Old Bridge from 2 June.",
    "The mayor said that the repairs [would take six weeks](point:closure).",
    "There would be a free ferry, she said, 40 times a day.",
    "The shopkeepers were not invited to the meeting. The paper does not say why.",
    "The article ends with the history of the bridge, built in 1932.",
)
FOLLOWED = (
    *TRANSLATED[:2],
    "There would be a free ferry, she said, 45 times a day.",
    "The shopkeepers were not invited to the meeting. The paper is silent.",
    "Two members were absent.",
    TRANSLATED[4],
)
"""The translation once it follows what `change_original` does."""


def plant_untranslated(root: Path, languages: str) -> None:
    """Make the site, without the translation of that article."""
    init(root, languages)
    _write(root, ORIGINAL, HEAD + "\n\n".join(PARAGRAPHS) + "\n")
    (root / PATH).unlink()


def translate_all(root: Path) -> None:
    """Write the translation as an editor does, for readers to see."""
    assert main(["translate", ORIGINAL, "en", "--root", str(root)]) == 0
    head, _, _ = (root / PATH).read_text(encoding="utf-8").rpartition("---\n")
    lines = [f"title: {TITLE}" if line.startswith("title:") else line for line in head.split("\n")]
    _write(root, PATH, "\n".join(lines) + "---\n" + "\n\n".join(TRANSLATED) + "\n")
    assert main(["show", PATH, "--root", str(root)]) == 0


def change_original(root: Path) -> None:
    """Change a number and a sentence of the original, and add a paragraph."""
    text = (root / ORIGINAL).read_text(encoding="utf-8")
    for old, new in (
        ("40 lượt", "45 lượt"),
        ("Báo không nói vì sao", "Báo im lặng"),
        ("\n\nBài báo", "\n\nHai ủy viên vắng mặt.\n\nBài báo"),
    ):
        assert old in text
        text = text.replace(old, new)
    _write(root, ORIGINAL, text)


def _write(root: Path, path: str, text: str) -> None:
    (root / path).write_text(text, encoding="utf-8")
