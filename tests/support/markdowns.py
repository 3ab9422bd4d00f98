"""Texts of Markdown: what is plain, what is nearly so, and what is not."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        *(
            "a",
            "Một",
            "đập",
            "ngừng bắn",
            "halt",
            "30",
            "1.5",
            "3.",
            "停火",
            "。",
            "“a”",
            "휴전",
            "🙂",
        ),
        *(
            '"b"',
            "(c)",
            "R&D",
            "&amp;",
            "&#x41;",
            "a_b",
            "_c_",
            "x*y",
            "https://a.example/",
            "&",
            ">",
        ),
        *("[", "]", "(", ")", "!", ":", ";", "|", "-", "+", "=", "#", "~", "~~", "*", "**", "***"),
        *(
            "`",
            "\\",
            "<b>",
            "<",
            "_",
            "\t",
            "  ",
            "\xa0",
            "\u200b",
            "\u3000",
            "\u202f",
            "\ufffd",
            "\x85",
        ),
        *("{{", "{%", "{#", "%%", "<!--", "<%", ":::", "[[a]]", "[!a]", "](", "] (point:a)", "##"),
        *(
            "停\n火",
            "停*\n火",
            "”\n停",
            "\u0301\n停",
            "\n",
            "휴\n停",
            "[^1]",
            "[x]",
            "[a]",
            "[a]:",
            "–",
            "…",
            "%",
            "$",
            "^",
            "{",
            "'",
            ",",
            ".",
            "?",
            "/",
            "@",
        ),
    ]
)
ADDRESSES = st.one_of(
    st.sampled_from(
        [
            *(
                "point:a",
                "point:halt-days",
                "topic:b",
                "article:c/d",
                "point:80",
                "point:-",
                "Point:a",
            ),
            *("https://a.example", "http://b.example/c?d=e&f=g#h", "https://c.example/%20%C3%A9/_"),
            *(
                "https://localhost/",
                "https://1.2.3.4/",
                "https://a.example/(b)",
                "mailto:a@b.example",
            ),
            *(
                "https://xn--a.example/",
                "https://a-.example/",
                "https://a..example/",
                "../b",
                "point:a%20",
            ),
            *(
                "https://đập.example/",
                'point:a "b"',
                "https://a.example//b//",
                "https://A.example/",
                "",
            ),
            *(
                "https://xn--bcher-kva.example/",
                "http://a.example/;x",
                "https://a.example/b*c*",
                "point:a/",
            ),
        ]
    ),
    st.text("ab1-._~/?#=&+,:@%;", max_size=12).map("https://a.example/{}".format),
    st.text("ab1-/.:", max_size=8).map("point:{}".format),
    st.text("ab1-.", min_size=1, max_size=12).map("https://{}/".format),
)
SPACED = st.sampled_from([" ", " ", " ", "", "", "\n", "  ", ", ", "."])


def joined(parts: list[tuple[str, str]]) -> str:
    return "".join(part + space for part, space in parts)


def wrapped(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Text in emphasis, as the text of a link, or beside more of it."""
    marks = st.sampled_from(["*", "**", "*", "**", "***", "_", "~~", "“"])
    return st.one_of(
        st.builds("{0}{1}{0}".format, marks, inside),
        st.builds("[{}]({})".format, inside, ADDRESSES),
        st.lists(st.tuples(inside, SPACED), min_size=2, max_size=3).map(joined),
    )


SIMPLE = st.sampled_from(
    ["a", "Một", "đập nước", "30 days", "“a”", "(c)", "b.", "R&D", '"x"', "停火"]
)
INLINE = st.one_of(
    st.recursive(SIMPLE, wrapped, max_leaves=5),
    st.recursive(st.one_of(SIMPLE, WORDS), wrapped, max_leaves=5),
)
PREFIXES = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            "- ",
            "- ",
            "1. ",
            "2. ",
            "10. ",
            "> ",
            "> ",
            ">",
            ">\n> ",
            "## ",
            "### ",
            "# ",
            "####### ",
        ),
        *(
            "  ",
            "   ",
            "    ",
            "* ",
            "+ ",
            "1) ",
            "-",
            "1.",
            "--- ",
            "===",
            "| ",
            "|-|\n",
            "|:-|--:|\n",
            "[a]: ",
        ),
        *("- - ", "> - ", "- > ", "- # ", "~~~", "-  ", " - ", "###", "1.  ", "** ", "*"),
    ]
)
CELLS = st.lists(INLINE.map(lambda cell: cell.replace("\n", " ")), min_size=1, max_size=3)
ROWS = CELLS.map(lambda cells: f"| {' | '.join(cells)} |")
DELIMITERS = st.lists(
    st.sampled_from(["-", "---", ":-", "-:", ":-:", "--", "|", ""]), min_size=1, max_size=3
)
LINES = st.one_of(
    st.builds("{}{}".format, PREFIXES, INLINE),
    ROWS,
    DELIMITERS.map(lambda cells: f"|{'|'.join(cells)}|"),
    st.builds(
        "| {} | b |\n|{}|{}|\n|{}| d |".format,
        *(INLINE, st.sampled_from(["-", ":-", " --- "]), st.sampled_from(["-:", ":-:"]), INLINE),
    ),
    st.builds("- {}\n- {}\n  {}".format, INLINE, INLINE, INLINE),
    st.builds("> {}\n>\n> {}".format, INLINE, INLINE),
)
ENDS = st.sampled_from(["\n", "\n", "\n\n", "\n\n", "\n\n", "\n\n\n", "\n \n", " \n", "  \n"])
BLOCKS = st.lists(st.tuples(LINES, ENDS), min_size=1, max_size=6).map(joined)
MARKS = st.text("*_[]()>#|-:&; \n“”停aộ1.!", max_size=30)


def good(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    marks = st.sampled_from(["*", "**"])
    addresses = st.sampled_from(["point:a", "article:b/c", "https://a.example/b?c=d&e=f"])
    return st.one_of(
        st.builds("{0}{1}{0}".format, marks, inside),
        st.builds("[{}]({})".format, inside, addresses),
        st.lists(inside, min_size=2, max_size=3).map(" ".join),
    )


GOOD = st.recursive(SIMPLE, good, max_leaves=4)
GOOD_BLOCKS = st.one_of(
    GOOD,
    st.builds("{}\n{}".format, GOOD, GOOD),
    st.builds("## {}".format, GOOD),
    st.builds("- {}\n- {}\n  {}".format, GOOD, GOOD, GOOD),
    st.builds("9. {}\n   {}\n10. {}".format, GOOD, GOOD, GOOD),
    st.builds("> {}\n> {}\n>\n> {}".format, GOOD, GOOD, GOOD),
    st.builds("| {} | {} |\n|---|:-:|\n| {} | {} |".format, GOOD, GOOD, GOOD, GOOD),
)
GOOD_TEXTS = st.lists(GOOD_BLOCKS, min_size=1, max_size=4).map("\n\n".join)


def spoilt(text: str, at: int, cut: int, put: str) -> str:
    """Put something into a text in place of some characters."""
    at %= len(text) + 1
    return f"{text[:at]}{put}{text[at + cut :]}"


SPOILT = st.builds(
    spoilt, GOOD_TEXTS, st.integers(0, 10_000), st.integers(0, 2), st.one_of(WORDS, PREFIXES, ENDS)
)
TEXTS = st.one_of(GOOD_TEXTS, SPOILT, SPOILT, BLOCKS, MARKS)
"""Markdown of all constructs, well and badly made."""
