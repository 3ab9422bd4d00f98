"""Lines of Chinese are joined in whatever is made of a text."""

from __future__ import annotations

from build import make_site
from support.sites import AS_OF, Sources

WRAPPED = "两篇报道对大桥维修\n工期说法不一。"


def test_no_file_has_a_space_where_a_line_of_chinese_ended(small: Sources) -> None:
    """Neither a page nor a facing page, a feed, a mail or its plain text."""
    path = "content/river-talks/topic.vi.md"
    head, _, _ = small[path].decode().rpartition("---\n")
    made = make_site(small | {path: f"{head}---\n{WRAPPED}\n".encode()}, AS_OF)

    texts = {path: data.decode(errors="ignore") for path, data in made.items()}
    joined = {path for path, text in texts.items() if "维修工期" in text}

    assert not [path for path, text in texts.items() if "对大桥维修" in text and path not in joined]
    assert joined >= {
        "vi/river-talks/index.html",
        "vi-en/river-talks/index.html",
        "vi/river-talks/email.html",
        "vi/river-talks/email.txt",
        "vi/river-talks/feed.xml",
        "vi/river-talks/feed.json",
    }
