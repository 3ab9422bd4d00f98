"""A lead and an edit of its claims -> the lead with it; all else of the file stays as it is.

What comes of it is read again: the claims must be those that there were and the one that is asked
for, and every other field as it was. So an odd way to write YAML is refused, and never harmed.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.locating.proposals import write_locator
from briefing.commands.rename.edits import Edit, entry_edit, index_of, rewrite_bytes
from briefing.commands.serve.writing.edits import AddClaim, Passage, SetPassage
from briefing.commands.serve.writing.flow_text import mapping_end, value_end
from briefing.model.article import Locator
from briefing.problems import Collector, Place, mistake
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import Node, mapping, plain
from briefing.syntax.scalars import write_scalar
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_fields

_FIELD = "claims"
_OPEN = "…"
"""What stands where something is still to be written."""
_COMMENTED = re.compile(r"^[ \t]*#[ \t]*claims:[ \t]*$\n?", re.MULTILINE)
"""The line `#claims:` of a new lead."""
_PASSED = re.compile(r"[ \t]*(?:#.*)?\n?")
"""A line that is empty or a comment."""
_BY_HAND = "write it into the file: its front matter is not as it is written mostly"


class Lead(Struct, frozen=True, kw_only=True):
    """The file of a lead, read."""

    text: Text
    matter: Text
    root: Node
    newline: str

    @property
    def end(self) -> int:
        """The index behind the last character of the front matter."""
        return index_of(self.text, Place(self.text.path, self.matter.line)) + len(self.matter.text)

    @property
    def claims(self) -> tuple[Node, ...]:
        """Its claims; () if there are none yet."""
        node = mapping(self.root).get(_FIELD)
        return node.value if node and isinstance(node.value, tuple) else ()


def read_lead(path: str, data: bytes) -> Lead:
    """Return a lead. Raises Problems for what is no Markdown with front matter."""
    collector = Collector()
    text = decode_text(path, data, collector)
    collector.done()
    matter, _ = split_front_matter(text)
    newline = "\r\n" if b"\r\n" in data else "\n"
    return Lead(text=text, matter=matter, root=parse_fields(matter), newline=newline)


def with_claim(path: str, data: bytes, wanted: AddClaim, article_language: str) -> bytes:
    """Return the file of a lead with one more claim.

    It takes the place of the line that `new article` proposes for the point; otherwise it stands
    behind the others. article_language: BCP 47. Raises Problems where it cannot be added.
    """
    lead = read_lead(path, data)
    written = written_claim(wanted, article_language)
    new = _plain_text(written)
    after = rewrite_bytes(data, _edits(lead, wanted, written))
    claims = [*map(plain, _verified(lead, after).claims)]
    added = [] if wanted.is_draft else [new]
    keys = {"point", "mentions" if wanted.mentions else "says", "at", *(["by"] * bool(wanted.by))}
    is_one = isinstance(new, dict) and new.keys() == keys
    if not is_one or not _is_with(claims, [*map(plain, lead.claims)], added):
        raise mistake(lead.root.place, "the claim cannot be added to it", _BY_HAND)
    return after


def _is_with(claims: list[Any], before: list[Any], added: list[Any]) -> bool:
    """Whether claims are those that there were, in their order, and what was added to them."""
    if not added:
        return claims == before
    places = range(len(claims))
    return any(claims[at] == added[0] and claims[:at] + claims[at + 1 :] == before for at in places)


def with_passage(path: str, data: bytes, wanted: SetPassage, article_language: str) -> bytes:
    """Return the file of a lead in which the claim of a line has a passage.

    What its words mean stays, in languages in which nothing else is asked for. article_language:
    BCP 47. Raises Problems if there is no such claim, or it cannot be written.
    """
    lead = read_lead(path, data)
    there = [each for each in lead.claims if each.place.line == wanted.line]
    if len(there) != 1:
        place = Place(path, wanted.line)
        raise mistake(place, "there is no claim in this line", "look at the page once more")
    locator = locator_of(wanted.at, article_language)
    locator = replace(locator, gloss={**_gloss_of(there[0]), **locator.gloss})
    value = write_locator(locator, article_language)
    after = rewrite_bytes(data, [_passage_edit(lead, there[0], value)])
    at = lead.claims.index(there[0])
    claims = [*map(plain, _verified(lead, after).claims)]
    expected = [*map(plain, lead.claims)]
    expected[at] = {**expected[at], "at": _plain_text(value)}
    if claims != expected:
        raise mistake(there[0].place, "its passage cannot be written", _BY_HAND)
    return after


def _gloss_of(claim: Node) -> dict[str, str]:
    """Return what is written of the meaning of the passage of a claim, by language."""
    at = mapping(claim).get("at")
    gloss = mapping(at).get("gloss") if at and isinstance(at.value, dict) else None
    written = plain(gloss) if gloss else None
    return written if isinstance(written, dict) else {}


def locator_of(passage: Passage, article_language: str) -> Locator:
    """Return the locator that is asked for. article_language: BCP 47."""
    written = {code: " ".join(words.split()) for code, words in passage.gloss.items()}
    gloss = {code: words for code, words in written.items() if words}
    return Locator(
        start=passage.start,
        end=passage.end,
        before=passage.before,
        after=passage.after,
        language=passage.lang or article_language,
        gloss=gloss,
        place=Place(""),
    )


def written_claim(claim: AddClaim, article_language: str) -> str:
    """Return a claim in braces, with `…` for what is still to be written.

    article_language: BCP 47. Raises Problems for a value of several lines.
    """
    at = write_locator(locator_of(claim.at, article_language), article_language)
    says = (
        "mentions: true"
        if claim.mentions
        else f"says: {_value((claim.says or '').strip() or _OPEN)}"
    )
    by = f", by: {write_scalar(claim.by)}" if claim.by else ""
    point = claim.point and write_scalar(claim.point)
    return f"{{point: {point or _OPEN}, {says}{by}, at: {at}}}"


def _value(says: str) -> str:
    """Return a value as it stands in braces: in quotes if it needs some. Raises Problems."""
    if len(says.splitlines()) > 1:
        raise mistake(Place("says"), "has several lines", "write it in one")
    is_written = says == _OPEN or says[0] in "[{\"'"
    return says if is_written else write_scalar(says)


class _Spot(Struct, frozen=True, kw_only=True):
    """Where a claim is added to a list with a line for each."""

    start: int
    """The index behind the line `claims:`, from which on a proposed line may stand."""
    end: int
    """The index behind the last line that may be one of the list."""
    at: int
    """The index of the line before which the claim comes, where no line was proposed for it."""
    indent: str
    heading: Edit | None = None
    """What makes the list begin; None: it has begun."""


def _edits(lead: Lead, wanted: AddClaim, written: str) -> list[Edit]:
    """Return the edits that add a claim to a lead."""
    node, source = mapping(lead.root).get(_FIELD), lead.text.text
    if not wanted.is_draft and lead.root.flow and node is None:
        return [entry_edit(lead.text, lead.root, f"{_FIELD}: [{written}]", lead.newline)]
    at = index_of(lead.text, node.place) if node else 0
    if node and source.startswith("[", at) and not wanted.is_draft:
        return [Edit(at + 1, at + 1, f"{written}, " if node.value else written)]
    spot = _spot_in(lead, node) if node else _spot_of_new(lead, is_draft=wanted.is_draft)
    mark = "#" if wanted.is_draft else ""
    line = f"{mark}{spot.indent}- {written}{lead.newline}"
    proposed = _proposed_line(wanted.point, source[: spot.end], spot.start)
    edit = Edit(*proposed.span(), line) if proposed else Edit(spot.at, spot.at, line)
    if spot.heading is None:
        return [edit]
    if spot.heading.start < edit.start:
        return [spot.heading, edit]
    return [Edit(edit.start, edit.end, spot.heading.new + line)]


def _spot_in(lead: Lead, node: Node) -> _Spot:
    """Return where a claim is added to the list `node`, which may be empty."""
    source, key = lead.text.text, index_of(lead.text, node.key or node.place)
    behind = source.find("\n", key) + 1
    later = (index_of(lead.text, other.key) for other in mapping(lead.root).values() if other.key)
    end = min((index for index in later if index > key), default=lead.end)
    end = source.rfind("\n", 0, end) + 1
    indent = " " * (lead.root.place.column + 1)
    if not lead.claims:
        return _Spot(start=behind, end=end, at=behind, indent=indent)
    first = index_of(lead.text, lead.claims[0].place)
    line = source[source.rfind("\n", 0, first) + 1 : first]
    lines = source[behind:end].splitlines(keepends=True)
    while lines and _PASSED.fullmatch(lines[-1]):
        lines.pop()
    at = behind + sum(map(len, lines))
    indent = line[: len(line) - len(line.lstrip(" "))]
    return _Spot(start=behind, end=end, at=at, indent=indent)


def _spot_of_new(lead: Lead, *, is_draft: bool) -> _Spot:
    """Return where the first claim of a lead comes, below `#claims:` if that is there.

    is_draft: whether the list stays a comment.
    """
    above = " " * (lead.root.place.column - 1)
    indent = f"{above}  "
    start = index_of(lead.text, Place(lead.text.path, lead.matter.line))
    commented = _COMMENTED.search(lead.text.text, start, lead.end)
    heading = f"{'#' if is_draft else ''}{above}{_FIELD}:{lead.newline}"
    if commented is None:
        at = lead.end
        return _Spot(start=at, end=at, at=at, indent=indent, heading=Edit(at, at, heading))
    at = commented.end()
    edit = None if is_draft else Edit(commented.start(), at, heading)
    return _Spot(start=at, end=lead.end, at=at, indent=indent, heading=edit)


def _proposed_line(point: str | None, source: str, start: int) -> re.Match[str] | None:
    """Return the line that `new article` proposes for a point, if it is as that wrote it."""
    name = re.escape(point or "")
    line = rf"^[ \t]*#[ \t]*- \{{point: {name}, says: …, by: …, at: …\}}[ \t]*\n"
    return re.compile(line, re.MULTILINE).search(source, start) if point else None


def _passage_edit(lead: Lead, claim: Node, value: str) -> Edit:
    """Return the edit that gives a claim a passage, in place of another one if it has one."""
    source, node = lead.text.text, mapping(claim).get("at")
    if node:
        start = index_of(lead.text, node.place)
        is_flow = claim.flow or not isinstance(node.value, str)
        end = value_end(source, start) if claim.flow else _end_in_line(source, start, is_flow)
        end = start + len(source[start:end].rstrip())
        return Edit(start, end, f" {value}" if source[start - 1] == ":" else value)
    if not claim.flow:
        return entry_edit(lead.text, claim, f"at: {value}", lead.newline)
    before = source[: mapping_end(source, index_of(lead.text, claim.place))].rstrip()
    comma = {"{": "", ",": " "}.get(before[-1], ", ")
    return Edit(len(before), len(before), f"{comma}at: {value}")


def _end_in_line(source: str, start: int, is_flow: bool) -> int:
    """Return the index behind a value that stands alone in its line, but for a comment."""
    if is_flow:
        return mapping_end(source, start) + 1
    match = re.compile(r"[^\n]*?(?=[ \t]+#|[ \t]*(?:\n|\Z))").match(source, start)
    return match.end() if match else start


def _verified(lead: Lead, after: bytes) -> Lead:
    """Return what comes of an edit, if all but the claims is as it was. Raises Problems."""
    new = read_lead(lead.text.path, after)
    if _others(new) != _others(lead):
        raise mistake(lead.root.place, "the claims cannot be written", _BY_HAND)
    return new


def _others(lead: Lead) -> tuple[dict[str, Any], str]:
    """Return the other fields of a lead, and its body."""
    fields = {name: plain(node) for name, node in mapping(lead.root).items() if name != _FIELD}
    return fields, split_front_matter(lead.text)[1].text


def _plain_text(written: str) -> Any:
    """Return what YAML in one line means. Raises Problems."""
    return plain(mapping(parse_fields(Text("says", f"_: {written}")))["_"])
