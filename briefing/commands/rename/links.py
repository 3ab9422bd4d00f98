"""The links by id of a Markdown text, given other targets where they are written.

What looks like a link need not be one: it may stand in code, or be the title of another.
So a text is read again with each change, and only what changes links and nothing else is
taken; how Markdown is read is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from briefing.commands.rename.edits import Edit, edited
from briefing.model.prose import SLOT_END, SLOT_LABEL, SLOT_START, Block, Link, Prose
from briefing.problems import Problem, Problems, raise_if_any
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.text import Text

NewTarget = Callable[[Link], str]
"""Gives what a link is to lead to: what it leads to already, or something else."""
_FILLED = re.compile(f"{SLOT_START}([0-9]+){SLOT_LABEL}(.*?){SLOT_END}", re.DOTALL)


def relinked(body: Text, prose: Prose, new: NewTarget) -> tuple[Edit, ...]:
    """Give the edits of a text, which was read already, that let its links lead elsewhere.

    Raises Problems for a link that is written so that it cannot be found.
    """
    targets = {(link.kind, link.target): new(link) for link in prose.links}
    targets = {known: target for known, target in targets.items() if target != known[1]}
    if not targets:
        return ()
    found = tuple(_candidates(body.text, targets))
    links = sum((link.kind, link.target) in targets for link in prose.links)
    if len(found) == links and leads_as(prose, _read(body, found), new):
        return found  # each of them is a link
    taken = tuple(edit for edit in found if _is_alike(prose, _read(body, [edit]), new))
    after = _read(body, taken)
    raise_if_any(_lost(prose, after if after and _is_alike(prose, after, new) else prose, new))
    return taken


def leads_as(before: Prose, after: Prose | None, new: NewTarget) -> bool:
    """Whether a text is the same as before but for its links, which lead where they are to."""
    return bool(after and _is_alike(before, after, new) and not any(_lost(before, after, new)))


def _candidates(text: str, targets: Mapping[tuple[str, str], str]) -> Iterator[Edit]:
    """Find what may be an address of a link: in brackets of either kind, or after a space."""
    for (kind, target), new in targets.items():
        spelt = "".join(map(_spelt, target))
        for match in re.finditer(rf"(?<=[(<:\s]){kind}:({spelt})(?=[)>\s]|\Z)", text):
            yield Edit(*match.span(1), new)


def _spelt(sign: str) -> str:
    """Give a pattern of a character in an address: as it is, escaped, or encoded."""
    encoded = "".join(f"%{byte:02x}" for byte in sign.encode())
    return rf"(?:\\?{re.escape(sign)}|(?i:{encoded}))"


def _read(body: Text, edits: Iterable[Edit]) -> Prose | None:
    """Read a text with some edits; None if it cannot be read."""
    try:
        return parse_markdown(replace(body, text=edited(body.text, edits)))
    except Problems:
        return None


def _is_alike(before: Prose, after: Prose | None, new: NewTarget) -> bool:
    """Whether a text is the same but for links that lead where they are to, all or some."""
    if after is None or len(before.blocks) != len(after.blocks):
        return False
    pairs = zip(before.blocks, after.blocks, strict=True)
    return all(one == other or _is_alike_block(one, other, new) for one, other in pairs)


def _is_alike_block(before: Block, after: Block, new: NewTarget) -> bool:
    links = [*zip(before.links, after.links, strict=False)]
    if len(before.links) != len(after.links) or not all(_may_be(*pair, new) for pair in links):
        return False
    # What is between links, the number of a link, its label, what is between links …
    one, other = _FILLED.split(before.html), _FILLED.split(after.html)
    if (one[0::3], one[1::3]) != (other[0::3], other[1::3]):
        return False
    labels = zip(map(int, one[1::3]), one[2::3], other[2::3], strict=True)
    return all(
        label == now or [label, now] == [*map(_written, links[number])]
        for number, label, now in labels
    )


def _written(link: Link) -> str:
    """Give the address of a link, which is its text where it stands alone: `<topic:vote>`."""
    return f"{link.kind}:{link.target}"


def _may_be(before: Link, after: Link, new: NewTarget) -> bool:
    told = (before.kind, before.title) == (after.kind, after.title)
    return told and after.target in {before.target, new(before)}


def _lost(before: Prose, after: Prose, new: NewTarget) -> Iterator[Problem]:
    """Tell of the links that do not lead where they are to, of texts that are alike."""
    for link, now in zip(before.links, after.links, strict=True):
        if now.target != new(link):
            message = f"the link to `{_written(link)}` is written in a way that cannot be changed"
            yield Problem(link.place, message, f"write it as `{_written(link)}`")
