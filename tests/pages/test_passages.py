"""Passage links, followed in a real browser to the paragraph they are about."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from passages import begins, land
from playwright.sync_api import Browser, Page

from briefing.checks.kept_text import as_seen
from briefing.commands.arguments import ROOT
from briefing.model.article import Locator
from briefing.problems import Place
from briefing.rendering.text_fragments import text_directive
from support.disk import plant
from support.kept_texts import BRIDGES

Told = subprocess.CompletedProcess[str]
Command = Callable[..., Told]

PARAGRAPHS = {language: text.split("\n\n") for language, text in BRIDGES.items()}


def at(
    start: str, *, before: str | None = None, end: str | None = None, after: str | None = None
) -> Locator:
    """Make a locator; its language does not matter to a browser."""
    return Locator(
        start=start,
        end=end,
        before=before,
        after=after,
        language="",
        gloss={},
        place=Place("bridge.vi.md"),
    )


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1280, "height": 800})


@pytest.mark.parametrize(
    ("language", "paragraph", "locator"),
    [
        ("vi", 0, at("từ năm 1968")),
        ("vi", 1, at("khoảng 90 tỷ đồng")),
        ("vi", 2, at("cầu sẽ đóng cửa", before="nhưng")),
        ("vi", 5, at("cầu sẽ đóng cửa", after="thêm một đêm")),
        ("vi", 5, at("cầu sẽ đóng cửa", before="ngày 20-1, và", after="thêm một đêm")),
        ("vi", 0, at("Bến Đá")),
        ("vi", 0, at("Bến Đá", before="sửa cầu")),
        ("vi", 4, at("Bến Da", before="chợ")),
        ("vi", 4, at("chợ Bến Da")),
        ("vi", 4, at("đá mới được lấy")),
        ("vi", 3, at("khách đã vắng", end="bà nói")),
        ("vi", 2, at("xe tải phải đi vòng", end="thợ làm nhanh")),
        ("vi", 2, at("cầu sẽ đóng cửa", before="nhưng", end="đầu cầu", after=", nói khách")),
        ("vi", 4, at("mỏ Đồng Cói - Hòn Én, cách đó")),
        ("vi", 5, at("ngày 20-1, và cầu")),
        ("vi", 3, at("“Chúng tôi chỉ mong")),
        ("en", 0, at("three weeks later than planned")),
        ("en", 1, at("fourteen months", before="will take")),
        ("en", 3, at("fourteen months", before="not")),
        ("en", 2, at("the bridge will be closed", after="at night")),
        ("en", 5, at("the bridge will be closed", after="once more")),
        ("en", 1, at("Two of the four piers", end="will be replaced")),
        ("en", 4, at("well-worn, hand-cut stones")),
        ("en", 2, at("every half-hour, and")),
        ("en", 3, at("café at the north end")),
        ("en", 4, at("“slow, careful work”.")),
        ("zh-Hans", 0, at("青石镇开始维修柳湾大桥")),
        ("zh-Hans", 0, at("这座桥建于1968年")),
        ("zh-Hans", 1, at("四座桥墩中有两座将重建", end="桥面也要全部更换")),
        ("zh-Hans", 2, at("大桥夜间封闭", before="公交车每半小时一班，")),
        ("zh-Hans", 5, at("大桥夜间封闭", after="，行人也不得通过")),
        ("zh-Hans", 2, at("公交车每半小时一班", end="客人已经少了许多")),
        ("zh-Hans", 3, at("当初说好六个星期")),
        ("zh-Hans", 4, at("旧栏杆的石板会逐块编号，妥善保存")),
    ],
)
def test_a_passage_link_leads_to_the_paragraph_where_the_passage_begins(
    page: Page, language: str, paragraph: int, locator: Locator
) -> None:
    """Whatever the form of the locator and the script of the text."""
    text = PARAGRAPHS[language]

    assert begins(text, locator) == paragraph
    assert land(page, text, language, text_directive(locator)) == paragraph


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("language", "locator"),
    [
        ("vi", at("cầu phao tạm")),
        ("en", at("a ferry instead")),
        ("zh-Hans", at("临时浮桥已经开放")),
        ("en", at("fourteen mon")),
        ("en", at("fourteen months", before="the")),
        ("vi", at("cầu sẽ đóng cửa", after="cả tuần")),
        ("zh-Hans", at("大桥夜间封闭", end="整个工程需要十四个月", after="，费用")),
    ],
)
def test_words_that_are_not_there_lead_nowhere(page: Page, language: str, locator: Locator) -> None:
    """Nor do those that are only part of a word, or stand beside other words."""
    text = PARAGRAPHS[language]

    assert begins(text, locator) is None
    assert land(page, text, language, text_directive(locator)) is None


def test_words_that_differ_only_in_accents_are_the_same_to_the_browser(page: Page) -> None:
    """It goes to the first, so that a locator has to say what stands around the second."""
    text = PARAGRAPHS["vi"]

    assert begins(text, at("Bến Da")) == 4
    assert land(page, text, "vi", text_directive(at("Bến Da"))) == 0


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("wi\u00adthin thirty days", "within thirty days"),
        ("within thirty days", "wi\u00adthin thirty days"),
        ("wi\u200bthin thirty\u2060 da\ufeffys", "within thirty days"),
        ("wi\u200cth\u200din \u200ethirty\u200f days", "within thirty days"),
        ("within \u2066thirty\u2069 \u202ada\u202cys", "within thirty days"),
        ("thirty\u00a0days and\u202fmore", "thirty days and more"),
        ("the mayor’s own words", "the mayor's own words"),
        ("the mayor's own words", "the mayor‘s own words"),
        ("the mayor‛s own words", "the mayor‚s own words"),
        ("“slow”, „careful‟", '"slow", "careful"'),
        ("שנות ה־70 צה״ל", 'שנות ה־70 צה"ל'),
        ("wait… thirty", "wait... thirty"),
        ("３０ days of ﬁne", "30 days of fine"),
    ],
)
def test_signs_that_a_browser_does_not_tell_apart_are_proved(
    page: Page, written: str, asked: str
) -> None:
    """What is not seen, typographic quotation marks, and other forms of the same character."""
    text = ["Nothing of it is here.", f"Works will end {written} from now.", "Nor is it here."]
    locator = at(asked)

    assert as_seen(asked) in as_seen(text[1])
    assert begins(text, locator) == 1
    assert land(page, text, "en", text_directive(locator)) == 1


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("the mayor´s own words", "the mayor's own words"),
        ("the mayorʼs own words", "the mayor's own words"),
        ("he said «yes we can", 'he said "yes we can'),
        ("thirty – forty days", "thirty - forty days"),
        ("thirty·days of it", "thirty.days of it"),
    ],
)
def test_signs_that_a_browser_tells_apart_are_not_proved(
    page: Page, written: str, asked: str
) -> None:
    """Other marks and dashes are other words to it."""
    text = [f"Works will end {written} from now."]

    assert begins(text, at(asked)) is None
    assert land(page, text, "en", text_directive(at(asked))) is None


@pytest.fixture
def root(small: dict[str, bytes], tmp_path: Path) -> Path:
    """The small site on disk."""
    plant(tmp_path, small)
    return tmp_path


@pytest.fixture
def command(browser: Browser, root: Path) -> Command:
    """The command as it is typed, for the small site; where there is no browser, not run."""

    def run(*arguments: str | Path) -> Told:
        words = [sys.executable, ROOT / "tools/passages.py", "--root", root, *arguments]
        return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)

    return run


STATEMENT = ".sources/river-talks/statement.txt"
TALKS = """Hai hội đồng họp tại Huế lúc 3 giờ sáng, không ai nhắc đến lệ phí.

Không khí nồng ấm: ai cũng nói mình sống bên cùng một dòng sông.
Các con đập sẽ mở vào tháng 5, để có nước và cá.
"""


def test_the_command_says_how_many_passages_land_and_how_many_have_no_text(
    command: Command, root: Path
) -> None:
    """The locators of the other articles cannot be tried."""
    plant(root, {STATEMENT: TALKS.encode()})

    told = command()

    assert told.returncode == 0
    assert told.stdout == "7 of 7 passages land on their paragraph; the text is not kept of 18\n"


def test_the_command_names_every_passage_that_does_not_land(
    command: Command, tmp_path: Path
) -> None:
    """With its place, and what is shown: other words, or nothing where they run over a line."""
    folder = tmp_path / "kept"
    changed = TALKS.replace("họp tại Huế", "họp tại Vinh, giữa trời nóng ẩm,")
    changed = changed.replace("mở vào tháng 5", "mở vào\ntháng 5")
    plant(folder, {"river-talks/statement.txt": changed.encode()})

    told = command(folder)

    assert told.returncode == 1
    path = "content/river-talks/statement.vi.md"
    text = "river-talks/statement.txt"
    first = "Hai hội đồng họp tại Vinh, giữa trời nóng ẩm, lúc 3 giờ sáng"
    lines = told.stdout.splitlines()
    cure = "    copy the words from the article as they stand, or add `before:` or `after:`"
    assert lines.count(cure) == 3
    assert [line for line in lines if line != cure] == [
        f"{path}:11:56: `mở vào tháng 5` begins in line 4 of {text}, shown is nothing",
        f"{path}:13:49: `nồng ấm` begins in line 3 of {text}, shown is line 1: {first}",
        f"{path}:14:35: `tại Huế` is not in {text}",
        "4 of 7 passages land on their paragraph; the text is not kept of 18",
    ]


def test_passages_that_are_not_linked_are_tried_and_counted(command: Command, root: Path) -> None:
    """An article without an address may be given one some day."""
    plant(root, {".sources/vote/count.txt": "Đã có hơn 60 phần trăm đi bầu.".encode()})

    told = command()

    assert told.returncode == 0
    assert "1 of 1 passages land on their paragraph; not linked" in told.stdout


def test_nothing_to_try_is_no_success(command: Command, root: Path) -> None:
    """Nor is a folder that is not there."""
    plant(root, {".sources/README": b"None are kept."})

    told = command()

    assert told.returncode == 1
    assert told.stdout.startswith("0 of 0 passages")
    assert command(root / "nowhere").returncode == 2


def test_content_that_cannot_be_read_is_told_as_the_build_tells_it(
    command: Command, root: Path
) -> None:
    """Problems with their places, and no traceback."""
    plant(root, {STATEMENT: TALKS.encode(), "site.yaml": b"title: ["})

    told = command()

    assert told.returncode == 1
    assert told.stderr.startswith("site.yaml:")
