"""Any site, renamed any number of times: the same site, and no address of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.commands.rename.names import IdChange
from briefing.commands.rename.verify import verify_renaming
from briefing.content.parse import parse_site
from briefing.model.site import Redirects
from briefing.problems import Problems
from support.generate import generate
from support.nightly import examples
from support.renames import REDIRECTS, renamed, without_templates, words_of
from support.sites import Sources

# Any site


IDS = st.sampled_from(["a", "b", "c", "topic-7", "article-9", "đàm-phán", "河流", "7", "halt-days"])
FORMS = ("[x]({})", "<{}>", "[x]({} '{}')", "[x][y]\n\n[y]: {}", "`({})` [x](<{}>)", "{} [x]( {} )")


@pytest.fixture(scope="module")
def generated(small: Sources) -> Sources:
    """Three topics of three articles each in three languages."""
    return generate(words_of(small), topics=3, articles=3)


TOPICS = ("topic-0", "topic-1", "topic-2")
ENDS = (
    *(f"topic:{topic}" for topic in TOPICS),
    *(f"point:{topic}/p-1" for topic in TOPICS),
    *(f"article:{topic}/article-{n}" for topic in TOPICS for n in range(3)),
)


@st.composite
def woven(draw: st.DrawFn, files: Sources) -> Sources:
    """Give a site whose texts link to each other, and whose facts name articles."""
    about = f"---\ntitle: About\n---\n<{draw(st.sampled_from(ENDS))}>"
    done = files | {"content/about.en.md": about.encode()}
    texts = sorted(path for path in files if path.endswith(".md"))
    for path in draw(st.lists(st.sampled_from(texts), max_size=6, unique=True)):
        link = draw(st.sampled_from(FORMS)).replace("{}", draw(st.sampled_from(ENDS)))
        done[path] += link.encode()
    for path in texts:
        if "/article-1." in path and b'"outlet"' in done[path]:
            done[path] = done[path].replace(b"{", b'{"duplicate_of": "article-0", ', 1)
    for topic in draw(st.sets(st.sampled_from(TOPICS))):
        facts = f"content/{topic}/topic.yaml"
        done[facts] = done[facts].replace(b"{", b'{"primary": {"voice-1": "article-2"}, ', 1)
    return with_digests(done, draw(st.booleans()))


def with_digests(files: Sources, stale: bool) -> Sources:
    """Let each translation say what it translates."""
    done = dict(files)
    site = parse_site(files)
    groups = [a.summaries for topic in site.topics for a in topic.articles]
    for told in (*groups, *(topic.texts for topic in site.topics)):
        for summary in told.values():
            if summary.translates:
                of = "0123456789ab" if stale else told[summary.translates].digest
                path = summary.place.path
                done[path] = done[path].replace(b"{", f'{{"of": "{of}", '.encode(), 1)
    return done


def test_any_topic_or_article_of_any_site_can_be_renamed_there_and_back(generated: Sources) -> None:
    """The site is the same but for the id, and then byte for byte but for redirects.yaml."""

    @examples(12)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        site = data.draw(woven(generated))
        topic = data.draw(st.sampled_from(TOPICS))
        article = data.draw(st.sampled_from(["", "/article-0", "/article-1", "/article-2"]))
        new = data.draw(IDS)
        there = f"{topic}{article} {topic + '/' if article else ''}{new}"
        back = " ".join(reversed(there.split()))

        once = renamed(site, there)
        again = renamed(once, back)

        assert again.keys() - {REDIRECTS} == site.keys()
        assert all(again[path] == data for path, data in site.items())

    holds()


class History:
    """Two topics and some of their articles, and every id by which each was known."""

    def __init__(self, files: Sources) -> None:
        self.files = files
        self.topics = {topic: topic for topic in ("river-talks", "vote")}
        self.articles = {thing: thing.split("/")[1] for thing in THINGS if "/" in thing}
        self.ever = {thing: thing for thing in THINGS}

    def id(self, thing: str) -> str:
        """Give the id of what was called that at first."""
        topic = self.topics[thing.partition("/")[0]]
        return f"{topic}/{self.articles[thing]}" if "/" in thing else topic

    def rename(self, thing: str, new: str) -> None:
        """Rename it, if it may be."""
        old = self.id(thing)
        pair = f"{old} {old.partition('/')[0]}/{new}" if "/" in thing else f"{old} {new}"
        try:
            self.files = renamed(self.files, pair)
        except Problems as problems:
            self.refused(problems)
            return
        (self.articles if "/" in thing else self.topics)[thing] = new
        for each in THINGS:
            assert self.ever.setdefault(self.id(each), each) == each, "an old id is used again"

    def refused(self, problems: Problems) -> None:
        """Look why it may not be."""
        assert all(" is an old id" in p.message or "there is a" in p.message for p in problems)


THINGS = ("river-talks", "vote", "vote/count", "vote/later", "river-talks/mirror")
STEPS = st.lists(st.tuples(st.sampled_from(THINGS), st.sampled_from("abcd")), max_size=7)


def test_every_address_that_ever_was_leads_to_what_it_was_of(small: Sources) -> None:
    """However often topics and their articles were renamed, in turn, and back again."""
    site = without_templates(small)

    @examples(12)
    @given(STEPS)
    def holds(steps: list[tuple[str, str]]) -> None:
        history = History(site)
        for step in steps:
            history.rename(*step)
        redirects = parse_site(history.files).redirects
        now = {id: redirects.target(id) or id for id in history.ever}
        assert now == {id: history.id(thing) for id, thing in history.ever.items()}
        known = {thing: first(history.id(thing), redirects) for thing in THINGS}
        assert known == {thing: thing for thing in THINGS}, "feeds know it by another id"

    holds()


def first(id: str, redirects: Redirects) -> str:
    """Give what a feed knows something by."""
    topic, slash, article = redirects.first(id).partition("/")
    return f"{redirects.first(topic)}{slash}{article}"


# The proof


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/poll/count.vi.md", "hơn 60 phần trăm", "hơn 60 phần"),
        ("content/poll/count.vi.md", "Đã kiểm", "Chưa kiểm"),
        ("content/poll/topic.vi.md", "article:count", "article:later"),
        ("content/poll/topic.vi.md", "article:count", "article:cuont"),
        ("content/river-talks/topic.en.md", "topic:poll", "topic:river-talks"),
        ("content/river-talks/statement.en.md", "of: 000000000000\n", ""),
        ("content/voices.yaml", ", primary: statement", ""),
        (REDIRECTS, "vote: poll", "vota: poll"),
        (REDIRECTS, "vote: poll", "vote: river-talks"),
    ],
)
def test_a_site_that_is_not_the_same_is_a_mistake_of_ours(
    small: Sources, path: str, old: str, new: str
) -> None:
    """The proof sees each thing that could be lost."""
    names, before = IdChange(old="vote", new="poll"), parse_site(small)
    files = renamed(small, "vote poll")
    verify_renaming(before, files, names, {"poll": "vote"})

    assert old in files[path].decode()
    wrong = files | {path: files[path].decode().replace(old, new).encode()}
    with pytest.raises(AssertionError):
        verify_renaming(before, wrong, names, {"poll": "vote"})
