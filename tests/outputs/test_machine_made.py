"""What a machine made is marked wherever it is shown, unless a person answers for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import msgspec
import pytest

from briefing.checks.content import find_warnings
from briefing.checks.disclosure.marks import shown_words
from briefing.commands.arguments import SOURCES
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.writing.edits import SourceEdit
from briefing.commands.serve.writing.file_change import digest_of
from briefing.commands.serve.writing.writer import SourceWriter
from briefing.content.parse import parse_site
from briefing.problems import Problems
from briefing.storage.site_sources.read import read_site_sources
from build import make_site
from support.disk import plant
from support.po_files import edit_units, exported, run, says, take
from support.sites import AS_OF, Sources
from support.themes import without_templates

TALKS = "content/river-talks"
WRITTEN = {
    "vi": "Bài do máy viết, chưa qua biên tập.",
    "en": "This text was written by a machine and has not been reviewed.",
}
TRANSLATED = {
    "vi": "Bản dịch máy, chưa qua biên tập.",
    "en": "This text was translated by a machine and has not been reviewed.",
}
REVIEW = "reviewed: {by: An Phạm, on: 2025-11-29}\n"
TERM = "TrainedAlgorithmicMediaDigitalSource"


def canary(small: Sources, field: str = "machine: true\n", *, responsible: bool = True) -> Sources:
    """Give the small site with a topic and a summary that a machine wrote and translated."""
    edits = {
        f"{TALKS}/topic.vi.md": ("title: ", field),
        f"{TALKS}/topic.en.md": ("title: ", field),
        f"{TALKS}/statement.vi.md": ("title: ", field),
        f"{TALKS}/statement.en.md": ("machine: reviewed\n", field),
    }
    made = dict(small)
    for path, (old, new) in edits.items():
        text = made[path].decode().replace("reviewed: {by: Trần Sông, on: 2025-06-05}\n", "")
        assert text.count(old) == 1
        made[path] = text.replace(old, new + (old if old == "title: " else "")).encode()
    if not responsible:
        made["site.yaml"] = re.sub(rb"(?m)^responsible: .*\n", b"", made["site.yaml"])
    return made


def marks(path: str, data: bytes) -> int:
    """Count the marks that readers see in a file."""
    words = shown_words(path, data)
    return sum(words.count(mark) for mark in (*WRITTEN.values(), *TRANSLATED.values()))


@pytest.fixture(scope="module")
def marked(small: Sources) -> dict[str, bytes]:
    """The canary, made."""
    return make_site(canary(small), AS_OF)


@pytest.mark.parametrize("name", ["index.html", "email.html", "email.txt", "statement/index.html"])
@pytest.mark.parametrize(("code", "said"), [("vi", WRITTEN), ("en", TRANSLATED)])
def test_a_page_and_a_mail_say_what_the_machine_did(
    marked: dict[str, bytes], name: str, code: str, said: dict[str, str]
) -> None:
    """Once, in the language of the page."""
    path = f"{code}/river-talks/{name}"

    assert shown_words(path, marked[path]).count(said[code]) == marks(path, marked[path]) == 1


@pytest.mark.parametrize("name", ["index.html", "statement/index.html"])
def test_a_facing_page_says_it_of_both_texts(marked: dict[str, bytes], name: str) -> None:
    """Of each in its own language."""
    words = shown_words(".html", marked[f"vi-en/river-talks/{name}"])

    assert words.count(WRITTEN["vi"]) == words.count(TRANSLATED["en"]) == 1


@pytest.mark.parametrize(("code", "said"), [("vi", WRITTEN), ("en", TRANSLATED)])
def test_both_feeds_say_it_in_each_entry(
    marked: dict[str, bytes], code: str, said: dict[str, str]
) -> None:
    """Of the topic and of the summary; the feed of the site says it of the topic."""
    atom = feedparser.parse(marked[f"{code}/river-talks/feed.xml"])
    told = [said[code] in entry.content[0].value for entry in atom.entries]
    items = json.loads(marked[f"{code}/river-talks/feed.json"])["items"]
    site = json.loads(marked[f"{code}/feed.json"])["items"]

    assert told == [said[code] in item["content_html"] for item in items]
    assert told.count(True) == 2
    assert [said[code] in item["content_html"] for item in site].count(True) == 1
    assert marks("feed.xml", marked[f"{code}/feed.xml"]) == 1


def test_the_list_of_topics_says_it_of_the_sentence_it_shows(marked: dict[str, bytes]) -> None:
    """The first topic stands there with more than its title."""
    assert marks(".html", marked["en/index.html"]) == marks(".html", marked["vi/index.html"]) == 1


def test_the_data_name_every_text_that_a_machine_made(marked: dict[str, bytes]) -> None:
    """By the term of IPTC; what an editor wrote has none."""
    data = json.loads(marked["data/river-talks.json"])
    made = {article["id"]: article["texts"] for article in data["articles"]}
    for text in (*data["texts"], *made["statement"]):
        assert text["machine"]
        assert text["digital_source_type"].endswith("/digitalsourcetype/trainedAlgorithmicMedia")
        assert text["reviewed"] is None
        assert text["translates"] == {"vi": None, "en": "vi"}[text["language"]]

    assert not any(text["machine"] for text in made["gazette"])


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize("name", ["", "statement/"])
def test_what_a_page_says_of_itself_names_the_source(
    marked: dict[str, bytes], code: str, name: str
) -> None:
    """By the term that schema.org has for that of IPTC; the page of an editor's text has none."""
    page = marked[f"{code}/river-talks/{name}index.html"].decode()
    (said,) = re.findall(r'ld\+json">(.*?)</script>', page)

    assert json.loads(said)["digitalSourceType"]["@id"].endswith(TERM)
    assert TERM.encode() not in marked[f"{code}/river-talks/gazette/index.html"]


def test_a_reviewed_text_for_which_somebody_answers_has_no_mark(small: Sources) -> None:
    """Readers are told quietly who has reviewed it, and when; machines still what made it."""
    made = make_site(canary(small, f"machine: reviewed\n{REVIEW}"), AS_OF)
    vi, en = (made[f"{code}/river-talks/index.html"].decode() for code in ("vi", "en"))

    assert not any(marks(path, data) for path, data in made.items() if path.endswith(".html"))
    assert "Bài do máy viết. An Phạm hiệu đính, 29/11/2025" in shown_words(".html", vi.encode())
    translated = "This text was translated by a machine. Reviewed by An Phạm, 29 November 2025"
    assert translated in shown_words(".html", en.encode())
    assert TERM in vi
    assert '"lastReviewed":"2025-11-29"' in vi
    for name in ("email.txt", "email.html", "feed.xml", "feed.json"):
        path = f"en/river-talks/{name}"
        assert translated in shown_words(path, made[path])
    data = json.loads(made["data/river-talks.json"])
    assert data["texts"][0]["reviewed"] == {"by": "An Phạm", "on": "2025-11-29"}


def test_a_review_alone_does_not_take_the_mark_away(small: Sources) -> None:
    """Somebody must be responsible for the site; `check` says so, once."""
    sources = canary(small, f"machine: reviewed\n{REVIEW}", responsible=False)
    made = make_site(sources, AS_OF)
    page = made["en/river-talks/index.html"].decode()
    told = [str(each) for each in find_warnings(parse_site(sources)) if "responsible" in str(each)]

    assert page.count("This text was translated by a machine.") == 1
    assert '<aside class="notice"><p>This text was translated by a machine.</p>' in page
    assert '<p class="translator">Reviewed by An Phạm, 29 November 2025</p>' in page
    assert len(told) == 1
    assert "add `responsible: NAME` to site.yaml" in told[0]


def test_a_text_of_an_editor_may_be_reviewed_too(small: Sources) -> None:
    """It says who has reviewed it, and nothing of a machine."""
    made = make_site(canary(small, REVIEW), AS_OF)
    page = shown_words(".html", made["en/river-talks/index.html"])

    assert "Reviewed by An Phạm, 29 November 2025" in page
    assert "machine" not in page


def test_a_review_of_tomorrow_is_told(small: Sources) -> None:
    """Nobody can have reviewed a text on a day to come."""
    sources = canary(small, "reviewed: {by: An Phạm, on: 2027-01-05}\n")
    told = [str(each) for each in find_warnings(parse_site(sources), AS_OF)]

    assert sum("reviewed: 2027-01-05 is still to come" in each for each in told) == 4


@pytest.mark.parametrize("code", ["vi", "en"])
def test_who_is_responsible_is_named_below_pages_and_mails_and_in_feeds(
    small: Sources, code: str
) -> None:
    """With a link to reach them; and in what the home page says of itself."""
    made = make_site(small, AS_OF)
    word = {"vi": "Chịu trách nhiệm nội dung", "en": "Responsible for the content"}[code]
    linked = f'{word}: <a href="mailto:hoa@example.org">Lê Hoa</a>.'
    feed = feedparser.parse(made[f"{code}/feed.xml"]).feed
    told = json.loads(made[f"{code}/feed.json"])["_briefing"]["responsible"]

    assert linked in made[f"{code}/index.html"].decode()
    assert linked in made[f"{code}/about/index.html"].decode()
    assert f"{word}: Lê Hoa" in made[f"{code}/river-talks/email.txt"].decode()
    assert feed.contributors == [{"name": "Lê Hoa", "email": "hoa@example.org"}]
    assert told == {"name": "Lê Hoa", "url": "mailto:hoa@example.org"}
    assert '"contactType":"editorial responsibility"' in made[f"{code}/index.html"].decode()


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Lê Hoa", ("Lê Hoa", "Lê Hoa")),
        ("{vi: Toà soạn, en: The desk}", ("Toà soạn", "The desk")),
        ("{name: {vi: Toà soạn, en: The desk}}", ("Toà soạn", "The desk")),
    ],
)
def test_who_is_responsible_is_a_name_with_or_without_a_contact(
    small: Sources, written: str, names: tuple[str, str]
) -> None:
    """In each language, or one for all."""
    text = re.sub(r"(?m)^responsible: .*", f"responsible: {written}", small["site.yaml"].decode())
    made = make_site({**small, "site.yaml": text.encode()}, AS_OF)

    for code, name in zip(("vi", "en"), names, strict=True):
        assert f": {name}.</p>" in made[f"{code}/index.html"].decode()


def begun_in_the_preview(root: Path, path: str) -> None:
    """Begin a translation and write its paragraphs, as the preview does."""
    live = LiveSite(root, SOURCES, lambda: AS_OF)
    assert live.open().problems == ()
    writer = SourceWriter(live)

    def write(at: str, **what: object) -> None:
        live.rebuild(SOURCES)
        digest = digest_of((root / at).read_bytes())
        writer.write(msgspec.convert({"path": at, "digest": digest, "what": what}, SourceEdit))

    write(f"{path}.vi.md", type="begin-translation", language="en")
    original = digest_of((root / f"{path}.vi.md").read_bytes())
    for part in ("title", "1"):
        english = f"The words of {path}."
        write(f"{path}.en.md", type="write-part", part=part, text=english, original=original)
    write(f"{path}.en.md", type="show-translation")


def taken_from_a_po_file(root: Path, path: str) -> None:
    """Translate a text in a PO file, take it back and let readers see it."""
    po = exported(root, "en")
    edit_units(po, lambda unit: says(unit.msgstr or unit.msgid)(unit))
    assert take(root, po) == 0
    assert run(root, "show", f"{path}.en.md") == 0


@pytest.mark.parametrize("translate", [begun_in_the_preview, taken_from_a_po_file])
@pytest.mark.parametrize("name", ["topic", "statement"])
def test_what_a_person_translates_of_a_machine_is_marked_too(
    small: Sources, tmp_path: Path, name: str, translate: Callable[[Path, str], None]
) -> None:
    """As written by a machine, wherever it is shown; without a line of the translator."""
    text, site = f"{TALKS}/{name}", dict(small)
    site[f"{text}.vi.md"] = site[f"{text}.vi.md"].replace(b"title: ", b"machine: true\ntitle: ", 1)
    del site[f"{text}.en.md"]
    plant(tmp_path / "site", site)
    translate(tmp_path / "site", text)
    assert b"machine:" not in (tmp_path / "site" / f"{text}.en.md").read_bytes()
    made = make_site(read_site_sources(tmp_path / "site", *SOURCES), AS_OF)

    folder = "river-talks/" if name == "topic" else "river-talks/statement/"
    shown = [f"en/{folder}index.html", "en/river-talks/feed.xml", "en/river-talks/feed.json"]
    if name == "topic":
        shown += ["en/river-talks/email.txt", "en/river-talks/email.html", "en/index.html"]
    assert all(WRITTEN["en"] in shown_words(path, made[path]) for path in shown)
    facing = shown_words(".html", made[f"vi-en/{folder}index.html"])
    assert facing.count(WRITTEN["vi"]) == facing.count(WRITTEN["en"]) == 1
    assert TERM.encode() in made[f"en/{folder}index.html"]
    data = json.loads(made["data/river-talks.json"])
    texts = {article["id"]: article["texts"] for article in data["articles"]} | {
        "topic": data["texts"]
    }
    assert [each["machine"] for each in texts[name]] == [True, True]
    for path, data in made.items():
        if path.endswith(".html"):
            assert TRANSLATED["en"] not in shown_words(path, data)


def test_a_review_of_the_translation_is_one_of_what_the_machine_wrote(small: Sources) -> None:
    """So is one of the original: then the translation is a person's alone."""
    path = f"{TALKS}/topic"
    machine = {
        f"{path}.vi.md": small[f"{path}.vi.md"].replace(b"title", b"machine: true\ntitle", 1)
    }
    review = REVIEW.encode()
    translated = small[f"{path}.en.md"].replace(b"title", review + b"title", 1)
    page = "en/river-talks/index.html"

    made = make_site({**small, **machine, f"{path}.en.md": translated}, AS_OF)
    said = "This text was written by a machine. Reviewed by An Phạm, 29 November 2025"
    assert said in shown_words(page, made[page])
    both = b"machine: reviewed\n" + review + b"title"
    original = {f"{path}.vi.md": small[f"{path}.vi.md"].replace(b"title", both, 1)}
    assert "machine" not in shown_words(page, make_site({**small, **original}, AS_OF)[page])


OVERRIDES = [
    ("parts/notice.html", "{% if site.must_mark(summary) %}\n", "{% if false %}\n"),
    ("pages/topic.html", "{{ notice(here, told[0]) }}", ""),
    ("pages/article.html", "{{ notice(here, told[0]) }}", ""),
    ("parts/face.html", "{{ notice(here, told) }}", ""),
    ("feeds/entries.html", "{{ notice_lines(told) }}", ""),
    ("email/topic.html", "{{ notice_lines(told) }}", ""),
    ("parts/lead.html", "{{ words(told.mark) }}", ""),
    ("base.html", "{% if described is not none %}", "{% if false %}"),
]


def over(small: Sources, name: str, old: str, new: str) -> Sources:
    """Give the canary with a template in place of the theme's that has dropped something."""
    site = without_templates(canary(small))
    text = site[f"theme/{name}"].decode()
    assert old in text
    return {**site, f"templates/{name}": text.replace(old, new).encode()}


def problems(sources: Sources) -> Iterator[str]:
    with pytest.raises(Problems) as raised:
        make_site(sources, AS_OF)
    return map(str, raised.value)


@pytest.mark.parametrize(("name", "old", "new"), OVERRIDES)
def test_a_template_that_drops_the_mark_is_refused_by_its_name(
    small: Sources, name: str, old: str, new: str
) -> None:
    """Once, whatever the number of pages that it is in, with the two ways out."""
    (told,) = problems(over(small, name, old, new))

    assert told.startswith(f"templates/{name}:1:1: ")
    assert "that a machine made the text" in told
    assert "`reviewed:` in it and `responsible:` in site.yaml" in told


@pytest.mark.parametrize(("name", "old", "new"), OVERRIDES)
def test_where_no_text_must_be_marked_a_template_may_be_as_it_likes(
    small: Sources, name: str, old: str, new: str
) -> None:
    """The rule looks at texts that a machine made and nobody answers for."""
    reviewed = canary(small, f"machine: reviewed\n{REVIEW}")
    template = over(small, name, old, new)[f"templates/{name}"]

    assert make_site(without_templates(reviewed) | {f"templates/{name}": template}, AS_OF)


def test_a_mark_in_a_comment_or_a_script_is_none(small: Sources) -> None:
    """Readers do not see it."""
    sources = over(
        small,
        "pages/topic.html",
        "{{ notice(here, told[0]) }}",
        "<!-- {{ notice(here, told[0]) }} -->",
    )

    assert [told.partition(":")[0] for told in problems(sources)] == ["templates/pages/topic.html"]


def test_a_text_shown_for_want_of_a_translation_is_marked_too(small: Sources) -> None:
    """In the language of the page."""
    sources = canary(small)
    del sources[f"{TALKS}/statement.en.md"]
    sources["site.yaml"] += b"missing: fallback\n"
    words = shown_words(".html", make_site(sources, AS_OF)["en/river-talks/statement/index.html"])

    assert words.count(WRITTEN["en"]) == 1
