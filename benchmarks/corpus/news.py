"""Invented news: topics of ten articles, the same at each call.

A topic is made from its number alone, so a corpus of any size is never held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random

from benchmarks.corpus import phrases
from benchmarks.corpus.facts import LANGUAGES, Point, Value, points_of
from benchmarks.corpus.phrases import Outlet, Pair, Voice

ARTICLES_PER_TOPIC = 10
PAGES_PER_TOPIC = ARTICLES_PER_TOPIC * len(LANGUAGES)
CLAIMS_PER_ARTICLE = 8
LAST_DAY = date(2024, 12, 1)
DAYS = 3_000
"""Days over which topics are spread."""
MODES = ("announced", "assured", "hoped", "proposed")
TYPES = ("analysis", "compilation", "report", "wire")


@dataclass(frozen=True)
class Claim:
    """What an article says on a point, who speaks, and the words that show it."""

    point: Point
    value: Value
    voice: Voice | None
    mode: str | None
    at: str


@dataclass(frozen=True)
class Article:
    """An article, and our summary of it in both languages."""

    id: str
    outlet: Outlet
    title: Pair
    url: str
    published: date
    type: str
    author: str
    claims: tuple[Claim, ...]
    body: Pair

    @property
    def accessed(self) -> date:
        """Return the day on which the article was read."""
        return self.published + timedelta(days=9)


@dataclass(frozen=True)
class Topic:
    """An event, the points it raises and the articles on it."""

    id: str
    start: date
    title: Pair
    dek: Pair
    body: Pair
    points: tuple[Point, ...]
    articles: tuple[Article, ...]


def topics_of(pages: int) -> Iterator[Topic]:
    """Return the topics of a corpus with `pages` summary pages, the newest first."""
    return (topic(number) for number in range(topic_count(pages)))


def topic_count(pages: int) -> int:
    """Return the number of topics. Raises ValueError if the last would not be whole."""
    count, left = divmod(pages, PAGES_PER_TOPIC)
    if left or not count:
        raise ValueError(f"{pages} pages: not a multiple of {PAGES_PER_TOPIC}")
    return count


def topic(number: int) -> Topic:
    """Return the topic of a number."""
    random = Random(number)  # noqa: S311  the same news every time
    start = LAST_DAY - timedelta(days=number % DAYS)
    place, thing = random.choice(list(product(phrases.PLACES, phrases.SUBJECTS)))
    subject = _fill(thing, place=place)
    points = points_of(random, subject, start)
    writer = _Writer(random, points)
    return Topic(
        id=f"topic-{number}",
        start=start,
        title=_capital(_fill(random.choice(phrases.OCCASIONS), subject=subject)),
        dek=_fill(phrases.DEK, subject=subject),
        body=_joined([writer.paragraph(3), writer.pointing(2), writer.paragraph(3)]),
        points=points,
        articles=tuple(_article(writer, n, start) for n in range(ARTICLES_PER_TOPIC)),
    )


def _article(writer: _Writer, number: int, start: date) -> Article:
    random = writer.random
    outlet = random.choice(phrases.OUTLETS)
    author = " ".join(random.sample(("Hồng", "Anh", "Minh", "Lan", "Tú", "Khoa"), 2))
    return Article(
        id=f"article-{number}",
        outlet=outlet,
        title=writer.filled(random.choice(phrases.HEADLINES)),
        url=f"https://{outlet.id}.example.com/{start:%Y/%m}/news-{random.randint(10**5, 10**6)}",
        published=start + timedelta(days=random.randint(0, 8)),
        type=random.choice(TYPES),
        author=author,
        claims=writer.claims(outlet),
        body=writer.body(number),
    )


@dataclass(frozen=True)
class _Writer:
    """Writes the texts of one topic."""

    random: Random
    points: tuple[Point, ...]

    def claims(self, outlet: Outlet) -> tuple[Claim, ...]:
        """Return claims on CLAIMS_PER_ARTICLE points, in their order."""
        chosen = sorted(self.random.sample(range(len(self.points)), CLAIMS_PER_ARTICLE))
        return tuple(self._claim(self.points[n], outlet) for n in chosen)

    def _claim(self, point: Point, outlet: Outlet) -> Claim:
        voice = self.random.choice([None, *phrases.VOICES])
        mode = self.random.choice([None, *MODES]) if voice else None
        at = self._locator(outlet.language)
        return Claim(point, self.random.choice(point.values), voice, mode, at)

    def _locator(self, language: str) -> str:
        words = self.random.choice(phrases.PASSAGES[language]).split()
        count = self.random.randint(3, 5)
        first = self.random.randint(0, len(words) - count)
        return " ".join(words[first : first + count])

    def body(self, number: int) -> Pair:
        """Return a summary: two headings, a list, a quotation, a table and links."""
        first, second = self.random.sample(phrases.HEADINGS, 2)
        other = (number + 1) % ARTICLES_PER_TOPIC
        to_article = _fill(phrases.TO_ARTICLE, link=(f"article:article-{other}",) * 2)
        return _joined([
            self.pointing(2),
            self._outward(2),
            _each("## ", first),
            self.paragraph(3),
            self._list(4),
            _each("## ", second),
            _each("> ", self.paragraph(2)),
            self._table(4),
            _joined([self.paragraph(2), to_article], " "),
            self._outward(1),
        ])  # fmt: skip

    def paragraph(self, count: int) -> Pair:
        """Return a paragraph of `count` sentences."""
        chosen = self.random.sample(phrases.SENTENCES, count)
        return _joined([self.filled(sentence) for sentence in chosen], " ")

    def pointing(self, count: int) -> Pair:
        """Return a paragraph that ends with a link to a point of the topic."""
        point = self.random.choice(self.points)
        sentence = self.random.choice(phrases.LINKING)
        link = _fill(sentence, label=point.label, link=(f"point:{point.id}",) * 2)
        return _joined([self.paragraph(count), link], " ")

    def _outward(self, count: int) -> Pair:
        address = f"https://survey.example.org/maps/{self.random.randint(1, 9999)}"
        link = _fill(phrases.OUTWARD, link=(address, address))
        return _joined([self.paragraph(count), link], " ")

    def _list(self, count: int) -> Pair:
        return _joined([_each("- ", self.paragraph(1)) for _ in range(count)], "\n")

    def _table(self, count: int) -> Pair:
        items = self.random.sample(phrases.TABLE_ITEMS, count)
        numbers = [[str(self.random.randint(2, 90)) for _ in range(2)] for _ in items]
        rows = [
            _joined([item, (before, before), (after, after)], " | ")
            for item, (before, after) in zip(items, numbers, strict=True)
        ]
        head = _joined(phrases.TABLE_HEAD, " | ")
        lines = [head, ("--- | ---: | ---:",) * 2, *rows]
        return _joined([(f"| {ours} |", f"| {theirs} |") for ours, theirs in lines], "\n")

    def filled(self, pair: Pair) -> Pair:
        """Fill in a place, a number and a voice."""
        voice = self.random.choice(phrases.VOICES)
        n = str(self.random.randint(2, 60))
        place = self.random.choice(phrases.PLACES)
        return _capital(_fill(pair, place=place, n=(n, n), voice=voice.name))


def _fill(pair: Pair, **values: tuple[str, ...]) -> Pair:
    vi, en = pair
    return (
        vi.format(**{name: texts[0] for name, texts in values.items()}),
        en.format(**{name: texts[1] for name, texts in values.items()}),
    )


def _capital(pair: Pair) -> Pair:
    vi, en = pair
    return vi[:1].upper() + vi[1:], en[:1].upper() + en[1:]


def _each(mark: str, pair: Pair) -> Pair:
    return mark + pair[0], mark + pair[1]


def _joined(pairs: list[Pair] | tuple[Pair, ...], by: str = "\n\n") -> Pair:
    return by.join(vi for vi, _ in pairs), by.join(en for _, en in pairs)
