"""Why the preview does not write: each reason with the status of the answer."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """A reason; the words that a person reads are in the words of the preview, by its value."""

    METHOD = "refused_method"
    """Only POST writes."""
    MACHINE = "refused_machine"
    """It is asked from another machine, or by a name that is not one of this machine alone."""
    ORIGIN = "refused_origin"
    """No page of this preview asks."""
    TOKEN = "refused_token"  # noqa: S105 — it is a word
    """The page is of another run of the preview, or does not show its token."""
    SIZE = "refused_size"
    FORM = "refused_form"
    """The body is not the JSON of an edit."""
    PATH = "refused_path"
    """The file is none that is written."""
    SAVED = "refused_saved"
    """The file was saved since the page showed it."""
    UNDO = "refused_undo"
    """Nothing of this name is to be undone."""
    UNDO_SAVED = "refused_undo_saved"
    """The file was saved since it was written."""
    MISTAKE = "refused_mistake"
    """What came of it would be wrong."""
    SYSTEM = "refused_system"
    """The system refuses to write."""


STATUS = {
    Refusal.METHOD: 405,
    Refusal.SIZE: 413,
    Refusal.FORM: 400,
    Refusal.PATH: 404,
    Refusal.SAVED: 409,
    Refusal.UNDO: 404,
    Refusal.UNDO_SAVED: 409,
    Refusal.MISTAKE: 422,
    Refusal.SYSTEM: 500,
}
"""The status of an answer, by its reason; of the others it is 403:
https://www.rfc-editor.org/rfc/rfc9110#section-15.5."""


class Refused(Exception):  # noqa: N818 — an answer, and no error of the program
    """Raised for an edit that is not made."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
