"""A unit of before a rename -> its name, and where its links lead, today."""

from __future__ import annotations

from briefing.commands.rename.edits import apply_edits
from briefing.commands.rename.links import link_edits
from briefing.content.classify import TOPIC_STEM
from briefing.model.prose import Link, Prose
from briefing.model.site import Redirects
from briefing.problems import Problems
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.text import Text
from briefing.translation.digests import normal_words, words_of


def renamed_context(context: str, redirects: Redirects) -> str:
    """Return the name of a unit with the ids of today, as far as it was renamed."""
    path, _, key = context.partition(" ")
    folder, _, name = path.rpartition("/")
    stem, _, ending = name.partition(".")
    topic = folder.removeprefix("content/")
    is_topic = stem == TOPIC_STEM
    target = redirects.target(topic if is_topic else f"{topic}/{stem}")
    if target is None or ("/" in target) is is_topic:
        return context
    stems = f"{target}/{TOPIC_STEM}" if is_topic else target
    return f"content/{stems}.{ending} {key}"


def prose_of(markdown: str) -> Prose:
    """Return a text of Markdown, parsed; one that cannot be parsed has no blocks."""
    try:
        return parse_markdown(Text("", markdown))
    except Problems:
        return Prose()


def says_the_same(one: str, other: str) -> bool:
    """Whether two paragraphs of Markdown have the same words, as `digest_of_words` takes them."""
    if one == other:
        return True
    blocks = (prose_of(each).blocks for each in (one, other))
    words, others = ([normal_words(words_of(block)) for block in of] for of in blocks)
    return bool(words) and words == others


def with_links_of(translation: str, then: str, now: str) -> str:
    """Return a translation whose links lead where those of its original lead `now`.

    then, now: the original, in the same words. Links that cannot be changed stay as they are.
    """
    if then == now:
        return translation
    pairs = zip(prose_of(then).links, prose_of(now).links, strict=False)
    targets = {(old.kind, old.target): new.target for old, new in pairs}

    def target(link: Link) -> str:
        return targets.get((link.kind, link.target), link.target)

    try:
        edits = link_edits(Text("", translation), prose_of(translation), target)
    except Problems:
        return translation
    return apply_edits(translation, edits)
