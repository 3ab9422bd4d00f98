"""Two processes do what one does: the same bytes, the same problems in the same order."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from briefing.engine import second_process
from briefing.engine.build import build
from briefing.engine.executor import Executor, SerialExecutor, TopicJob
from briefing.engine.fork import ForkExecutor, choose_executor
from briefing.engine.sources import SourceTree, read_shared_content
from briefing.problems import Problems
from support.generate import generate
from support.sites import AS_OF
from support.sites import Sources as Files


@pytest.fixture(scope="module")
def large(small: Files) -> Files:
    """A site that is worth a second process."""
    return generate({path: small[path] for path in small if "templates/" in path}, 6, 6)


def outcome(files: Files, choose: Callable[..., Executor]) -> Files | str:
    """Make a site, or give what is wrong with it."""
    try:
        return dict(build(SourceTree.of(files), AS_OF, choose_executor=choose).outputs)
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
    alone = outcome(files, SerialExecutor)
    monkeypatch.setattr(ForkExecutor, "_alone", None)

    assert outcome(files, ForkExecutor) == alone


@pytest.mark.parametrize("at", ["_second", "analyze", "render_with"])
def test_what_a_second_process_does_not_do_is_done_by_the_first(
    large: Files, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be ended by the system at any time, or find no memory."""
    first, own = os.getpid(), getattr(ForkExecutor if at == "_second" else SerialExecutor, at)

    def die(self: object, *given: object) -> object:
        if os.getpid() != first:
            raise MemoryError
        return own(self, *given)

    expected = outcome(large, SerialExecutor)
    monkeypatch.setattr(ForkExecutor if at == "_second" else SerialExecutor, at, die)

    assert outcome(large, ForkExecutor) == expected


def test_where_no_process_can_be_had_one_does_all(
    large: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit on processes is no mistake of the author."""

    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert outcome(large, ForkExecutor) == outcome(large, SerialExecutor)


def job(files: Files) -> TopicJob:
    shared, folders = read_shared_content(SourceTree.of(files))
    return TopicJob(files=files, shared=shared, folders=folders.folders, as_of=AS_OF)


def test_little_or_one_topic_is_not_worth_a_second_process(
    small: Files, large: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its start would take longer than it saves; and one core has no room for two."""
    monkeypatch.setattr(second_process, "_cores", lambda: 2)
    little = {path: data for path, data in small.items() if not path.endswith(".md")}
    one = generate({path: small[path] for path in small if "templates/" in path}, 1, 12)
    assert isinstance(choose_executor(job(little)), SerialExecutor)
    assert isinstance(choose_executor(job(one)), SerialExecutor)
    assert isinstance(choose_executor(job(large)), ForkExecutor)
    monkeypatch.setattr(second_process, "_cores", lambda: 1)
    assert isinstance(choose_executor(job(large)), SerialExecutor)
