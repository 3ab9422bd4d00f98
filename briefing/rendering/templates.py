"""Template files -> code, and code -> templates with the names of one language.

Templates are compiled once for all languages, and cached between builds. A name that a template
misspells stops the build at its line; content is never compiled. See `renderer` for the names.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import CodeType

import jinja2
from jinja2.environment import TemplateModule

from briefing.model.fingerprint import fingerprint
from briefing.model.theme import THEME, THEME_REFERENCE, find_file, name_in_theme
from briefing.problems import Collector, Problem, Problems
from briefing.rendering.template_compiler import TracingGenerator, make_environment
from briefing.rendering.template_errors import as_problems
from briefing.rendering.template_files import is_template
from briefing.syntax.text import decode_text

Macros = TemplateModule
"""The macros of a template, as attributes."""
Compiled = Mapping[str, "CodeType | bytes"]
"""The code of each template, by the path of its source. Code from the cache is marshalled until
a template is used: a save uses few of them."""


def compile_templates(files: Mapping[str, bytes], cached: bytes = b"") -> Compiled:
    """Return the code of the templates among the source files, by path.

    cached: what `dump_templates` returned for a former build; templates that are unchanged since
    are not compiled again. Raises Problems for templates that are wrong.
    """
    known = marshal.loads(cached) if cached else {}  # noqa: S302 — from the sealed cache
    collector = Collector()
    compiled: dict[str, CodeType | bytes] = {}
    for path in sorted(filter(is_template, files)):
        source, code = known.get(path, (b"", None))
        with collector.collect(), as_problems(path):
            unchanged = source == fingerprint(files[path])
            compiled[path] = code if unchanged else _compile(path, files[path])
    collector.done()
    return compiled


def compile_or_problems(
    files: Mapping[str, bytes], dumped: bytes = b""
) -> tuple[Compiled, tuple[Problem, ...]]:
    """Return the templates among the files, compiled; or none, and what is wrong in them."""
    try:
        return compile_templates(files, dumped), ()
    except Problems as problems:
        return {}, tuple(problems)


def dump_templates(files: Mapping[str, bytes], compiled: Compiled) -> bytes:
    """Return the code of templates as bytes for the cache, each with its source's fingerprint."""
    return marshal.dumps(
        {path: (fingerprint(files[path]), _to_bytes(code)) for path, code in compiled.items()}
    )


def join_dumps(dumps: Iterable[bytes]) -> bytes:
    """Return in one what `dump_templates` returned for several sets of templates."""
    known = list(dumps)
    if len(known) < 2:  # noqa: PLR2004
        return b"".join(known)
    return marshal.dumps({p: code for dump in known for p, code in marshal.loads(dump).items()})  # noqa: S302


def part_of_dump(dumped: bytes, paths: Iterable[str]) -> bytes:
    """Return what `dump_templates` returns for some of the templates that it dumped."""
    known = marshal.loads(dumped)  # noqa: S302
    return marshal.dumps({path: known[path] for path in paths if path in known})


def _to_bytes(code: CodeType | bytes) -> bytes:
    """Return the marshalled code of a template."""
    return code if isinstance(code, bytes) else marshal.dumps(code)


def load_templates(cached: bytes) -> Compiled:
    """Return the code of templates from what `dump_templates` returned."""
    return {path: code for path, (_, code) in marshal.loads(cached).items()}  # noqa: S302


@lru_cache(maxsize=500)
def _compile(path: str, data: bytes) -> CodeType:
    """Return the code of the template at `path`. Raises Problems if it is no text.

    The cache spares the preview from compiling all templates at each save of one.
    """
    collector = Collector()
    text = decode_text(path, data, collector).text
    collector.done()
    return make_environment(None).compile(text, name_in_theme(path), path)


MARK = re.compile("\ue000(?P<path>[^:\ue001]+):(?P<line>[0-9]+)\ue001")
"""A mark of a traced template: its path and the line of what follows. U+E000 is for private use."""


def compile_traced(files: Mapping[str, bytes]) -> Compiled:
    """Return the code of the templates among the files that writes a MARK before everything else.

    The templates must be right: those of a site that was rendered.
    """
    environment = make_environment(None)
    environment.code_generator_class = TracingGenerator
    paths = sorted(filter(is_template, files))
    texts = {path: files[path].decode() for path in paths}
    return {p: environment.compile(texts[p], name_in_theme(p), p) for p in paths}


class Templates:
    """Templates with the words of one language, and what else is the same on all its pages."""

    def __init__(self, compiled: Compiled, names: Mapping[str, object]) -> None:
        """Take the code of the templates, and the values of names that are global in them."""
        self._environment = make_environment(_CompiledLoader(compiled))
        self._environment.globals |= names

    def render(self, name: str, names: Mapping[str, object]) -> bytes:
        """Return a page rendered by the template `name`; `names` are the values it is given.

        Raises any exception of the template: `template_errors.as_problems` makes it a problem.
        """
        return self._environment.get_template(name).render(names).encode()

    def macros(self, name: str) -> Macros:
        """Return the macros of the template `name`."""
        return self._environment.get_template(name).module


class _CompiledLoader(jinja2.BaseLoader):
    """Loads templates from code that was compiled once for all languages."""

    def __init__(self, compiled: Compiled) -> None:
        """Take the code of the templates, by path."""
        self._compiled = compiled

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: object = None,  # noqa: ARG002 — Jinja passes it by name
    ) -> jinja2.Template:
        """Return the template `name`: the site's, else the theme's. Raises TemplateNotFound."""
        if name.startswith(THEME_REFERENCE):
            path: str | None = THEME + name.removeprefix(THEME_REFERENCE)
        else:
            path = find_file(self._compiled, name)
        code = self._compiled.get(path) if path else None
        if code is None:
            raise jinja2.TemplateNotFound(name)
        if isinstance(code, bytes):
            code = marshal.loads(code)  # noqa: S302
        return environment.template_class.from_code(environment, code, environment.globals, None)
