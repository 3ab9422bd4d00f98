"""Changes the targets of links by id in a Markdown text.

Text that looks like a link may be none: it may be code, or the title of another link. So the text
is parsed again with each edit, and only an edit that changes links and nothing else is accepted.
The module knows nothing else of how Markdown is parsed. `edits` has the type `Edit`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from briefing.commands.rename.edits import Edit, apply_edits
from briefing.model.prose import SLOT_END, SLOT_LABEL, SLOT_START, Block, Link, Prose
from briefing.problems import Problem, Problems, raise_if_any
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.text import Text

NewTarget = Callable[[Link], str]
"""Returns the new target of a link, or the old one if it does not change."""
_FILLED = re.compile(f"{SLOT_START}([0-9]+){SLOT_LABEL}(.*?){SLOT_END}", re.DOTALL)


def link_edits(body: Text, prose: Prose, new: NewTarget) -> tuple[Edit, ...]:
    """Return the edits of the text `body` by which its links get new targets.

    prose: `body`, parsed. Raises Problems for a link that is written so that it is not found.
    """
    targets = {(link.kind, link.target): new(link) for link in prose.links}
    targets = {link: target for link, target in targets.items() if target != link[1]}
    if not targets:
        return ()
    candidates = tuple(_candidates(body.text, targets))
    count = sum((link.kind, link.target) in targets for link in prose.links)
    # Tried all at once first: parsing once for each link takes long in a text with many.
    if len(candidates) == count and has_links_as(prose, _read(body, candidates), new):
        return candidates
    taken = tuple(edit for edit in candidates if _is_alike(prose, _read(body, [edit]), new))
    after = _read(body, taken)
    raise_if_any(
        _unchangeable_links(prose, after if after and _is_alike(prose, after, new) else prose, new)
    )
    return taken


def has_links_as(before: Prose, after: Prose | None, new: NewTarget) -> bool:
    """Whether `after` is `before` with all links at their new targets, and else the same."""
    return bool(
        after and _is_alike(before, after, new) and not any(_unchangeable_links(before, after, new))
    )


def _candidates(text: str, targets: Mapping[tuple[str, str], str]) -> Iterator[Edit]:
    """Yield the edits of all that may be the address of a link: in brackets, or after a space."""
    for (kind, target), new in targets.items():
        spelling = "".join(map(_spelling_pattern, target))
        for match in re.finditer(rf"(?<=[(<:\s]){kind}:({spelling})(?=[)>\s]|\Z)", text):
            yield Edit(*match.span(1), new)


def _spelling_pattern(sign: str) -> str:
    """Return a pattern of a character in an address: plain, escaped or percent-encoded."""
    encoded = "".join(f"%{byte:02x}" for byte in sign.encode())
    return rf"(?:\\?{re.escape(sign)}|(?i:{encoded}))"


def _read(body: Text, edits: Iterable[Edit]) -> Prose | None:
    """Return the text parsed after `edits`; None if it has problems."""
    try:
        return parse_markdown(replace(body, text=apply_edits(body.text, edits)))
    except Problems:
        return None


def _is_alike(before: Prose, after: Prose | None, new: NewTarget) -> bool:
    """Whether `after` is `before` with some links at their new targets, and else the same."""
    if after is None or len(before.blocks) != len(after.blocks):
        return False
    pairs = zip(before.blocks, after.blocks, strict=True)
    return all(one == other or _is_alike_block(one, other, new) for one, other in pairs)


def _is_alike_block(before: Block, after: Block, new: NewTarget) -> bool:
    """Whether this is so of a block."""
    links = [*zip(before.links, after.links, strict=False)]
    if len(before.links) != len(after.links) or not all(
        _is_old_or_new(*pair, new) for pair in links
    ):
        return False
    # The parts are, in turn: text between links, number of a link, its label, text between …
    one, other = _FILLED.split(before.html), _FILLED.split(after.html)
    if (one[0::3], one[1::3]) != (other[0::3], other[1::3]):
        return False
    labels = zip(map(int, one[1::3]), one[2::3], other[2::3], strict=True)
    return all(
        label == now or [label, now] == [*map(_address_of, links[number])]
        for number, label, now in labels
    )


def _address_of(link: Link) -> str:
    """Return the address of a link. It is also the label of a link like `<topic:vote>`."""
    return f"{link.kind}:{link.target}"


def _is_old_or_new(before: Link, after: Link, new: NewTarget) -> bool:
    """Whether a link has its old or its new target, and else is the same."""
    same = (before.kind, before.title) == (after.kind, after.title)
    return same and after.target in {before.target, new(before)}


def _unchangeable_links(before: Prose, after: Prose, new: NewTarget) -> Iterator[Problem]:
    """Yield a problem for each link that does not have its new target in `after`."""
    for link, now in zip(before.links, after.links, strict=True):
        if now.target != new(link):
            message = (
                f"the link to `{_address_of(link)}` is written in a way that cannot be changed"
            )
            yield Problem(link.place, message, f"write it as `{_address_of(link)}`")
