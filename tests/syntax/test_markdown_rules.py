"""What Markdown would lose, show with its signs or take for something else is told of, or not."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from briefing.problems import Problem, Problems
from briefing.syntax.markdown.commonmark import parse_commonmark
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.text import Text
from support.markdowns import GOOD_TEXTS, TEXTS, spoilt
from support.nightly import examples


def told(written: str) -> Sequence[Problem]:
    """Give what is told of a text."""
    try:
        parse_markdown(Text("a.md", written))
    except Problems as problems:
        return problems.problems
    return ()


def shown(written: str) -> str:
    """Give what readers see of a text, without its markup."""
    blocks = parse_markdown(Text("a.md", written)).blocks
    text = "\n".join(block.html for block in blocks)
    return html.unescape(re.sub("<[^>]*>|\x02[0-9]+\x03|\x04", "", text))


PROSE = {
    "Vietnamese": """\
Ngày 3/6, lúc 12:30, ông nói [...] rằng “cầu [đó] sẽ mở lại” (30 ngày) [sic]; 5–7% số vốn, tức
1.500 tỷ. #ngừngbắn và #1, v.v. – “[Chúng tôi] không biết [vì sao]” (theo TTXVN) [1], [2].

- Ông A: “Không!” (cười)
- [Phóng viên] (Hà Nội): 50 %

1. Một: [x] là gì?
2. Hai {n} người [x](topic:a)""",
    "English": """\
He said: “[T]he bridge [in Springfield] will [...] reopen” [sic] in 30 days -- or 31 (see
[3](topic:a) and [4]). At 9:30 a.m. [EST] the S&P 500 fell 2.5%; 100%% of it. [Reuters]
(London) – it is a <b>tag</b>, 3 < 5 > 2, f**k, *s, a|b || c, x^2, {x: 1}, $5–$6, #12, C# and ##.

* 5 * 3 = 15
* a_b_c ::: d :: e

1. One
1. Two
1. Three""",
    "Chinese": """\
他说：“停火[三十]天”（见[下文]）。6月2日12:30，【新华社】[1][2]报道：50%的人《不同意》……
——双方都说“不”；【快讯】（北京）［注］：#停火# 30天，3、4。

1. 第一
2. 第二""",
}


@pytest.mark.parametrize("written", PROSE.values(), ids=PROSE)
def test_ordinary_prose_is_not_told_of(written: str) -> None:
    """Brackets, dates, times, ellipses and percentages are text."""
    assert told(written) == ()


SIGNS: tuple[str, ...] = (
    "<!--",
    "-->",
    "%%a%%",
    "{{",
    "}}",
    "{% a %}",
    "{#a}",
    "<%",
    "<?",
    ":::",
    "[^1]",
    "[a](b c)",
)
SIGNS += (
    "[a] (https://b.example/)",
    "[[a]]",
    "[a][b]",
    "[!NOTE]",
    "[ ]",
    "##a",
    "| a |",
    "](",
    "---",
)
SOME_SIGNS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=4).map(" ".join)


@given(SOME_SIGNS, st.sampled_from(["", "> ", "- "]))
def test_what_stands_in_code_is_shown(signs: str, before: str) -> None:
    """In spans and in fences all signs are text."""
    inside = before.replace("-", " ")
    span, fence = f"{before}a ``{signs}`` b", f"{before}```\n{inside}{signs}\n{inside}```"

    for written in (span, fence):
        assert told(written) == ()
        assert signs in shown(written)


@given(SOME_SIGNS)
def test_what_has_backslashes_is_shown(signs: str) -> None:
    """With a backslash before each of them all signs are text."""
    written = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", signs)

    assert told(written) == ()
    assert shown(written) == signs


POINTED = re.compile(r"(?:`(\S+|\[ \])` (?:is for another|is a foot|would be shown)|see `(.+)`)")
SIGN_OF = {
    "a comment": ("<!--", "%%"),
    "no link:": ("]", "["),
    "no heading": ("##",),
    "a row of no table": ("|", "-", ":"),
    "a heading without": ("#",),
    "this line makes": ("-",),
    "code that": ("```", "~~~"),
}


@examples(200)
@given(
    st.one_of(TEXTS, st.builds(spoilt, GOOD_TEXTS, st.integers(0, 1000), st.just(0), SOME_SIGNS))
)
@example("> - a | b\n>   -|-\n>   \\| {{ | [^1] [^1]{% | | x")
@example("- | a {{ | {% b |\n  |-|-|\n")
@example("## a {{ ##\n> b\n c <!-- d\n\n1. e\n   <!-- f\n")
def test_a_mistake_is_told_where_its_sign_stands(written: str) -> None:
    """In lists, quotations, tables and emphasis, on any line."""
    lines = written.split("\n")
    for problem in told(written):
        rest = lines[problem.place.line - 1][problem.place.column - 1 :]
        if match := POINTED.search(problem.message):
            assert rest.lower().startswith((match[1] or match[2]).lower())
        for beginning, signs in SIGN_OF.items():
            if problem.message.startswith(beginning):
                assert rest.startswith(signs), problem
        if problem.message.startswith("a cell too many"):
            assert rest.strip() == rest.rstrip() != ""


WORD = st.integers(100, 999).map("w{}".format)
LINES = st.one_of(
    *(
        st.lists(WORD, min_size=2, max_size=4).map(separator.join)
        for separator in (
            " ",
            " | ",
            "] (",
            ")[",
            " [",
            "[^",
            "]: ",
            " <!-- ",
            "--> ",
            " {{",
            "** ",
        )
    ),
    st.lists(WORD, min_size=1, max_size=4).map(lambda words: f"| {' | '.join(words)} |"),
    st.sampled_from(["|---|---|", "--|--", "---", "```", "- ", "", "", "> ", "***"]),
)
BEGUN = st.tuples(
    st.sampled_from(["", "", "- ", "2. ", "7. ", "> ", "  ", "    ", "\t", "## ", "##", "[", "* "]),
    LINES,
).map("".join)


@examples(300)
@given(st.lists(BEGUN, min_size=1, max_size=8).map("\n".join))
@example("w1 | w2\n-|-\nw3 | w4 | w5")
@example("2. w1\n7. w2")
@example("[w1]: w2")
def test_nothing_that_is_written_is_lost(written: str) -> None:
    """Each word is shown, once and in its order, or the text is told of."""
    assume(not told(written))

    assert re.findall(r"w[0-9]+", shown(written)) == re.findall(r"w[0-9]+", written)


HAN = st.text("两篇报道维修，。「」》…“”カひ々ー３", min_size=1, max_size=12)
PIECES = st.lists(
    st.one_of(HAN, HAN, HAN.map("*{}*".format), HAN.map("[{}](topic:a)".format), st.just("`工`")),
    min_size=1,
    max_size=4,
)


@examples(200)
@given(PIECES, st.lists(st.integers(1, 60), max_size=6), st.sampled_from(["", "> ", "- "]))
def test_lines_of_chinese_are_the_same_however_they_are_wrapped(
    pieces: list[str], at: list[int], before: str
) -> None:
    """No space comes in where the script has none: emphasis, links and code make no difference."""
    whole = "工" + "工".join(pieces) + "工"
    # An address is not wrapped, nor is what would begin a block or end emphasis otherwise.
    where = {n for n in at if re.match(r"[^()a-z:*`\[\]]{2}", whole[n - 1 :])}
    wrapped = "".join(f"\n{sign}" if n in where else sign for n, sign in enumerate(whole))
    inside = before.replace("-", " ")

    blocks = parse_commonmark(Text("a.md", before + wrapped.replace("\n", f"\n{inside}"))).blocks
    plain = parse_markdown(Text("a.md", before + wrapped.replace("\n", f"\n{inside}"))).blocks

    assert [b.html for b in blocks] == [b.html for b in plain]
    assert shown(before + whole) == "".join(shown(before + wrapped.replace("\n", f"\n{inside}")))


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "工"), ("工", "a"), ("工", "3"), ("휴", "휴"), ("휴", "工"), ("🙂", "工"), ("”", "a")],
)
def test_elsewhere_a_line_ends_in_a_space(one: str, other: str) -> None:
    """Beside Latin letters, digits, Korean and pictures."""
    assert shown(f"{one}\n{other}") == f"{one}\n{other}"
