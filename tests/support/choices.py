"""What a comparison page shows, and the site that has only some of the articles of a topic."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from support.comparisons import NAMED, site
from support.sites import Sources

READ = """() => {
  const shown = (it) => it.getClientRects().length > 0;
  const all = (it, part) => [...it.querySelectorAll(part)].filter(shown);
  const words = (it) => {
    const copy = it.cloneNode(true);
    const from = it.querySelectorAll("*");
    copy.querySelectorAll("*").forEach((each, at) => shown(from[at]) || each.remove());
    copy.querySelectorAll("s").forEach((each) => each.remove());
    return copy.textContent.replace(/\\s+/g, " ").trim();
  };
  const texts = (it, part) => all(it, part).map(words);
  const ids = (it, part) => all(it, part).flatMap((each) => each.dataset.articles.split(" "));
  const rows = all(document, ".comparison_row").map((row) => ({
    id: row.id,
    verdict: row.dataset.verdict,
    section: row.parentElement.id,
    chip: texts(row, ".row_verdict .verdict:not(s *)"),
    reason: texts(row, ".verdict_reason"),
    marks: all(row, ".rests").map((it) => it.querySelector("[aria-hidden]").textContent.slice(0, 1)
      + it.dataset.articles),
    positions: texts(row, ".position"),
    numbers: all(row, ".speaker").map((it) => it.dataset.numbers),
    columns: all(row, "td").map((cell) => cell.dataset.article),
    claims: all(row, "td").map((cell) => texts(cell, ".claim_value, .claim_mention, .claim_voice")),
    flags: all(row, "td").map((cell) => texts(cell, ".flag")),
    why: texts(row, ".why > :not(ul), .why li, .meaning"),
    silent: ids(row, ".cells_silent [data-articles]"),
    cells: texts(row, ".cells_count"),
  }));
  return {
    rows,
    sections: all(document, "[id^=_s-]").map((body) => [
      body.id, words(body.querySelector(".comparison_section th")),
    ]),
    families: all(document, ".comparison_family").map((row) => [row.parentElement.id, words(row)]),
    tally: texts(document, ".tally li > a"),
    whole: texts(document, "[data-whole]"),
    heads: all(document, "thead [data-article]").map((head) => head.dataset.article),
    nowhere: texts(document, ".tally_none"),
    articles: texts(document, ".facts_article"),
  };
}"""
"""What can be seen of a comparison; what is struck out is what was, and says so."""


def without(files: Mapping[str, bytes], folder: str, left_out: Iterable[str]) -> Sources:
    """Make the site in which some articles of a topic had never been read.

    Texts have no bodies, which may link to what is gone. The duplicate of an article that is gone
    is an original now, and a voice's own statement if that was one.
    """
    rest = {
        path: _without_body(data) if path.startswith(f"{folder}/") else data
        for path, data in files.items()
    }
    voices = rest["content/voices.yaml"].decode()
    for id in left_out:
        for path in [path for path in rest if path.startswith(f"{folder}/{id}.")]:
            del rest[path]
        mark = f"duplicate_of: {id}\n".encode()
        duplicates = [path for path in rest if path.startswith(f"{folder}/") and mark in rest[path]]
        for path in duplicates:
            rest[path] = rest[path].replace(mark, b"")
        heir = [path.rpartition("/")[2].partition(".")[0] for path in duplicates]
        now = f", primary: {heir[0]}}}" if heir else "}"
        voices = voices.replace(f", primary: {id}}}", now)
    return rest | {"content/voices.yaml": voices.encode()}


def keep_numbers(files: Mapping[str, bytes], articles: Iterable[str]) -> Sources:
    """Number the articles of a site as where all of these, in their order, are read."""
    numbers = repr({id: number for number, id in enumerate(articles, 1)})
    instead = {
        "topic.numbers[article.id]": f"{numbers}.get(article.id, 0)",
        "topic.numbers_of(ids)": f"{numbers}.items() | selectattr(0, 'in', ids) | map(attribute=1)",
    }
    kept = dict(files)
    for path in [path for path in files if path.endswith(".html")]:
        for place, number in instead.items():
            kept[path] = kept[path].replace(place.encode(), number.encode())
    assert kept != files, "templates take the numbers of articles from somewhere else"
    return kept


def _without_body(text: bytes) -> bytes:
    if not text.startswith(b"---"):
        return text
    _, matter, _ = text.split(b"---\n", 2)
    return b"---\n" + matter + b"---\n"


class Invented:
    """A topic of points on which articles say what chance will have it, some of them doubtful."""

    def __init__(self, seed: int, articles: int, points: int) -> None:
        random = Random(seed)
        self.articles = [f"a{n}" for n in range(articles)]
        short = [*NAMED, "=5", "=6", "red?", "rose=4..6"]
        self._says = [
            {
                id: " ".join(random.sample(short, random.choice([0, 0, 1, 1, 2, 3])))
                for id in self.articles
            }
            for _ in range(points)
        ]
        duplicates = dict([random.sample(self.articles, 2)]) if seed % 2 else {}
        statements = random.sample(self.articles, 2)
        self._facts: dict[str, Any] = {
            # The statement that a duplicate is of is the original.
            "primary": {
                voice: duplicates.get(id, id)
                for voice, id in zip(
                    random.sample(["red", "rose", "blue"], 2), statements, strict=True
                )
            },
            "altered": random.sample(self.articles, 1),
            "unchecked": random.sample(self.articles, 1),
            "duplicates": duplicates,
        }

    def files(self, templates: Mapping[str, bytes], left_out: Iterable[str] = ()) -> Sources:
        """Make the site of it, without some of the articles."""
        facts = self._left(set(left_out))
        made: Sources = {}
        for number, says in enumerate(self._says):
            case = facts | {"says": {id: said for id, said in says.items() if id not in left_out}}
            made = _merged(made, site(case), f"p{number}")
        return {**templates, **{path: data for path, data in made.items() if "words" not in path}}

    def _left(self, gone: set[str]) -> dict[str, Any]:
        """Give the facts if some articles had never been read."""
        facts = dict(self._facts)
        heirs = {
            original: id
            for id, original in facts["duplicates"].items()
            if original in gone and id not in gone
        }
        facts["duplicates"] = {
            id: original
            for id, original in facts["duplicates"].items()
            if not {id, original} & gone
        }
        facts["primary"] = {
            voice: heirs.get(id, id)
            for voice, id in facts["primary"].items()
            if id in heirs or id not in gone
        }
        return facts


def _merged(made: Sources, more: Sources, point: str) -> Sources:
    """Add the point of a site of one point to a site, under another id."""
    renamed = {path: data.replace(b'"p"', f'"{point}"'.encode()) for path, data in more.items()}
    for path in [path for path in made if "/t/" in path and path != "content/t/topic.en.md"]:
        one, other = _facts_of(made[path]), _facts_of(renamed[path])
        for field in ("points", "claims"):
            if field in one:
                one[field] += other[field]
        renamed[path] = _written(path, one)
    return renamed


def _facts_of(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data.decode().strip("-\n"))
    return found


def _written(path: str, facts: Mapping[str, Any]) -> bytes:
    text = json.dumps(facts)
    return (f"---\n{text}\n---\n" if path.endswith(".md") else text).encode()
