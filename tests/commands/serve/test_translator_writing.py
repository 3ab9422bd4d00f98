"""Translations are written from the preview as the commands write them, and undone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from briefing.commands.arguments import SOURCES
from briefing.commands.main import main
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.translator.page import TranslatorView, translator_view
from briefing.commands.serve.writing.edits import SourceEdit
from briefing.commands.serve.writing.file_change import digest_of
from briefing.commands.serve.writing.refusals import Refused
from briefing.commands.serve.writing.writer import SourceWriter, Written
from briefing.problems import Problems
from support.disk import found
from support.new_sites import EXAMPLE, init
from support.sites import AS_OF, Sources
from support.translated import (
    KEPT,
    ORIGINAL,
    PATH,
    TEXT,
    TRANSLATED,
    behind_in,
    plant_translated,
)

PAGE = "vi-en/river-talks/statement/index.html"
DAYS = ("30 ngày", "300 ngày")


class Desk:
    """A site that is previewed, and written to."""

    def __init__(self, root: Path) -> None:
        self.root, self.site = root, LiveSite(root, SOURCES, lambda: AS_OF)
        assert self.site.open().problems == ()
        self.writer = SourceWriter(self.site)

    def view(self, page: str = PAGE) -> TranslatorView:
        """Give what a page shows of the files as they are."""
        assert self.site.rebuild(SOURCES).problems == ()
        return translator_view(self.site, page)

    def edit(self, type: str, path: str = PATH, **what: Any) -> Written:
        """Write an edit of the files as they are."""
        self.site.rebuild(SOURCES)
        if type not in {"begin-translation", "show-translation"}:
            pair = path.replace(".en.md", ".vi.md")
            what = {"original": digest_of(self.read(pair)), **what}
        given = {"path": path, "digest": digest_of(self.read(path)), "what": {"type": type, **what}}
        return self.writer.write(msgspec.convert(given, SourceEdit))

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def change(self, path: str, old: str, new: str) -> None:
        text = self.read(path).decode()
        assert old in text
        (self.root / path).write_bytes(text.replace(old, new, 1).encode())

    def behind(self) -> list[str]:
        """Give what `check` tells of the translation."""
        return [str(each) for each in behind_in(self.root)]


@pytest.fixture
def desk(tmp_path: Path, small: Sources, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A site in which the translation of a text of four paragraphs is right."""
    root = tmp_path / "site"
    plant_translated(root, small)
    return Desk(root)


def copied(desk: Desk) -> Desk:
    """Give a copy of a site."""
    shutil.copytree(desk.root, root := desk.root.with_name("copy"))
    return Desk(root)


@pytest.mark.parametrize(
    ("part", "old", "new", "words"),
    [
        ("1", *DAYS, "One side says 300 days."),
        ("title", "title: Bộ nói", "title: Bộ Sông nói", "The ministry says"),
        ("3", "- Cá", "- Cá\n- Tôm", "- Water\n- Fish\n- Shrimp"),
    ],
)
def test_what_is_written_is_noted_as_the_command_notes_it(
    desk: Desk, part: str, old: str, new: str, words: str
) -> None:
    """Both files are those that an editor and `ack` would have left, byte for byte."""
    desk.change(ORIGINAL, old, new)
    other, before = copied(desk), desk.read(PATH).decode()
    written = desk.edit("write-part", part=part, text=words)

    shown = {"1": "One side says 30 days.", "3": "- Water\n- Fish"}.get(part)
    shown = shown or next(line[7:] for line in before.splitlines() if line.startswith("title: "))
    other.change(PATH, shown, words)
    assert main(["ack", PATH, part, "--root", str(other.root)]) == 0
    assert found(desk.root) == found(other.root)
    assert desk.behind() == []
    assert written.noted


def test_a_part_can_be_written_and_left_unnoted(desk: Desk) -> None:
    """Then it is told as before, and the next time it can be noted without a word of change."""
    desk.change(ORIGINAL, *DAYS)
    told, kept = desk.behind(), desk.read(KEPT)
    assert not desk.edit("write-part", part="1", text="One side says three.", notes=False).noted
    assert b"says three." in desk.read(PATH)
    assert (desk.behind(), desk.read(KEPT)) == (told, kept)
    assert desk.edit("write-part", part="1", text="One side says three.").noted
    assert desk.behind() == []


@pytest.mark.parametrize("parts", [[], ["1"], ["1", "2"]])
def test_still_right_is_what_ack_notes(desk: Desk, parts: list[str]) -> None:
    """Of all, or of some paragraphs."""
    desk.change(ORIGINAL, *DAYS)
    desk.change(ORIGINAL, "Bên kia", "Phía kia")
    other = copied(desk)
    desk.edit("ack", parts=parts)
    assert main(["ack", PATH, *parts, "--root", str(other.root)]) == 0
    assert found(desk.root) == found(other.root)


def test_a_new_paragraph_comes_where_it_is_in_the_original(desk: Desk) -> None:
    """Of two new ones, too, whichever is written first."""
    desk.change(ORIGINAL, "Bên kia", "Thêm một.\n\nThêm hai.\n\nBên kia")
    added = [(each.part, each.row) for each in desk.view().texts[0].parts if each.is_new]
    assert added == [("2", 1), ("3", 1)]
    desk.edit("add-paragraph", paragraph=3, text="Added two.")
    assert len(desk.behind()) == 1
    desk.edit("add-paragraph", paragraph=2, text="Added one.")
    assert desk.behind() == []
    body = TRANSLATED.replace("The other", "Added one.\n\nAdded two.\n\nThe other")
    assert desk.read(PATH).decode().endswith(f"---\n{body}")


def test_what_is_gone_from_the_original_is_taken_out(desk: Desk) -> None:
    """With no words in its place; a part that is there still cannot be emptied."""
    desk.change(ORIGINAL, "Bên kia không đồng ý.\n\n", "")
    desk.edit("write-part", part="2", text="")
    assert desk.behind() == []
    assert (
        desk.read(PATH).decode().endswith(TRANSLATED.replace("The other does not agree.\n\n", ""))
    )
    with pytest.raises(Problems, match="no words were written"):
        desk.edit("write-part", part="2", text=" \n")


def test_a_paragraph_that_was_never_translated_is_added_at_the_end(desk: Desk) -> None:
    """The next one only: what stands beside what is right all the time."""
    desk.change(PATH, "\n- Water\n- Fish\n\nThe end.\n", "")
    (text,) = desk.view().texts
    assert [(each.part, each.row) for each in text.parts if each.is_new] == [("3", 3)]
    with pytest.raises(Problems, match="paragraph 3 of the original is missing before it"):
        desk.edit("add-paragraph", paragraph=4, text="The end.")
    desk.edit("add-paragraph", paragraph=3, text="- Water\n- Fish")
    desk.edit("add-paragraph", paragraph=4, text="The end.")
    assert desk.read(PATH).decode().endswith(f"---\n{TRANSLATED}")


def test_paragraphs_that_moved_are_not_noted_one_by_one(desk: Desk) -> None:
    """They are written as they are asked for; that all is right is said at once."""
    text = desk.read(ORIGINAL).decode()
    moved = text.replace(TEXT, "Hết.\n\n" + TEXT.replace("\n\nHết.", ""))
    (desk.root / ORIGINAL).write_text(moved, encoding="utf-8")
    (shown,) = desk.view().texts
    assert not shown.is_placed
    assert [change.kind for change in shown.changes] == ["moved"]
    assert not desk.edit("write-part", part="1", text="The end.").noted
    assert desk.behind() != []
    desk.edit("ack")
    assert desk.behind() == []


def test_a_translation_of_which_nobody_knows_the_words_is_noted_at_once(desk: Desk) -> None:
    """Its parts are written, and nothing is noted of them alone."""
    of = next(line for line in desk.read(PATH).decode().splitlines() if line.startswith("of:"))
    desk.change(PATH, of, "of: 000000000000")
    (shown,) = desk.view().texts
    assert not shown.is_known
    assert not desk.edit("write-part", part="1", text="Another.").noted
    desk.edit("ack")
    assert desk.view().texts[0].is_known


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The [end](point:nowhere).", "no point `nowhere`"),
        ("The [end](topic:nowhere).", "nowhere"),
        ("The [end](/x/).", "is not taken"),
        ("One.\n\nTwo.", "paragraph 1 would become 2 paragraphs"),
        ("---\ntitle: x\n---", "paragraph 1 would become"),
        ("![The end](x.png)", "image"),
        ("", "no words were written"),
        ("a\u202eb", "not allowed"),
    ],
)
def test_what_would_be_wrong_is_not_written(desk: Desk, text: str, message: str) -> None:
    """It is told as a save of it would be, and no file changes."""
    desk.change(ORIGINAL, *DAYS)
    before = found(desk.root)
    with pytest.raises(Problems, match=message):
        desk.edit("write-part", part="1", text=text)
    assert found(desk.root) == before


@pytest.mark.parametrize("part", ["0", "5", "-1", "²", "9" * 20, "lede", ""])
def test_a_part_that_is_not_there_is_not_written(desk: Desk, part: str) -> None:
    """As where somebody has taken it out meanwhile."""
    with pytest.raises(Problems, match="there is no paragraph"):
        desk.edit("write-part", part=part, text="x")


def test_a_mistake_elsewhere_keeps_nobody_from_writing(desk: Desk) -> None:
    """What was wrong before is not told once more; what is new is."""
    desk.change("site.yaml", "contact:", "kontakt:")
    desk.edit("write-part", part="1", text="Another.")
    with pytest.raises(Problems, match="no point `nowhere`") as told:
        desk.edit("write-part", part="1", text="[x](point:nowhere)")
    assert len(told.value) == 1


def test_nothing_is_noted_of_an_original_that_was_saved_since(desk: Desk) -> None:
    """Nobody has seen those words beside the translation."""
    seen = digest_of(desk.read(ORIGINAL))
    desk.change(ORIGINAL, *DAYS)
    before = found(desk.root)
    for what in ({"type": "ack"}, {"type": "write-part", "part": "1", "text": "x"}):
        with pytest.raises(Refused, match="refused_saved"):
            desk.edit(original=seen, **what)
    assert found(desk.root) == before


def test_an_edit_is_undone_with_what_was_noted(desk: Desk) -> None:
    """Both files are as they were; after a save of the translation they stay as they are."""
    desk.change(ORIGINAL, *DAYS)
    before = found(desk.root)
    written = desk.edit("write-part", part="1", text="One side says 300 days.")
    desk.writer.undo(written.undo)
    assert found(desk.root) == before
    written = desk.edit("ack")
    desk.change(PATH, "The end.", "End.")
    after = found(desk.root)
    with pytest.raises(Refused, match="refused_undo_saved"):
        desk.writer.undo(written.undo)
    assert found(desk.root) == after


def test_the_same_words_are_no_edit(desk: Desk) -> None:
    """There is nothing to be undone."""
    before = found(desk.root)
    assert desk.edit("write-part", part="1", text="One side says 30 days.\r\n").undo == ""
    assert found(desk.root) == before


def test_what_cannot_be_noted_is_not_written(desk: Desk, tmp_path: Path) -> None:
    """Where a link leads out of the site, both files stay."""
    desk.change(ORIGINAL, *DAYS)
    shutil.rmtree(desk.root / KEPT.rpartition("/")[0])
    (outside := tmp_path / "outside").mkdir()
    (desk.root / KEPT.rpartition("/")[0]).symlink_to(outside)
    before = desk.read(PATH)
    with pytest.raises(Problems):
        desk.edit("write-part", part="1", text="One side says 300 days.")
    assert desk.read(PATH) == before
    assert [*outside.iterdir()] == []


def test_a_text_that_is_no_translation_is_not_written(desk: Desk) -> None:
    """Its author writes it elsewhere."""
    with pytest.raises(Problems, match="it translates nothing"):
        desk.edit("write-part", path=ORIGINAL, part="1", text="x")


def test_a_draft_is_begun_written_and_undone(desk: Desk) -> None:
    """It is the draft of `translate`; what was written of it is not thrown away."""
    vote, draft = "content/vote/topic.vi.md", "content/vote/topic.en.md"
    (beginning,) = desk.view("vi/vote/index.html").beginnings
    assert (beginning.path, beginning.language) == (vote, "en")
    other, before = copied(desk), found(desk.root)
    begun = desk.edit("begin-translation", path=vote, language="en")
    assert main(["translate", vote, "en", "--root", str(other.root)]) == 0
    assert found(desk.root) == found(other.root)
    with pytest.raises(Problems, match="is there"):
        desk.edit("begin-translation", path=vote, language="en")
    (text,) = desk.view(f"{beginning.facing}index.html").texts
    assert all(part.is_untouched for part in text.parts)
    desk.writer.undo(begun.undo)
    assert found(desk.root) == before
    begun = desk.edit("begin-translation", path=vote, language="en")
    desk.change(draft, "title:", "title: The vote #")
    with pytest.raises(Refused, match="refused_undo_saved"):
        desk.writer.undo(begun.undo)
    assert b"title: The vote #" in desk.read(draft)


def test_a_draft_is_shown_to_readers_as_the_command_shows_it(desk: Desk) -> None:
    """Once, and it is undone; a text that is no draft is left alone."""
    vote, draft = "content/vote/topic.vi.md", "content/vote/topic.en.md"
    desk.edit("begin-translation", path=vote, language="en")
    before = found(desk.root)
    assert desk.view("vi-en/vote/index.html").texts[0].is_draft
    shown = desk.edit("show-translation", draft)
    assert not desk.view("vi-en/vote/index.html").texts[0].is_draft
    desk.writer.undo(shown.undo)
    assert found(desk.root) == before
    other = copied(desk)
    desk.edit("show-translation", draft)
    assert main(["show", draft, "--root", str(other.root)]) == 0
    assert found(desk.root) == found(other.root)
    for path in (draft, PATH):
        with pytest.raises(Problems, match="it is no draft"):
            desk.edit("show-translation", path)


def test_a_new_site_is_translated_from_its_first_day(tmp_path: Path) -> None:
    """Each paragraph of its example can be written, and is right then."""
    init(tmp_path / "site", "vi,en")
    desk = Desk(tmp_path / "site")
    (text,) = desk.view(f"vi-en/{EXAMPLE.partition('/')[2]}/index.html").texts
    assert text.path == f"{EXAMPLE}/topic.en.md"
    desk.change(text.original, "\n---\n", "\n---\nĐoạn mới.\n\n")
    desk.edit("add-paragraph", text.path, paragraph=1, text="New.")
    for part in text.parts:
        if part.row:
            number = str(part.row + 1)
            desk.edit("write-part", text.path, part=number, text=f"{part.source} More.")
    (now,) = desk.view(f"vi-en/{EXAMPLE.partition('/')[2]}/index.html").texts
    assert [each.change for each in now.parts] == [None] * len(now.parts)
    assert now.parts[-1].source.endswith(" More.")


def test_a_page_of_a_translation_alone_has_the_words_of_the_original(tmp_path: Path) -> None:
    """In a site of many languages, whose codes have hyphens; each that is not there is begun."""
    init(tmp_path / "site", "vi,en,zh-Hans,fr")
    (tmp_path / "site" / EXAMPLE / "topic.fr.md").unlink()
    desk = Desk(tmp_path / "site")
    page = f"zh-hans/{EXAMPLE.partition('/')[2]}/index.html"
    view = desk.view(page)
    (text,) = view.texts
    assert (text.path, text.is_beside) == (f"{EXAMPLE}/topic.zh-hans.md", False)
    original = desk.read(text.original).decode()
    assert all(part.original[:20] in original for part in text.parts)
    assert [(each.language, each.facing) for each in view.beginnings] == [("fr", "")]


def test_a_page_of_no_text_has_nothing_to_translate(desk: Desk) -> None:
    """Nor has one that is not there, whatever its name."""
    for page in ("vi/index.html", "index.html", "vi/search/index.html", "x/../index.html", ""):
        assert desk.view(page) == TranslatorView()
    assert desk.view("vi-en/about/index.html").texts == ()
