"""What looks like a mistake and is none: sites that are built as they stand."""

from __future__ import annotations

import pytest

from build import make_site

GAZETTE = "content/river-talks/gazette.en.md"
TITLE = b"title: Council says the dams stay shut"


def page(small: dict[str, bytes], path: str, old: bytes, new: bytes) -> str:
    """Give the English summary of the small site with one edit."""
    assert small[path].count(old) == 1
    files = small | {path: small[path].replace(old, new)}
    return make_site(files)["en/river-talks/gazette/index.html"].decode()


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (b'title: "Dam #12 stays shut"', "Dam #12 stays shut"),
        (b'title: "Dam #12 stays shut" # quoted', "Dam #12 stays shut"),
        (b"title: Dam#12 stays shut", "Dam#12 stays shut"),
        (b"# A comment of its own\ntitle: Dams stay shut", "Dams stay shut"),
        (b"title: >\n  Dam #12\n  stays shut", "Dam #12 stays shut"),
        ("title: The “dams” stay “shut”".encode(), "The “dams” stay “shut”"),
        ('title: "“Shut”"'.encode(), "“Shut”"),
        ("title: 说：“停”，他说".encode(), "说：“停”，他说"),
        (b"title: One, two - three? Four!", "One, two - three? Four!"),
    ],
)
def test_a_text_is_shown_as_it_is_written(
    small: dict[str, bytes], written: bytes, title: str
) -> None:
    """Quotes, or nothing before a sign, keep it in the text."""
    assert f">{title}</h1>" in page(small, GAZETTE, TITLE, written)


def test_a_comment_may_follow_an_id_a_date_and_a_number(small: dict[str, bytes]) -> None:
    """As it does in docs/content.md."""
    plain = page(small, GAZETTE, b"tags: [rivers]", b"tags: [rivers]")

    edited = page(
        small,
        GAZETTE,
        b"type: report\n",
        b"type: report # not an analysis\nlanguage: en # BCP 47\n",
    )

    assert edited == plain


@pytest.mark.parametrize("fence", ["```", "~~~~", "  ```text"])
def test_code_between_fences_shows_what_a_merge_leaves(small: dict[str, bytes], fence: str) -> None:
    """A text on git may quote it."""
    code = f"{fence}\n<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> b\n{fence.strip().strip('tex')}\n\n"
    body = b"The council [insists]"

    assert "&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD" in page(small, GAZETTE, body, code.encode() + body)


@pytest.mark.parametrize(
    "path",
    ["content/README.md", "content/vote/README", "content/vote/README.en.md", "content/n/README"],
)
def test_a_readme_is_passed_over(small: dict[str, bytes], path: str) -> None:
    """Notes for colleagues are no part of the site, wherever they lie."""
    assert make_site(small | {path: b"<<<<<<< not: YAML"}) == make_site(small)
