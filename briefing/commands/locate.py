"""The command `locate`: words of an article -> the lines of claims that point to them.

It reads no more of the site than it needs, so that it works while claims are half written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from briefing.checks.kept_text import read_kept_text
from briefing.checks.locating.proposals import Locating, write_claim, write_locator
from briefing.checks.locating.search import Place as Found
from briefing.checks.locating.search import SearchedText
from briefing.content.articles import LEAD_FIELD
from briefing.content.fields import language_tag
from briefing.content.outlets_voices import OUTLETS
from briefing.content.shared import Files
from briefing.content.source_files import open_yaml
from briefing.model.article import Locator
from briefing.problems import Collector, Place, Problems, did_you_mean, mistake
from briefing.storage.read_sources import read_article_texts, read_tree
from briefing.storage.stat_cache import ARTICLE_TEXTS
from briefing.syntax.cldr import find_locale
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import Node, mapping, part, token
from briefing.syntax.text import decode_text
from briefing.syntax.yaml import parse_fields

_MAX_SHOWN = 20
"""Places that are shown; of more it is said how many there are."""
_AROUND = 50
"""Characters of the text that are shown before and after a place."""
_SAME = "no locator: the same words stand around it elsewhere, or it is no clause; take more words"


class LocateRequest(Struct, frozen=True, kw_only=True):
    """What is to be found, and how it is printed."""

    root: Path
    article: str
    """As typed: `<topic>/<article>`, or the path of one of its files."""
    words: str
    language: str | None
    """BCP 47, of the words; None: that of the article."""
    at_only: bool


def locate(request: LocateRequest) -> str:
    """Return the places of words in a kept text, each with the line of a claim.

    Raises Problems for an article that is not there, for one whose text is not kept, and with the
    nearest words where the words are not in it; OSError.
    """
    files = read_tree(request.root, "content")
    id = _article_id(files, request.article)
    language = _language_of(files, id)
    path, texts = f"{id}.txt", read_article_texts(request.root, id.partition("/")[0])
    if path not in texts:
        cure = "save the text of the article there as you read it, each paragraph on a line"
        raise mistake(Place(f"{ARTICLE_TEXTS}/{path}"), f"the text of `{id}` is not kept", cure)
    read_kept_text(path, texts[path])  # refuses marks without end, which would take forever
    text = SearchedText(texts[path].decode(errors="replace"))
    found = text.find(request.words)
    if not found:
        raise _not_found(text, f"{ARTICLE_TEXTS}/{path}", request.words)
    locating = Locating(text, request.language or language)
    shown = [
        f"{ARTICLE_TEXTS}/{path}:{text.line(place.start)}: {_surrounded(text, place)}\n"
        f"{_line(locating.propose(place), language, at_only=request.at_only)}"
        for place in found[:_MAX_SHOWN]
    ]
    more = [f"… and {len(found) - _MAX_SHOWN} more places"] if len(found) > _MAX_SHOWN else []
    return "\n".join([*shown, *more])


def read_language(tag: str) -> str:
    """Return the BCP 47 tag of a language that CLDR has. Raises ValueError."""
    if find_locale(tag) is None:
        raise ValueError("write a BCP 47 tag like vi, en or zh-Hans")
    return tag


def _line(locator: Locator | None, language: str, *, at_only: bool) -> str:
    """Return the line to paste, indented as claims are."""
    if locator is None:
        return f"    {_SAME}"
    if at_only:
        return f"    at: {write_locator(locator, language)}"
    return f"  {write_claim(locator, language)}"


def _surrounded(text: SearchedText, place: Found) -> str:
    """Return a place between marks, with what stands around it in its paragraphs."""
    before = text.text[max(0, place.start - _AROUND) : place.start].rpartition("\n")[2]
    after = text.text[place.end : place.end + _AROUND].partition("\n")[0]
    words = text.text[place.start : place.end].replace("\n", " ")
    return f"{_dots(before, at_start=True)}»{words}«{_dots(after, at_start=False)}"


def _dots(words: str, *, at_start: bool) -> str:
    """Return words with an ellipsis where they were cut, and without the word that was."""
    if len(words) < _AROUND:
        return words
    return f"… {words.partition(' ')[2]}" if at_start else f"{words.rpartition(' ')[0]} …"


def _not_found(text: SearchedText, path: str, words: str) -> Problems:
    """Return the problem of words that are nowhere, with those that are most like them."""
    near = [f"{_surrounded(text, at)} (line {text.line(at.start)})" for at in text.nearest(words)]
    cure = f"nearest to it: {'; '.join(near)}" if near else "nothing in it is like these words"
    return mistake(Place(path), f"`{words}` is not in the text", cure)


def _article_id(files: Files, typed: str) -> str:
    """Return the id of the article that was meant. Raises Problems if there is none."""
    parts = typed.split("/")
    below = parts[1:] if parts[0] in {"content", ARTICLE_TEXTS} else parts
    id = "/".join([*below[:-1], below[-1].partition(".")[0]])
    known = dict.fromkeys(_articles(files))
    if id not in known:
        cure = did_you_mean(id, known, "articles")
        raise mistake(Place(f"content/{id}"), f"there is no article `{id}`", cure)
    return id


def _articles(files: Files) -> Iterator[str]:
    """Yield the ids of all articles, each with its topic, as often as it has files."""
    for path in files:
        match path.split("/"):
            case [_, topic, name] if name.endswith(".md") and not name.startswith("topic."):
                yield f"{topic}/{name.partition('.')[0]}"


def _language_of(files: Files, id: str) -> str:
    """Return the language of an article, or of its outlet, by its lead. Raises Problems."""
    leads = [path for path in files if path.startswith(f"content/{id}.") and path[-3:] == ".md"]
    for path in leads:
        front = _front_matter(files, path)
        if LEAD_FIELD in mapping(front):
            break
    else:
        message = f"no file of `{id}` has `{LEAD_FIELD}:`"
        raise mistake(Place(leads[0]), message, f"write `{LEAD_FIELD}:`, and where it is from")
    if "language" in mapping(front):
        return language_tag(part(front, "language"))
    outlet, outlets = part(front, LEAD_FIELD), open_yaml(files, Collector(), OUTLETS)
    if (name := token(outlet)) not in mapping(outlets):
        outlet.fail(f"no outlet `{name}`", did_you_mean(name, mapping(outlets)))
    if "language" not in mapping(mapping(outlets)[name]):
        raise mistake(mapping(outlets)[name].place, "`language` is missing", "add `language: …`")
    return language_tag(part(mapping(outlets)[name], "language"))


def _front_matter(files: Files, path: str) -> Node:
    return parse_fields(split_front_matter(decode_text(path, files[path], Collector()))[0])
