"""An edit of a translation of a previewed site -> the files before and after it.

What comes of it is tried first, with all of the site: a link that leads nowhere is no change.
"""

from __future__ import annotations

from briefing.commands.new.command import new_translation
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.translator.edits import Known, TranslationEdit, edited_translation
from briefing.commands.serve.translator.standing import is_draft
from briefing.commands.serve.writing.edits import BeginTranslation
from briefing.commands.serve.writing.file_change import FileChange, digest_of
from briefing.commands.serve.writing.refusals import Refusal, Refused
from briefing.commands.translate.earlier_text import earlier_text, kept_version
from briefing.commands.translate.kept_original import kept_path
from briefing.commands.translate.pair import ENDING, Pair, read_pair
from briefing.commands.visibility.drafts import as_no_draft
from briefing.content.shared import Files
from briefing.problems import Place, mistake, raise_if_any
from briefing.storage.site_sources.replace import read_source


def translation_change(
    site: LiveSite, files: Files, path: str, what: TranslationEdit
) -> FileChange:
    """Return what an edit makes of the translation at `path`.

    files: those of the site, that one as it is on disk. Raises Refused if the original was saved
    since the page showed it, and Problems for what would be wrong.
    """
    original_path = read_pair(files, path, reads_of=False).original_path
    original = read_source(site.root, original_path)
    if original is None or digest_of(original) != what.original:
        raise Refused(Refusal.SAVED)

    def known_of(pair: Pair) -> Known:
        earlier = earlier_text(site.root, *pair.summaries)
        return Known(earlier=earlier, kept=kept_version(site.root, path))

    new = edited_translation({**files, original_path: original}, path, what, known_of)
    if new.data != files[path]:
        raise_if_any(site.new_problems(path, new.data))
    kept = kept_path(path)
    beside = {} if new.kept is None else {kept: (read_source(site.root, kept), new.kept)}
    return FileChange(path=path, before=files[path], after=new.data, beside=beside)


def shown_translation(site: LiveSite, files: Files, path: str) -> FileChange:
    """Return what makes a translation that is a draft one that readers see, as `show` does.

    files: those of the site, that one as it is on disk. Raises Problems if it is no draft, or for
    what would be wrong.
    """
    pair = read_pair(files, path, reads_of=False)
    if not is_draft(pair):
        raise mistake(Place(path), "it is no draft", "look at the page once more")
    after = as_no_draft(path, files[path])
    raise_if_any(site.new_problems(path, after))
    return FileChange(path=path, before=files[path], after=after)


def begun_translation(site: LiveSite, original: str, what: BeginTranslation) -> FileChange:
    """Write the draft of a translation of the text at the path `original`; return what was written.

    Raises Problems, with nothing written, as `translate` does: it is the same function.
    """
    new_translation(site.root, original, what.language)
    path = f"{original.removesuffix(ENDING).rpartition('.')[0]}.{what.language}{ENDING}"
    data, kept = (read_source(site.root, each) for each in (path, kept_path(path)))
    return FileChange(path=path, before=None, after=data, beside={kept_path(path): (None, kept)})
