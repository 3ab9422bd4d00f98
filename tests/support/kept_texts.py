"""Texts of articles as they are kept, and passages in them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefing.checks.kept_text import fold_case_and_accents
from briefing.checks.locating.search import Place, SearchedText

BRIDGES = {
    "vi": """\
Sáng thứ Hai, thành phố Vĩnh Hà bắt đầu sửa cầu Bến Đá, cây cầu nối hai bờ sông Lam Khê từ năm
1968.

Theo Sở Giao thông, công trình kéo dài 14 tháng và tốn khoảng 90 tỷ đồng; riêng phần trụ cầu đã
chiếm hơn một nửa.

Trong thời gian ấy, xe tải phải đi vòng qua cầu Gò Dưa. Xe máy và người đi bộ vẫn được qua lại,
nhưng cầu sẽ đóng cửa vào ban đêm.

Bà Đào Thị Mận, chủ quán nước ở đầu cầu, nói khách đã vắng từ khi có tin. “Chúng tôi chỉ mong
thợ làm nhanh”, bà nói.

Kỹ sư trưởng Lê Quang Vịnh cho biết đá mới được lấy từ mỏ Đồng Cói - Hòn Én, cách đó 20 km; còn
chợ Bến Da, ngay dưới chân cầu, sẽ dời lên bãi đất phía bắc.

Thành phố hứa thông xe trước Tết, chậm nhất là ngày 20-1, và cầu sẽ đóng cửa thêm một đêm để thử
tải.""",
    "en": """\
Work on the Harrow Lane bridge began on Monday, three weeks later than planned, after heavy rain
had kept the divers out of the river.

The county says the repair will take fourteen months. Two of the four piers are to be rebuilt,
and the deck, which dates from 1931, will be replaced.

Lorries must use the ring road until spring. Buses will run every half-hour, and the bridge will
be closed at night.

Marion Tate, who keeps the café at the north end, said trade had already fallen. “We were told
six weeks, not fourteen months,” she said.

The well-worn, hand-cut stones of the parapet will be numbered, stored and put back. Owen Pryce,
the chief engineer, called it “slow, careful work”.

If all goes well, the bridge will be closed once more, for a single weekend, while it is tested
under load.""",
    "zh-Hans": """\
周一上午，青石镇开始维修柳湾大桥。这座桥建于1968年，是镇上过河的主要通道。

镇政府表示，整个工程需要十四个月，费用约为三千万元。四座桥墩中有两座将重建，桥面也要全部更换。

施工期间，货车须绕行环城公路，公交车每半小时一班，大桥夜间封闭。

在桥头开茶馆的何秀兰说，客人已经少了许多。“当初说好六个星期，怎么成了一年多？”她问道。

总工程师宋远介绍，旧栏杆的石板会逐块编号，妥善保存，完工后再装回原处。

如果一切顺利，大桥将在春节前恢复通车。验收当周还要做荷载试验，大桥夜间封闭，行人也不得通过。""",
}
"""The repair of three bridges that are nowhere, with an empty line between paragraphs."""
LENGTHS = (1, 2, 3, 4, 5, 6, 8, 12, 20, 40)
"""Words, or clauses, of a passage."""


class Case(NamedTuple):
    """A passage that somebody may look for."""

    language: str
    text: SearchedText
    place: Place


def woven(text: str, seed: int) -> str:
    """Give a text in which sentences stand again, some without accents, as articles repeat theirs.

    An empty line between paragraphs becomes a line each.
    """
    chance = random.Random(seed)
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    again = [each[: chance.randrange(8, len(each))].rpartition(" ")[0] for each in paragraphs]
    loud = [fold_case_and_accents(each).upper() for each in again[::3]]
    lines = [*paragraphs, *again[1::2], *loud]
    chance.shuffle(lines)
    return "\n".join(filter(None, lines))


def passages(number: int, kept: Iterable[tuple[str, str]]) -> Iterator[Case]:
    """Give so many random passages, as many of each text: of bridges, and of those that are kept.

    kept: further texts, each after its language.
    """
    texts = [
        (language, woven(text, seed)) for seed in range(3) for language, text in BRIDGES.items()
    ]
    texts += kept
    chance = random.Random(number)
    for at in range(number):
        language, written = texts[at % len(texts)]
        text = SearchedText(written)
        length = chance.choice(LENGTHS[:6] if language.startswith("zh") else LENGTHS)
        first = chance.randrange(len(text.words) - length)
        words = text.words[first : first + length]
        yield Case(language, text, Place(words[0].start, words[-1].end))
