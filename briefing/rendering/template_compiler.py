"""Jinja's compiler with a code generator of ours: templates become plain Python functions.

`templates` compiles with the environment made here. See docs/performance.md for what it gains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import kwlist

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, find_undeclared

from briefing.model.dates import topic_last_changed
from briefing.rendering.machine_mark import machine_word
from briefing.rendering.text_fragments import passage_href, passages_href, readable_address
from briefing.rendering.truncate import truncate
from briefing.syntax.cldr import with_territory


class _PythonGenerator(CodeGenerator):
    """Generates code for the part of Jinja that our templates use, without its indirections.

    Jinja's own code asks at each attribute whether it is an item, at each call whether the
    function wants the context, and wraps each macro in an object that sorts its arguments. Our
    templates need none of it, and it takes longer than the work itself.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Write a template, after the names that our outputs use."""
        # A compiled template runs this import: the module and the names must exist.
        self.writeline("from briefing.model.html import escape as escape_text, mark_safe, to_html")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Write an attribute as one of Python."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call as one of Python; `forward_caller` passes the block of a `call` tag on."""
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
        """Write the start of an output of a value; `_output_child_post` writes the end.

        The type decides: `Markup` is taken as it is, a `str` is escaped, anything else converted.
        Nearly all values are of these two types, and asking `type` needs no call of a function.
        """
        self.write("(_made if (_kind := type(_made := ")

    def _output_child_post(self, *_: object) -> None:
        self.write(")) is Markup else escape_text(_made) if _kind is str else to_html(_made))")

    def macro_body(
        self, node: nodes.Macro | nodes.CallBlock, frame: Frame
    ) -> tuple[Frame, MacroRef]:
        """Write a macro as a function of its own parameters, or as Jinja does if it needs more."""
        names = [argument.name for argument in node.args]
        special = find_undeclared(node.body, _IMPLICIT_PARAMETERS)
        if isinstance(node, nodes.CallBlock) or special or not _RESERVED.isdisjoint(names):
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
        self.writeline(f"return mark_safe(Markup, concat({frame.buffer}))")
        self.outdent()
        return frame, _FunctionRef(node)

    def _parameters(self, node: nodes.Macro, frame: Frame) -> None:
        """Write the assignment of each parameter: its argument, its default, or undefined."""
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
        """Write the expression of a macro: the function itself, or Jinja's object around it."""
        if isinstance(macro_ref, _FunctionRef):
            self.write("macro")
        else:
            super().macro_def(macro_ref, frame)


class TracingGenerator(_PythonGenerator):
    """Generates code that writes a mark with path and line of the template before all else."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Write an output, each line of it after its mark."""
        marked = nodes.Output(list(self._marked(node)), lineno=node.lineno)
        marked.set_environment(self.environment)
        super().visit_Output(marked, frame)

    def _marked(self, node: nodes.Output) -> Iterator[nodes.Expr]:
        """Yield the parts of an output, a mark before each line of text and each expression."""
        for child in node.nodes:
            lines = child.data.splitlines(True) if isinstance(child, nodes.TemplateData) else []
            for number, line in enumerate(lines, child.lineno):
                yield self._mark(number)
                yield nodes.TemplateData(line, lineno=number)
            if not lines:
                yield self._mark(child.lineno)
                yield child

    def _mark(self, line: int) -> nodes.Expr:
        return nodes.TemplateData(f"\ue000{self.filename}:{line}\ue001", lineno=line)


class _FunctionRef(MacroRef):
    """A macro that is generated as a function."""


_IMPLICIT_PARAMETERS = ("caller", "kwargs", "varargs")
"""The names by which a macro takes more than its parameters; such a macro is left to Jinja."""
_RESERVED = {
    "missing",
    "undefined",
    "concat",
    "macro",
    "_made",
    "_kind",
    *_IMPLICIT_PARAMETERS,
    *kwlist,
}
"""Names that generated functions use themselves, and that no parameter can have in Python."""


_INDENTATION = re.compile(r"^[ \t]+(?=<)", re.MULTILINE)


class _Environment(jinja2.Environment):
    """Jinja's environment with our code generator; what tags are indented by does not go out."""

    code_generator_class = _PythonGenerator

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Return a template whose lines begin with their tags; the lines stay where they are."""
        return super().preprocess(_INDENTATION.sub("", str(source)), name, filename)


def make_environment(loader: jinja2.BaseLoader | None) -> jinja2.Environment:
    """Return an environment for templates, compiled by our generator; None loads no templates.

    An undefined name raises, so that a misspelt one stops the build.
    """
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
        "machine_word": machine_word,
        "passage_href": passage_href,
        "passages_href": passages_href,
        "topic_last_changed": topic_last_changed,
        "readable_address": readable_address,
        "truncate": truncate,
        "with_territory": with_territory,
    }
    return environment
