"""The text of a template -> what it defines, and what it takes from others and from words.

It is read, not run: a name that stands in a part of a page which no text needs today is found too.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, meta, nodes
from msgspec import Struct

from briefing.rendering.template_compiler import make_environment

RENDERER_GLOBALS = frozenset({"site", "language", "words", "in_language", "words_of"})
"""The names that `renderer` gives to every template."""


class Use(Struct, frozen=True):
    """A name that a template takes from elsewhere, and the line on which it does."""

    name: str
    line: int
    template: str = ""
    """The name of the template that it is taken from; "" for words and values."""


class TemplateUses(Struct, frozen=True, kw_only=True):
    """What a template defines and takes."""

    macros: frozenset[str] = frozenset()
    """What others can import: its macros, and what it sets."""
    blocks: tuple[Use, ...] = ()
    filled: tuple[Use, ...] = ()
    """Those blocks that stand in no other: of a template that extends one, they must be there."""
    extends: str = ""
    """The name of the template that it fills in; "" for none."""
    templates: frozenset[str] = frozenset()
    """The names of all templates that it extends, includes or imports of."""
    imports: tuple[Use, ...] = ()
    words: tuple[Use, ...] = ()
    """Keys that stand in it as `words("key")`."""
    values: tuple[Use, ...] = ()
    """Names that the page must give it."""
    parts: tuple[Use, ...] = ()
    """Its macros and blocks in order of their lines, each as a reader calls it."""


def uses_of(text: str) -> TemplateUses:
    """Return what a template defines and takes; nothing if it is no template that can be read."""
    environment = make_environment(None)
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError:
        return TemplateUses()
    known = RENDERER_GLOBALS | environment.globals.keys()
    macros = [(node.name, node.lineno) for node in tree.find_all(nodes.Macro)]
    blocks = tuple(Use(node.name, node.lineno) for node in tree.find_all(nodes.Block))
    parts = [Use(f"macro `{name}`", line) for name, line in macros]
    parts += [Use(f"block `{block.name}`", block.line) for block in blocks]
    return TemplateUses(
        macros=frozenset(name for name, _ in macros) | frozenset(_set_names(tree)),
        blocks=blocks,
        filled=tuple(Use(n.name, n.lineno) for n in tree.body if isinstance(n, nodes.Block)),
        extends=next((_constant(node.template) for node in tree.find_all(nodes.Extends)), ""),
        templates=frozenset(_templates(tree)),
        imports=tuple(_imports(tree)),
        words=tuple(_words(tree)),
        values=tuple(_values(tree, known)),
        parts=tuple(sorted(parts, key=lambda part: part.line)),
    )


def _constant(node: nodes.Node) -> str:
    """Return the text that an expression is; "" if it is computed."""
    return str(node.value) if isinstance(node, nodes.Const) else ""


def _templates(tree: nodes.Template) -> Iterator[str]:
    found: list[nodes.Extends | nodes.Include | nodes.FromImport | nodes.Import] = [
        *tree.find_all(nodes.Extends),
        *tree.find_all(nodes.Include),
        *tree.find_all(nodes.FromImport),
        *tree.find_all(nodes.Import),
    ]
    yield from (_constant(node.template) for node in found)


def _set_names(tree: nodes.Template) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, nodes.Assign):
            yield from (name.name for name in node.find_all(nodes.Name) if name.ctx == "store")


def _imports(tree: nodes.Template) -> Iterator[Use]:
    for node in tree.find_all(nodes.FromImport):
        for name in node.names:
            taken = name if isinstance(name, str) else name[0]
            yield Use(taken, node.lineno, _constant(node.template))


def _words(tree: nodes.Template) -> Iterator[Use]:
    for call in tree.find_all(nodes.Call):
        is_word = isinstance(call.node, nodes.Name) and call.node.name == "words"
        if is_word and call.args and (key := _constant(call.args[0])):
            yield Use(key, call.lineno)


def _values(tree: nodes.Template, known: frozenset[str]) -> Iterator[Use]:
    wanted = meta.find_undeclared_variables(tree) - known
    for name in sorted(wanted):
        lines = (node.lineno for node in tree.find_all(nodes.Name) if node.name == name)
        yield Use(name, min(lines, default=1))
