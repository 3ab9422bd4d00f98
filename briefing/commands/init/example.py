"""The content of a new site: a topic of two articles that agree on one point and differ on another.

What is the same in all languages stands in `files/`, with `$name` for each text; the texts are in
`sample/<lang>.yaml`. A language without a sample gets the English one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Template

from msgspec import Struct

from briefing.content.texts import digest_of_text
from briefing.syntax.cldr import (
    babel_locale,
    is_country,
    primary_language,
    with_broader,
    with_territory,
)
from briefing.syntax.nodes import Node, mapping
from briefing.syntax.yaml_writing import flow

EXAMPLE_TOPIC = "belora-bridge"
"""The id of the topic."""
FALLBACK = "en"
"""The language whose sample is taken where there is none."""
_NO_COUNTRY = "EU"
"""The country of an outlet in a language that is at home in none, as Esperanto."""
_WHOLE_TEXTS = {"topic": "", "gazette": "gazette.md", "radio": "radio.md"}
"""The texts of the topic, and the file with the front matter of each that is a lead."""


class Sample(Struct, frozen=True):
    """The texts of the example in one language of the site."""

    code: str
    """The language of the site."""
    written_in: str
    """The language the texts are in: `code`, one close to it, or English."""
    texts: Mapping[str, str | Mapping[str, str]]
    """By name; the name of a unit may have plural forms."""

    def text(self, name: str) -> str:
        """Return the text `name`."""
        found = self.texts[name]
        return found if isinstance(found, str) else found["other"]


def sample_of(code: str, samples: Mapping[str, Node]) -> Sample:
    """Return the texts for a language of the site: its own, those of one close to it, or English.

    samples: the parsed file of each language that has one, by its code.
    """
    close = next((each for each in with_broader(code) if each in samples), FALLBACK)
    texts = {
        name: {form: str(item.value).strip() for form, item in node.value.items()}
        if isinstance(node.value, dict)
        else str(node.value).strip()
        for name, node in mapping(samples[close]).items()
    }
    if close == FALLBACK != primary_language(code):
        texts = {
            name: text["other"] if isinstance(text, dict) else text for name, text in texts.items()
        }
    return Sample(code, close, texts)


def example_files(
    samples: tuple[Sample, ...], files: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each content file.

    samples: of the languages of the site, in their order. files: the text of what is in `files/`.
    """
    names = _localized(samples) | {"country": _country(samples[0].written_in)}
    for outlet, sample in _outlets(samples).items():
        names[f"{outlet}_language"] = sample.written_in
        for name in sample.texts:
            if name.startswith(f"{outlet}_") and name.endswith("_at"):
                names[name] = _locator(name, sample, samples)
    for name in ("outlets", "voices"):
        yield f"content/{name}.yaml", Template(files[f"{name}.yaml"]).substitute(names)
    folder = f"content/{EXAMPLE_TOPIC}"
    yield f"{folder}/topic.yaml", Template(files["topic.yaml"]).substitute(names)
    for text, lead in _WHOLE_TEXTS.items():
        original = _outlets(samples).get(text, samples[0])
        for sample in samples:
            path = f"{folder}/{text}.{sample.code}.md"
            is_lead = lead and sample is original
            head = files[lead] if is_lead else _front_matter(text, sample, original)
            title = flow(sample.text(f"{text}_title"))
            matter = Template(head).substitute(names, title=title)
            yield path, f"{matter}{sample.text(f'{text}_text')}\n"


def _outlets(samples: tuple[Sample, ...]) -> Mapping[str, Sample]:
    """Return the language in which each outlet writes: the first and the second of the site."""
    return {"gazette": samples[0], "radio": samples[min(1, len(samples) - 1)]}


def _localized(samples: tuple[Sample, ...]) -> dict[str, str]:
    """Return each text in all languages of the site, as YAML, by name."""
    return {
        name: flow({sample.code: sample.texts[name] for sample in samples})
        for name in samples[0].texts
    }


def _locator(name: str, own: Sample, samples: tuple[Sample, ...]) -> str:
    """Return the `at:` of a claim, as YAML: the words in the language `own`, and what they mean."""
    gloss = {
        sample.code: sample.text(name)
        for sample in samples
        if primary_language(sample.code) != primary_language(own.written_in)
    }
    words = own.text(name)
    return flow({"start": words, "gloss": gloss} if gloss else words)


def _country(language: str) -> str:
    """Return a country in which a language is at home, ISO 3166-1."""
    country = with_territory(str(babel_locale(language))).rpartition("_")[2]
    return country if is_country(country) else _NO_COUNTRY


def _front_matter(text: str, sample: Sample, original: Sample) -> str:
    """Return the front matter of a text that is no lead, with `$title` for its title."""
    lines = ["---", "title: $title"]
    if f"{text}_dek" in sample.texts:
        lines.append(f"dek: {flow(sample.text(f'{text}_dek'))}")
    if sample is not original:
        digest = digest_of_text(original.text(f"{text}_title"), original.text(f"{text}_text"))
        lines += [f"translates: {original.code}", f"of: {digest}"]
    return "\n".join([*lines, "---", ""])
