"""The texts of articles, where we keep them, and what `prove` has noted -> what locators are worth.

A locator must find whole words, and one place only, because a text fragment leads a browser to
the first place. `proofs` makes what is noted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.kept_text import KeptText, kept_text_path, read_kept_text
from briefing.model.article import Article, Locator, Proof
from briefing.model.site import Site, Topic
from briefing.problems import Place, Problem
from briefing.syntax.scalars import write_scalar


class ProofState(StrEnum):
    """What is known of a locator."""

    HERE = "proved here"
    """It was found in the kept text, on whole words and in one place only."""
    MISSING = "not found"
    """It was not, though the text is kept."""
    NOTED = "proved, unchanged since"
    """No text is kept; it was found, and is as it was then."""
    CHANGED = "changed since it was proved"
    NEVER = "never proved"


class ProvedLocator(Struct, frozen=True):
    """A locator, what is known of it, and what is wrong with it."""

    locator: Locator
    state: ProofState
    on: str
    """The day on which it was found, in ISO 8601, if its state is NOTED; else ""."""
    problem: Problem | None
    """Why it is not proved; None if it is."""
    is_noted: bool
    """Whether it is noted as it stands."""


class PassageReport(Struct, frozen=True):
    """What is known of all locators, and what an editor is told."""

    proofs: tuple[ProvedLocator, ...]
    other_texts: tuple[Problem, ...] = ()
    """The articles whose kept text is not the one that was noted."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is to be told of: not of what nobody has tried to prove."""
        told = (each for each in self.proofs if each.state is not ProofState.NEVER)
        return (*(each.problem for each in told if each.problem), *self.other_texts)

    @property
    def unproved(self) -> tuple[Problem, ...]:
        """Every locator that is not proved, neither here nor before."""
        return tuple(each.problem for each in self.proofs if each.problem)

    @property
    def locators(self) -> int:
        """The number of locators."""
        return len(self.proofs)

    @property
    def proved(self) -> int:
        """The number of locators that are proved, here or before."""
        return sum(each.problem is None for each in self.proofs)

    def count(self, state: ProofState) -> int:
        """Return the number of locators of which that is known."""
        return sum(each.state is state for each in self.proofs)

    def __str__(self) -> str:
        """Return the numbers as a line for the console."""
        proved = ", ".join(self._ways())
        counts = [f"{self.proved} of {self.locators} proved{proved and f' {proved}'}"]
        others = (ProofState.MISSING, ProofState.CHANGED, ProofState.NEVER)
        counts += [f"{count} {state}" for state in others if (count := self.count(state))]
        here = [each for each in self.proofs if each.state is ProofState.HERE]
        if new := sum(not each.is_noted for each in here):
            counts.append(f"{new} not noted yet: the command `prove` does it")
        return "; ".join(counts)

    def _ways(self) -> Iterator[str]:
        """Yield where and when locators were proved, each with its number if there are several."""
        days = Counter(each.on for each in self.proofs if each.state is ProofState.NOTED)
        ways = {"here": self.count(ProofState.HERE)} if self.count(ProofState.HERE) else {}
        ways |= {f"on {day}, unchanged since": days[day] for day in sorted(days)}
        for way, count in ways.items():
            yield way if len(ways) == 1 else f"{count} {way}"


def check_passages(site: Site, texts: Mapping[str, bytes]) -> PassageReport:
    """Look for every locator of the content in the kept texts, and in what is noted.

    texts: by path (`<topic>/<article>.txt`).
    Raises Problems for a text with too many marks on one letter.
    """
    proofs: list[ProvedLocator] = []
    others: list[Problem] = []
    for topic in site.topics:
        for article in topic.articles:
            text = kept_text_of(topic, article, texts)
            proofs.extend(_in_notes(topic, article) if text is None else _in_text(article, text))
            if text and article.proved and article.proved.text != text.digest:
                others.append(_other_text(article.proved))
    return PassageReport(tuple(proofs), tuple(others))


def kept_text_of(topic: Topic, article: Article, texts: Mapping[str, bytes]) -> KeptText | None:
    """Return the kept text of an article; None if there is none.

    texts: by path. Raises Problems for a text with too many marks on one letter.
    """
    path = kept_text_path(topic, article)
    return read_kept_text(path, texts[path]) if path in texts else None


def _in_text(article: Article, text: KeptText) -> Iterator[ProvedLocator]:
    """Yield the locators of an article, as its kept text proves them."""
    noted = frozenset(article.proved.passages if article.proved else ())
    for claim in article.claims:
        problem = locator_problem(claim.at, text)
        state = ProofState.MISSING if problem else ProofState.HERE
        yield ProvedLocator(claim.at, state, "", problem, claim.at.digest in noted)


def _in_notes(topic: Topic, article: Article) -> Iterator[ProvedLocator]:
    """Yield the locators of an article without a kept text, as they are noted.

    One that is not is a changed one, as long as there are others noted that are gone.
    """
    proof, id = article.proved, f"{topic.id}/{article.id}"
    noted = proof.passages if proof else ()
    left = len(set(noted) - {claim.at.digest for claim in article.claims})
    for claim in article.claims:
        if proof and claim.at.digest in noted:
            yield ProvedLocator(claim.at, ProofState.NOTED, str(proof.on), None, is_noted=True)
        elif proof and left > 0:
            left -= 1
            problem = _changed(claim.at, proof)
            yield ProvedLocator(claim.at, ProofState.CHANGED, "", problem, is_noted=False)
        else:
            problem = _never_proved(claim.at, id)
            yield ProvedLocator(claim.at, ProofState.NEVER, "", problem, is_noted=False)


def locator_problem(locator: Locator, text: KeptText) -> Problem | None:
    """Return that a locator is not in the text of its article, or in several places; else None."""
    if not text.count(locator, exact=True):
        return _not_there(locator, text)
    if (count := text.count(locator, exact=False)) > 1:
        cure = _cure_by_words_before(text.words_before(locator))
        return _problem(locator.place, f"`{locator.start}` stands {count} times in it", cure)
    return None


def _not_there(locator: Locator, text: KeptText) -> Problem:
    """Return the problem of a locator that the text does not have, at the part that is wrong."""
    cure = "copy the words from the article as they stand, whole"
    around = {"end": locator.end, "before": locator.before, "after": locator.after}
    parts = {"start": locator.start} | {name: words for name, words in around.items() if words}
    for name, words in parts.items():
        if not text.has(words):
            return _problem(locator.place_of(name), f"`{words}` is not in the kept text", cure)
    return _not_together(locator, parts, text, cure)


_LEFT_OUT = {"before": ("end", "after"), "end": ("before", "after"), "after": ("before",)}
"""The parts of a locator without which another is looked for, by that other."""


def _not_together(locator: Locator, parts: Mapping[str, str], text: KeptText, cure: str) -> Problem:
    """Return the problem of a locator whose parts all stand in the text, but not beside each other.

    parts: its words, by field.
    """
    start = locator.start
    others = {"before": start, "end": start, "after": locator.end or start}
    for name, beside in others.items():
        one = replace(locator, **dict.fromkeys(_LEFT_OUT[name]))
        if name in parts and not text.count(one, exact=True):
            where = "after" if name == "end" else f"right {name}"
            message = f"`{parts[name]}` does not stand {where} `{beside}` in the kept text"
            return _problem(locator.place_of(name), message, cure)
    message = f"the words round `{start}` do not stand in one place of the kept text"
    return _problem(locator.place, message, cure)


def _changed(locator: Locator, proof: Proof) -> Problem:
    message = f"`{locator.start}` was changed since the passages were proved on {proof.on}"
    cure = "keep the text of the article, and let the command `prove` look for it again"
    return _problem(locator.place, message, cure)


def _never_proved(locator: Locator, id: str) -> Problem:
    cure = f"keep the text of the article as .sources/{id}.txt, and run `prove {id}`"
    return _problem(locator.place, f"`{locator.start}` was never proved", cure)


def _other_text(proof: Proof) -> Problem:
    message = f"proved: the kept text is not the one that was read on {proof.on}"
    cure = "see whether the article says something else now, and let the command `prove` note it"
    return Problem(proof.place, message, cure)


def _cure_by_words_before(words: Iterable[str]) -> str:
    """Return the cure for a passage in several places, by the words before each; () for none."""
    quoted = [f"`before: {write_scalar(each)}`" for each in words]
    if not quoted:
        return "add `before:` or `after:`, the words around it"
    return f"add the words before the one that is meant: {' or '.join(quoted)}"


def _problem(place: Place, message: str, cure: str) -> Problem:
    return Problem(place, f"at: {message}", cure)
