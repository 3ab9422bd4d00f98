"""The command `prove`: kept texts -> `proved:` in each lead whose passages stand in them.

What is noted goes with the content: `check` then knows on every machine which locators were
found, and are as they were (docs/content.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.kept_text import KeptText
from briefing.checks.passages import kept_text_of, locator_problem
from briefing.commands.arguments import SOURCES
from briefing.commands.rename.edits import Edit, entry_edit, index_of, rewrite_bytes
from briefing.commands.rename.verify import comparable
from briefing.content.articles import PROOF_CURE
from briefing.content.parse import parse_site
from briefing.content.publication import local_day
from briefing.content.shared import Files
from briefing.content.values import read_moment
from briefing.model.article import Article, Proof
from briefing.model.site import Site, Topic
from briefing.model.values import Moment
from briefing.problems import (
    Collector,
    Place,
    Problem,
    Problems,
    did_you_mean,
    mistake,
    raise_if_any,
)
from briefing.storage.read_sources import read_article_texts
from briefing.storage.rewrite_sources import rewrite_sources
from briefing.storage.site_sources.read import read_site_sources
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import mapping
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_fields

_FIELD = "proved"


class _Looked(Struct, frozen=True):
    """An article, and which of its passages were found."""

    id: str
    article: Article
    proof: Proof | None
    """None where its text is not kept."""
    missing: tuple[Problem, ...]

    @property
    def is_news(self) -> bool:
        """Whether that is not noted yet; the day alone is no news."""
        was, now = self.article.proved, self.proof
        same = was and now and (was.text, was.passages) == (now.text, now.passages)
        return bool(now and not same)


def prove(root: Path, names: Sequence[str], now: Moment) -> str:
    """Look for passages in the kept texts, and note what was found; return what was done.

    names: ids of topics and articles (`<topic>/<article>`); () for all. Passages that are not
    found are told of and not noted. Raises Problems, with every file as it was, for a name that
    is none, and for what is wrong in the content; OSError.
    """
    files = read_site_sources(root, *SOURCES)
    site, texts = parse_site(files), read_article_texts(root)
    chosen = _chosen(site, [name.strip("/") for name in names])
    on = read_moment(local_day(now.at.timestamp(), site.time_zone))
    looked = [
        _look(topic, article, kept_text_of(topic, article, texts), on) for topic, article in chosen
    ]
    written = {
        each.article.place.path: _noted(files, each.article.place.path, each.proof)
        for each in looked
        if each.is_news and each.proof
    }
    _verify(site, files | written, looked)
    if read_site_sources(root, *SOURCES) != files:
        raise mistake(Place(str(root)), "the files change while they are read", "prove again")
    if written:
        rewrite_sources(root, {}, written)
    return "\n".join(_told(looked, len(written)))


def _chosen(site: Site, names: Sequence[str]) -> list[tuple[Topic, Article]]:
    """Return the articles that were named, in the order of the site. Raises Problems."""
    known = {
        id: [(topic, article)]
        for topic in site.topics
        for article in topic.articles
        for id in [f"{topic.id}/{article.id}"]
    }
    topics = {topic.id: [(topic, article) for article in topic.articles] for topic in site.topics}
    every = topics | known
    raise_if_any(
        Problem(Place(f"content/{name}"), f"there is no topic or article `{name}`", cure)
        for name in names
        if name not in every
        for cure in [did_you_mean(name, every)]
    )
    wanted = {(t.id, a.id) for name in names for t, a in every[name]}
    return [
        (topic, article)
        for topic in site.topics
        for article in topic.articles
        if article.claims and (not names or (topic.id, article.id) in wanted)
    ]


def _look(topic: Topic, article: Article, text: KeptText | None, on: Moment) -> _Looked:
    """Look for the passages of an article in its kept text; None: none is kept."""
    id = f"{topic.id}/{article.id}"
    if text is None:
        return _Looked(id, article, None, ())
    problems = [(claim.at, locator_problem(claim.at, text)) for claim in article.claims]
    found = tuple(locator.digest for locator, problem in problems if problem is None)
    proof = Proof(on=on, text=text.digest, passages=found, place=article.place)
    return _Looked(id, article, proof, tuple(p for _, p in problems if p is not None))


def _noted(files: Files, path: str, proof: Proof) -> bytes:
    """Return the file of a lead with a proof, and all else as it is. Raises Problems."""
    data = files[path]
    text = decode_text(path, data, Collector())
    newline = "\r\n" if b"\r\n" in data else "\n"
    return rewrite_bytes(data, [_edit(text, _written(proof), newline)])


def _written(proof: Proof) -> str:
    passages = ", ".join(proof.passages)
    return f"{{on: {proof.on}, text: {proof.text}, passages: [{passages}]}}"


def _edit(text: Text, value: str, newline: str) -> Edit:
    """Return the edit that puts a value into `proved:`, which is added last if it is not there."""
    matter, _ = split_front_matter(text)
    root = parse_fields(matter)
    if node := mapping(root).get(_FIELD):
        start = index_of(text, node.place)
        end = text.text.find("}", start) + 1
        if not node.flow or "#" in text.text[start:end]:
            node.fail("is not as the command `prove` writes it", PROOF_CURE)
        return Edit(start, end, value)
    if root.flow:
        return entry_edit(text, root, f"{_FIELD}: {value}", newline)
    end = index_of(text, Place(text.path, matter.line)) + len(matter.text)
    indent = " " * (root.place.column - 1)
    return Edit(end, end, f"{indent}{_FIELD}: {value}{newline}")


def _verify(site: Site, files: Files, looked: Iterable[_Looked]) -> None:
    """Do nothing if `files` are the site with its proofs, and else as it was. Raises Problems."""
    proofs = {each.article.place.path: each.proof for each in looked if each.is_news}
    expected = replace(site, topics=tuple(_with_proofs(topic, proofs) for topic in site.topics))
    try:
        same = comparable(parse_site(files)) == comparable(expected)
    except Problems:
        same = False
    if not same:
        cure = "write its front matter as `key: value` lines"
        raise Problems(
            Problem(Place(path), "`proved:` cannot be added to it", cure) for path in proofs
        )


def _with_proofs(topic: Topic, proofs: Mapping[str, Proof | None]) -> Topic:
    """Return a topic with proofs, by the paths of the leads."""
    articles = (
        replace(each, proved=proofs.get(each.place.path, each.proved)) for each in topic.articles
    )
    return replace(topic, articles=tuple(articles))


def _told(looked: Sequence[_Looked], written: int) -> Iterator[str]:
    """Yield what was not found, what could not be looked for, and the counts."""
    yield from (f"warning: {problem}" for each in looked for problem in each.missing)
    for each in looked:
        if each.proof is None:
            count = len(each.article.claims)
            yield f"note: .sources/{each.id}.txt is not kept: {count} passages were not looked for"
    found = sum(len(each.proof.passages) for each in looked if each.proof)
    total = sum(len(each.article.claims) for each in looked)
    already = sum(each.proof is not None and not each.is_news for each in looked)
    notes = f"{written} article{'s' * (written != 1)} noted, {already} noted already"
    yield f"{found} of {total} passages found; {notes}"
