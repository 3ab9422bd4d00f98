"""Two processes do what one does: the same bytes, the same problems in the same order."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from briefing.content.parse_shared import classify_topics, read_shared
from briefing.engine import fork as workers
from briefing.engine.executor import Alone, Hands, Job
from briefing.engine.fork import Pair, employ
from briefing.engine.making import make
from briefing.engine.sources import Sources
from briefing.problems import Problems
from support.generate import generate
from support.sites import AS_OF
from support.sites import Sources as Files


@pytest.fixture(scope="module")
def large(small: Files) -> Files:
    """A site that is worth a second process."""
    return generate({path: small[path] for path in small if "templates/" in path}, 6, 6)


def outcome(files: Files, hands: Callable[..., Hands]) -> Files | str:
    """Make a site, or give what is wrong with it."""
    try:
        return dict(make(Sources.of(files), AS_OF, employ=hands).made)
    except Problems as problems:
        return str(problems)


def changed(files: Files, ending: str, old: bytes, new: bytes) -> Files:
    """Change something in every file of a kind."""
    return {p: d.replace(old, new) if p.endswith(ending) else d for p, d in files.items()}


@pytest.mark.parametrize(
    "change",
    [
        ("", b"", b""),
        (".md", b"title:", b"titel:"),
        ("topic.yaml", b"kind:", b"knid:"),
        ("claim.html", b"said.value", b"said.valeu"),
        ("base.html", b"{% block main %}", b"{% blokc main %}"),
        ("article.html", b"<h1 ", b"<h1 onclick "),
        ("prose.html", b'<div class="prose"', b'<a href="nowhere"></a><div class="prose"'),
    ],
    ids=lambda change: change[2].decode() or "nothing wrong",
)
def test_two_processes_do_what_one_does(
    large: Files, change: tuple[str, bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the second has its share of it: the first need not do it again."""
    files = changed(large, *change) if change[0] else large
    alone = outcome(files, Alone)
    monkeypatch.setattr(Pair, "_alone", None)

    assert outcome(files, Pair) == alone


@pytest.mark.parametrize("at", ["_second", "study", "print"])
def test_what_a_second_process_does_not_do_is_done_by_the_first(
    large: Files, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be ended by the system at any time, or find no memory."""
    first, own = os.getpid(), getattr(Pair if at == "_second" else Alone, at)

    def die(self: object, *given: object) -> object:
        if os.getpid() != first:
            raise MemoryError
        return own(self, *given)

    expected = outcome(large, Alone)
    monkeypatch.setattr(Pair if at == "_second" else Alone, at, die)

    assert outcome(large, Pair) == expected


def test_where_no_process_can_be_had_one_does_all(
    large: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit on processes is no mistake of the author."""

    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert outcome(large, Pair) == outcome(large, Alone)


def job(files: Files) -> Job:
    ground = read_shared(files)
    paths = {name: each.paths for name, each in Sources.of(files).topics.items()}
    folders = classify_topics(ground, paths).folders
    return Job(files=files, ground=ground, folders=folders, as_of=AS_OF)


def test_a_small_site_is_not_worth_a_second_process(
    small: Files, large: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its start would take longer than it saves; and one core has no room for two."""
    monkeypatch.setattr(workers, "_cores", lambda: 2)
    assert isinstance(employ(job(small)), Alone)
    assert isinstance(employ(job(large)), Pair)
    monkeypatch.setattr(workers, "_cores", lambda: 1)
    assert isinstance(employ(job(large)), Alone)
