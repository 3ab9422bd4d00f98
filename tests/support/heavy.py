"""Heavy inputs: what makes a parser slow, at any size; a line of generator for each.

The first Markdown families are the pathological tests of cmark, md4c and markdown-it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from support.generate import in_all

Family = Callable[[int], str]
"""Makes a text of about so many characters."""


def repeat(unit: str, before: str = "", after: str = "") -> Family:
    """Make a family of one unit, over and over."""
    return lambda size: before + unit * (size // len(unit)) + after


def around(opening: str, middle: str, closing: str) -> Family:
    """Make a family of openings, then as many closings."""
    unit = len(opening) + len(closing)
    return lambda size: opening * (size // unit) + middle + closing * (size // unit)


def growing(make: Callable[[int], str]) -> Family:
    """Make a family of units that differ, each made from its number."""

    def family(size: int) -> str:
        parts: list[str] = []
        length = 0
        for number in count(1):
            if length >= size:
                break
            parts.append(make(number))
            length += len(parts[-1])
        return "".join(parts)

    return family


def both(first: Family, second: Family) -> Family:
    """Make a family whose texts are half of one, half of another."""
    return lambda size: first(size // 2) + "\n\n" + second(size // 2)


def wide_table(size: int) -> str:
    """Make a table of two rows and very many columns."""
    columns = size // 9
    return "".join(f"|{cell * columns}\n" for cell in ("a|", "-|", "b|"))


def square_table(size: int) -> str:
    """Make a table that is as wide as it is long, all of its body rows of one cell."""
    side = int((size / 2) ** 0.5)
    return "|" + "a|" * side + "\n|" + "-|" * side + "\n" + "a\n" * (side * side // 2)


def lengthening_table(size: int) -> str:
    """Make a table with a row for every few columns, as much made as it is allowed to."""
    return "|" + "a|" * (size // 6) + "\n|" + "-|" * (size // 6) + "\n" + "|\n" * (size // 6)


PARAGRAPH = (
    "The **White House** said on *18 March* that [both leaders](article:lead) agreed to a pause of "
    "30 days; Kênh `RIA` viết “ngừng bắn” & [hơn](https://example.com/a?b=c) – 停火三十天。\n"
    "A second line, with an_underscore and 2 * 3 * 4.\n\n"
    "- one item\n- another, ~~struck~~\n\n> a quotation\n\n"
)

MARKDOWN: Mapping[str, Family] = {
    # cmark, md4c, markdown-it
    "nested strong emphasis": around("*a **a ", "b", " a** a*"),
    "emphasis closers": repeat("a_ "),
    "emphasis openers": repeat("_a "),
    "triple openers": repeat("a***"),
    "link closers": repeat("a]"),
    "link openers": repeat("[a"),
    "mismatched openers and closers": repeat("*a_ "),
    "openers and closers, multiples of 3": repeat("c* ", before="a**b"),
    "link openers and emphasis closers": repeat("[ a_"),
    "hard link and emphasis": repeat("**x [a*b**c*](d) "),
    "nested brackets": around("[", "a", "]"),
    "nested block quotes": repeat("> ", after="a"),
    "nested block quotes, tight": repeat(">", after="a"),
    "nested lists": growing(lambda n: "  " * (n - 1) + "* a\n"),
    "nested ordered lists": growing(lambda n: "   " * (n - 1) + "1. a\n"),
    "U+FFFD for U+0000": repeat("abc\N{REPLACEMENT CHARACTER}de"),
    "backticks of growing length": growing(lambda n: "e" + "`" * n),
    "unclosed links A": repeat("[a](<b"),
    "unclosed links B": repeat("[a](b"),
    "many references": both(growing(lambda n: f"[{n}]: u\n"), repeat("[0] ")),
    "references used": both(growing(lambda n: f"[{n}]: https://u\n"), growing(lambda n: f"[{n}] ")),
    "one reference, defined again": repeat("[a]: https://u\n", after="\n[a]"),
    "one reference, used": lambda size: "[a]: https://u\n\n" + "[a] " * (size // 4),
    "one reference by id, used": lambda size: "[a]: point:p-0\n\n" + "[a] " * (size // 4),
    "a title of many lines": lambda size: '[a]: u "' + "t\n" * (size // 2),
    "titles on the next line": repeat('[a]: u\n"t\n\n'),
    "a label of many lines": repeat("[a\n"),
    "references, one paragraph of titles": repeat('[a]: u "t\n'),
    "unclosed comments": repeat("</", before="<!--"),
    "comment openers": repeat("x<!-- "),
    "declarations": repeat("x<!A "),
    "processing instructions": repeat("<?", before="x"),
    "CDATA openers": repeat("<![CDATA[", before="x"),
    "broken link titles": repeat("[ (]("),
    "broken thematic break": repeat("* ", after="a"),
    "broken thematic break, hyphens": repeat("- ", after="a"),
    "nested list markers": repeat("1. ", after="a"),
    "nested list markers, plus": repeat("+ ", after="a"),
    "images nested, closed": around("![", "a", "](b)"),
    "images nested, to a reference": lambda size: (
        "[a]: u\n\n" + "![" * (size // 4) + "a" + "]" * (size // 4) + "[a]" * (size // 12)
    ),
    "links nested in images": around("![[", "a", "](b)](c)"),
    "nested references": lambda size: "[" * (size // 2) + "]" * (size // 2) + "\n\n[a]: /b",
    "many links": repeat("[t](/u) "),
    "backticks and escapes": repeat("\\``"),
    "empty tags": repeat("<>"),
    "brackets and broken addresses": repeat("[ (](", after=")"),
    "images nested": repeat("!["),
    "images in brackets": repeat("!![[]()"),
    # runs
    **{
        f"run of {sign!r}": repeat(sign)
        for sign in (*"*_~`[]<>!\\&#=-|():@+", *"\t \n", "\N{NO-BREAK SPACE}", "a", "1", "中")
    },
    **{
        f"run of {sign!r} after a letter": repeat(sign, before="a")
        for sign in ["*", "_", "~", "`", "<", "!", "\\", "&", "(", ":", "\t", " ", "\n"]
    },
    "run of * between letters": repeat("*", before="a", after="a"),
    "run of ~ between letters": repeat("~", before="a", after="a"),
    "strong around": around("**", "a", "**"),
    "struck around": around("~~", "a", "~~"),
    "emphasis around, two signs": around("*_", "a", "_*"),
    "strikethrough runs": repeat("a~~ "),
    "strikethrough openers": repeat("~~a "),
    "strikethrough, odd": repeat("~~~a "),
    "strikethrough pairs": repeat("~~a~~ "),
    "emphasis pairs": repeat("*a* "),
    "emphasis of many lengths": growing(lambda n: "a" + "*" * (n % 97) + "b"),
    "emphasis openers, three lengths": repeat("*a **b ***c "),
    "emphasis beside Chinese": repeat("**“停火”**三"),
    "emphasis closers beside Chinese": repeat("停_"),
    "emphasis of many lengths beside Chinese": repeat("停*停**停***停_停__"),
    "underscores inside words": repeat("a_b"),
    "entities": repeat("&a"),
    "entities, whole": repeat("&amp;"),
    "entities, numbers": repeat("&#x1F600;"),
    "an entity without end": lambda size: "&" + "a" * size,
    "escapes": repeat("\\*"),
    "tags": repeat("<a"),
    "a tag without end": lambda size: "<a " + "b " * (size // 2),
    "tags without end": repeat("<a b='"),
    "tags without end, spaces": repeat("<a  "),
    "attributes": repeat("<a b=c "),
    "autolinks": repeat("<https://e.org> "),
    "autolinks without end": repeat("<http:"),
    "an autolink without end": lambda size: "<http:" + "a" * size,
    "addresses without end": repeat("<a@b."),
    "an address without end": lambda size: "<a@" + "b." * (size // 2),
    "a scheme without end": lambda size: "<" + "a" * size,
    "parentheses in an address": lambda size: "[a](" + "(" * (size // 2) + ")" * (size // 2) + ")",
    "addresses of parentheses": repeat("[a](((((((((("),
    "titles without end": repeat('[a](b "'),
    "titles in parentheses": repeat("[a](b ("),
    "title of escapes": lambda size: '[a](b "' + "\\" * size,
    "a long address": lambda size: "[a](https://e.org/" + "a" * size + ")",
    "a long address of percent signs": lambda size: "[a](https://e.org/" + "%" * size + ")",
    "a long address of letters": lambda size: "[a](https://e.org/" + "ế" * size + ")",
    "an address with a long host": lambda size: "[a](https://" + "ế" * size + ".org)",
    "an address of dots": lambda size: "[a](https://" + "ế." * (size // 2) + ")",
    "links by id": repeat("[a](point:p-1) "),
    "links by id, all different": growing(lambda n: f"[a](point:p-{n}) "),
    "links not taken": repeat("[a](javascript:b) "),
    "links not taken, all different": growing(lambda n: f"[a](javascript:{n}) "),
    "empty links": repeat("[]() "),
    "links of escaped letters": repeat("[a](%C3%A9) "),
    "links of letters": repeat("[a](é) "),
    "links with entities, all different": growing(lambda n: f"[a](https://e.org/&amp;{n}) "),
    "links by id, escaped": growing(lambda n: f"[a](point:p&#45;{n}) "),
    "images": repeat("![a](b) "),
    "images, all different": growing(lambda n: f"![a]({n}) "),
    "first headings": repeat("# a\n"),
    "first headings in one quotation": repeat("> # a\n"),
    "links inside links": repeat("[a [b](c) d](e) "),
    "a link around links": lambda size: "[" * (size // 5) + "a" + "](b)" * (size // 5),
    "a reference label without end": lambda size: "[" + "a" * size + "]: ",
    "reference labels without end": repeat("[a]: <\n"),
    "reference labels of spaces": lambda size: "[a" + " " * size + "]: u\n\n[a]",
    "reference titles without end": repeat("[a]: u 'b\n\n"),
    "labels of escapes": lambda size: "[" + "\\]" * (size // 2),
    "references without definition": repeat("[a][b]"),
    "references without definition, long": growing(lambda n: f"[{'a' * (n % 500)}]"),
    # blocks
    "setext underlines": repeat("a\n=\n"),
    "setext underlines, second": repeat("a\n-\n"),
    "setext, one long paragraph": lambda size: "a\n" * (size // 2) + "===",
    "headings": repeat("## a\n"),
    "a heading with a long end": lambda size: "## a " + "#" * size,
    "a heading with long spaces": lambda size: "## a" + " " * size + "b",
    "headings with spaces": repeat("## " + " " * 50 + "#a\n"),
    "lines": repeat("a\n"),
    "paragraphs": repeat("a\n\n"),
    "hard breaks": repeat("a  \n"),
    "hard breaks, long": lambda size: "a" + " " * size + "\nb",
    "hard breaks by backslash": repeat("a\\\n"),
    "spaces at the end of lines": repeat("a" + " " * 60 + "\n"),
    "tabs": repeat("\ta\n"),
    "tabs, one line": repeat("a\t"),
    "tabs in quotations": repeat(">\ta\n"),
    "tabs in lists": repeat("-\ta\n"),
    "tabs before a marker": repeat("- \t"),
    "fences": repeat("```\na\n"),
    "fences, pairs": repeat("```\na\n```\n"),
    "fences of growing length": growing(lambda n: "`" * (n % 300 + 3) + "\n"),
    "a fence without end": lambda size: "```\n" + "a\n" * (size // 2),
    "fences in quotations": repeat("> ```\n"),
    "code blocks": repeat("    a\n"),
    "code blocks and blank lines": repeat("    a\n\n"),
    "quotations": repeat("> a\n"),
    "quotations of blank lines": repeat(">\n"),
    "quotations, lazy": lambda size: "> " * 50 + "a\n" + "b\n" * (size // 2),
    "quotations of growing depth": growing(lambda n: ">" * (n % 100) + " a\n"),
    "quotations of full depth": repeat(">" * 99 + "a\n"),
    "quotations of full depth, broken": repeat(">" * 99 + "\n\n"),
    "quotations and lists in turn": repeat("> - ", after="a"),
    "quotations and lists in turn, lines": repeat("> - > - > - > - a\n"),
    "list items": repeat("- a\n"),
    "list items, loose": repeat("- a\n\n"),
    "list items, empty": repeat("-\n"),
    "list items, ordered": growing(lambda n: f"{n}. a\n"),
    "list items, three markers in turn": repeat("- a\n+ a\n* a\n"),
    "list items, deep and back": repeat("- a\n  - b\n    - c\n"),
    "list items and blank lines": lambda size: "- a\n" + "\n" * (size // 2) + "  b\n" * (size // 8),
    "list items of full depth": repeat("- " * 30 + "a\n"),
    "list, lazy": lambda size: "- a\n" + "b\n" * (size // 2),
    "list and indented lines": lambda size: "- a\n" + "      b\n\n" * (size // 9),
    "thematic breaks": repeat("---\n"),
    "thematic breaks, spaced": repeat("* * * * * * * * * * * *\n"),
    "thematic breaks, long": lambda size: "- " * (size // 2),
    "html blocks": repeat("<div>\n\n"),
    "html blocks, comments": repeat("<!--\n"),
    "html, one long tag": lambda size: "<div " + "a" * size,
    "indented continuation": growing(lambda n: " " * (n % 400) + "a\n"),
    # tables
    "table rows": repeat("|a|b|\n", before="|a|b|\n|-|-|\n"),
    "table rows, one column": repeat("|a|\n", before="|a|\n|-|\n"),
    "table rows of pipes": repeat("|" * 50 + "\n", before="|a|\n|-|\n"),
    "table rows of links": repeat("|[a](point:p-1)|\n", before="|a|\n|-|\n"),
    "table rows of images": repeat("|![a](b)|\n", before="|a|\n|-|\n"),
    "tables": repeat("|a|\n|-|\n\n"),
    "tables without end": repeat("|a|\n|-|\n"),
    "a wide table": wide_table,
    "a square table of empty cells": square_table,
    "a long table of empty cells": lengthening_table,
    "square tables of empty cells": repeat(square_table(200) + "\n"),
    "square tables of empty cells, larger": repeat(square_table(2000) + "\n"),
    "a table of escaped pipes": repeat("\\|", before="|a|\n|-|\n|"),
    "table heads only": repeat("|a|b\n"),
    "table underlines only": repeat("|-|-|\n"),
    "table underline without end": lambda size: "a\n" + "-|" * (size // 2),
    "table underline of spaces": lambda size: "a|b\n" + "-" + " " * size + "|-",
    "table in a list": repeat("  |a|\n", before="- |a|\n  |-|\n"),
    "table in a quotation": repeat("> |a|\n", before="> |a|\n> |-|\n"),
    # text
    "realistic": repeat(PARAGRAPH),
    "words": repeat("a "),
    "words of a long line": repeat("Tổng thống đồng ý ngừng bắn 30 ngày, theo Nhà Trắng. "),
    "Chinese": repeat("白宫宣布停火三十天。"),
    "Arabic": repeat("ثلاثون يوما "),
    "combining signs": repeat("a\N{COMBINING DOT BELOW}\N{COMBINING TILDE}"),
    "punctuation": repeat(".,;:!?()"),
    "quotation marks": repeat("\"'"),
    "dashes and dots": repeat("--...(c)"),
    "addresses in the text": repeat("https://example.org/a "),
}
"""Markdown that is short to write and long to read, by what it has much of."""


def article(lead: Mapping[str, Any], body: str = "A text.\n") -> bytes:
    """Write the lead file of an article, with whatever facts are given."""
    facts = {"title": "Title", "outlet": "outlet-0", "published": "2025-01-02", **lead}
    return f"---\n{json.dumps(facts, ensure_ascii=False)}\n---\n{body}".encode()


def points(number: int) -> list[dict[str, Any]]:
    """Make points that take numbers."""
    return [
        {"id": f"p-{n}", "group": "g", "kind": "number", "label": in_all(f"Point {n}")}
        for n in range(number)
    ]


def one_topic(
    base: Mapping[str, bytes], listed: list[dict[str, Any]], leads: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Make a site of one topic, with these points and these articles in Vietnamese."""
    facts = {
        "event": {"start": "2025-01-01"},
        "missing": "hide",
        "groups": [{"id": "g", "label": in_all("Group")}],
        "points": listed,
    }
    return {
        **base,
        "content/heavy/topic.yaml": json.dumps(facts).encode(),
        "content/heavy/topic.vi.md": b"---\ntitle: Title\n---\n",
        **{f"content/heavy/{id}.vi.md": lead for id, lead in leads.items()},
    }


def claim(point: str, says: str, **more: str) -> dict[str, str]:
    """Make a claim."""
    return {"point": point, "says": says, "at": "some words", **more}


def spread_claims(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make one article with so many claims, spread over 36 points."""
    claims = [claim(f"p-{n % 36}", str(n), by=f"voice-{n % 6}") for n in range(number)]
    return one_topic(base, points(36), {"a": article({"claims": claims})})


def article_claims(
    base: Mapping[str, bytes], claims: list[dict[str, str]], most: int = 20
) -> dict[str, bytes]:
    """Share claims on one point among articles, so many to each."""
    leads = {
        f"a-{n}": article({"claims": claims[n : n + most]}) for n in range(0, len(claims), most)
    }
    return one_topic(base, points(1), leads)


def equal_claims(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make one article with so many claims on one point, all of one value."""
    return article_claims(base, [claim("p-0", "5")] * number, number)


def different_claims(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make one article with so many claims on one point, of different numbers and voices."""
    claims = [claim("p-0", str(n), by=f"voice-{n % 6}") for n in range(number)]
    return article_claims(base, claims, number)


def shared_equal_claims(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make articles with so many claims on one point in all, all of one value."""
    return article_claims(base, [claim("p-0", "5", by="voice-0")] * number)


def shared_compatible_claims(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make articles with so many claims on one point in all, every two of them compatible."""
    claims = [claim("p-0", f">={n}", by=f"voice-{n % 6}") for n in range(number)]
    return article_claims(base, claims)


def shared_claims_of_one_voice(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make articles with so many claims of one voice on one point, all different."""
    return article_claims(base, [claim("p-0", str(n), by="voice-0") for n in range(number)])


def shared_claims_of_articles(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make articles with so many claims in their own words on one point, all different."""
    return article_claims(base, [claim("p-0", str(n)) for n in range(number)])


def shared_agreed_claims(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make articles that say of one voice what is agreed and what is assured, of other values."""
    claims = [
        claim("p-0", str(n), by="voice-0", mode="agreed" if n % 2 else "assured")
        for n in range(number)
    ]
    return article_claims(base, claims)


def statement_claims(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make a voice's own text, and articles that credit it with something else."""
    own = [claim("p-0", str(n)) for n in range(20)]
    files = article_claims(base, own + [claim("p-0", "-1", by="voice-0")] * (number - 20))
    facts = json.loads(files["content/heavy/topic.yaml"])
    facts["primary"] = {"voice-0": "a-0"}
    return files | {"content/heavy/topic.yaml": json.dumps(facts).encode()}


def misspelt_points(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make one article with so many claims on points that are not there, each misspelt anew."""
    claims = [claim(f"pp-{n}", "5") for n in range(number)]
    return one_topic(base, points(36), {"a": article({"claims": claims})})


def misspelt_one_point(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make one article with so many claims on one point that is not there."""
    claims = [claim("pp-1", "5")] * number
    return one_topic(base, points(36), {"a": article({"claims": claims})})


def misspelt_among_many(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make as many points as claims, on points that are not there."""
    claims = [claim(f"pp-{n}", "5") for n in range(number)]
    return one_topic(base, points(number), {"a": article({"claims": claims})})


def many_points(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make a topic of so many points, that nobody speaks of."""
    return one_topic(base, points(number), {"a": article({})})


def long_checked(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make one article whose list of checked points is so long, on as many points."""
    checked = [f"p-{n}" for n in range(number)]
    return one_topic(base, points(number), {"a": article({"checked": checked})})


def checked_again(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make one article whose list of checked points has one point so often."""
    return one_topic(base, points(1), {"a": article({"checked": ["p-0"] * number})})


def many_options(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make a point with so many options, each within the one before, and two claims on it."""
    options = [
        {"id": f"o-{n}", "label": in_all("o")} | ({"broader": f"o-{n - 1}"} if n else {})
        for n in range(number)
    ]
    point = {"id": "p", "group": "g", "kind": "enum", "label": in_all("p"), "options": options}
    leads = {id: article({"claims": [claim("p", f"o-{number - 1}")]}) for id in ("a", "b")}
    return one_topic(base, [point], leads)


def many_articles(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make so many articles of one topic, each with a claim on each of eight points."""
    claims = [claim(f"p-{n}", "5", by="voice-0") for n in range(8)]
    lead = article({"claims": claims, "checked": "all"})
    return one_topic(base, points(8), {f"a-{n}": lead for n in range(number)})


def silent_articles(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make so many articles of one topic that say nothing on any of 36 points."""
    return one_topic(base, points(36), {f"a-{n}": article({}) for n in range(number)})


def altered_articles(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make so many altered articles of one topic."""
    lead = article({"integrity": {"status": "altered", "note": in_all("n")}})
    return one_topic(base, points(8), {f"a-{n}": lead for n in range(number)})


def dead_links(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make one article with so many links to articles that are not there, all different."""
    body = "".join(f"[a](article:pp-{n})\n\n" for n in range(number))
    return one_topic(base, points(1), {"a": article({}, body)})


def live_links(base: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Make one article with so many links to its own topic."""
    body = "[a](point:p-0) " * number
    return one_topic(base, points(1), {"a": article({}, body)})


SITES: Mapping[str, Callable[[Mapping[str, bytes], int], dict[str, bytes]]] = {
    "claims spread over 36 points": spread_claims,
    "claims on one point, all equal": equal_claims,
    "claims on one point, all different": different_claims,
    "claims shared among articles, all equal": shared_equal_claims,
    "claims shared among articles, all compatible": shared_compatible_claims,
    "claims shared among articles, of one voice": shared_claims_of_one_voice,
    "claims shared among articles, in their own words": shared_claims_of_articles,
    "claims shared among articles, agreed and assured": shared_agreed_claims,
    "claims against a voice's own text": statement_claims,
    "claims on misspelt points": misspelt_points,
    "claims on one misspelt point": misspelt_one_point,
    "claims on misspelt points, among as many": misspelt_among_many,
    "points": many_points,
    "points, all checked": long_checked,
    "one point, checked again": checked_again,
    "options, each within another": many_options,
    "articles of one topic": lambda base, number: many_articles(base, number // 10),
    "articles that say nothing": lambda base, number: silent_articles(base, number // 10),
    "altered articles": lambda base, number: altered_articles(base, number // 10),
    "dead links": dead_links,
    "live links": live_links,
}
"""Sites that have so many of one thing, from a base of outlets, voices and templates."""

MANY_CLAIMS = (
    "claims spread over 36 points",
    "claims on one point, all different",
    "claims shared among articles, all equal",
    "claims shared among articles, all compatible",
    "claims shared among articles, of one voice",
    "claims against a voice's own text",
    "claims on misspelt points",
    "claims on misspelt points, among as many",
)
"""The sites that have claims, of all that is above."""

YAML: Mapping[str, Family] = {
    "nested brackets": repeat("["),
    "nested braces": repeat("{"),
    "nested braces with keys": repeat("{a: "),
    "closed brackets": around("[", "", "]"),
    "nested items": repeat("- "),
    "nested keys": growing(lambda n: " " * n + "a:\n"),
    "complex keys": repeat("? "),
    "complex keys, a line each": repeat("? a\n"),
    "complex keys, different": growing(lambda n: f"? k{n}\n: v\n"),
    "one scalar": lambda size: "title: " + "a" * size,
    "one scalar of words": lambda size: "title: " + "a " * (size // 2),
    "one quoted scalar": lambda size: 'title: "' + "a\\n" * (size // 3) + '"',
    "one scalar without end": lambda size: 'title: "' + "a" * size,
    "one single-quoted scalar without end": lambda size: "title: '" + "''" * (size // 2),
    "one block scalar": lambda size: "title: |\n" + "  a\n" * (size // 4),
    "one folded scalar": lambda size: "title: >\n" + "  a\n\n" * (size // 5),
    "one scalar of many lines": lambda size: "title: a\n" + "  a\n" * (size // 4),
    "keys": growing(lambda n: f"k{n}: v\n"),
    "keys, misspelt": growing(lambda n: f"titel{n}: v\n"),
    "one key again": repeat("title: a\n"),
    "one key again, aliases": repeat("title: *a\n"),
    "a long key": lambda size: "a" * size + ": v",
    "a long key, misspelt": lambda size: "titel" * (size // 5) + ": v",
    "a long complex key, misspelt": lambda size: "? " + "titel" * (size // 5) + "\n: v",
    "long keys, misspelt": growing(lambda n: f"{'titel' * 150}{n}: v\n"),
    "a long word where one of a few is meant": lambda size: "type: " + "compilation" * (size // 11),
    "a long outlet": lambda size: "outlet: " + "outlet-0" * (size // 8),
    "a long number": lambda size: "claims: [{point: p-0, at: a, says: " + "1" * size + "}]",
    "a long place": lambda size: "claims: [{point: " + "p-0" * (size // 3) + ", at: a, says: 1}]",
    "a long address": lambda size: "url: https://" + "a." * (size // 2),
    "a long date": lambda size: "published: " + "2025-" * (size // 5),
    "a long language": lambda size: "language: " + "vi-" * (size // 3),
    "anchors": repeat("- &a b\n"),
    "anchors, all different": growing(lambda n: f"- &a{n} b\n"),
    "aliases": repeat("- *a\n", before="- &a b\n"),
    "tags": repeat("- !!str a\n"),
    "tags, long": repeat("- !" + "a" * 200 + " b\n"),
    "merge keys": repeat("<<: {a: b}\n"),
    "documents": repeat("---\n"),
    "directives": repeat("%YAML 1.1\n"),
    "comments": repeat("# a\n"),
    "a comment": lambda size: "#" * size,
    "spaces": repeat(" "),
    "blank lines": repeat("\n"),
    "tabs": repeat("\t"),
    "colons": repeat(":"),
    "colons and spaces": repeat(": "),
    "commas": repeat(",", before="["),
    "question marks": repeat("?"),
    "hyphens": repeat("-"),
    "quotes": repeat('"'),
    "quotes, single": repeat("'"),
    "ampersands": repeat("&"),
    "percent signs": repeat("%"),
    "bars": repeat("|"),
    "escapes": lambda size: 'a: "' + "\\u0041" * (size // 6) + '"',
    "bad escapes": lambda size: 'a: "' + "\\q" * (size // 2) + '"',
    "escaped controls": repeat('- "\\0"\n'),
    "flow items": repeat("a, ", before="[", after="]"),
    "flow keys": growing(lambda n: f"{'' if n > 1 else '{'}k{n}: v, "),
    "empty items": repeat("-\n"),
    "empty claims": repeat("{}, ", before="claims: [", after="]"),
    "claims of one key": repeat("{p: 1}, ", before="claims: [", after="]"),
    "tags of an article": repeat("tag, ", before="tags: [", after="]"),
}
"""Front matter that is short to write and long to read."""

COSTLIEST = (
    "images nested",
    "images nested, closed",
    "images nested, to a reference",
    "link openers",
    "a label of many lines",
    "square tables of empty cells",
    "square tables of empty cells, larger",
    "one reference, used",
    "list items of full depth",
    "quotations, lazy",
)
"""The Markdown that takes longest for its size, of all that is above."""


def marks(size: int) -> bytes:
    """Make one letter with marks that are not in the order of Unicode, which sorts them."""
    return ("a" + "\N{COMBINING TILDE}\N{COMBINING DOT BELOW}" * (size // 4)).encode()


FILES: Mapping[str, Callable[[], bytes]] = {
    "a line of 10 MB": lambda: article({}, "a" * 10_000_000),
    "a line of 10 MB of words": lambda: article({}, "a " * 5_000_000),
    "a line of 10 MB of asterisks": lambda: article({}, "*" * 10_000_000),
    "a line of 10 MB of brackets": lambda: article({}, "[" * 10_000_000),
    "a file of 50 MB": lambda: article({}, "A line.\n" * 6_250_000),
    "a file of 50 MB without front matter": lambda: b"A line.\n" * 6_250_000,
    "a file of 50 MB of control characters": lambda: b"\1\n" * 25_000_000,
    "a file of 50 MB of carriage returns": lambda: b"\r" * 50_000_000,
    "a file of 50 MB of marks": lambda: marks(50_000_000),
    "a file of 50 MB that is not UTF-8": lambda: b"a\n" * 25_000_000 + b"\xff",
    "a file of 50 MB of fences": lambda: b"---\n" + b"---a\n" * 10_000_000,
    "100 000 table rows": lambda: article({}, "|a|b|\n|-|-|\n" + "|a|b|\n" * 100_000),
}
"""Files that are larger than anybody writes."""

LOCATORS: Mapping[str, tuple[str, dict[str, str]]] = {
    "words that are everywhere": ("a ", {"start": "a"}),
    "an end that is nowhere": ("a ", {"start": "a", "end": "zz"}),
    "an end at the end": ("a ", {"start": "a", "end": "z"}),
    "an end that is everywhere, what follows nowhere": (
        "a ",
        {"start": "a", "end": "a", "after": "zz"},
    ),
    "an end that is everywhere, what follows at the end": (
        "a ",
        {"start": "a", "end": "a", "after": "z"},
    ),
    "what stands before is everywhere": ("a ", {"start": "a", "before": "a", "end": "zz"}),
    "words that almost match": ("a ", {"start": "a a a a b"}),
    "words that almost match, spaced": ("a  \t ", {"start": "a a a b", "before": "a a"}),
    "a long word": ("a", {"start": "a" * 200}),
    "signs": (". ", {"start": ".", "end": "!"}),
    "Chinese": ("停", {"start": "停", "end": "火"}),
    "Chinese clauses": ("停火三十天，", {"start": "停火三十天", "end": "停战", "after": "。"}),
    "folded letters": ("Đế ", {"start": "de", "end": "zz"}),
}
"""Kept texts, by what they repeat, and the locators that are hard to prove in them."""
