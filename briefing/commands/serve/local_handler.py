"""What every answer of the preview has: it goes to this machine, and to pages of the preview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tornado.web import Application, HTTPError, RequestHandler

from briefing.commands.serve.faults import ANSWER, NO_FAULTS, Faults
from briefing.commands.serve.writing.guard import LOCAL


class LocalApplication(Application):
    """Paths that are answered, the names of this machine, and where faults are recorded."""

    def __init__(self, handlers: list[Any], names: Iterable[str], faults: Faults) -> None:
        """Answer by `handlers`. names: further names of this machine that are answered."""
        self.names = LOCAL | {name.strip("[]").lower() for name in names}
        self.faults = faults
        super().__init__(handlers, log_function=lambda _: None)


class LocalHandler(RequestHandler):
    """Answers requests that name this machine only: a page of another site can ask, too."""

    application: LocalApplication

    def prepare(self) -> None:
        """Refuse names that are not of this machine, and pages of other sites."""
        if self.request.host_name.strip("[]").lower() not in self.application.names:
            self.send_error(403, reason="Forbidden: unknown host")
        elif self._is_from_elsewhere():
            self.send_error(403, reason="Forbidden: asked by another site")

    def _is_from_elsewhere(self) -> bool:
        """Whether a page of another site asks, and not somebody who follows a link from there.

        https://www.w3.org/TR/fetch-metadata/; a browser that does not say where a request comes
        from is kept from using the answer by the headers below.
        """
        headers = self.request.headers
        site = headers.get("Sec-Fetch-Site", "none")
        visit = (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest"))
        return site not in {"none", "same-origin"} and visit != ("navigate", "document")

    def set_default_headers(self) -> None:
        """Let no page of another site show, frame or keep an answer."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Content-Security-Policy", "frame-ancestors 'none'")
        self.clear_header("Server")

    def write_error(self, status_code: int, **_: object) -> None:
        """Answer with the status alone."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")

    def compute_etag(self) -> None:
        """Return None: nothing is to be cached."""

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Record the fault `error`; a mistake in a request is none, nor what the system refuses."""
        if isinstance(error, Exception) and not isinstance(error, (HTTPError, *NO_FAULTS)):
            self.application.faults.record(ANSWER, error)
        else:
            super().log_exception(kind, error, trace)
