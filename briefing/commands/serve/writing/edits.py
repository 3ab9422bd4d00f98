"""What is asked of a source file: the path, its content as the page showed it, and what to do.

Another kind of edit is another type in `What`, and the module that makes it. Next: `claim_edits`,
which makes those of claims, and `translator.edits`, which makes those of translations.
"""

from __future__ import annotations

from msgspec import Struct


class Passage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A locator as it is asked for; the fields are those of `Locator`."""

    start: str
    end: str | None = None
    before: str | None = None
    after: str | None = None
    lang: str | None = None
    """BCP 47, of the words; None: that of the article."""
    gloss: dict[str, str] = {}
    """What the words mean, by the code of a language of the site; "" for what is not written."""


class AddClaim(Struct, frozen=True, kw_only=True, tag="add-claim", forbid_unknown_fields=True):
    """A claim that the lead is to have: valid if it says or mentions, else a draft in a comment."""

    at: Passage
    point: str | None = None
    says: str | None = None
    """As an editor writes it in YAML; None: it is still to be written."""
    mentions: bool = False
    """Whether the point is only mentioned."""
    by: str | None = None

    @property
    def is_draft(self) -> bool:
        """Whether something is still to be written."""
        return not (self.point and (self.mentions or (self.says or "").strip()))


class SetPassage(Struct, frozen=True, kw_only=True, tag="set-passage", forbid_unknown_fields=True):
    """The passage of a claim that has none, or another one."""

    line: int
    """Where the claim is written, from 1."""
    at: Passage


class WritePart(Struct, frozen=True, kw_only=True, tag="write-part", forbid_unknown_fields=True):
    """New words of a part of a translation."""

    part: str
    """`title`, `dek`, or the number of a paragraph of the translation, from 1."""
    text: str
    """Markdown; "" takes out what is gone from the original."""
    notes: bool = True
    """Whether a part that was behind is noted as right."""
    original: str
    """The digest of the original, as that of `SourceEdit`."""


class AddParagraph(
    Struct, frozen=True, kw_only=True, tag="add-paragraph", forbid_unknown_fields=True
):
    """A paragraph of the original that the translation lacks; it is noted as right."""

    paragraph: int
    """Its number in the original, from 1."""
    text: str
    """Markdown."""
    original: str
    """The digest of the original."""


class Acknowledge(Struct, frozen=True, kw_only=True, tag="ack", forbid_unknown_fields=True):
    """Parts of a translation are right as they stand."""

    parts: tuple[str, ...] = ()
    """`title`, `dek`, and numbers of paragraphs of the original, from 1; (): all."""
    original: str
    """The digest of the original."""


class BeginTranslation(
    Struct, frozen=True, kw_only=True, tag="begin-translation", forbid_unknown_fields=True
):
    """A draft of a translation, of the text at the path."""

    language: str
    """The code of a language of the site."""


class ShowTranslation(
    Struct, frozen=True, kw_only=True, tag="show-translation", forbid_unknown_fields=True
):
    """The translation at the path is no draft any more."""


What = (
    AddClaim
    | SetPassage
    | WritePart
    | AddParagraph
    | Acknowledge
    | BeginTranslation
    | ShowTranslation
)


class SourceEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a page of the preview asks to be written."""

    path: str
    digest: str
    """SHA-256 of the content that the page was made of, in hexadecimal digits."""
    what: What


class UndoRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be undone, by the name that it was given when it was written."""

    undo: str
