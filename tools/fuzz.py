"""Feed mutated front matter and Markdown to the engine: `make fuzz`.

Each text is one of the project's own, cut and spliced, with pieces of tests/cases/fuzz.jsonl put
in. The site must be built, or refused with Problems, in seconds; any other text is written to
.cache/fuzz/ and ends the run with status 1.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from briefing.problems import Problems  # noqa: E402
from briefing.storage.read_sources import read_tree  # noqa: E402  the path comes first
from build import make_site  # noqa: E402

FAILURES = ROOT / ".cache" / "fuzz"
SLOW = 10.0
"""Seconds of processor time that no text may take; one that takes more is a failure."""

CASES = ROOT / "tests/cases/fuzz.jsonl"
PIECES: list[str] = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
"""Texts that have broken programs which read YAML, Markdown, numbers, dates and any script."""

Mutation = Callable[[random.Random, str, str], str]


def splice(chance: random.Random, text: str, _other: str) -> str:
    """Return the text with a piece put in, perhaps many times."""
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(PIECES) * chance.choice([1, 1, 1, 2, 30, 3000]) + text[at:]


def cut(chance: random.Random, text: str, _other: str) -> str:
    """Return the text without a part of at most 200 characters."""
    first, last = sorted(chance.randint(0, len(text)) for _ in range(2))
    return text[:first] + text[min(last, first + 200) :]


def cross(chance: random.Random, text: str, other: str) -> str:
    """Return the beginning of the text and the end of the other."""
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def repeat(chance: random.Random, text: str, _other: str) -> str:
    """Return the text with a line of it repeated at some place, perhaps many times."""
    lines = text.split("\n")
    line = chance.choice(lines)
    at = chance.randint(0, len(lines))
    return "\n".join(lines[:at] + [line] * chance.choice([1, 2, 1000]) + lines[at:])


def indent(chance: random.Random, text: str, _other: str) -> str:
    """Return the text with a line moved to the right, or to the left edge."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = lines[at].lstrip() if chance.getrandbits(1) else "  " + lines[at]
    return "\n".join(lines)


MUTATIONS: tuple[Mutation, ...] = (splice, splice, cut, cross, repeat, indent)


def mutate(chance: random.Random, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the path of one of the files, and its mutated bytes."""
    paths = sorted(path for path in files if path.endswith((".md", ".yaml")))
    path = chance.choice(paths)
    text, other = files[path].decode(), files[chance.choice(paths)].decode()
    for _ in range(chance.choice([1, 1, 2, 5])):
        text = chance.choice(MUTATIONS)(chance, text, other)
    data = text.encode("utf-8", "surrogatepass")
    if not chance.randrange(10):
        at = chance.randint(0, len(data))
        data = data[:at] + chance.randbytes(chance.choice([1, 4])) + data[at + 1 :]
    return path, data


def outcome(files: Mapping[str, bytes]) -> str:
    """Build a site; return "built", "refused" or what went wrong."""
    start = time.process_time()
    try:
        make_site(files)
    except Problems as problems:
        came = "refused" if str(problems) else "refused without a message"
    except Exception as error:  # noqa: BLE001  a fault is what is looked for
        came = f"{type(error).__name__}: {error}"
    else:
        came = "built"
    return came if time.process_time() - start < SLOW else f"slow, then {came}"


def main() -> int:
    """Mutate and build for some seconds; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=time.time_ns())
    options = parser.parse_args()
    chance = random.Random(options.seed)
    templates = read_tree(ROOT, "templates")
    sites = [
        templates | read_tree(folder, "site.yaml", "content")
        for folder in (ROOT / "tests/site", ROOT / "tests/real")
    ]
    tally: Counter[str] = Counter()
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        files = sites[not chance.randrange(5)]
        path, data = mutate(chance, files)
        came = outcome({**files, path: data})
        tally[came] += 1
        if came not in {"refused", "built"}:
            FAILURES.mkdir(parents=True, exist_ok=True)
            failure = FAILURES / f"{sum(tally.values())}-{path.replace('/', '-')}"
            failure.write_bytes(data)
            print(f"{came}\n    {path}, written to {failure.relative_to(ROOT)}")
    wrong = sum(tally.values()) - tally["refused"] - tally["built"]
    print(f"{sum(tally.values())} texts with seed {options.seed}: {tally['built']} built, ", end="")
    print(f"{tally['refused']} refused, {wrong} neither")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
