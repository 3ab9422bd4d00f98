"""Share cards: what they say, that all of it is seen, and that nothing is cut off."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from io import BytesIO
from itertools import pairwise
from unicodedata import normalize

import plain_card
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image, ImageChops

from briefing.commands.arguments import ROOT
from briefing.comparison.compare import compare_topic
from briefing.comparison.verdict import Verdict
from briefing.content.parse import parse_site
from briefing.outputs.cards import canvas as inks
from briefing.outputs.cards import draw as cards
from briefing.outputs.cards import line_breaking as lines
from briefing.outputs.cards.canvas import (
    CARD_SIZE,
    CARD_WIDTH,
    MARGIN,
    TONES,
    Typeface,
    can_shape,
)
from briefing.outputs.cards.draw import MIN_PART_WIDTH, Card, render_card
from briefing.problems import Problems
from briefing.rendering.i18n import Translator
from support.cards import CARD, FONTS, NAMES

SERIF, SANS = (
    FONTS[f"templates/card_fonts/{name}.ttf"] for name in ("NotoSerif-Bold", "NotoSans-Regular")
)
LONG = "Ông Trump và ông Putin điện đàm: hai bản tường thuật, những điểm khớp và những điểm vênh"


def picture(card: Card) -> Image.Image:
    """Draw a card with our fonts and open it."""
    data = render_card(card, FONTS)
    assert data
    return Image.open(BytesIO(data)).convert("RGB")


def inked(image: Image.Image) -> tuple[int, int, int, int]:
    """Give the box of all that is not paper."""
    box = ImageChops.difference(image, Image.new("RGB", CARD_SIZE, inks.PAPER)).getbbox()
    assert box
    return box


def clear(image: Image.Image, edge: int) -> bool:
    """Whether an edge of the picture has no inks."""
    left, top, right, bottom = inked(image)
    return min(left, top, CARD_SIZE[0] - right, CARD_SIZE[1] - bottom) >= edge


def test_a_card_is_of_the_size_that_is_asked_for() -> None:
    """It is a PNG of few colours, below 60 KB."""
    data = render_card(replace(CARD, title=LONG), FONTS)

    assert data
    image = Image.open(BytesIO(data))
    assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))
    assert len(data) < 60_000


def test_the_same_card_is_the_same_bytes() -> None:
    """Whatever was drawn before it."""
    first = render_card(CARD, FONTS)

    render_card(replace(CARD, title=LONG, rtl=True, tally=()), FONTS)
    assert render_card(CARD, dict(reversed(FONTS.items()))) == first


@pytest.mark.parametrize("verdicts", [0, 1, 3, 8])
@pytest.mark.parametrize("title", ["Ngừng bắn", CARD.title, LONG, f"Ễ Ỗ {LONG}. " * 4])
def test_a_card_keeps_its_margins(title: str, verdicts: int) -> None:
    """Short or long, with few verdicts or all of them, in both directions."""
    card = replace(CARD, title=title, tally=CARD.tally[:verdicts])

    assert clear(picture(card), MARGIN - 2)
    assert clear(picture(replace(card, rtl=True)), MARGIN - 2)


FACES = [Typeface(SERIF), Typeface(SANS)]
SIGNS = [
    sign
    for sign in map(chr, range(0x20, 0x2213))
    if normalize("NFC", sign) == sign and all(face.has(sign) for face in FACES)
]
TEXTS = st.text(SIGNS, max_size=300) | st.lists(
    st.text("aàâấăặđêễiíoôởơuưữyỹÁẤỄỢQgjW", min_size=1, max_size=30), max_size=40
).map(" ".join)
CARDS = st.builds(
    Card,
    site=TEXTS,
    title=TEXTS,
    facts=TEXTS,
    figures=st.lists(TEXTS, max_size=3).map(tuple),
    tally=st.lists(
        st.tuples(st.sampled_from(list(NAMES)), TEXTS, st.integers(1, 100_000)),
        max_size=8,
        unique_by=lambda part: part[0],
    ).map(tuple),
    rtl=st.booleans(),
)


@given(CARDS)
@example(replace(CARD, title="Ữ" * 400, site=LONG * 9, facts=LONG * 9, figures=(LONG,) * 3))
@example(replace(CARD, title="!" * 400, site="“" * 400, facts="-" * 400, figures=("…" * 400,)))
def test_nothing_is_cut_off(card: Card) -> None:
    """Whatever a card says, no ink comes near its edge."""
    assert clear(picture(card), 30)


@pytest.mark.parametrize(("sign", "base"), list(zip("ỄữợđẵỆỷ", "EuodaEy", strict=True)))
@pytest.mark.parametrize("font", [SERIF, SANS], ids=["serif", "sans"])
def test_vietnamese_letters_are_drawn_whole(font: bytes, sign: str, base: str) -> None:
    """Each is there, and is another picture than the letter below its marks."""
    face = Typeface(font)
    whole, below, none = (bytes(face.at(88).getmask(text)) for text in (sign, base, "\uffff"))

    assert face.has(sign)
    assert len({whole, below, none}) == 3
    assert sum(whole) > sum(below)


def test_a_font_tells_what_it_has_not() -> None:
    """Neither a sign of another script nor one that is none; spaces need no picture."""
    face = Typeface(SANS)

    assert all(map(face.has, " \xa0aẵ→≠€–“…·"))
    assert not any(map(face.has, "中ع\u0301\ufffe\U0001f600"))


def test_marks_that_are_written_apart_are_put_together() -> None:
    """NFD and NFC are one text."""
    apart = replace(CARD, title=normalize("NFD", LONG), site=normalize("NFD", CARD.site))

    assert apart.title != LONG
    assert render_card(apart, FONTS) == render_card(replace(CARD, title=LONG), FONTS)


def test_signs_that_nobody_sees_are_left_out() -> None:
    """Soft hyphens, marks of direction and breaks of lines change nothing, in NFD either."""
    odd = replace(
        CARD, title=normalize("NFD", "Điện\u00ad đàm\u200e\n Trump–\u200bPutin\tngày  18/3/2025 ")
    )

    assert render_card(odd, FONTS) == render_card(CARD, FONTS)


@pytest.mark.parametrize(
    ("title", "rtl"), [("Звонок: кто что говорит", False), ("مكالمة «الرئيسين» (2025)", True)]
)
def test_a_card_in_cyrillic_or_arabic_is_drawn(title: str, rtl: bool) -> None:
    """Arabic only where its letters can be shaped."""
    drawn = render_card(replace(CARD, title=title, rtl=rtl), FONTS)

    assert (drawn is not None) == (can_shape() or not rtl)


@pytest.mark.parametrize("field", ["site", "title", "facts"])
@pytest.mark.parametrize("text", ["特朗普", "טראמפ", "ट्रंप", "x\u0302", "Κλήση", "\U0001f600"])
def test_there_is_no_card_where_a_sign_has_no_picture(field: str, text: str) -> None:
    """Rather the plain card than one with boxes on it."""
    assert render_card(replace(CARD, **{field: f"{text} 2025"}), FONTS) is None
    assert render_card(replace(CARD, figures=("5", text)), FONTS) is None
    assert render_card(replace(CARD, tally=(("agree", text, 1),)), FONTS) is None


def test_without_fonts_there_is_no_card() -> None:
    """What is no font by its name is none."""
    assert render_card(CARD, {}) is None
    assert render_card(CARD, {"templates/card_fonts/OFL.txt": SANS}) is None


def test_fonts_are_tried_in_the_order_of_their_names() -> None:
    """For titles the bold ones first, for the rest the others."""
    sans = render_card(CARD, {"a.ttf": SANS})

    assert render_card(CARD, {"b.ttf": SERIF, "a.ttf": SANS}) == sans
    assert render_card(CARD, {"b.ttf": SANS, "a.ttf": SERIF}) != sans
    assert (
        render_card(CARD, {"b-Bold.ttf": SERIF, "a.otf": SANS}) == render_card(CARD, FONTS) != sans
    )


def test_a_file_that_is_no_font_is_told() -> None:
    """With its path, and what to do."""
    with pytest.raises(
        Problems, match=r"templates/card_fonts/A\.ttf:1:1: is no font that can be read"
    ):
        render_card(CARD, {**FONTS, "templates/card_fonts/A.ttf": b"font"})


@pytest.mark.parametrize("until", [100, 20_000, 60_000])
def test_a_font_that_is_broken_off_is_told_or_left(until: int) -> None:
    """It never ends in a traceback."""
    fonts = {**FONTS, "templates/card_fonts/A.ttf": SERIF[:until]}
    with suppress(Problems):
        assert render_card(CARD, fonts)


def test_pillow_is_loaded_by_the_first_card_only() -> None:
    """A build without cards does not pay for it, and one without Pillow does not fail."""
    code = (
        "import sys, briefing.outputs.cards.draw, briefing.outputs.cards.canvas as c;"
        " print(c.is_available(), 'PIL' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout == "True False\n"


def colours(image: Image.Image) -> dict[object, int]:
    """Give how often each colour is in a picture."""
    return {colour: count for count, colour in image.getcolors(256) or ()}


def test_a_card_from_right_to_left_begins_on_the_right() -> None:
    """The mark stands there, and the first verdict."""
    card = replace(CARD, tally=(("differ", "2", 1), ("agree", "1", 1)))
    for rtl in (False, True):
        image = picture(replace(card, rtl=rtl))
        halves = [image.crop((x, 0, x + 600, 630)) for x in (0, 600)]
        begin, end = map(colours, reversed(halves) if rtl else halves)
        assert {inks.BLUE, inks.RED} <= begin.keys() - end.keys()
        assert inks.GREEN in end.keys() - begin.keys()


def test_the_bar_is_in_proportion() -> None:
    """Each verdict has as much of it as it has points, in its own tone."""
    tally = tuple(
        (id, "", count) for id, count in (("differ", 10), ("agree", 20), ("one-voice", 30))
    )
    image = picture(replace(CARD, figures=(), tally=tally))
    bar = colours(
        image.crop(
            (MARGIN, CARD_SIZE[1] - MARGIN - 20, MARGIN + CARD_WIDTH, CARD_SIZE[1] - MARGIN - 19)
        )
    )

    assert bar[inks.RED] == pytest.approx(CARD_WIDTH / 6, abs=4)
    assert bar[inks.GREEN] == pytest.approx(CARD_WIDTH / 3, abs=4)
    assert bar[inks.SOFT] == pytest.approx(CARD_WIDTH / 2, abs=4)


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=8))
def test_shares_fill_the_bar(counts: list[int]) -> None:
    """None is too narrow for its mark, none that counts more is narrower, and none is left over."""
    parts = cards.part_widths(counts, CARD_WIDTH)

    assert sum(parts) == CARD_WIDTH
    assert min(parts) >= MIN_PART_WIDTH
    wide = [
        (count, part) for count, part in zip(counts, parts, strict=True) if part > MIN_PART_WIDTH
    ]
    for (count, part), (other, another) in pairwise(wide):
        assert abs(part * other - another * count) <= 4 * max(count, other)


def luminance(colour: tuple[int, ...]) -> float:
    """As in https://www.w3.org/TR/WCAG22/#dfn-relative-luminance ."""
    red, green, blue = (
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (c / 255 for c in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_verdict_has_a_tone_and_a_mark_of_its_own() -> None:
    """The marks are those of the site, and stand out from their ground."""
    template = (ROOT / "templates/parts/mark.html").read_text(encoding="utf-8")
    line = re.search(r"VERDICTS = \((.*)\)", template)
    shapes = dict(re.findall(r'<symbol id="_m-([\w-]+)".* d="(.+?)"/></symbol>', template))

    assert line
    assert re.findall(r'"([\w-]+)"', line[1]) == list(cards.MARKS) == list(TONES) == list(Verdict)
    assert shapes.keys() > set(Verdict)
    assert len(set(shapes.values())) == len(shapes)
    assert len(set(cards.MARKS.values())) == len({ground for ground, _ in TONES.values()}) == 8
    for ground, ink in TONES.values():
        light, dark = sorted((luminance(ground), luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_colours_are_those_of_the_site() -> None:
    """By day."""
    tokens = (ROOT / "templates/styles/tokens.css").read_text(encoding="utf-8")
    known = {
        name: tuple(bytes.fromhex(value))
        for name, value in re.findall(r"--(\w+): light-dark\(#(\w{6}),", tokens)
    }

    assert tuple(known[name] for name in ("page", "wash", "rule", "text", "soft")) == (
        inks.PAPER,
        inks.WASH,
        inks.RULE,
        inks.INK,
        inks.SOFT,
    )
    assert (known["link"], known["alert"], known["good"]) == (inks.BLUE, inks.RED, inks.GREEN)


def test_a_colour_stays_what_it_is() -> None:
    """The few colours of the file have each of them, not one that is near."""
    flat = {*(ground for ground, _ in TONES.values()), inks.PAPER, inks.INK, inks.BLUE}

    assert flat <= colours(picture(CARD)).keys()


def test_the_mark_is_that_of_the_site() -> None:
    """The points of the quotes are those of icon.svg."""
    icon = (ROOT / "templates/assets/icon.svg").read_text(encoding="utf-8")
    path = re.search(r' d="([^"]*)"', icon)

    assert path
    assert [list(points) for _, points in cards.QUOTES] == list(walked(path[1]))


def walked(path: str) -> list[list[float]]:
    """Follow a path of SVG: https://www.w3.org/TR/SVG2/paths.html ."""
    shapes: list[list[float]] = []
    x = y = 0.0
    for command, said in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        numbers = [float(n) for n in re.findall(r"-?\d+", said)]
        if command in "Mm":
            start_x, start_y = (shapes[-1][0], shapes[-1][1]) if shapes else (0.0, 0.0)
            x, y = start_x + numbers[0], start_y + numbers[1]
            shapes.append([])
        elif command in "vV":
            y = numbers[0] + (y if command == "v" else 0)
        elif command == "h":
            x += numbers[0]
        elif command == "q":
            shapes[-1] += [x + numbers[0], y + numbers[1]]
            x, y = x + numbers[2], y + numbers[3]
        if command not in "zZ":
            shapes[-1] += [x, y]
    return shapes


@given(st.text("ab đ–:,.?“”(（「」。、日本語한글 \xa0", max_size=60).map(lines.clean_text))
def test_a_line_may_end_between_pieces(text: str) -> None:
    """Nothing is lost between them, and no line begins with what closes a phrase."""
    found = lines.split_pieces(text)

    assert "".join(found) == text
    assert not [piece for piece in found[1:] if piece[0] in "。、」” "]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điện đàm – hai bản", ["Điện ", "đàm – ", "hai ", "bản"]),
        ("能源（停火）30天。", ["能", "源", "（停", "火）", "30", "天。"]),
        ("한글 문장", ["한글 ", "문장"]),
        ("18\xa0tháng 3", ["18\xa0tháng ", "3"]),
    ],
)
def test_lines_end_where_a_printer_ends_them(text: str, expected: list[str]) -> None:
    """After a space, and beside each sign of Chinese or Japanese."""
    assert lines.split_pieces(text) == expected


def test_a_headline_ends_its_lines_with_its_phrases() -> None:
    """A line that ends with a colon may be the longer or the shorter for it."""
    _, rows = lines.fit_headline(LONG, Typeface(SERIF), 220)

    assert rows[0] == "Ông Trump và ông Putin điện đàm:"
    assert " ".join(rows) == LONG


def test_a_headline_is_as_large_as_there_is_room_for() -> None:
    """It fills at most four lines; what does not fit at the smallest size ends in dots."""
    face = Typeface(SERIF)
    sizes = []
    for text in ("Ngừng bắn", CARD.title, LONG, f"{LONG}, {LONG}", f"{LONG}. " * 5):
        font, rows = lines.fit_headline(text, face, 220)
        sizes.append(font.size)
        assert len(rows) <= 4
        assert all(font.getlength(line) <= CARD_WIDTH for line in rows)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[2] > sizes[-1]
    assert rows[-1].endswith("…")


def test_a_word_without_end_is_broken() -> None:
    """Only at the smallest size, and never beside its marks."""
    font, rows = lines.fit_headline("Donau" * 40, Typeface(SERIF), 220)

    assert font.size == min(lines.HEADLINE_SIZES)
    assert all(line and font.getlength(line) <= CARD_WIDTH for line in rows)
    assert rows[-1].endswith("…")


def test_a_text_is_cut_between_words() -> None:
    """What is left has no comma before its dots, and is not wider than it may be."""
    font = Typeface(SANS).at(30)

    assert lines.truncated_to_width("Khác nhau", font, 400) == "Khác nhau"
    for more in (0, 8, 30):
        width = font.getlength("Khác nhau…") + more
        assert lines.truncated_to_width("Khác nhau, khớp nhau", font, width) == "Khác nhau…"
    assert font.getlength(lines.truncated_to_width("W" * 90, font, 400)) <= 400


def test_the_topics_of_the_site_have_their_cards(real: dict[str, bytes]) -> None:
    """In each language, with the words and verdicts they have."""
    briefing = parse_site(real)
    for topic in briefing.topics:
        rows = [row for _, rows in compare_topic(topic, briefing.voices).sections for row in rows]
        counts = Counter(row.judgement.verdict for row in rows)
        for language in briefing.languages:
            words = Translator(language, briefing.time_zone)
            card = Card(
                site=words.text(briefing.title),
                title=topic.texts[language.code].title,
                facts=f"{len(topic.articles)}",
                figures=(),
                tally=tuple((v, words.of("verdict", v), counts[v]) for v in Verdict if counts[v]),
                rtl=language.dir == "rtl",
            )
            assert clear(picture(card), MARGIN - 2)


def test_the_plain_card_is_what_its_tool_draws() -> None:
    """With margins, and in a few bytes."""
    kept = plain_card.CARD.read_bytes()
    image = Image.open(BytesIO(kept)).convert("RGB")

    assert len(kept) < 15_000
    assert image.size == CARD_SIZE
    assert clear(image, MARGIN)
    drawn = Image.open(BytesIO(plain_card.draw())).convert("RGB")
    assert drawn.tobytes() == image.tobytes()


def test_the_fonts_are_small_and_have_their_licence() -> None:
    """They come with every copy of the project."""
    licence = FONTS["templates/card_fonts/OFL.txt"].decode()

    assert sum(len(data) for path, data in FONTS.items() if path.endswith(".ttf")) < 300_000
    assert licence.startswith("Copyright")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
