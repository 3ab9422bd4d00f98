"""Reads terms.yaml: a list of terms, each with its forms by language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from briefing.content.fields import PerLanguage, identifier
from briefing.content.outlets_voices import KnownIds
from briefing.model.terms import Forms, Term
from briefing.problems import BROKEN, Collector, Place, Problem, raise_if_any
from briefing.syntax.nodes import Field, Node, items, mapping, optional, required, text
from briefing.syntax.readers import Each, Either, KeyOf, Reader, Record, Then

TERMS = "content/terms.yaml"


def read_terms(root: Node, known: KnownIds, collector: Collector) -> tuple[Term, ...]:
    """Return the terms of terms.yaml, `root`, in its order; problems are added to `collector`."""
    read: list[tuple[Node, Term]] = []
    with collector.collect():
        for node in items(root):
            term = collector.attempt(partial(term_reader(known), node))
            if term is not BROKEN:
                read.append((node, term))
    collector.add(_ids_twice([term for _, term in read]))
    collector.add(_used_and_avoided(read))
    return tuple(term for _, term in read)


def term_reader(known: KnownIds) -> Record[Term]:
    """Return a reader of a term."""
    forms = PerLanguage(known.languages, lambda _: _FORMS, complete=False)
    fields: dict[str, Field[Any]] = {
        "id": required(identifier, "The id of the term."),
        "words": required(forms, "The forms to use, by language: one, or a list."),
        "avoid": optional(forms, "The forms that texts are not to use, by language.", default={}),
        "of": optional(
            KeyOf(known.voices, "voice"), "The voice whose term it is: shown beside its statement."
        ),
        "note": optional(text, "A remark for editors."),
    }
    return Record(lambda _: fields, lambda node: partial(_make_term, node))


def _make_term(node: Node, *, words: Forms, avoid: Forms, of: str | None, **rest: Any) -> Term:
    """Return the term at a node. Raises Problems."""
    if not words:
        node.fail("the term has no words", "write those of a language: `words: {en: …}`")
    raise_if_any(
        Problem(
            mapping(mapping(node)["avoid"])[code].place,
            f"avoid: nothing says what to write instead in `{code}`",
            f"add `{code}: …` to `words:`",
        )
        for code in avoid
        if code not in words
    )
    return Term(words=words, avoid=avoid, voice=of, place=node.place, **rest)


def form(node: Node) -> str:
    """Return a form of a term, with single spaces between its words. Raises Problems."""
    words = " ".join(text(node).split())
    if not any(map(str.isalnum, words)):
        node.fail(f"`{words}` has no letter", "write the words of a text")
    return words


def some_forms(node: Node, forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return a list of forms. Raises Problems if it is empty."""
    if not forms:
        node.fail("is empty", "write a form, or leave it out")
    return forms


_FORMS: Reader[tuple[str, ...]] = Either(
    Then(form, lambda _, single: (single,)), Then(Each(form), some_forms)
)
"""Reads one form, or a list of them."""


def _ids_twice(terms: list[Term]) -> Iterator[Problem]:
    """Yield the terms with the id of one before them."""
    known: dict[str, Term] = {}
    for term in terms:
        if (other := known.setdefault(term.id, term)) is not term:
            message = f"id: `{term.id}` is the id of another term, on line {other.place.line}"
            yield Problem(term.place, message, "give it another, or make one term of both")


def _used_and_avoided(read: list[tuple[Node, Term]]) -> Iterator[Problem]:
    """Yield each form that one term has for use, and the same or another one not for use."""
    used: dict[tuple[str, str], str] = {}
    for _, term in read:
        used |= dict.fromkeys(_keys(term.words), term.id)
    for node, term in read:
        for code, form in _keys(term.avoid):
            if (other := used.get((code, form))) is not None:
                whose = "itself" if other == term.id else f"`{other}`"
                message = f"avoid: `{form}` in `{code}` is a form to use of {whose}"
                cure = "take it out of `words:`, or out of `avoid:`"
                yield Problem(_place_of(node, code, form), message, cure)


def _keys(forms: Forms) -> Iterator[tuple[str, str]]:
    for code, each_form in forms.items():
        yield from ((code, form.casefold()) for form in each_form)


def _place_of(node: Node, code: str, form: str) -> Place:
    """Return where a form that is not to be used is written."""
    avoid = mapping(mapping(node)["avoid"])[code]
    written = avoid.value if isinstance(avoid.value, tuple) else (avoid,)
    same = (n.place for n in written if isinstance(n.value, str) and _key(n.value) == form)
    return next(same, avoid.place)


def _key(written: str) -> str:
    return " ".join(written.split()).casefold()
