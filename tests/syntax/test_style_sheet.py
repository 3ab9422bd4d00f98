"""A style sheet is shorter when it goes out, and says what it said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.syntax.style_sheet import minified

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "templates/styles"


CASES = {
    "a { color : red ; margin : 0 1px ; }": "a{color:red;margin:0 1px}",
    "a , b > c + d ~ e { }": "a,b>c+d~e{}",
    "a :hover, b:hover { top: 0 }": "a :hover,b:hover{top:0}",
    ".a /* x */ .b /**/{ top: 0 }": ".a .b{top:0}",
    ".a/* x */.b { top: 0 }": ".a/**/.b{top:0}",
    "/* x */a { top: 0 } /* y */": "a{top:0}",
    "a { width: calc( 1px + 2px ) }": "a{width:calc(1px + 2px)}",
    "a { font: 1px / 2 x , y !important }": "a{font:1px/2 x,y!important}",
    "a::after { content: ' /* ; } ' ' , ' }": "a::after{content:' /* ; } ' ' , '}",
    '[ a = "b > c" ] { top: 0 }': '[a = "b > c"]{top:0}',
    "a { background: url( x;y /*z*/ ) }": "a{background:url( x;y /*z*/ )}",
    r".a\ b, .\31 2 , .\; { top: 0 }": r".a\ b,.\31 2,.\;{top:0}",
    "a { --x: ; --y : a > b }": "a{--x:;--y:a > b}",
    "@media (width >= 1px) and (hover) {\n a { top: 0; }\n}": (
        "@media (width>=1px) and (hover){a{top:0}}"
    ),
    "@supports not selector(a :hover > b) { a { top: 0 } }": (
        "@supports not selector(a :hover>b){a{top:0}}"
    ),
    "@layer a , b ;\n@import url(x) print;": "@layer a,b;@import url(x) print;",
    "a { top: 0; & > b { top: 1px } + c { top: 0 } }": "a{top:0;&>b{top:1px}+c{top:0}}",
    "a { content: 'no end\n; top: 0 }": "a{content:'no end\n;top:0}",
    "a { top: 0": "a{top:0",
    ";;": "",
    "": "",
}
"""What is written, and what goes out."""


@pytest.mark.parametrize("written", CASES)
def test_what_no_browser_reads_goes(written: str) -> None:
    """Space stays where a selector, a sum or a string has it."""
    assert minified(written) == CASES[written]


def test_a_short_style_sheet_does_not_change_again() -> None:
    """Whatever is written in ours."""
    for path in STYLES.glob("*.css"):
        short = minified(path.read_text(encoding="utf-8"))
        assert minified(short) == short


COLUMNS = {"aligned-left", "aligned-center", "aligned-right"}
"""Classes of the cells of a table in Markdown, which no template writes."""


def test_every_class_of_the_styles_is_given_by_a_template_or_a_script() -> None:
    """No rule is left over. What comes after a hyphen may be filled in by `{{`."""
    styles = "".join(path.read_text(encoding="utf-8") for path in STYLES.glob("*.css"))
    selectors = re.findall(r"(?:^|[;{}])([^;{}@]+)(?=\{)", minified(styles))
    classes = {name for each in selectors for name in re.findall(r"\.([a-z][\w-]*)", each)}
    files = [*STYLES.parent.rglob("*.html"), *STYLES.parent.rglob("*.js")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    given = set(re.findall(r"[\w-]+", text))
    filled = set(re.findall(r"([a-z_]+)-?\{\{", text))

    assert len(classes) > 150
    assert {name for name in classes - given - COLUMNS if name.split("-")[0] not in filled} == set()
