"""Templates: compiled once, then given the words and the names of one language.

Jinja has its one home here. A name that a template misspells stops the build, at
the line that has it; content is never a template.
"""

from __future__ import annotations

import marshal
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from keyword import kwlist
from types import CodeType
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, find_undeclared
from jinja2.environment import TemplateModule

from briefing.digests import digest
from briefing.language import UnknownWordError, with_territory
from briefing.locators import passage_link, readable_address
from briefing.pictures import shortened
from briefing.problems import Collector, Place, Problems, mistake
from briefing.source import decode

FOLDER = "templates/"
ASSETS = "templates/assets/"

escape_text: Callable[[str], str] = markupsafe._escape_inner  # type: ignore[attr-defined] # noqa: SLF001
"""Escapes a text, and gives a text: `escape` wraps each in markup, which is a third of its time."""
marked = str.__new__
"""Makes markup of a text without asking what it is."""

Macros = TemplateModule

Compiled = Mapping[str, "CodeType | bytes"]
"""The code of each template, by its name below FOLDER; packed, if nobody has wanted it yet."""


def written(value: Any) -> str:
    """Write out a value that is neither a text nor markup, escaped."""
    return escape_text(str(value)) if not hasattr(value, "__html__") else value.__html__()


def is_template(path: str) -> bool:
    """Whether a file is a template."""
    own = path.startswith(FOLDER) and not path.startswith(ASSETS)
    return own and path.endswith((".html", ".xml"))


def compile_templates(files: Mapping[str, bytes], packed: bytes = b"") -> Compiled:
    """Compile the templates among the files, or raise Problems for those that are wrong.

    `packed` are some that were compiled before, perhaps of other files.
    """
    known = marshal.loads(packed) if packed else {}  # noqa: S302 — what we packed ourselves
    collector = Collector()
    made: dict[str, CodeType | bytes] = {}
    for path in sorted(filter(is_template, files)):
        name = path.removeprefix(FOLDER)
        source, code = known.get(name, (b"", None))
        with collector.collect(), told_as_problems(path):
            made[name] = code if source == digest(files[path]) else _compile(path, files[path])
    collector.done()
    return made


def pack(files: Mapping[str, bytes], compiled: Compiled) -> bytes:
    """Write down what templates were compiled to, each with the digest of its source."""
    return marshal.dumps(
        {name: (digest(files[FOLDER + name]), _packed(code)) for name, code in compiled.items()}
    )


def _packed(code: CodeType | bytes) -> bytes:
    return code if isinstance(code, bytes) else marshal.dumps(code)


def unpack(packed: bytes) -> Compiled:
    """Give what was packed."""
    return {name: code for name, (_, code) in marshal.loads(packed).items()}  # noqa: S302


@lru_cache(maxsize=500)
def _compile(path: str, data: bytes) -> CodeType:
    """Compile a template; those of the last builds are remembered, for little takes as long."""
    collector = Collector()
    text = decode(path, data, collector).text
    collector.done()
    return _environment(None).compile(text, path.removeprefix(FOLDER), path)


MARK = re.compile("\ue000(?P<name>[^:\ue001]+):(?P<line>[0-9]+)\ue001")
"""What a marking template writes before everything else: its name, and the line."""


def compile_marked(files: Mapping[str, bytes]) -> Compiled:
    """Compile templates that are not wrong so that they leave a mark before all they write."""
    environment = _environment(None)
    environment.code_generator_class = _Marking
    paths = sorted(filter(is_template, files))
    texts = {path: files[path].decode() for path in paths}
    return {
        path.removeprefix(FOLDER): environment.compile(texts[path], path.removeprefix(FOLDER), path)
        for path in paths
    }


class Templates:
    """Templates that speak one language: with its words, and what else is the same on its pages."""

    def __init__(self, compiled: Compiled, names: Mapping[str, object]) -> None:
        self._environment = _environment(_Compiled(compiled))
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


class _Generator(CodeGenerator):
    """Writes what we use of Jinja as plain Python.

    Jinja asks at each attribute whether it is an item instead, at each call whether the context
    is wanted, and wraps each macro in an object that sorts its arguments. With us none of it is
    needed; and the questions take longer than the answers.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline("from briefing.templates import escape_text, marked, written")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for name in node.kwargs:
            self.write(f"{name.key}=")
            self.visit(name.value, frame)
            self.write(", ")
        if forward_caller:
            self.write("caller=caller, ")
        if node.dyn_args:
            self.write("*")
            self.visit(node.dyn_args, frame)
        self.write(")")

    def _output_child_pre(self, *_: object) -> None:
        """Begin to write out a value: of the two kinds that nearly all are, without a call."""
        self.write("(_made if (_kind := type(_made := ")

    def _output_child_post(self, *_: object) -> None:
        self.write(")) is Markup else escape_text(_made) if _kind is str else written(_made))")

    def macro_body(
        self, node: nodes.Macro | nodes.CallBlock, frame: Frame
    ) -> tuple[Frame, MacroRef]:
        """Write a macro as a function with the parameters it was written with."""
        names = [argument.name for argument in node.args]
        special = find_undeclared(node.body, _SPECIAL)
        if isinstance(node, nodes.CallBlock) or special or not _TAKEN.isdisjoint(names):
            return super().macro_body(node, frame)
        frame = frame.inner()
        frame.require_output_check = False
        frame.symbols.analyze_node(node)
        self.writeline(f"def macro({', '.join(f'{name}=missing' for name in names)}):", node)
        self.indent()
        self.buffer(frame)
        self.enter_frame(frame)
        self._parameters(node, frame)
        self.blockvisit(node.body, frame)
        self.writeline(f"return marked(Markup, concat({frame.buffer}))")
        self.outdent()
        return frame, _Plain(node)

    def _parameters(self, node: nodes.Macro, frame: Frame) -> None:
        """Take what was given, and what stands for what was not."""
        defaults: list[nodes.Expr | None] = [None] * (len(node.args) - len(node.defaults))
        self.push_parameter_definitions(frame)
        for argument, default in zip(node.args, [*defaults, *node.defaults], strict=True):
            name, ref = argument.name, frame.symbols.ref(argument.name)
            self.writeline(f"{ref} = {name} if {name} is not missing else ")
            if default is None:
                self.write(f'undefined("parameter {name!r} was not provided", name={name!r})')
            else:
                self.visit(default, frame)
            self.mark_parameter_stored(ref)
        self.pop_parameter_definitions()

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        if isinstance(macro_ref, _Plain):
            self.write("macro")
        else:
            super().macro_def(macro_ref, frame)


class _Marking(_Generator):
    """Writes templates that leave a mark before all they write."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        marked = nodes.Output(list(self._marked(node)), lineno=node.lineno)
        marked.set_environment(self.environment)
        super().visit_Output(marked, frame)

    def _marked(self, node: nodes.Output) -> Iterator[nodes.Expr]:
        for child in node.nodes:
            lines = child.data.splitlines(True) if isinstance(child, nodes.TemplateData) else []
            for number, line in enumerate(lines, child.lineno):
                yield self._mark(number)
                yield nodes.TemplateData(line, lineno=number)
            if not lines:
                yield self._mark(child.lineno)
                yield child

    def _mark(self, line: int) -> nodes.Expr:
        return nodes.TemplateData(f"\ue000{self.name}:{line}\ue001", lineno=line)


class _Plain(MacroRef):
    """A macro that was written as a function."""


_SPECIAL = ("caller", "kwargs", "varargs")
"""The names by which a macro takes more than its parameters."""
_TAKEN = {"missing", "undefined", "concat", "macro", "_made", "_kind", *_SPECIAL, *kwlist}
"""Those that a function of a template uses itself, or that no parameter can have in Python."""


class _Environment(jinja2.Environment):
    code_generator_class = _Generator


def _environment(loader: jinja2.BaseLoader | None) -> jinja2.Environment:
    environment = _Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals |= {
        "passage_link": passage_link,
        "readable_address": readable_address,
        "shortened": shortened,
        "with_territory": with_territory,
    }
    return environment


@contextmanager
def told_as_problems(making: str) -> Iterator[None]:
    """Turn what is wrong in a template into a problem at the line that has it."""
    try:
        yield
    except Problems:
        raise
    except jinja2.TemplateSyntaxError as error:
        place = Place(error.filename or making, error.lineno)
        raise mistake(place, str(error.message), f"while making {making}") from None
    except jinja2.TemplateNotFound as error:
        place = _place_in_template(error) or Place(making)
        raise mistake(place, f"no template `{error.name}`", f"while making {making}") from None
    except (jinja2.UndefinedError, UnknownWordError, AttributeError) as error:
        if isinstance(error, AttributeError) and _is_ours(error):
            raise
        place = _place_in_template(error) or Place(making)
        raise mistake(place, str(error), f"while making {making}") from None
    except RecursionError:
        raise mistake(Place(making), "is nested too deep", "take it apart") from None
    except Exception as error:
        where = _place_in_template(error)
        if where is None or _is_ours(error):
            raise
        message = f"{type(error).__name__}: {error}"
        raise mistake(where, message, f"while making {making}") from None


def _is_ours(error: Exception) -> bool:
    """Whether an error was raised by the engine, and so is a bug and not the template's."""
    *_, (frame, _line) = traceback.walk_tb(error.__traceback__)
    return str(frame.f_globals.get("__name__")).startswith("briefing.")


def _place_in_template(error: Exception) -> Place | None:
    """Find the innermost line of a template that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = (frame for frame in reversed(frames) if frame.filename.startswith(FOLDER))
    frame = next(inner, None)
    return Place(frame.filename, frame.lineno or 1) if frame else None
