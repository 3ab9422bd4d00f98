"""Heavy inputs build or are refused in time, and time grows as they do."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import process_time

import pytest

from briefing.checks.passages import check_passages
from briefing.content.parse import parse_site
from briefing.problems import Collector, Problems
from briefing.storage.read_sources import read_tree
from briefing.syntax.markdown.parse import MAX_MARKDOWN, parse_markdown
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import MAX_YAML
from build import make_site
from support.generate import generate
from support.heavy import (
    COSTLIEST,
    FILES,
    LOCATORS,
    MANY_CLAIMS,
    MARKDOWN,
    SITES,
    YAML,
    article,
    marks,
    one_topic,
    points,
)

pytestmark = [pytest.mark.promise(12), pytest.mark.no_cover]  # whose tracing takes as long again

LIMIT = 30.0
"""Seconds that any input may take."""
TIMES = 8
"""How much larger the larger of two inputs is."""
FACTOR = 24.0
"""How much longer it may take: 8 if in proportion, 64 if by the square."""
ENOUGH = 0.02
"""Seconds that can be measured."""
TRIES = 8
"""How often it is measured again where something else may have taken the processor's time."""


def seconds(make: Callable[..., object], *given: object) -> float:
    """Measure the processor time in which something is made of what is given, or refused."""
    start = process_time()
    with suppress(Problems):
        make(*given)
    return process_time() - start


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python from looking through all that other tests have left, which takes long."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def growth(run: Callable[[int], object], size: int, tries: int = TRIES) -> float:
    """Measure how much longer TIMES as much as a size takes, again while that is too long."""
    with no_collection():
        once = max(ENOUGH, min(seconds(run, size) for _ in range(3)))
        larger = seconds(run, TIMES * size)
        for _ in range(tries):
            if larger < FACTOR * once:
                break
            larger = min(larger, seconds(run, TIMES * size))
    return larger / once


def test_what_grows_by_the_square_is_told_from_what_grows_in_proportion() -> None:
    """The measure tells what it is there for, on a machine as busy as this one is."""
    assert growth(lambda size: sum(range(size)), 1_000_000) < FACTOR
    assert growth(lambda size: sum(range(size * size)), 1_500, tries=1) > FACTOR


@pytest.fixture(scope="module")
def base(small: dict[str, bytes]) -> dict[str, bytes]:
    """A site of outlets, voices and templates, without a topic."""
    templates = {path: data for path, data in small.items() if path.startswith("templates/")}
    return generate(templates, topics=0, articles=1)


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", MARKDOWN)
def test_the_time_of_markdown_grows_as_it_does(name: str) -> None:
    """Much more of what is hard to read takes no longer than in proportion."""
    family = MARKDOWN[name]

    def read(size: int) -> None:
        parse_markdown(Text("a.md", family(size)))

    assert growth(read, (MAX_MARKDOWN - 4_000) // TIMES) < FACTOR


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", COSTLIEST)
def test_the_hardest_markdown_is_read_in_time(name: str) -> None:
    """As much as one text can have of what takes longest to read is read in time."""
    source = Text("a.md", MARKDOWN[name](MAX_MARKDOWN - 1_000))

    assert seconds(parse_markdown, source) < LIMIT


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", YAML)
def test_the_hardest_front_matter_is_read_in_time(name: str, base: dict[str, bytes]) -> None:
    """As much as one file can have of any YAML is read or refused in time."""
    matter = YAML[name](MAX_YAML - 1_000)
    files = one_topic(base, points(2), {"a": f"---\n{matter}\n---\nA text.\n".encode()})

    assert seconds(make_site, files) < LIMIT


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_size_builds_or_is_refused(
    name: str, base: dict[str, bytes], tmp_path: Path
) -> None:
    """A file that is larger than anybody writes is read or refused in time, from the disk."""
    path = tmp_path / "content/heavy/a.vi.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(FILES[name]())
    site = one_topic(base, points(1), {})

    assert seconds(lambda: make_site(site | read_tree(tmp_path, "content"))) < LIMIT


def test_the_time_of_marks_on_one_letter_grows_as_they_do() -> None:
    """Letters with very many marks, which Unicode puts in order, are read or refused in time."""
    assert growth(lambda size: decode_text("a.md", marks(size), Collector()), 32_000) < FACTOR


@pytest.mark.parametrize("name", [name for name in SITES if name not in MANY_CLAIMS])
def test_the_time_of_a_site_grows_as_it_does(name: str, base: dict[str, bytes]) -> None:
    """Many more claims, points or links take no longer than in proportion."""
    make = SITES[name]

    assert growth(lambda number: make_site(make(base, number)), 500) < FACTOR


@pytest.mark.parametrize("name", MANY_CLAIMS)
def test_ten_thousand_claims_build_or_are_refused(name: str, base: dict[str, bytes]) -> None:
    """Ten thousand claims are compared or refused in time, however they are shared out."""
    files = SITES[name](base, 10_000)

    assert seconds(make_site, files) < LIMIT


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("topics", "articles"), [(75, 10), (1, 850)])
def test_two_thousand_summaries_build_in_time(
    topics: int, articles: int, base: dict[str, bytes]
) -> None:
    """More than two thousand summaries build in time, in many topics or in one."""
    files = generate(base, topics, articles)
    made: dict[str, bytes] = {}

    assert sum(path.endswith(".md") for path in files) > 2_000
    assert seconds(lambda: made.update(make_site(files))) < LIMIT
    assert made


@pytest.mark.parametrize("name", LOCATORS)
def test_a_locator_is_proved_in_time(name: str, base: dict[str, bytes]) -> None:
    """A locator is found, or not, in a text of a million characters, whatever they repeat."""
    repeated, locator = LOCATORS[name]
    language = "zh" if name.startswith("Chinese") else "vi"
    lead = {"language": language, "claims": [{"point": "p-0", "says": "1", "at": locator}]}
    briefing = parse_site(one_topic(base, points(1), {"a": article(lead)}))
    kept = (repeated * (1_000_000 // len(repeated)) + " z").encode()

    assert seconds(check_passages, briefing, {"heavy/a.txt": kept}) < LIMIT
