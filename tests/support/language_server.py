"""A language server of YAML, asked as an editor asks it (Language Server Protocol 3.17)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.web import tool

TRIES = 1_000
"""How often it is asked whether it has read the settings."""
SERVER = "yaml-language-server/bin/yaml-language-server"


class LanguageServer:
    """A process of yaml-language-server, for the files of one folder."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._number = 0
        self._versions = 0
        self._open: set[str] = set()
        self._told: dict[str, list[Any]] = {}

    def start(self, schemas: dict[str, Any]) -> None:
        """Say hello, with the setting `yaml.schemas` of an editor."""
        root = self._folder.as_uri()
        self._settings = {
            "yaml": {
                "schemas": schemas,
                "schemaStore": {"enable": False},
                "validate": True,
                "hover": True,
                "completion": True,
            }
        }
        self.ask(
            "initialize",
            processId=None,
            rootUri=root,
            workspaceFolders=[{"uri": root, "name": "site"}],
            capabilities={
                "workspace": {"configuration": True},
                "textDocument": {
                    "hover": {"contentFormat": ["markdown"]},
                    "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                },
            },
        )
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=self._settings)
        # It answers before it has asked for the settings; what it says then is of no schema.
        new = next(files[0] for files in schemas.values() if "*" in files[0]).replace("*", "new")
        assert any(self.completions(new, "|\n") for _ in range(TRIES)), "it reads no schema"

    def open(self, path: str, text: str) -> str:
        """Open a file, which need not be on the disk; give its address."""
        uri = (self._folder / path).as_uri()
        self._versions += 1
        document = {"uri": uri, "version": self._versions}
        if uri in self._open:
            changed = [{"text": text}]
            self.tell("textDocument/didChange", textDocument=document, contentChanges=changed)
        else:
            self._open.add(uri)
            new = {**document, "languageId": "yaml", "text": text}
            self.tell("textDocument/didOpen", textDocument=new)
        return uri

    def mistakes(self, path: str, text: str) -> list[str]:
        """Give what the server finds wrong in a file that is not open yet."""
        uri = self.open(path, text)
        while uri not in self._told:
            self._receive()
        return [each["message"] for each in self._told[uri]]

    def completions(self, path: str, text: str) -> list[dict[str, Any]]:
        """Give what is offered where `|` stands in a text."""
        found = self._at_cursor("textDocument/completion", path, text)
        return list(found["items"] if isinstance(found, dict) else found or [])

    def hover(self, path: str, text: str) -> str:
        """Give what is shown over the place where `|` stands in a text."""
        found = self._at_cursor("textDocument/hover", path, text)
        return str(found["contents"]["value"]) if found else ""

    def _at_cursor(self, method: str, path: str, text: str) -> Any:
        before, _, after = text.partition("|")
        uri = self.open(path, before + after)
        line = before.count("\n")
        position = {"line": line, "character": len(before) - before.rfind("\n") - 1}
        return self.ask(method, textDocument={"uri": uri}, position=position)

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request; give its result."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message.get("result")

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Read one message; answer it where it is a question of the server."""
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            wanted = message["params"]["items"]
            result = [self._settings.get(each.get("section", "")) for each in wanted]
            self._send({"id": message["id"], "result": result})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message


@contextmanager
def language_server(folder: Path, schemas: dict[str, Any]) -> Iterator[LanguageServer]:
    """Start a language server for a folder; end it."""
    command = ["node", str(tool(SERVER, "yaml-language-server")), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            server = LanguageServer(process, folder)
            server.start(schemas)
            yield server
        finally:
            process.kill()
