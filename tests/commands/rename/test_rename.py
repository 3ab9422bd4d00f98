"""A topic or an article gets another id: what is rewritten, noted and refused."""

from __future__ import annotations

from itertools import product

import pytest

from briefing.commands.rename.redirects import RENAMED_COMMENT
from briefing.commands.rename.rename import article_text_moves, rename_article, rename_topic
from briefing.content.parse import parse_site
from briefing.content.texts import digest_of_text
from build import make_site
from support.renames import REDIRECTS, changed, entries, renamed, told
from support.sites import AS_OF, Sources


@pytest.fixture(scope="module")
def linked(small: Sources) -> Sources:
    """The small site, with more that names what is renamed."""
    more = b" [a](article:river-talks/statement) [b](topic:river-talks)\n"
    path = "content/vote/count.vi.md"
    return small | {path: small[path] + more}


# What is moved and rewritten


def test_a_topic_is_renamed_where_it_is_named(linked: Sources) -> None:
    """Its folder, links to it and into it, and nothing else."""
    renaming = rename_topic(linked, "river-talks", "đàm-phán")

    own = {path for path in linked if path.startswith("content/river-talks/")}
    assert renaming.moved == {path: path.replace("river-talks", "đàm-phán") for path in own}
    assert renaming.written.keys() == {
        "content/about.vi.md",
        "content/vote/count.vi.md",
        REDIRECTS,
    }
    for path in renaming.written.keys() - {REDIRECTS}:
        old = linked[path].decode()
        assert renaming.written[path].decode() == old.replace("river-talks", "đàm-phán")
    assert (
        renaming.written[REDIRECTS].decode()
        == f"{RENAMED_COMMENT}\nrenamed:\n  river-talks: đàm-phán\n"
    )


def test_terms_stay_as_they_are_whatever_is_renamed(linked: Sources) -> None:
    """They name neither topics nor articles, even where they have the id of one."""
    terms = b"- {id: river-talks, words: {en: talks}}\n- {id: statement, words: {en: statement}}\n"
    files = {**linked, "content/terms.yaml": terms}
    for renaming in (
        rename_topic(files, "river-talks", "talks"),
        rename_article(files, "river-talks", "statement", "declaration"),
    ):
        assert "content/terms.yaml" not in renaming.written.keys() | renaming.moved.keys()


def test_an_article_is_renamed_where_it_is_named(linked: Sources) -> None:
    """Its files, links, voices.yaml; and where it is an original, in what duplicates it."""
    renaming = rename_article(linked, "river-talks", "statement", "declaration")

    folder = "content/river-talks"
    assert renaming.moved == {
        f"{folder}/statement.{code}.md": f"{folder}/declaration.{code}.md" for code in ("en", "vi")
    }
    lines = {path: data.decode().splitlines() for path, data in renaming.written.items()}
    was = {path: linked[path].decode().splitlines() for path in lines.keys() - {REDIRECTS}}
    assert {path: [*set(lines[path]) - set(was[path])] for path in was} == {
        "content/voices.yaml": [was["content/voices.yaml"][4].replace("statement", "declaration")],
        f"{folder}/topic.vi.md": [
            (
                "Bộ nói trong [tuyên bố](article:declaration) của mình. "
                "Xem thêm [cuộc bỏ phiếu](topic:vote)."
            )
        ],
        f"{folder}/topic.en.md": [
            (
                "The ministry speaks in its [statement](article:declaration). "
                "See also [the vote](topic:vote)."
            )
        ],
        "content/vote/count.vi.md": [
            " [a](article:river-talks/declaration) [b](topic:river-talks)"
        ],
    }
    assert lines[REDIRECTS] == [
        RENAMED_COMMENT,
        "renamed:",
        "  river-talks/statement: river-talks/declaration",
    ]

    other = rename_article(linked, "river-talks", "gazette", "paper")
    (path,) = other.written.keys() - {REDIRECTS}
    assert b"\nduplicate_of: paper\n" in other.written[path]


def test_an_article_that_topic_yaml_names_is_renamed_there(small: Sources) -> None:
    """Quoted as it was, with the comment behind it."""
    own = "missing: fallback\nprimary:  # own texts\n  ministry:   'count'  # hers\n"
    site = changed(small, "vote/topic.yaml", "missing: fallback\n", own)

    done = renamed(site, "vote/count vote/tally")

    assert "  ministry:   'tally'  # hers\n" in done["content/vote/topic.yaml"].decode()
    assert parse_site(done).topics[1].primary == {"ministry": "tally"}


def test_a_site_that_was_renamed_is_built_and_old_addresses_lead_on(linked: Sources) -> None:
    """The engine itself follows every link."""
    done = renamed(linked, "river-talks talks", "talks/statement talks/declaration")
    site = make_site(done, AS_OF)

    assert "vi/talks/declaration/index.html" in site
    for old in ("river-talks", "river-talks/statement", "talks/statement"):
        assert b"noindex" in site[f"vi/{old}/index.html"]


@pytest.mark.parametrize("name", ["count", "later"])
def test_a_topic_named_like_its_article_and_its_points_is_told_from_them(
    small: Sources, name: str
) -> None:
    """Only what names the topic is renamed."""
    link = "[c](article:vote) [d](point:vote) [e](topic:vote) [f](point:vote/vote)"
    site = {
        path.replace("vote/count.", "vote/vote."): data.replace(b"turnout", b"vote").replace(
            b"[b\xc3\xa0i n\xc3\xa0y](article:count)", link.encode()
        )
        for path, data in small.items()
    }

    done = renamed(site, f"vote {name}")

    text = done[f"content/{name}/topic.vi.md"].decode()
    new = f"[c](article:vote) [d](point:vote) [e](topic:{name}) [f](point:{name}/vote)"
    assert new in text
    again = renamed(done, f"{name}/vote {name}/ballot")
    text = again[f"content/{name}/topic.vi.md"].decode()
    new = f"[c](article:ballot) [d](point:vote) [e](topic:{name}) [f](point:{name}/vote)"
    assert new in text


# redirects.yaml


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("", f"{RENAMED_COMMENT}\nrenamed:\n  vote: poll\n"),
        ("# ours\n", f"# ours\n{RENAMED_COMMENT}\nrenamed:\n  vote: poll\n"),
        ("# ours", f"# ours\n{RENAMED_COMMENT}\nrenamed:\n  vote: poll\n"),
        ("---\n", f"---\n{RENAMED_COMMENT}\nrenamed:\n  vote: poll\n"),
        ("---\n...\n", f"---\n{RENAMED_COMMENT}\nrenamed:\n  vote: poll\n...\n"),
        ("''\n", f"{RENAMED_COMMENT}\nrenamed:\n  vote: poll\n\n"),
        ("{}\n", "{renamed: {vote: poll}}\n"),
        ("{withdrawn: []}", "{renamed: {vote: poll}, withdrawn: []}"),
        ("renamed: {}\n", "renamed: {vote: poll}\n"),
        ("renamed: {# none\n}\n", "renamed: {vote: poll # none\n}\n"),
        ("renamed: {a: vote}\n", "renamed: {vote: poll, a: poll}\n"),
        ("renamed:\n  a: vote\n", "renamed:\n  vote: poll\n  a: poll\n"),
        ("renamed:\n# why\n    a: vote\n", "renamed:\n    vote: poll\n# why\n    a: poll\n"),
        ("? renamed\n: a: vote\n", "? renamed\n: vote: poll\n  a: poll\n"),
        ("renamed: \n  ? a\n  : 'vote'\n", "renamed: \n  vote: poll\n  ? a\n  : 'poll'\n"),
        ("renamed: {b: vote/count}", "renamed: {vote: poll, b: poll/count}"),
        (
            "# lost\nreplaced: {a: vote, b/c: vote/count, d: river-talks}\n",
            (
                f"{RENAMED_COMMENT}\nrenamed:\n  vote: poll\n# lost\n"
                "replaced: {a: poll, b/c: poll/count, d: river-talks}\n"
            ),
        ),
        (
            "# head\n\n  # lost\n  withdrawn: [vote/bad]\n",
            (
                f"# head\n\n  {RENAMED_COMMENT}\n  renamed:\n    vote: poll\n"
                "  # lost\n  withdrawn: [vote/bad]\n"
            ),
        ),
    ],
)
def test_the_old_id_is_noted_wherever_there_is_room(small: Sources, before: str, now: str) -> None:
    """Newest first; what led to the old id leads to the new one; keys are old addresses."""
    done = rename_topic(small | {REDIRECTS: before.encode()}, "vote", "poll")

    assert done.written[REDIRECTS].decode() == now


def test_all_old_ids_lead_to_the_last_one(small: Sources) -> None:
    """And what was first is still known."""
    done = renamed(small, "vote b", "b c", "c/count c/x", "c d", "d/x d/y")

    assert entries(done) == ["d/x: d/y", "c: d", "d/count: d/y", "b: d", "vote: d"]
    redirects = parse_site(done).redirects
    assert redirects.first("d") == "vote"
    assert redirects.first("d/y") == "d/count"
    for topic, article in product(["vote", "b", "c"], ["count", "x"]):
        assert redirects.target(f"{topic}/{article}") == "d/y"


def test_the_old_id_of_an_article_stays_below_the_old_id_of_its_topic(small: Sources) -> None:
    """It is an old address; where the topic has had several, one entry is below the newest."""
    done = renamed(small, "vote/count vote/x", "vote b")
    assert entries(done) == ["vote: b", "vote/count: b/x"]
    assert entries(renamed(done, "b c")) == ["b: c", "vote: c", "c/count: c/x"]


def test_what_gets_its_own_old_id_again_is_still_known_by_its_first(small: Sources) -> None:
    """The last of the entries that lead to it is that, which may be its own."""
    assert entries(renamed(small, "vote b", "b vote")) == ["b: vote", "vote: vote"]
    assert entries(renamed(small, "vote b", "b vote", "vote b")) == ["b: b", "vote: b"]
    there = renamed(small, "vote b", "b c", "c vote")
    assert entries(there) == ["c: vote", "b: vote", "vote: vote"]
    assert entries(renamed(there, "vote d")) == ["c: d", "b: d", "vote: d"]
    assert entries(renamed(small, "vote b", "b c", "c b")) == ["c: b", "b: b", "vote: b"]
    own = "vote/count vote/x", "vote/x vote/count"
    assert entries(renamed(small, *own)) == ["vote/x: vote/count", "vote/count: vote/count"]
    chain = {REDIRECTS: b"renamed: {a: b, b: vote}"}
    done = renamed(small | chain, "vote a")
    assert done[REDIRECTS] == b"renamed: {vote: a, a: a, b: a}"
    done = renamed(small | chain, "vote b")
    assert done[REDIRECTS] == b"renamed: {vote: b, a: b, b: b}"


def test_an_article_may_have_its_old_id_again_in_a_topic_of_another_name(small: Sources) -> None:
    """And the topic its own, after that."""
    done = renamed(small, "vote/count vote/x", "vote b", "b/x b/count")
    assert entries(done) == ["b/x: b/count", "vote: b", "vote/count: b/count"]
    done = renamed(done, "b vote")
    assert entries(done) == [
        *("b: vote", "vote/x: vote/count"),
        *("vote: vote", "vote/count: vote/count"),
    ]
    redirects = parse_site(done).redirects
    for old in ("b/x", "b/count", "vote/x"):
        assert redirects.target(old) == "vote/count"


def test_articles_keep_their_old_addresses_below_each_name_of_their_topic(small: Sources) -> None:
    """Those that were renamed while it had another name, too."""
    done = renamed(small, "vote b", "b/count b/x", "b c", "c vote")

    redirects = parse_site(done).redirects
    for topic in ("vote", "b", "c"):
        assert redirects.target(f"{topic}/count") == "vote/x"


# What is refused


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("vot", "poll", ["content:1:1: no topic `vot`", "    did you mean `vote`?"]),
        ("", "poll", ["content:1:1: no topic ``", "    known: river-talks, vote"]),
        (
            "vote",
            "Poll",
            [
                "content:1:1: `Poll` is not an id: small letters, digits and single hyphens",
                "    write it like `halt-days`",
            ],
        ),
        (
            "vote",
            "a/b",
            [
                "content:1:1: `a/b` is not an id: small letters, digits and single hyphens",
                "    write it like `halt-days`",
            ],
        ),
        (
            "vote",
            "tags",
            ["content:1:1: `tags` is the name of a page of the site", "    choose another id"],
        ),
        (
            "vote",
            "river-talks",
            [
                "content/river-talks:1:1: there is a topic `river-talks`",
                "    choose another id",
            ],
        ),
        ("vote", "vote", ["content/vote:1:1: there is a topic `vote`", "    choose another id"]),
        (
            "vots",
            "nul",
            [
                "content:1:1: `nul` is a name that Windows keeps for itself",
                "    write it like `halt-days`",
                "content:1:1: no topic `vots`",
                "    did you mean `vote`?",
            ],
        ),
    ],
)
def test_a_topic_that_cannot_be_renamed_so_is_told(
    small: Sources, old: str, new: str, problems: list[str]
) -> None:
    """With all that is wrong, at once."""
    assert told(lambda: rename_topic(small, old, new)) == problems


@pytest.mark.parametrize(
    ("topic", "old", "new", "problems"),
    [
        ("vot", "count", "x", ["content:1:1: no topic `vot`", "    did you mean `vote`?"]),
        (
            "vote",
            "cuont",
            "x",
            ["content/vote:1:1: no article `cuont`", "    did you mean `count`?"],
        ),
        ("vote", "", "x", ["content/vote:1:1: no article ``", "    known: count, later"]),
        ("vote", "topic", "x", ["content/vote:1:1: no article `topic`", "    known: count, later"]),
        (
            "vote",
            "count",
            "topic",
            [
                "content/vote:1:1: `topic` is the name of the topic’s own files",
                "    choose another id",
            ],
        ),
        (
            "vote",
            "count",
            "later",
            ["content/vote:1:1: there is an article `later`", "    choose another id"],
        ),
        (
            "vote",
            "kount",
            "river-talks/count",
            [
                (
                    "content/vote:1:1: `river-talks/count` is not an id: "
                    "small letters, digits and single hyphens"
                ),
                "    write it like `halt-days`",
                "content/vote:1:1: no article `kount`",
                "    did you mean `count`?",
            ],
        ),
    ],
)
def test_an_article_that_cannot_be_renamed_so_is_told(
    small: Sources, topic: str, old: str, new: str, problems: list[str]
) -> None:
    """With all that is wrong, at once."""
    assert told(lambda: rename_article(small, topic, old, new)) == problems


NEVER = "    choose another: an old id is never used again"


@pytest.mark.parametrize(
    ("redirects", "old", "new", "place"),
    [
        ("renamed: {poll: river-talks}", "vote", "poll", "1:11: `poll`"),
        ("replaced: {poll: vote}", "vote", "poll", "1:12: `poll`"),
        ("withdrawn: [hoax, poll]", "vote", "poll", "1:19: `poll`"),
        ("withdrawn: [poll/a, poll/b]", "vote", "poll", "1:13: `poll/a`"),
        ("replaced: {vote/x: vote/count}", "vote/count", "vote/x", "1:12: `vote/x`"),
        ("renamed: {vote/x: vote/later}", "vote/count", "vote/x", "1:11: `vote/x`"),
        ("withdrawn: [vote/x]", "vote/count", "vote/x", "1:13: `vote/x`"),
        ("renamed: {b: vote, b/x: vote/later}", "vote/count", "vote/x", "1:20: `b/x`"),
        ("renamed: {b: vote}\nwithdrawn: [b/x]", "vote/count", "vote/x", "2:13: `b/x`"),
        ("renamed: {b: vote, b/count: vote/later}", "vote", "b", "1:20: `b/count`"),
        ("renamed: {b: vote}\nreplaced: {b/count: vote/count}", "vote", "b", "2:12: `b/count`"),
    ],
)
def test_an_old_id_is_never_used_again(
    small: Sources, redirects: str, old: str, new: str, place: str
) -> None:
    """Whoever had it, and under whatever name of the topic."""
    site = small | {REDIRECTS: redirects.encode()}

    said = told(lambda: renamed(site, f"{old} {new}"))

    assert said == [f"redirects.yaml:{place} is an old id", NEVER]


def test_an_old_id_of_something_else_may_be_used_elsewhere(small: Sources) -> None:
    """An article is known by its topic."""
    site = small | {REDIRECTS: b"withdrawn: [river-talks/x, hoax/count]"}
    assert "content/vote/x.vi.md" in renamed(site, "vote/count vote/x")
    assert "content/x/topic.yaml" in renamed(site, "vote x")


def test_a_site_with_problems_is_not_renamed(small: Sources) -> None:
    """They are told as the build tells them."""
    site = changed(small, "vote/count.vi.md", "topic:river-talks", "topic:river-talk")

    assert told(lambda: rename_topic(site, "vote", "poll")) == [
        "content/vote/count.vi.md:9:35: no topic `river-talk`",
        "    did you mean `river-talks`?",
    ]


def test_links_that_cannot_be_rewritten_are_told_all_at_once(small: Sources) -> None:
    """Nothing is half renamed."""
    strange = ("topic:river-talks", "topic:river&#45;talks")
    site = changed(changed(small, "about.vi.md", *strange), "vote/count.vi.md", *strange)
    said = told(lambda: rename_topic(site, "river-talks", "talks"))

    assert [line.split(":")[0] for line in said[::2]] == [
        "content/about.vi.md",
        "content/vote/count.vi.md",
    ]
    assert set(said[1::2]) == {"    write it as `topic:river-talks`"}


# Own texts that voices.yaml names for all topics


def with_articles(small: Sources, *ids: str) -> Sources:
    """Give the small site with articles of some ids in the other topic, too."""
    lead = small["content/vote/later.vi.md"]
    return small | {f"content/vote/{id}.vi.md": lead for id in ids}


def test_an_own_text_that_another_topic_has_too_is_told(small: Sources) -> None:
    """What voices.yaml says for both cannot be said of one; topic.yaml can say it."""
    site = with_articles(small, "statement")

    assert told(lambda: rename_article(site, "river-talks", "statement", "x")) == [
        "content/voices.yaml:5:111: primary: `vote` has an article `statement` too, which stays",
        "    write `primary: {ministry: statement}` in content/river-talks/topic.yaml first",
    ]

    own = ("groups:\n", "primary: {ministry: statement}\ngroups:\n")
    cured = changed(site, "river-talks/topic.yaml", *own)
    done = renamed(cured, "river-talks/statement river-talks/x")
    assert done["content/voices.yaml"] == small["content/voices.yaml"]
    assert b"primary: {ministry: x}" in done["content/river-talks/topic.yaml"]


def test_an_own_text_may_not_become_that_of_another_topic(small: Sources) -> None:
    """Nor may an article get the id by which voices.yaml knows an own text elsewhere."""
    site = with_articles(small, "x")

    assert told(lambda: rename_article(site, "river-talks", "statement", "x")) == [
        "content/voices.yaml:5:111: primary: `vote/x` would be the text of `ministry`",
        "    choose another id",
    ]
    assert told(lambda: rename_article(site, "vote", "x", "statement")) == [
        "content/voices.yaml:5:111: primary: `vote/statement` would be the text of `ministry`",
        "    choose another id",
    ]


# Digests of what was translated


def test_a_translation_that_is_up_to_date_stays_so(small: Sources) -> None:
    """Though a link in what it translates has changed; one that is stale stays stale."""
    path = "content/river-talks/topic.vi.md"
    text = parse_site(small).topics[0].texts["vi"].digest
    translates, own = "translates: vi\n", "river-talks/topic.en.md"
    site = changed(small, own, translates, f"{translates}of: '{text}' # x\n")

    done = renamed(site, "vote poll")
    body = done[path].decode().split("---\n")[2]
    new = digest_of_text("Hội đàm về sông", body)
    assert f"\nof: '{new}' # x\n" in done["content/river-talks/topic.en.md"].decode()

    stale = changed(small, own, translates, f"{translates}of: 0123456789ab\n")
    done = renamed(stale, "vote poll")
    assert b"\nof: 0123456789ab\n" in done["content/river-talks/topic.en.md"]


# Kept texts


def test_kept_texts_go_with_what_they_are_of(small: Sources) -> None:
    """They are no part of the site, but are found by its ids."""
    kept = ("vote/count.txt", "vote/later.txt", "vote/note", "voter/count.txt", "count.txt")

    assert article_text_moves(kept, rename_topic(small, "vote", "poll")) == {
        ".sources/vote/count.txt": ".sources/poll/count.txt",
        ".sources/vote/later.txt": ".sources/poll/later.txt",
        ".sources/vote/note": ".sources/poll/note",
    }
    assert article_text_moves(kept, rename_article(small, "vote", "count", "x")) == {
        ".sources/vote/count.txt": ".sources/vote/x.txt",
    }
