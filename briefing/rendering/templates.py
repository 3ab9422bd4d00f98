"""Templates: compiled once, then given the words and the names of one language.

Jinja has its one home here. A name that a template misspells stops the build, at
the line that has it; content is never a template.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Mapping
from functools import lru_cache
from types import CodeType

import jinja2
from jinja2.environment import TemplateModule

from briefing.model.fingerprint import fingerprint
from briefing.problems import Collector
from briefing.rendering.template_compiler import TracingGenerator, make_environment
from briefing.rendering.template_errors import as_problems
from briefing.rendering.template_files import TEMPLATES, is_template
from briefing.syntax.text import decode_text

Macros = TemplateModule
Compiled = Mapping[str, "CodeType | bytes"]
"""The code of each template, by its name below FOLDER; packed, if nobody has wanted it yet."""


def compile_templates(files: Mapping[str, bytes], packed: bytes = b"") -> Compiled:
    """Compile the templates among the files, or raise Problems for those that are wrong.

    `packed` are some that were compiled before, perhaps of other files.
    """
    known = marshal.loads(packed) if packed else {}  # noqa: S302 — what we packed ourselves
    collector = Collector()
    made: dict[str, CodeType | bytes] = {}
    for path in sorted(filter(is_template, files)):
        name = path.removeprefix(TEMPLATES)
        source, code = known.get(name, (b"", None))
        with collector.collect(), as_problems(path):
            made[name] = code if source == fingerprint(files[path]) else _compile(path, files[path])
    collector.done()
    return made


def dump_templates(files: Mapping[str, bytes], compiled: Compiled) -> bytes:
    """Write down what templates were compiled to, each with the digest of its source."""
    return marshal.dumps(
        {
            name: (fingerprint(files[TEMPLATES + name]), _packed(code))
            for name, code in compiled.items()
        }
    )


def _packed(code: CodeType | bytes) -> bytes:
    return code if isinstance(code, bytes) else marshal.dumps(code)


def load_templates(packed: bytes) -> Compiled:
    """Give what was packed."""
    return {name: code for name, (_, code) in marshal.loads(packed).items()}  # noqa: S302


@lru_cache(maxsize=500)
def _compile(path: str, data: bytes) -> CodeType:
    """Compile a template; those of the last builds are remembered, for little takes as long."""
    collector = Collector()
    text = decode_text(path, data, collector).text
    collector.done()
    return make_environment(None).compile(text, path.removeprefix(TEMPLATES), path)


MARK = re.compile("\ue000(?P<name>[^:\ue001]+):(?P<line>[0-9]+)\ue001")
"""What a marking template writes before everything else: its name, and the line."""


def compile_traced(files: Mapping[str, bytes]) -> Compiled:
    """Compile templates that are not wrong so that they leave a mark before all they write."""
    environment = make_environment(None)
    environment.code_generator_class = TracingGenerator
    paths = sorted(filter(is_template, files))
    texts = {path: files[path].decode() for path in paths}
    return {
        path.removeprefix(TEMPLATES): environment.compile(
            texts[path], path.removeprefix(TEMPLATES), path
        )
        for path in paths
    }


class Templates:
    """Templates that speak one language: with its words, and what else is the same on its pages."""

    def __init__(self, compiled: Compiled, names: Mapping[str, object]) -> None:
        self._environment = make_environment(_Compiled(compiled))
        self._environment.globals |= names

    def render(self, name: str, names: Mapping[str, object]) -> bytes:
        """Make a page with a template. Raises whatever goes wrong; `told_as_problems` tells it."""
        return self._environment.get_template(name).render(names).encode()

    def macros(self, name: str) -> Macros:
        """Give the macros of a template."""
        return self._environment.get_template(name).module


class _Compiled(jinja2.BaseLoader):
    """Takes templates from what was compiled, once for all languages."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: object = None,  # noqa: ARG002 — its name is known
    ) -> jinja2.Template:
        """Load a template by its name. Raises TemplateNotFound."""
        if (code := self._compiled.get(name)) is None:
            raise jinja2.TemplateNotFound(name)
        if isinstance(code, bytes):
            code = marshal.loads(code)  # noqa: S302
        return environment.template_class.from_code(environment, code, environment.globals, None)
