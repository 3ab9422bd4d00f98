"""A lead with an edit, among the files of the site -> what is wrong with its claims by that.

It needs the points of the topic, the voices and the languages, and no other text: mistakes
elsewhere do not matter, and were told before.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from briefing.commands.serve.writing.claim_edits import read_lead, with_claim, with_passage
from briefing.commands.serve.writing.edits import AddClaim, SetPassage
from briefing.content.articles import article_language
from briefing.content.claims.claim import read_claims
from briefing.content.classify import TOPIC_STEM
from briefing.content.outlets_voices import KnownIds
from briefing.content.parse_shared import read_shared
from briefing.content.points import read_points
from briefing.content.shared import Files
from briefing.content.source_files import open_yaml
from briefing.problems import Collector, Problem, Problems, raise_if_any
from briefing.syntax.nodes import mapping


class ClaimCheck(Struct, frozen=True, kw_only=True):
    """What the claims of a lead may refer to, and the language of its article."""

    known: KnownIds
    language: str
    """BCP 47; "und" if it cannot be read."""

    def refuse_new_mistakes(self, path: str, before: bytes, after: bytes) -> None:
        """Do nothing if an edit of the lead at `path` makes no mistake. Raises Problems."""
        old = {(each.message, each.cure) for each in self._mistakes(path, before)}
        found = self._mistakes(path, after)
        raise_if_any(each for each in found if (each.message, each.cure) not in old)

    def _mistakes(self, path: str, data: bytes) -> tuple[Problem, ...]:
        """Return what is wrong with the claims of a lead."""
        node = mapping(read_lead(path, data).root).get("claims")
        if node is None or node.value == "":
            return ()
        known = self.known
        try:
            read_claims(known.points, known.voices, known.languages, self.language)(node)
        except Problems as problems:
            return problems.problems
        return ()


def with_edited_claim(files: Files, path: str, what: AddClaim | SetPassage) -> bytes:
    """Return the lead at `path` with one more claim, or with another passage of one.

    files: those of the site, that one among them. Raises Problems for what would be wrong.
    """
    check, before = claim_check(files, path), files[path]
    if isinstance(what, AddClaim):
        after = with_claim(path, before, what, check.language)
    else:
        after = with_passage(path, before, what, check.language)
    check.refuse_new_mistakes(path, before, after)
    return after


def claim_check(files: Files, path: str) -> ClaimCheck:
    """Return what the claims of the lead at `path` may refer to.

    Raises Problems if the lead, or the points of its topic, cannot be read.
    """
    folder = path.rpartition("/")[0]
    topic = f"{folder}/"
    shared = read_shared({name: data for name, data in files.items() if _is_shared(name)})
    collector = Collector()
    root = open_yaml(files, collector, f"{topic}{TOPIC_STEM}.yaml")
    points = read_points(root, shared.known_ids.languages, collector)
    collector.done()
    known = replace(shared.known_ids, points=points)
    front_matter = read_lead(path, files[path]).root
    return ClaimCheck(known=known, language=article_language(known, front_matter))


def _is_shared(path: str) -> bool:
    """Whether a file is none of a topic, nor of the theme."""
    return path.count("/") < 2 and not path.startswith("static/")  # noqa: PLR2004 — content/a/b
