"""Texts of all constructs of Markdown go to translators and come back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.commands.arguments import SOURCES
from briefing.commands.translate.kept_original import read_version
from briefing.commands.translate.po.units import sources_of
from briefing.content.parse import parse_site
from briefing.problems import Problems
from briefing.storage.site_sources.read import read_site_sources
from support.disk import found, plant
from support.markdowns import GOOD_TEXTS, TEXTS
from support.nightly import examples
from support.po_files import changed_files, exported, run, take
from support.sites import Sources

ORIGINAL, PATH = "content/about.vi.md", "content/about.en.md"
ENDS = st.sampled_from(["\n", "\r\n"])
GAPS = st.sampled_from(["\n\n", "\n\n\n\n", "\n \n"])


def written(paragraphs: list[str], gap: str, end: str, head: str = "") -> bytes:
    text = f"---\ntitle: Một\n{head}---\n{gap.join(paragraphs)}\n"
    return text.replace("\n", end).encode()


def paragraphs_of(text: str) -> list[str]:
    """Give the paragraphs of a text; [] of one that no site can have, or not alone."""
    try:
        version = read_version(ORIGINAL, written([text], "\n\n", "\n"))
    except Problems:
        return []
    return list(sources_of(version))


SITE_TEXTS = GOOD_TEXTS.map(lambda text: text.replace("point:a", "point:river-talks/fees")).map(
    lambda text: text.replace("article:b/c", "article:river-talks/statement")
)


@examples(25)
@given(SITE_TEXTS, SITE_TEXTS, st.tuples(GAPS, ENDS), st.booleans())
def test_nothing_changes_where_nothing_was_translated(
    light: Sources, text: str, other: str, form: tuple[str, str], acknowledged: bool
) -> None:
    """Whatever the paragraphs of both are, one to one or not."""
    one, two = paragraphs_of(text), paragraphs_of(other)
    assume(one and two)
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        files = {
            ORIGINAL: written(one, "\n\n", "\n"),
            PATH: written(two, *form, "translates: vi\n"),
        }
        plant(site, {**light, **files})
        if acknowledged and run(site, "ack", PATH) != 0:
            return
        before = found(site)
        assert take(site, exported(site, "en")) == 0
        assert found(site) == before


FORMS = st.sampled_from(
    [
        *(
            "{} **b** [c](point:river-talks/fees).",
            "{}\nanother line",
            "## {}",
            "{} <https://a.vn/>",
        ),
        *("- {}\n- d", "1. {}\n2. d", "> {}\n> e", "| {} | b |\n|---|---|\n| c | d |"),
    ]
)
WORDS = st.sampled_from(["Một", "Two", "三", "“x”", 'a "b"', "c & d", "30"])


@examples(40)
@given(st.lists(st.tuples(FORMS, WORDS), min_size=1, max_size=5), GAPS, ENDS, st.data())
def test_a_unit_that_is_translated_changes_its_paragraph_alone(
    light: Sources, written_as: list[tuple[str, str]], gap: str, end: str, data: st.DataObject
) -> None:
    """To the words of the translator; every other byte of the site stays."""
    there = [form.format(words) for form, words in written_as]
    assume(paragraphs_of("\n\n".join(there)) == there)  # two lists in a row are one
    number = data.draw(st.integers(0, len(there) - 1))
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        files = {
            ORIGINAL: written(there, "\n\n", "\n"),
            PATH: written(there, gap, end, "translates: vi\n"),
        }
        plant(site, {**light, **files})
        assert run(site, "ack", PATH) == 0
        before = found(site)
        path = exported(site, "en")
        file = polib.pofile(str(path), wrapwidth=30)
        ours = [each for each in file if each.msgctxt.startswith(f"{ORIGINAL} ")][1:]
        assert [each.msgstr for each in ours] == there
        now = [*there]
        ours[number].msgstr = now[number] = written_as[number][0].format("Other words")
        file.save()

        assert take(site, path) == 0

        assert changed_files(before, site) == {PATH}
        head = before[PATH].removesuffix(f"{gap.join(there)}\n".replace("\n", end).encode())
        assert head != before[PATH]
        assert (site / PATH).read_bytes() == head + f"{gap.join(now)}\n".replace("\n", end).encode()


@examples(40)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(1, 4))
def test_whatever_is_written_into_units_is_taken_whole_or_refused(
    light: Sources, translations: list[str], number: int
) -> None:
    """The site can be read after it, with as many paragraphs; else nothing is written."""
    there = ["Một [b](point:river-talks/fees).", "## Hai", "- Ba\n- c", "Bốn.\nNăm."][:number]
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        files = {
            ORIGINAL: written(there, "\n\n", "\n"),
            PATH: written(there, "\n\n", "\n", "translates: vi\n"),
        }
        plant(site, {**light, **files})
        assert run(site, "ack", PATH) == 0
        path = exported(site, "en")
        file = polib.pofile(str(path))
        ours = [each for each in file if each.msgctxt.startswith(f"{ORIGINAL} ")]
        for each, translation in zip(ours, translations, strict=False):
            each.msgstr = translation
        file.save()
        before = found(site)

        status = take(site, path)

        assert changed_files(before, site) <= ({PATH} if status == 0 else set())
        parse_site(read_site_sources(site, *SOURCES))
        assert len(read_version(PATH, (site / PATH).read_bytes()).body.blocks) == len(there)
