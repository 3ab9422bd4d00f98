"""Requests that write -> answers: what was written, or why nothing was.

Everybody is asked the same first (`guard`). Each refusal is JSON with a message to be shown.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from msgspec import DecodeError, Struct, json

from briefing.commands.serve.faults import NO_FAULTS, WRITE
from briefing.commands.serve.local_handler import LocalHandler
from briefing.commands.serve.preview_words import WORD_LANGUAGES, preview_words
from briefing.commands.serve.writing.edits import SourceEdit, UndoRequest
from briefing.commands.serve.writing.guard import (
    MAX_BODY,
    Asking,
    refusal_of_reader,
    refusal_of_writer,
)
from briefing.commands.serve.writing.refusals import STATUS, Refusal, Refused
from briefing.commands.serve.writing.writer import SourceWriter, Written
from briefing.problems import Problem, Problems

FORBIDDEN = 403


class RefusedAnswer(Struct, frozen=True, kw_only=True):
    """Why nothing was done."""

    refused: Refusal
    message: str
    """In English; the page has it in its own language by `refused`."""
    problems: tuple[dict[str, str], ...] = ()
    """What would be wrong, each with its message and cure."""


class OwnPageHandler(LocalHandler):
    """Answers pages of this run of the preview, on this machine; all others are refused."""

    token = ""

    def initialize(self, token: str) -> None:
        """Take the token of this run."""
        self.token = token

    @property
    def asking(self) -> Asking:
        """Who asks."""
        request = self.request
        return Asking(
            peer=request.remote_ip or "", host=request.host or "", headers=request.headers
        )

    def prepare(self) -> None:
        """Refuse whoever may not ask."""
        super().prepare()
        if not self._finished and (refusal := self.refusal()):
            self.refuse(refusal)

    def refusal(self) -> Refusal | None:
        """Return why a request is refused; None if it is not."""
        return refusal_of_reader(self.asking, self.token)

    def refuse(self, refusal: Refusal, problems: tuple[Problem, ...] = ()) -> None:
        """Answer why nothing was done."""
        told = tuple({"message": each.message, "cure": each.cure} for each in problems)
        message = preview_words(WORD_LANGUAGES[0])[refusal.value]
        self.set_status(STATUS.get(refusal, FORBIDDEN))
        self.answer(RefusedAnswer(refused=refusal, message=message, problems=told))

    def answer(self, what: object) -> None:
        """Answer with JSON."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.encode(what))


class _NotDone(Struct, frozen=True):
    """Why nothing was written."""

    refusal: Refusal
    problems: tuple[Problem, ...] = ()


class _WritingHandler(OwnPageHandler):
    """Answers a POST that writes."""

    def initialize(self, token: str, writer: SourceWriter) -> None:  # type: ignore[override]
        """Take the token of this run, and what writes."""
        super().initialize(token)
        self._writer = writer

    def refusal(self) -> Refusal | None:
        if self.request.method != "POST":
            return Refusal.METHOD
        if refusal := refusal_of_writer(self.asking, self.token):
            return refusal
        if len(self.request.body) > MAX_BODY:
            return Refusal.SIZE
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return None if kind == "application/json" else Refusal.FORM

    async def post(self) -> None:
        """Do what is asked in a thread, so that nobody else waits for the disk."""
        done: Written | _NotDone = _NotDone(Refusal.SYSTEM)
        with suppress(*NO_FAULTS), self.application.faults.recorded(WRITE):
            done = await asyncio.to_thread(self._try_to_write, self.request.body)
        if isinstance(done, Written):
            self.answer(done)
        else:
            self.refuse(done.refusal, done.problems)

    def _try_to_write(self, body: bytes) -> Written | _NotDone:
        """Return what was written, or why nothing was. Raises OSError."""
        try:
            return self.write_source(body)
        except (DecodeError, RecursionError):
            return _NotDone(Refusal.FORM)
        except Refused as refused:
            return _NotDone(refused.refusal)
        except Problems as problems:
            return _NotDone(Refusal.MISTAKE, problems.problems)

    def write_source(self, body: bytes) -> Written:
        """Do what the JSON of a body asks for. Raises DecodeError, Refused and Problems."""
        raise NotImplementedError


class _EditHandler(_WritingHandler):
    """Makes an edit of a source file."""

    def write_source(self, body: bytes) -> Written:
        return self._writer.write(json.decode(body, type=SourceEdit))


class _UndoHandler(_WritingHandler):
    """Undoes an edit."""

    def write_source(self, body: bytes) -> Written:
        return self._writer.undo(json.decode(body, type=UndoRequest).undo)


def writing_handlers(writer: SourceWriter, token: str) -> list[Any]:
    """Return the paths that write, with what answers there. token: that of this run."""
    given = {"token": token, "writer": writer}
    return [
        ("/_preview/edit.json", _EditHandler, given),
        ("/_preview/undo.json", _UndoHandler, given),
    ]
