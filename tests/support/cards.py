"""A card, and the fonts it is drawn with."""

from __future__ import annotations

from briefing.commands.arguments import ROOT
from briefing.outputs.cards.draw import Card

FONTS = {
    f"templates/card_fonts/{path.name}": path.read_bytes()
    for path in sorted((ROOT / "templates/card_fonts").iterdir())
}
NAMES = {
    "differ": "Khác nhau",
    "compatible": "Không mâu thuẫn",
    "side-by-side": "Đặt cạnh nhau",
    "agree": "Khớp nhau",
    "one-side": "Chỉ một bên",
    "one-voice": "Một tiếng nói",
    "only-one": "Chỉ một bài",
    "nobody": "Không ai nói",
}
CARD = Card(
    site="Ai nói gì",
    title="Điện đàm Trump–Putin ngày 18/3/2025",
    facts="18/3/2025 · 4 bài viết bằng tiếng Anh, tiếng Việt và tiếng Trung",
    figures=(
        "6 trong 35 điểm được cả hai bên xác nhận",
        "5 điểm khác nhau",
        "9 điểm một tiếng nói",
    ),
    tally=tuple((id, name, 1 + n) for n, (id, name) in enumerate(NAMES.items())),
    rtl=False,
)
