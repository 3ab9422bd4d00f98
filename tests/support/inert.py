"""Sites that hold any text in every place that takes one, and what a page is made of.

`EVERY_FIELD` is a site with every field of the content format. A marker stands
where a field takes any text, and a text is put there instead of it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import yaml
from markupsafe import escape

from briefing.problems import Collector, Problems
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.text import decode_text
from build import make_site
from support import inert_files
from support.sites import TESTS

Files = dict[str, bytes]
Steps = tuple[str | int, ...]
"""The keys and the numbers that lead to a value in a file."""

ACTIVE: tuple[str, ...] = tuple(
    yaml.safe_load((TESTS / "cases/active.yaml").read_text(encoding="utf-8"))
)
"""Texts that would run something, if a page took them for anything but text."""

TEXT = "harmless"
"""Stands where any text may stand."""
SHORT = "innocent"
"""Stands in a locator, which has at most five words."""
PLAIN = "peaceful"
"""Stands where `{n}` is filled in."""
QUOTED = "friendly"
"""Stands between the quotes of a date pattern."""


def as_locator(text: str) -> str:
    """Make one word of a long text: at a slash, too, a browser looks for an attribute."""
    words = text.split()
    return ("/" if len(words) > 5 else " ").join(words)[:200].strip()


def without_places(text: str) -> str:
    """Leave nothing to be filled in, `{n}` becomes `{ n}`, nor a space beside what is."""
    return re.sub(r"\{(?=\w+\})", "{ ", text).strip()


def put(text: str, marked: str, change: Callable[[str], str] = str) -> str:
    """Put a text where the markers stand, written as it must be there."""
    written = {
        TEXT: text,
        SHORT: as_locator(text),
        PLAIN: without_places(text),
        QUOTED: text.replace("'", "’"),
    }
    return _MARKER.sub(lambda marker: change(written[marker[0]]), marked)


_MARKER = re.compile("|".join((TEXT, SHORT, PLAIN, QUOTED)))

SAID = "application/ld+json"
"""The type of what a page says of itself, which is no text of the page: `inert_files` reads it."""

EVERY_FIELD = {
    "redirects.yaml": """
        renamed: {was: pair, lone/was: lone/only}
        replaced: {lost: lone}
        withdrawn: [hoax, {id: lone/hoax, on: 2025-06-20, reason: {vi: harmless, en: harmless}}]
    """,
    "site.yaml": """
        address: https://example.org/inert/
        formerly: https://example.org/before/
        title: {vi: harmless, en: harmless}
        description: {vi: harmless, en: harmless}
        languages: {vi: {name: harmless}, en: {name: harmless, locale: en-GB, dir: ltr}}
        time_zone: Europe/London
        missing: hide
        proof: optional
        contact: https://contact.example/
        responsible: {name: {vi: harmless, en: harmless}, contact: https://answers.example/}
        facing: [[vi, en]]
    """,
    "content/outlets.yaml": """
        one: {name: harmless, kind: newspaper, country: VN, language: vi, owner: harmless}
        two:
          name: {vi: harmless, en: harmless}
          kind: website
          country: GB
          language: en
          owner: {vi: harmless, en: harmless}
          domains: [two.example]
          note: {vi: harmless, en: harmless}
    """,
    "content/voices.yaml": """
        sides: {left: harmless, right: {vi: harmless, en: harmless}}
        voices:
          she: {name: harmless, kind: person, side: left, country: VN}
          they: {name: {vi: harmless, en: harmless}, kind: agency, side: right, primary: first}
    """,
    "content/terms.yaml": """
        - id: dam
          words: {vi: harmless, en: [harmless, innocent]}
          avoid: {en: not harmless, vi: [not harmless]}
          of: they
          note: harmless
    """,
    "content/pair/topic.yaml": """
        event: {start: 2025-06-01T20:00Z, zones: [Europe/London]}
        missing: notice
        primary: {they: second}
        groups: [{id: all, label: {vi: harmless, en: harmless}}]
        points:
          - id: counted
            group: all
            kind: number
            unit: {vi: "{n} peaceful", en: {one: "{n} peaceful", other: "peaceful {n}"}}
            label: {vi: harmless, en: harmless}
            question: {vi: harmless, en: harmless}
            settle: {vi: harmless, en: harmless}
            note: {vi: harmless, en: harmless}
          - id: either
            group: all
            kind: enum
            label: {vi: harmless, en: harmless}
            options:
              - {id: some, label: {vi: harmless, en: harmless}}
              - {id: more, label: {vi: harmless, en: harmless}, broader: some}
          - id: mood
            group: all
            kind: stance
            tolerance: 1
            label: {vi: harmless, en: harmless}
            scale: [{id: cold, label: {vi: harmless, en: harmless}}]
          - {id: wording, group: all, kind: text, label: {vi: harmless, en: harmless}}
        changes:
          - {date: 2025-06-04, kind: correction, text: {vi: harmless, en: harmless}, points: [mood]}
          - {date: 2025-06-05, kind: update, text: {vi: harmless, en: harmless}}
    """,
    "content/about.vi.md": "{title: harmless, dek: harmless}",
    "content/about.en.md": """
        title: harmless
        dek: harmless
        translates: vi
        of: {title: 0f3a91c2, dek: 77b0d4e8, text: [5c1e0a7b]}
    """,
    "content/pair/topic.vi.md": "{title: harmless, dek: harmless}",
    "content/pair/topic.en.md": "{title: harmless, dek: harmless, translates: vi}",
    "content/pair/first.vi.md": """
        title: harmless
        outlet: one
        outlet_confidence: inferred
        url: https://one.example/
        url_status: moved
        archive: {url: https://archive.example/, date: 2025-06-03}
        published: 2025-06-02T09:30+01:00
        accessed: 2025-06
        author: harmless
        language: vi
        type: wire
        original_title: harmless
        integrity: {status: altered, note: {vi: harmless, en: harmless}}
        checked: [counted, either]
        tags: [rivers]
        proved: {on: 2025-06-03, text: 5c1e0a7b92f4, passages: [0f3a91c2]}
        draft: false
        release: 2025-01-01
        claims:
          - {point: counted, says: 1, by: she, via: [they], mode: agreed, at: innocent}
          - point: either
            says: some
            by: they
            at: {start: innocent, end: innocent, before: innocent, after: innocent, lang: vi}
          - point: wording
            says: {vi: harmless, en: harmless}
            text: {vi: harmless, en: harmless}
            confidence: inferred
            at: {start: innocent, gloss: {en: innocent}}
    """,
    "content/pair/second.vi.md": """
        title: harmless
        outlet: two
        published: 2025-06
        duplicate_of: first
        claims:
          - {point: either, says: more, by: she, at: innocent}
          - {point: mood, says: cold, by: they, at: innocent}
    """,
    "content/lone/topic.yaml": """
        event: {start: 2025-05}
        groups: [{id: all, label: {vi: harmless, en: harmless}}]
        points:
          - id: where
            group: all
            kind: place
            label: {vi: harmless, en: harmless}
            options:
              - {id: vn, label: {vi: harmless, en: harmless}}
              - {id: hue, label: {vi: harmless, en: harmless}, within: vn}
          - id: terms
            group: all
            kind: set
            core: water
            label: {vi: harmless, en: harmless}
            options: [{id: water, label: {vi: harmless, en: harmless}}]
          - {id: spent, group: all, kind: duration, unit: day, label: {vi: harmless, en: harmless}}
    """,
    "content/lone/topic.en.md": "{title: harmless}",
    "content/lone/only.vi.md": """
        title: harmless
        translates: en
        of: harmless
        translator: harmless
        machine: reviewed
        reviewed: {by: harmless, on: 2025-05-04}
    """,
    "content/lone/only.en.md": """
        title: harmless
        outlet: two
        url: https://two.example/
        published: 2025-05-03
        checked: all
        claims:
          - {point: where, says: hue, at: innocent}
          - {point: terms, says: [water], at: innocent}
          - {point: spent, mentions: true, at: innocent}
    """,
}
"""The content, a marker in each field that takes any text."""


def loaded(text: str | bytes) -> Any:
    """Read YAML whose scalars stay text."""
    return yaml.load(text, Loader=yaml.BaseLoader)


BODY = b"Text."


def written(path: str, data: Any, body: bytes = BODY) -> bytes:
    """Write a file of the content: JSON is YAML in which every text is quoted."""
    text = json.dumps(data, ensure_ascii=False).encode()
    return b"---\n%b\n---\n%b" % (text, body) if path.endswith(".md") else text


def mapped(data: Any, change: Callable[[str], str]) -> Any:
    """Change every text in a file that is not a key."""
    if isinstance(data, dict):
        return {key: mapped(value, change) for key, value in data.items()}
    if isinstance(data, list):
        return [mapped(value, change) for value in data]
    return change(data)


def values(data: Any, at: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Give everything in a file, with what leads to it."""
    yield at, data
    if isinstance(data, dict | list):
        inside = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in inside:
            yield from values(value, (*at, key))


def changed(data: Any, at: Steps, change: Callable[[Any], Any]) -> Any:
    """Change one value in a file."""
    if not at:
        return change(data)
    first, *rest = at
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    made = {
        key: changed(value, tuple(rest), change) if key == first else value for key, value in inside
    }
    return made if isinstance(data, dict) else list(made.values())


def names(at: Steps) -> tuple[str, ...]:
    """Give the keys that lead to a value: those of every item of a list are alike."""
    return tuple(key for key in at if isinstance(key, str))


def kind(path: str) -> str:
    """Give what kind of file it is: `topic.yaml`, `words`, `text` …"""
    folder, _, name = path.rpartition("/")
    return "words" if folder.endswith("words") else "text" if name.endswith(".md") else name


def templates(files: Mapping[str, bytes]) -> Files:
    """Give the templates alone, their words too."""
    return {path: data for path, data in files.items() if path.startswith("templates/")}


class EveryField:
    """The site of EVERY_FIELD, with the templates and with every word of them marked."""

    def __init__(self, small: Mapping[str, bytes]) -> None:
        self._templates = templates(small)
        self.marked = {path: loaded(text) for path, text in EVERY_FIELD.items()}
        """What is in each file of YAML, and in each front matter, by path."""
        for language in self.marked["site.yaml"]["languages"]:  # words of others are not read
            path = f"templates/words/{language}.yaml"
            self.marked[path] = _marked_words(loaded(self._templates[path]))
        self.clean = make_site(self.files())
        self.shapes = shapes(self.clean)

    def files(self, change: Callable[[str], str] = str) -> Files:
        """Give the source files, every text in them changed."""
        told = {path: written(path, mapped(data, change)) for path, data in self.marked.items()}
        return self._templates | told

    def unmarked(self) -> Iterator[tuple[str, Steps]]:
        """Give where there is a text that is not any text, each kind of place once."""
        return self._once(lambda leaf: isinstance(leaf, str) and not _MARKER.search(leaf))

    def records(self) -> Iterator[tuple[str, Steps]]:
        """Give where there is a mapping, each kind of place once."""
        return self._once(lambda value: isinstance(value, dict))

    def _once(self, choose: Callable[[Any], bool]) -> Iterator[tuple[str, Steps]]:
        seen = set()
        for path, data in self.marked.items():
            for at, value in values(data):
                place = (kind(path), names(at))
                if choose(value) and place not in seen:
                    seen.add(place)
                    yield path, at

    def filled(self, text: str) -> Files:
        """Give the source files with a text in every field that takes one."""
        return self.files(partial(put, text))

    def broken(self, path: str, at: Steps, change: Callable[[Any], Any]) -> Files:
        """Give the source files with one value changed."""
        return self.files() | {path: written(path, changed(self.marked[path], at, change))}

    def differences(
        self, made: Mapping[str, bytes], text: str, turn: int | None = None
    ) -> Iterator[str]:
        """Say what is otherwise than in the clean site, but for the text that is shown as written.

        A page that is the clean page but for the escaped text has the same elements. Where
        there is a turn, only the page whose turn it is is read of those.
        """
        shown = text.strip()
        if made.keys() != self.clean.keys():
            yield f"other files: {sorted(made.keys() ^ self.clean.keys())}"
        for path in sorted(self.clean.keys() & made.keys()):
            told = inert_files.differences(
                path, self.clean[path], made[path], partial(put, shown), folded
            )
            yield from (f"{path}: {each}" for each in told)
        for number, (path, clean) in enumerate(self.shapes.items()):
            escaped = put(shown, bare(self.clean[path]), lambda part: str(escape(part)))
            its_turn = turn is None or number == turn % len(self.shapes)
            if its_turn or escaped != bare(made[path]):
                for said in clean.differences(shape(made[path].decode()), shown):
                    yield f"{path}: {said}"


def _marked_words(file: Any) -> Any:
    """Put a marker in every text of a words file, beside what is filled in."""

    def mark(word: str) -> str:
        return " ".join([PLAIN, *dict.fromkeys(re.findall(r"\{\w+\}", word))])

    return {
        "reviewed_by": TEXT,
        "patterns": dict.fromkeys(("day", "month", "year", "time"), f"y '{QUOTED}'"),
        "languages": {"vi": TEXT, "en": TEXT},
        "countries": {"VN": TEXT, "GB": TEXT},
        "cities": {"Europe/London": TEXT},
        "words": mapped(file["words"], mark),
    }


def bare(page: bytes) -> str:
    """Give a page without its text fragments, which are written in signs that are safe anywhere.

    And without what it says of itself, which is read apart.
    """
    plain = re.sub(r":~:text=[A-Za-z0-9_.~%,-]*", "", page.decode())
    return inert_files.SAID.sub("", plain)


def holders(html: str) -> set[str]:
    """Give the attributes that a marker stands in; between tags it stands in a `text`."""
    root: Element = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    found = set()
    for element in root.iter():
        found |= {f"{name}" for name, value in element.attrib.items() if _MARKER.search(value)}
        if _MARKER.search(element.text or "") and element.get("type") != SAID:
            found.add("text" if element.tag not in ("script", "style") else f"{element.tag}")
        if _MARKER.search(element.tail or ""):
            found.add("text")
    return found


Elements = Counter[tuple[str, tuple[str, ...]]]
"""How often each element is there, by its name and those of its attributes."""

SCHEMES = {"http", "https", "mailto"}
"""Those of every address in a page that is not inside the site."""
ELEMENTS = frozenset(
    (
        *("a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol"),
        *("p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)
"""What Markdown can make."""
STALE = "prose_stale"
"""The class of what a page says after a paragraph whose original has changed."""
HOLDERS = frozenset(("prose_block", "facing_block"))
"""The classes of what a block of Markdown stands in, alone and beside its translation."""
ATTRIBUTES = frozenset(("class", "dir", "href", "lang", "rel", "start", "title"))
"""What these can have."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a browser makes of a page."""

    elements: Elements
    """All but those that Markdown made."""
    prose: Elements
    """Those that Markdown made."""
    classes: frozenset[str]
    """The classes of those that Markdown did not make."""
    prose_classes: frozenset[str]
    schemes: frozenset[str]
    """Of all addresses; what is inside the site has none."""
    texts: tuple[str, ...]
    """What is between the tags and in the attributes, in the order of the page."""
    prose_texts: tuple[str, ...]

    def differences(self, other: Shape, text: str) -> Iterator[str]:
        """Say in what a page with a text differs from this, which has markers."""
        yield from self.activity(other)
        expected = [folded(put(text, part)) for part in self.texts]
        if len(expected) != len(other.texts):
            yield f"{len(other.texts)} texts, not {len(expected)}"
        for part, found in zip(expected, other.texts, strict=False):
            is_cut = found.endswith("…") and part.startswith(found[:-1].rstrip())
            if part != found and not is_cut:
                yield f"{found!r} is shown, not {part!r}"

    def activity(self, other: Shape) -> Iterator[str]:
        """Say what a page has that this has not, and Markdown cannot make."""
        for kind in sorted((other.elements | self.elements).keys()):
            if other.elements[kind] != self.elements[kind]:
                yield f"{other.elements[kind]} elements {kind}, not {self.elements[kind]}"
        for name, attributes in other.prose:
            if name not in ELEMENTS or not ATTRIBUTES.issuperset(attributes):
                yield f"Markdown made an element {name} with {attributes}"
        if foreign := other.schemes - SCHEMES:
            yield f"an address begins with {sorted(foreign)}"
        if taken := other.prose_classes & self.classes:
            yield f"Markdown made elements with the classes {sorted(taken)} of the site"


def shape(html: str) -> Shape:
    """Read a page as a browser does."""
    root: Element = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    holders = {div for div in root.iter("div") if div.get("class") in HOLDERS}
    ours = {part for each in root.iter() if each.get("class") == STALE for part in each.iter()}
    made_by_markdown = {inside for holder in holders for inside in holder.iter()} - holders - ours
    kinds: tuple[Elements, Elements] = (Counter(), Counter())
    classes: tuple[set[str], set[str]] = (set(), set())
    texts: tuple[list[str], list[str]] = ([], [])
    schemes: set[str] = set()
    for element in root.iter():
        if element.get("class") == "prose_block":
            continue  # a text has as many as it has blocks
        which = element in made_by_markdown
        attributes = {_local(f"{name}"): value for name, value in element.attrib.items()}
        # The tag of a comment is a function.
        tag = element.tag if isinstance(element.tag, str) else "#comment"
        kinds[which][tag, tuple(sorted(attributes))] += 1
        classes[which].update(attributes.get("class", "").split())
        texts[which].extend(_texts(element))
        schemes.update(_schemes(attributes))
    return Shape(
        elements=kinds[False],
        prose=kinds[True],
        classes=frozenset(classes[False]),
        prose_classes=frozenset(classes[True]),
        schemes=frozenset(schemes),
        texts=tuple(texts[False]),
        prose_texts=tuple(texts[True]),
    )


def shapes(outputs: Mapping[str, bytes]) -> dict[str, Shape]:
    """Read every page of a site."""
    return {path: shape(data.decode()) for path, data in outputs.items() if path.endswith(".html")}


def _local(name: str) -> str:
    """Drop a namespace: `{http://www.w3.org/1999/xlink}href` is an `href`."""
    return name.rpartition("}")[2]


_ADDRESSES = frozenset(
    (
        *("action", "archive", "background", "cite", "classid", "code", "codebase", "content"),
        *("data", "data-versionurl", "formaction", "href", "icon", "longdesc", "manifest", "ping"),
        *("poster", "profile", "src", "srcset", "usemap"),
    )
)
"""Attributes that hold an address, or some."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SKIPPED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
"""What a browser does not see in an address: what stands before it, and ends of lines."""


def _schemes(attributes: Mapping[str, str]) -> Iterator[str]:
    for name in attributes.keys() & _ADDRESSES:
        parts = [attributes[name]]
        if name == "content":  # of a meta element; it has one where it sends the reader on
            refresh = attributes.get("http-equiv", "").lower() == "refresh"
            parts = re.findall(r"(?i)url\s*=\s*['\"]?(.*)", parts[0]) if refresh else []
        elif name in ("ping", "srcset"):
            parts = re.split(r"[\s,]+", parts[0])
        for part in parts:
            if found := _SCHEME.match(_SKIPPED.sub("", part)):
                yield found[1].lower()


def _texts(element: Element) -> Iterator[str]:
    for value in element.attrib.values():
        # A text fragment is shown to nobody, but leads to the words as written.
        yield folded(unquote(value) if ":~:text=" in value else value)
    own = None if element.get("type") == SAID else element.text
    for text in (own, element.tail):
        if text and text.strip():
            yield folded(text)


def folded(text: str) -> str:
    """Write a text as readers see it: composed, with one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def gallery(small: Mapping[str, bytes], articles: Mapping[str, tuple[Any, str]]) -> Files:
    """Make a site of articles, each with some front matter and a body, by `topic/article`."""
    files = templates(small) | {
        "site.yaml": b"""
            {address: https://gallery.example/, title: {en: Title}, description: {en: Description},
            languages: {en: {name: English}}, time_zone: Europe/London}""",
        "content/outlets.yaml": b"one: {name: One, kind: newspaper, country: VN, language: en}",
        "content/voices.yaml": b"{sides: {}, voices: {}}",
    }
    for name, (matter, body) in articles.items():
        folder = f"content/{name.partition('/')[0]}"
        files[f"{folder}/topic.yaml"] = b"{event: {start: 2025-06}, groups: [], points: []}"
        files[f"{folder}/topic.en.md"] = b"---\ntitle: Title\n---\n"
        path = f"content/{name}.en.md"
        lead = {"title": "Title", "outlet": "one", "published": "2025-06", **matter}
        files[path] = written(path, lead, body.encode())
    return files


CROWD = 10
"""Texts in one topic."""


def crowd(small: Mapping[str, bytes], texts: Sequence[str], bodies: Sequence[str]) -> Files:
    """Make a site that holds many texts, and as many bodies, on few pages.

    Each text stands alone in every field of a point and of a voice; ten of them stand
    together in what a topic, an article and an outlet have one of.
    """
    every_word = '"><img src=x onerror=ran()>'
    words = "templates/words/en.yaml"
    told: dict[str, Any] = {
        words: mapped(_marked_words(loaded(small[words])), partial(put, every_word)),
        "site.yaml": {
            "address": "https://example.org/crowd/",
            "title": {"en": every_word},
            "description": {"en": every_word},
            "languages": {"en": {"name": every_word}},
            "time_zone": "Europe/London",
        },
    }
    outlets: dict[str, Any] = {}
    sides: dict[str, str] = {}
    voices: dict[str, Any] = {}
    matters: dict[str, tuple[Any, bytes]] = {}
    for first in range(0, len(texts), CROWD):
        topic, these = f"t{first}", dict(enumerate(texts[first : first + CROWD], first))
        ids = {f"x{number}": text for number, text in these.items()}
        joined = " ".join(these.values())
        sides |= ids
        voices |= {id: {"name": text, "kind": "person", "side": id} for id, text in ids.items()}
        outlets[topic] = {
            "name": joined,
            "kind": "newspaper",
            "country": "VN",
            "language": "en",
            "owner": joined,
            "note": {"en": joined},
        }
        told[f"content/{topic}/topic.yaml"] = {
            "event": {"start": "2025-06"},
            "groups": [{"id": id, "label": {"en": text}} for id, text in ids.items()],
            "points": [
                {"id": id, "group": id, "kind": "text"}
                | {key: {"en": text} for key in ("label", "question", "settle", "note")}
                for id, text in ids.items()
            ],
        }
        matters[f"content/{topic}/topic.en.md"] = ({"title": joined, "dek": joined}, b"")
        article = {
            "title": joined,
            "outlet": topic,
            "url": "https://example.org/?q='onmouseover='ran()",
            "published": "2025-06",
            "author": joined,
            "original_title": joined,
            "integrity": {"status": "altered", "note": {"en": joined}},
            "claims": [
                {"point": id, "says": {"en": text}, "text": {"en": text}, "by": id}
                | {"at": dict.fromkeys(("start", "end", "before", "after"), as_locator(text))}
                for id, text in ids.items()
            ],
        }
        body = "\n\n".join(bodies[first : first + CROWD]).encode()
        matters[f"content/{topic}/one.en.md"] = (article, body)
        if first % (2 * CROWD):  # every other topic compares
            matters[f"content/{topic}/two.en.md"] = (article, b"")
    told |= {
        "content/outlets.yaml": outlets,
        "content/voices.yaml": {"sides": sides, "voices": voices},
    }
    files = {path: written(path, data) for path, data in told.items()}
    files |= {path: written(path, *matter) for path, matter in matters.items()}
    return templates(small) | files


def sifted(files: Mapping[str, bytes]) -> tuple[Files, dict[str, int]]:
    """Build a site without the files that are refused; count what is told of each of those."""
    try:
        return make_site(files), {}
    except Problems as problems:
        refused = Counter(problem.place.path for problem in problems)
    left = {path: data for path, data in files.items() if path not in refused}
    return make_site(left), dict(refused)


def prose(body: str) -> str:
    """Give the HTML of a body, or raise Problems."""
    collector = Collector()
    text = decode_text("a.md", b"\n" + body.encode(), collector)  # a mark at the start is no text
    collector.done()
    blocks = parse_markdown(text).blocks
    return "\n".join(block.render(lambda link: "#") for block in blocks)


def page_of(*bodies: str) -> Shape:
    """Read a page that has the HTML of some bodies, each in a place of its own."""
    told = "".join(f'<div class="prose_block">{html}</div>' for html in bodies)
    return shape(f"<!doctype html><html><head><title>Title</title></head><body>{told}<p>End</p>")
