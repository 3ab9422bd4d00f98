"""No text on a screen is small, and a shorter style sheet says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from briefing.syntax.style_sheet import minified

SMALL = """() => {
  const size = (it, part) => parseFloat(getComputedStyle(it, part).fontSize);
  const isText = (it) => it.nodeType === 3 && it.data.trim();
  const hasText = (it) => [...it.childNodes].some(isText);
  const isMade = (it, part) => /^"[^"]/.test(getComputedStyle(it, part).content);
  return [...document.body.querySelectorAll("*")]
    .filter((it) => it.checkVisibility())
    .filter((it) => (hasText(it) && size(it) < 13)
      || ["::before", "::after"].some((part) => isMade(it, part) && size(it, part) < 13))
    .map((it) => it.outerHTML.slice(0, 80));
}"""
RULES = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/ *([,/()>]) */g, "$1"));
}"""
"""What a browser reads. It keeps values with `var()` as they were written: such spaces go here."""
STYLES = Path(__file__).resolve().parents[2] / "templates/styles"
TRICKY = """
  .a\\ b :hover , [ a = "b > c" ] , .c/**/.d > :nth-child( 2n + 1 ) ~ p { top : 0 ; }
  @media screen and ( width >= 1px ) , print { a::after { content : " /* ; } " attr( id ) / "" } }
  @supports not selector( a :hover > b ) { a { width : calc( ( 1px + 2px ) / 2 ) !important } }
  a { font : italic 1px / 2 x , y ; & > b , + c { top : -0.5px } @media print { top : 1px } }
  @font-face { font-family : "x  y" ; src : url( x;y ) , local( "z" ) }
"""
"""Where a space means something, or stands beside a sign that does."""
CALL = "trump-putin-call-2025-03"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path", ["", "en/", f"en/{CALL}/", f"vi-en/{CALL}/", f"vi/{CALL}/gia-lai/", "vi/about/"]
)
def test_nothing_that_is_read_is_smaller_than_13_pixels(
    page: Page, address: str, path: str, width: int
) -> None:
    """Whatever is shown, also what the style writes before it."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)

    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("path", [*sorted(STYLES.glob("*.css")), None], ids=str)
def test_a_browser_reads_the_same_rules_in_a_style_sheet_made_shorter(
    page: Page, path: Path | None
) -> None:
    """Each of ours, and one of all that is hard. None: that one."""
    written = path.read_text(encoding="utf-8") if path else TRICKY

    assert page.evaluate(RULES, minified(written)) == page.evaluate(RULES, written)
