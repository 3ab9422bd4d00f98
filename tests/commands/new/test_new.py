"""New topics and translations: what is in them, that the site builds, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.commands.main import main
from briefing.content.parse import parse_site
from build import make_site
from support.disk import found, plant
from support.new_sites import EXAMPLE, init, sources
from support.sites import AS_OF


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Path]:
    """A new site in Vietnamese and English."""
    init(tmp_path, "vi,en")
    capsys.readouterr()
    yield tmp_path
    assert not list(tmp_path.rglob("*.new")), "a rest"


def new(site: Path, *words: str) -> int:
    return main(["new", *words, "--root", str(site)])


def checked(site: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Check a site; give the places of its warnings."""
    capsys.readouterr()
    assert main(["check", "--root", str(site)]) == 0
    out = capsys.readouterr().out
    return re.findall(r"^warning: ([^:]+):", out, re.MULTILINE)


def written_over(draft: str, translation: str) -> str:
    """Give a new translation with the title, dek and paragraphs of a finished one."""
    heads = dict(re.findall(r"^(title|dek): (.*)$", translation, re.MULTILINE))
    facts = draft.partition("\n---\n")[0]
    for field, words in heads.items():
        facts = re.sub(rf"^{field}: .*$", f"{field}: {words}", facts, flags=re.MULTILINE)
    return "\n---\n".join((facts, translation.partition("\n---\n")[2]))


def publish(path: Path) -> None:
    """Take away the line that says it is a draft."""
    text = path.read_text(encoding="utf-8")
    assert "draft: true\n" in text
    path.write_text(text.replace("draft: true\n", ""), encoding="utf-8")


def test_a_new_topic_is_a_draft_in_the_first_language(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers see nothing of it, and `check` says only what is to be written."""
    assert new(site, "topic", "đàm-phán") == 0
    said = capsys.readouterr().out

    folder = site / "content/đàm-phán"
    assert sorted(path.name for path in folder.iterdir()) == ["topic.vi.md", "topic.yaml"]
    assert said.splitlines()[0] == "content/đàm-phán: topic.yaml, topic.vi.md"
    assert "new translation đàm-phán en`" in said
    assert checked(site, capsys) == ["content/đàm-phán/topic.en.md"], "it is to be written"
    assert not [path for path in make_site(sources(site), AS_OF) if "đàm-phán" in path]


def test_a_new_topic_that_is_no_draft_any_more_has_pages(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As it was written, and with the points that stand in it as comments."""
    assert new(site, "topic", "river-talks") == 0
    folder = site / "content/river-talks"
    for path in folder.glob("*.md"):
        publish(path)

    assert "vi/river-talks/index.html" in make_site(sources(site), AS_OF)

    facts = (folder / "topic.yaml").read_text(encoding="utf-8")
    written = re.sub(r"^#( +\S+:| +- )", r"\1", facts.replace(": []", ":"), flags=re.MULTILINE)
    assert written.count("- {id: people") == written.count("  - id: how-many") == 1
    (folder / "topic.yaml").write_text(written, encoding="utf-8")

    (topic,) = [topic for topic in parse_site(sources(site)).topics if topic.id == folder.name]
    assert [(point.id, point.group) for point in topic.points] == [("how-many", "people")]


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("belora-bridge", "content/belora-bridge:1:1: there is a topic `belora-bridge`"),
        ("about", "`about` is the name of a page of the site"),
        ("River Talks", "is not an id"),
        ("../up", "is not an id"),
        ("con", "is a name that Windows keeps for itself"),
        ("old", "redirects.yaml:1:11: `old` is an old id\n    choose another"),
    ],
)
def test_a_topic_that_cannot_have_its_id_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], id: str, says: str
) -> None:
    """By the rules for every id, with nothing written."""
    plant(site, {"redirects.yaml": b"renamed: {old: belora-bridge}\n"})
    before = found(site)

    assert new(site, "topic", id) == 1

    assert says in capsys.readouterr().err
    assert found(site) == before


def test_a_topic_whose_folder_is_there_empty_is_written_into_it(site: Path) -> None:
    """As who made the folder first meant it."""
    (site / "content/river").mkdir()

    assert new(site, "topic", "river") == 0

    assert (site / "content/river/topic.yaml").is_file()


def test_a_mistake_elsewhere_does_not_keep_a_topic_from_being_written(site: Path) -> None:
    """Only the languages of the site must be known."""
    plant(site, {"content/outlets.yaml": b"a: [", f"{EXAMPLE}/topic.yaml": b"b: {"})

    assert new(site, "topic", "river") == 0


def test_without_languages_nothing_can_be_new(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mistake in site.yaml is told."""
    plant(site, {"site.yaml": b"languages: {xx: {name: X}}\n"})

    assert new(site, "topic", "river") == 1
    assert "site.yaml:1:13: no language `xx`" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["topic", "gazette", "radio"])
def test_a_new_translation_stands_beside_its_original(
    site: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """With its title and paragraphs, to be written over; there is nothing to be warned of."""
    original, other = ("en", "vi") if text == "radio" else ("vi", "en")
    path = site / EXAMPLE / f"{text}.{other}.md"
    before = path.read_text(encoding="utf-8")
    path.unlink()

    assert new(site, "translation", f"{EXAMPLE}/{text}.{original}.md", other) == 0

    written = path.read_text(encoding="utf-8")
    source = (site / EXAMPLE / f"{text}.{original}.md").read_text(encoding="utf-8")
    assert written.partition("\n---\n")[2] == source.partition("\n---\n")[2]
    digests = r"^of: \{title: .*\}$"
    assert re.findall(digests, written, re.MULTILINE) == re.findall(digests, before, re.MULTILINE)
    assert re.search(digests, written, re.MULTILINE)
    assert "outlet:" not in written
    assert checked(site, capsys) == []
    path.write_text(written_over(written, before), encoding="utf-8")
    publish(path)
    assert checked(site, capsys) == []


def test_a_text_on_the_site_is_translated_as_well(site: Path) -> None:
    """From wherever the path is meant."""
    plant(site, {"content/about.vi.md": "---\ntitle: Về trang này\n---\nMột.\n".encode()})

    assert new(site, "translation", str(site / "content/about.vi.md"), "en") == 0

    assert "Một.\n" in (site / "content/about.en.md").read_text(encoding="utf-8")


def test_a_path_from_the_current_folder_is_understood(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a shell completes it."""
    monkeypatch.chdir(site / EXAMPLE)
    (site / EXAMPLE / "radio.vi.md").unlink()

    assert new(site, "translation", "radio.en.md", "vi") == 0

    assert (site / EXAMPLE / "radio.vi.md").is_file()


def test_a_new_topic_has_the_title_and_the_day_that_are_given(site: Path) -> None:
    """As they are typed; nothing else is to be known of them."""
    start = "2025-06-01T20:00+07:00"
    assert new(site, "topic", "river", "--title", "Sông:  một", "--start", start) == 0

    folder = site / "content/river"
    assert 'title: "Sông: một"\n' in (folder / "topic.vi.md").read_text(encoding="utf-8")
    assert f"  start: {start}\n" in (folder / "topic.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("option", "value"), [("--title", " "), ("--start", "June")])
def test_a_title_or_a_day_that_is_none_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    """As any other option, with nothing written."""
    before = found(site)
    with pytest.raises(SystemExit):
        new(site, "topic", "river", option, value)

    assert option in capsys.readouterr().err
    assert found(site) == before


@pytest.mark.parametrize("name", ["belora-bridge", "content/belora-bridge/"])
def test_a_topic_is_translated_whole(
    site: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Each text that is not there in the language, and no other."""
    for text in ("gazette", "topic"):
        (site / EXAMPLE / f"{text}.en.md").unlink()
    before = found(site)

    assert new(site, "translation", name, "en") == 0

    made = {path for path in found(site).keys() - before.keys() if path.startswith(EXAMPLE)}
    texts = {f"{EXAMPLE}/gazette.en.md", f"{EXAMPLE}/topic.en.md"}
    assert {path for path in made if "/." not in path} == texts
    assert "translates: vi\n" in (site / EXAMPLE / "gazette.en.md").read_text(encoding="utf-8")
    assert checked(site, capsys) == []


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("belora-bridge", "en", "content/belora-bridge:1:1: each of its texts is there in English"),
        ("belora-bridge", "fr", "site.yaml:1:1: no language `fr`"),
        ("river", "en", "river:1:1: there is no such text"),
    ],
)
def test_a_topic_that_cannot_be_translated_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, code: str, says: str
) -> None:
    """With the cure, and nothing is written."""
    before = found(site)

    assert new(site, "translation", name, code) == 1

    assert says in capsys.readouterr().err
    assert found(site) == before


def test_what_is_wrong_with_the_texts_of_a_topic_is_told_at_once(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """None of them is translated then."""
    for text in ("one", "two"):
        plant(site, {f"{EXAMPLE}/{text}.vi.md": b"---\ndek: a\n---\n"})
    before = found(site)

    assert new(site, "translation", "belora-bridge", "en") == 1

    assert capsys.readouterr().err.count("`title` is missing") == 2
    assert found(site) == before


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        (
            "radio.e.md",
            "vi",
            "no such text\n    did you mean `content/belora-bridge/radio",
        ),
        ("topic.yaml", "vi", "there is no such text"),
        ("radio.en.md", "fr", "site.yaml:1:1: no language `fr`"),
        ("radio.en.md", "en", "is in English itself\n    name another language of the site: vi"),
        ("radio.en.md", "vi", "radio.vi.md:1:1: is there already"),
        ("broken.en.md", "vi", "broken.en.md:2:1: `title` is missing"),
        ("radio.fr.md", "vi", "its name does not end in a language of the site"),
    ],
)
def test_a_translation_that_cannot_be_begun_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], path: str, code: str, says: str
) -> None:
    """With the cure, and nothing is written."""
    plant(site, {f"{EXAMPLE}/broken.en.md": b"---\ndek: a\n---\n", f"{EXAMPLE}/radio.fr.md": b""})
    before = found(site)

    assert new(site, "translation", f"{EXAMPLE}/{path}", code) == 1

    assert says in capsys.readouterr().err
    assert found(site) == before


def test_topics_are_added_renamed_and_translated_in_turn(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way of an editor: each step builds on the one before."""
    assert new(site, "topic", "first") == 0
    assert main(["rename", "topic", "first", "second", "--root", str(site)]) == 0
    assert new(site, "topic", "first") == 1, "an old id"
    assert new(site, "topic", "third") == 0
    assert new(site, "translation", "content/second/topic.vi.md", "en") == 0
    for path in (site / "content/second").glob("*.md"):
        publish(path)

    assert {Path(place).parts[1] for place in checked(site, capsys)} == {"second", "third"}
    assert main(["build", "--root", str(site)]) == 0
    assert (site / "output/en/second/index.html").is_file()
    assert (site / "output/en/first/index.html").is_file(), "it leads on"


@pytest.mark.parametrize("languages", ["de", "ar,en", "zh-Hans,ja,es"])
def test_topics_and_translations_are_new_in_any_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: str
) -> None:
    """And the site builds with them."""
    init(tmp_path, languages)
    first, *others = languages.lower().split(",")

    assert new(tmp_path, "topic", "river") == 0
    for code in others:
        assert new(tmp_path, "translation", f"content/river/topic.{first}.md", code) == 0
    for path in (tmp_path / "content/river").glob("*.md"):
        publish(path)

    assert f"{first}/river/index.html" in make_site(sources(tmp_path))


@pytest.mark.parametrize(
    "words", [[], ["topic"], ["topic", "a", "b"], ["translation", "a"], ["article", "a"]]
)
def test_how_it_is_written_is_said(
    site: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """Both ways in one line."""
    with pytest.raises(SystemExit) as stopped:
        new(site, *words)

    assert stopped.value.code == 2
    assert "write: new topic ID, or: new translation PATH LANGUAGE" in capsys.readouterr().err
