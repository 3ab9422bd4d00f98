"""A PO file is taken back: what was translated stands in the texts, and nothing else moves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from briefing.commands.arguments import INPUTS
from briefing.content.parse import parse_site
from briefing.storage.read_sources import read_tree
from briefing.translation.changes import changes_of
from support.disk import found, plant
from support.new_sites import init
from support.po_files import changed_files, edit_units, exported, run, says, take, units
from support.sites import Sources

TALKS = "content/river-talks"
ORIGINAL, PATH = f"{TALKS}/statement.vi.md", f"{TALKS}/statement.en.md"
KEPT = f"{TALKS}/.translated/statement.en.md"
A, B, C, D = "Một bên nói [30 ngày](point:halt).", "Bên kia không đồng ý.", "- Nước\n- Cá", "Hết."
TRANSLATED = (
    "One side says [30 days](point:halt).",
    "The other does not agree.",
    "- Water\n- Fish",
    "The end.",
)
Said = pytest.CaptureFixture[str]


def text_of(*paragraphs: str) -> str:
    return "".join(f"{each}\n\n" for each in paragraphs).rstrip() + "\n"


@pytest.fixture
def site(tmp_path: Path, small: Sources, capsys: Said) -> Path:
    """A site in which the translation of a text of four paragraphs is right."""
    files = dict(small)
    bodies = {ORIGINAL: text_of(A, B, C, D), PATH: text_of(*TRANSLATED)}
    for path, body in bodies.items():
        head = files[path].decode().split("\n---\n")[0]
        files[path] = f"{head}\n---\n{body}".replace("point:halt", "point:fees").encode()
    folder = tmp_path / "site"
    plant(folder, files)
    assert run(folder, "ack", PATH) == 0
    capsys.readouterr()
    return folder


HERE = [each.replace("point:halt", "point:fees") for each in (A, B, C, D)]
THERE = [each.replace("point:halt", "point:fees") for each in TRANSLATED]


def edit(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_bytes().decode()
    assert old in text
    (site / path).write_bytes(text.replace(old, new, 1).encode())


def body(site: Path, path: str = PATH) -> list[str]:
    return (site / path).read_text("utf-8").split("\n---\n", 1)[1].strip().split("\n\n")


def behind(site: Path) -> list[str]:
    """Give what has changed in the original since, as `changed 1`."""
    topics = parse_site(read_tree(site, *INPUTS)).topics
    articles = {each.id: each for topic in topics for each in topic.articles}
    texts = articles["statement"].summaries
    return [
        f"{each.kind} {'+'.join(str(at + 1) for at in each.new)}".strip()
        for each in changes_of(texts["vi"], texts["en"])
    ]


def check_nothing_changes(site: Path, language: str, capsys: Said) -> None:
    before = found(site)
    path = exported(site, language)
    capsys.readouterr()

    assert take(site, path) == 0

    assert capsys.readouterr().out == f"{path}: nothing in it is new\n"
    assert found(site) == before
    assert units(path)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_content_of_this_project_comes_back_byte_for_byte(
    own: Sources, tmp_path: Path, capsys: Said, language: str
) -> None:
    """Both ways: what is an original in one language is none of its units."""
    plant(tmp_path / "site", own)
    if language == "vi":  # then the English text is the original of one more
        path = tmp_path / "site/content/about.vi.md"
        path.unlink()
        about = tmp_path / "site/content/about.en.md"
        lines = about.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(("translates:", "of:"))]
        about.write_text("".join(kept), "utf-8")
    check_nothing_changes(tmp_path / "site", language, capsys)


@pytest.mark.parametrize(
    ("languages", "language"),
    [
        ("vi,en", "en"),
        ("en,vi", "vi"),
        ("zh-Hans,ja,es", "ja"),
        ("en,ar,fr", "ar"),
        ("ru,zh-Hans", "zh-hans"),
    ],
)
def test_a_new_site_comes_back_byte_for_byte(
    tmp_path: Path, capsys: Said, languages: str, language: str
) -> None:
    """In every script, with the code of the language as gettext writes it."""
    init(tmp_path / "site", languages)
    check_nothing_changes(tmp_path / "site", language, capsys)


def test_a_site_of_three_languages_comes_back_and_takes_each(tmp_path: Path, capsys: Said) -> None:
    """A unit that is translated into one language changes the texts of that language alone."""
    site = tmp_path / "site"
    init(site, "vi,en,fr")
    before = found(site)
    for language in ("en", "fr"):
        path = exported(site, language)
        unit = next(each for each in units(path) if each.msgctxt.endswith(" title"))
        edit_units(path, says(f"A title, {language}"), unit.msgid)
        assert take(site, path) == 0
    changed = {path for path in changed_files(before, site) if "/.translated/" not in path}
    assert {path.split(".")[-2] for path in changed} == {"en", "fr"}
    assert len(changed) == 2
    assert run(site, "check") == 0


def test_a_changed_unit_changes_its_paragraph_alone(site: Path, capsys: Said) -> None:
    """Front matter, comments, the other paragraphs and the way they are set stay."""
    edit(site, PATH, "title:", "# A comment.\ntitle:")
    edit(site, PATH, f"{THERE[1]}\n\n- Water", f"{THERE[1]}\n\n\n\n- Water")
    before = found(site)
    path = exported(site, "en")
    edit_units(path, says("The other one disagrees: “no”."), HERE[1])

    assert take(site, path) == 0

    assert f"{PATH}: 1 taken\n" in capsys.readouterr().out
    assert changed_files(before, site) == {PATH}
    now = (site / PATH).read_bytes()
    assert now == before[PATH].replace(THERE[1].encode(), "The other one disagrees: “no”.".encode())
    assert take(site, path) == 0
    assert capsys.readouterr().out == f"{path}: nothing in it is new\n"


def test_line_ends_byte_order_mark_and_letters_in_parts_stay(site: Path, capsys: Said) -> None:
    """Windows line ends are kept, in a paragraph of several lines too."""
    text = (site / PATH).read_text("utf-8").replace("The end.", "The e\u0301nd.")
    (site / PATH).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    before = (site / PATH).read_bytes()
    path = exported(site, "en")
    edit_units(path, says("- Water\n- Fishes"), HERE[2])

    assert take(site, path) == 0

    assert (site / PATH).read_bytes() == before.replace(b"- Fish\r\n", b"- Fishes\r\n")


@pytest.mark.parametrize(
    "line",
    [
        "title: Ministry says the dams will open",
        'title: "Ministry says: the dams will open"',
        "title: 'The ministry''s dams'",
        "title: >-\n  Ministry says\n  the dams will open",
        "title: Ministry says\n  the dams will open",
    ],
)
@pytest.mark.parametrize("new", ['She said: "it’s \\ #1"', "Plain words", "30"])
def test_a_title_is_replaced_however_it_is_written(
    site: Path, capsys: Said, line: str, new: str
) -> None:
    """And it says what the translator wrote."""
    edit(site, PATH, "title: Ministry says the dams will open", line)
    before = (site / PATH).read_text("utf-8").split(line)
    path = exported(site, "en")
    (unit,) = [each for each in units(path) if each.msgctxt == f"{ORIGINAL} title"]
    edit_units(path, says(new), unit.msgid)

    assert take(site, path) == 0

    topics = parse_site(read_tree(site, *INPUTS)).topics
    (article,) = [a for topic in topics for a in topic.articles if a.id == "statement"]
    assert article.summaries["en"].title == new
    after = (site / PATH).read_text("utf-8")
    assert after.startswith(before[0])
    assert after.endswith(before[1])


def test_a_dek_that_the_translation_lacks_is_put_below_its_title(site: Path, capsys: Said) -> None:
    """As the original has it."""
    path = f"{TALKS}/topic.en.md"
    original = (site / TALKS / "topic.vi.md").read_text("utf-8")
    (dek,) = re.findall("(?m)^dek: (.*)$", original)
    text = (site / path).read_text("utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("dek:")]
    (site / path).write_text("\n".join(lines), "utf-8")
    file = exported(site, "en")
    edit_units(file, says("One sentence"), dek)

    assert take(site, file) == 0

    lines = (site / path).read_text("utf-8").split("\n")
    assert (
        lines.index("dek: One sentence")
        == next(at for at, line in enumerate(lines) if line.startswith("title:")) + 1
    )


def test_a_stale_paragraph_is_noted_once_it_is_followed(site: Path, capsys: Said) -> None:
    """It is exported as fuzzy, with what the original said; what stays fuzzy is left."""
    edit(site, ORIGINAL, "30 ngày", "300 ngày")
    edit(site, ORIGINAL, "không đồng ý", "đồng ý")
    new = HERE[0].replace("30", "300")
    path = exported(site, "en")
    stale = {each.msgid: each for each in units(path) if each.fuzzy}
    assert stale.keys() == {new, "Bên kia đồng ý."}
    assert stale[new].previous_msgid == HERE[0]
    assert stale[new].msgstr == THERE[0]
    edit_units(path, says(THERE[0].replace("30", "300")), new)
    edit_units(path, lambda entry: setattr(entry, "msgstr", "Something."), "Bên kia đồng ý.")
    capsys.readouterr()

    assert take(site, path) == 0

    said = capsys.readouterr().out
    assert f"{PATH}: 1 taken\n" in said
    assert "is marked as fuzzy (needs editing), and is not taken" in said
    assert body(site) == [THERE[0].replace("30", "300"), *THERE[1:]]
    assert behind(site) == ["changed 2"]
    assert "300" in (site / KEPT).read_text("utf-8")
    assert HERE[1] in (site / KEPT).read_text("utf-8")


def test_who_takes_the_mark_away_says_that_the_words_are_still_right(
    site: Path, capsys: Said
) -> None:
    """As `ack` does: only `of:` changes, and what is kept of the original."""
    edit(site, ORIGINAL, "title: Bộ nói", "title: Bộ cho biết")
    edit(site, ORIGINAL, "30 ngày", "300 ngày")
    path = exported(site, "en")
    before = found(site)
    edit_units(path, lambda entry: entry.flags.clear())

    assert take(site, path) == 0

    assert f"{PATH}: 2 noted as right\n" in capsys.readouterr().out
    assert behind(site) == []
    assert changed_files(before, site) == {PATH, KEPT}
    assert body(site) == THERE


def test_a_new_paragraph_is_put_in_its_place(site: Path, capsys: Said) -> None:
    """Before, between and after those that are there; one that is not translated is not."""
    for old, new in ((HERE[0], f"Đầu.\n\n{HERE[0]}"), (HERE[2], f"Giữa.\n\n{HERE[2]}")):
        edit(site, ORIGINAL, old, new)
    edit(site, ORIGINAL, "Hết.", "Hết.\n\nCuối.\n\nSau cuối.")
    path = exported(site, "en")
    words = {"Đầu.": "First.", "Giữa.": "Between.", "Cuối.": "Last."}
    for source, translation in words.items():
        edit_units(path, says(translation), source)

    assert take(site, path) == 0

    first, second, third, fourth = THERE
    assert body(site) == ["First.", first, second, "Between.", third, fourth, "Last."]
    assert behind(site) == ["added 8"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([1, 0, 2, 3], [1, 0, 2, 3]),
        ([3, "Mới.", 0, 1, 2], [3, "New.", 0, 1, 2]),
    ],
)
def test_paragraphs_that_moved_follow_once_all_else_is_translated(
    site: Path, capsys: Said, now: list[int | str], expected: list[int | str]
) -> None:
    """Until then a new one waits, which is told."""
    paragraphs = [HERE[each] if isinstance(each, int) else each for each in now]
    edit(site, ORIGINAL, text_of(*HERE), text_of(*paragraphs, "Cũng mới."))
    path = exported(site, "en")
    if "Mới." in now:
        edit_units(path, says("New."), "Mới.")
        assert take(site, path) == 0
        assert "waits until the paragraphs" in capsys.readouterr().out
        assert body(site) == THERE
    edit_units(path, says("New, too."), "Cũng mới.")

    assert take(site, path) == 0

    right = [THERE[each] if isinstance(each, int) else each for each in expected]
    assert body(site) == [*right, "New, too."]
    assert behind(site) == []


def test_paragraphs_that_are_one_now_are_joined(site: Path, capsys: Said) -> None:
    """The translator finds both in the unit, and joins them."""
    edit(site, ORIGINAL, f"{HERE[0]}\n\n{HERE[1]}", f"{HERE[0]} {HERE[1]}")
    path = exported(site, "en")
    (unit,) = [each for each in units(path) if each.fuzzy]
    assert unit.msgstr == f"{THERE[0]}\n{THERE[1]}"
    edit_units(path, says(f"{THERE[0]} {THERE[1]}"), unit.msgid)

    assert take(site, path) == 0

    assert body(site) == [f"{THERE[0]} {THERE[1]}", *THERE[2:]]
    assert behind(site) == []


def test_a_translation_that_is_not_there_is_begun_as_a_draft(site: Path, capsys: Said) -> None:
    """With the units that are translated, and the words of the original where none is."""
    (site / PATH).unlink()
    shutil.rmtree(site / TALKS / ".translated")
    path = exported(site, "en")
    assert not any(each.msgstr for each in units(path) if each.msgctxt.startswith(ORIGINAL))
    assert take(site, path) == 0
    assert not (site / PATH).exists()
    edit_units(path, says(THERE[1]), HERE[1])
    capsys.readouterr()

    assert take(site, path) == 0

    assert "it is a new draft, which only the preview shows" in capsys.readouterr().out
    written = (site / PATH).read_text("utf-8")
    assert "\ndraft: true\n" in written
    assert body(site) == [HERE[0], THERE[1], *HERE[2:]]
    assert behind(site) == []
    assert (site / KEPT).exists()
    again = exported(site, "en")
    ours = [each for each in units(again) if each.msgctxt.startswith(ORIGINAL)]
    assert [each.msgid for each in ours if each.msgstr] == [HERE[1]]
    assert run(site, "check") == 0


def test_a_translation_whose_original_has_changed_since_is_not_taken(
    site: Path, capsys: Said
) -> None:
    """It is told with its line; what nobody translated is not told."""
    path = exported(site, "en")
    edit(site, ORIGINAL, "30 ngày", "300 ngày")
    edit(site, ORIGINAL, "Hết.", "Xong.")
    edit_units(path, says("One side speaks of [30 days](point:fees)."), HERE[0])
    before = found(site)
    capsys.readouterr()

    assert take(site, path) == 0

    said = capsys.readouterr().out
    (line,) = [line for line in said.splitlines() if line.startswith("warning: ")]
    number = int(line.split(":")[2])
    assert path.read_text("utf-8").split("\n")[number - 1].startswith("msgstr")
    assert "or has other words; the translation is not taken" in line
    assert found(site) == before


def test_what_was_changed_in_the_site_too_is_told(site: Path, capsys: Said) -> None:
    """Neither of the two is lost."""
    path = exported(site, "en")
    edit(site, PATH, "The end.", "That is the end.")
    edit_units(path, says("Finis."), "Hết.")
    edit_units(path, says("The other says no."), HERE[1])

    assert take(site, path) == 0

    said = capsys.readouterr().out
    assert "was changed in the site, too" in said
    assert "it says `That is the end.` there" in said
    assert body(site) == [THERE[0], "The other says no.", THERE[2], "That is the end."]


def test_an_old_file_takes_nothing_back(site: Path, capsys: Said) -> None:
    """What was changed in the site since it was written, stays."""
    path = exported(site, "en")
    edit(site, PATH, "The end.", "That is the end.")
    before = found(site)

    assert take(site, path) == 0
    assert found(site) == before


@pytest.mark.parametrize(
    ("words", "new"),
    [
        (("article", "river-talks/statement", "told"), f"{TALKS}/told"),
        (("topic", "river-talks", "rivers"), "content/rivers/statement"),
    ],
)
def test_what_was_translated_before_a_rename_is_taken_after_it(
    site: Path, capsys: Said, words: tuple[str, ...], new: str
) -> None:
    """And its links lead where those of the original lead now."""
    link = "[lời](article:river-talks/statement)"
    edit(site, ORIGINAL, "Hết.", f"Hết {link}.")
    edit(site, PATH, "The end.", f"The end {link}.")
    assert run(site, "ack", PATH) == 0
    path = exported(site, "en")
    edit_units(path, says(f"Over: {link}."), f"Hết {link}.")
    assert run(site, "rename", *words) == 0

    assert take(site, path) == 0

    target = new.removeprefix("content/")
    assert body(site, f"{new}.en.md")[-1] == f"Over: [lời](article:{target})."
    assert run(site, "check") == 0


@pytest.mark.parametrize(
    ("translation", "says_what"),
    [
        ("One side says 30 days.", "the link to `point:fees` of the original is missing"),
        ("[30](point:fee)", "the link to `point:fee` is not in the original"),
        ("[30](point:fees) [31](point:fees)", "the link to `point:fees` is not in the original"),
        ("One.\n\n[30](point:fees)", "the translation is 2 paragraphs, and the original one"),
        ("## [30](point:fees)", "the translation is a heading, and the original a paragraph"),
        ("- [30](point:fees)", "the translation is a list, and the original a paragraph"),
        ("[30](point:fees", "its address does not end"),
        ("[30](point:fees) <!-- no -->", "comment"),
        ("[30](point:fees) {{ x }}", "{{"),
        ("[30](point:fees)\u202e", "U+202E"),
        ("---\n[30](point:fees)", ""),
        ("[30](point:fees)\n---", ""),
    ],
)
def test_mistakes_in_what_is_taken_are_told_at_their_lines(
    site: Path, capsys: Said, translation: str, says_what: str
) -> None:
    """All of them in one run, with nothing written."""
    path = exported(site, "en")
    edit_units(path, says(translation), HERE[0])
    edit_units(path, says("Two.\n\nMore."), HERE[1])
    edit_units(path, says("This one is right."), "Hết.")
    before = found(site)

    assert take(site, path) == 1

    said = capsys.readouterr().err
    lines = path.read_text("utf-8").split("\n")
    told = [line.split(":") for line in said.splitlines() if line.startswith(f"{path}:")]
    assert told
    assert all(lines[int(number) - 1].strip() for _, number, *_ in told)
    assert says_what in said
    assert found(site) == before


def test_a_title_of_several_lines_is_refused(site: Path, capsys: Said) -> None:
    """At its line of the PO file."""
    path = exported(site, "en")
    edit_units(path, says("One\ntwo"), "Bộ nói các con đập sẽ mở")
    before = found(site)

    assert take(site, path) == 1
    assert "the title has several lines" in capsys.readouterr().err
    assert found(site) == before


def test_a_text_that_cannot_be_paired_waits_for_all_of_its_paragraphs(
    site: Path, capsys: Said
) -> None:
    """Then it is written anew, one to one."""
    edit(site, PATH, f"{THERE[0]}\n\n{THERE[1]}", f"{THERE[0]} {THERE[1]}")
    path = exported(site, "en")
    assert not any(each.msgstr for each in units(path) if each.msgid in HERE), (
        "nobody knows which is which"
    )
    edit_units(path, says(THERE[0]), HERE[0])
    assert take(site, path) == 0
    assert "waits until" in capsys.readouterr().out
    for source, translation in zip(HERE, THERE, strict=True):
        edit_units(path, says(translation), source)

    assert take(site, path) == 0
    assert body(site) == THERE
    assert behind(site) == []


@pytest.mark.parametrize("of", ["", "of: 000000000000\n"])
def test_a_translation_of_which_nobody_knows_its_original_is_paired_in_order(
    site: Path, capsys: Said, of: str
) -> None:
    """One paragraph is taken without a note of it; once all is looked through, it is noted."""
    text = re.sub("(?m)^of: .*\n", of, (site / PATH).read_text("utf-8"))
    (site / PATH).write_text(text, "utf-8")
    shutil.rmtree(site / TALKS / ".translated")
    path = exported(site, "en")
    ours = [each for each in units(path) if each.msgctxt.startswith(ORIGINAL)]
    assert {each.fuzzy for each in ours[1:]} == {bool(of)}
    edit_units(path, says("The other says no."), HERE[1])

    assert take(site, path) == 0

    assert (site / PATH).read_text("utf-8") == text.replace(THERE[1], "The other says no.")
    path = exported(site, "en")
    for each in ours:
        edit_units(
            path, says(f"{each.msgstr}!" if each.msgid != HERE[2] else "- A\n- B"), each.msgid
        )
    assert take(site, path) == 0
    assert behind(site) == []
    assert "of: {title: " in (site / PATH).read_text("utf-8")


def test_a_paragraph_that_was_divided_waits_for_both_halves(site: Path, capsys: Said) -> None:
    """The first is exported with what was one."""
    edit(site, ORIGINAL, HERE[0], f"{HERE[0]} Hai.")
    edit(site, PATH, THERE[0], f"{THERE[0]} Two.")
    assert run(site, "ack", PATH) == 0
    edit(site, ORIGINAL, f"{HERE[0]} Hai.", f"{HERE[0]}\n\nHai.")
    path = exported(site, "en")
    edit_units(path, says(THERE[0]), HERE[0])
    assert take(site, path) == 0
    assert "waits until" in capsys.readouterr().out
    assert body(site)[0] == f"{THERE[0]} Two."
    edit_units(path, says("Two."), "Hai.")

    assert take(site, path) == 0

    assert body(site) == [THERE[0], "Two.", *THERE[1:]]
    assert behind(site) == []


def test_breaks_and_links_whose_address_stands_below_stay(site: Path, capsys: Said) -> None:
    """A break is no unit; the address of a link may stand elsewhere in the text."""
    for name, word in ((ORIGINAL, "trang"), (PATH, "page")):
        end = "Hết." if name == ORIGINAL else "The end."
        edit(site, name, f"{end}\n", f"***\n\n{end} [{word}][a]\n\n[a]: point:fees\n")
    assert run(site, "ack", PATH) == 0
    path = exported(site, "en")
    assert "***" not in [each.msgid for each in units(path)]
    edit_units(path, says("Over. [page][a]"), "Hết. [trang][a]")
    before = (site / PATH).read_text("utf-8")

    assert take(site, path) == 0
    assert (site / PATH).read_text("utf-8") == before.replace("The end. [page]", "Over. [page]")

    path = exported(site, "en")
    edit_units(path, says("Over."), "Hết. [trang][a]")
    assert take(site, path) == 1
    said = capsys.readouterr().err
    assert f"{path}:" in said


def test_mistakes_elsewhere_in_the_site_do_not_matter(site: Path, capsys: Said) -> None:
    """An editor may be in the middle of something."""
    path = exported(site, "en")
    edit(site, f"{TALKS}/topic.yaml", "points:", "pionts:")
    edit_units(path, says("Over."), "Hết.")

    assert take(site, path) == 0
    assert body(site)[-1] == "Over."


def test_what_was_taken_can_be_renamed_acknowledged_and_checked(site: Path, capsys: Said) -> None:
    """The file is one like any other."""
    edit(site, ORIGINAL, "30 ngày", "300 ngày")
    path = exported(site, "en")
    edit_units(path, says(THERE[0].replace("30", "300")), HERE[0].replace("30", "300"))
    assert take(site, path) == 0
    edit(site, ORIGINAL, "Hết.", "Xong.")
    assert behind(site) == ["changed 4"]
    assert run(site, "ack", PATH, "4") == 0
    assert behind(site) == []
    for words in (
        ("rename", "topic", "river-talks", "talks"),
        ("check",),
        ("translate", "--po", "en"),
    ):
        assert run(site, *words) == 0
    before = found(site)
    assert take(site, site / "en.po") == 0
    assert found(site) == before
