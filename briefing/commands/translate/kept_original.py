"""The file that keeps what a translation was made from, so that it can be shown what has changed.

`content/<topic>/.translated/<text>.<lang>.md` is written by the program with the digests of `of:`,
and is as large as the original. It needs no history: a zip or a copy of the content has it. Its
folder has a dot, so it is no source of a page, and it is lost without harm: then it is only known
that a paragraph has changed, and not from which words.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from briefing.content.source_files import MarkdownFile, read_markdown_file
from briefing.model.article import TextDigests
from briefing.model.prose import Prose
from briefing.problems import Collector
from briefing.storage.stat_cache import KEPT_ORIGINALS
from briefing.syntax.markdown.source_blocks import source_blocks
from briefing.syntax.nodes import mapping, text
from briefing.syntax.text import decode_text
from briefing.syntax.yaml_writing import flow
from briefing.translation.digests import digests_of_parts, words_by_digest


class TextVersion(Struct, frozen=True, kw_only=True):
    """A text as it is in a file, or was in one."""

    file: MarkdownFile
    title: str
    dek: str | None

    @property
    def body(self) -> Prose:
        """Its blocks."""
        return self.file.body

    @property
    def digests(self) -> TextDigests:
        """The digests of its parts."""
        return digests_of_parts(self.title, self.dek, self.body)

    @property
    def words(self) -> Mapping[str, str]:
        """What each part says, by its digest."""
        return words_by_digest(self.title, self.dek, self.body)

    @property
    def sources(self) -> Mapping[str, str]:
        """What is written of each part, by its digest: blocks in Markdown."""
        blocks = zip(self.digests.text, source_blocks(self.file.text), strict=True)
        dek = {self.digests.dek: self.dek} if self.dek else {}
        return {self.digests.title: self.title, **dek} | {
            digest: block.text for digest, block in blocks
        }


def read_version(path: str, data: bytes) -> TextVersion:
    """Return the text of a Markdown file. Raises Problems if anything is wrong with it."""
    collector = Collector()
    language = path.removesuffix(".md").rpartition(".")[2]
    file = read_markdown_file(language, decode_text(path, data, collector), collector)
    fields = mapping(file.front_matter)
    if "title" not in fields:
        file.front_matter.fail("`title` is missing", "add a line `title: …`")
    title, dek = text(fields["title"]), text(fields["dek"]) if "dek" in fields else None
    collector.done()
    return TextVersion(file=file, title=title, dek=dek)


def kept_path(translation: str) -> str:
    """Return the path of the file that keeps what the text at a path was translated from."""
    folder, _, name = translation.rpartition("/")
    return f"{folder}/{KEPT_ORIGINALS}/{name}"


def kept_original(translation: str, of: TextDigests, sources: Mapping[str, str]) -> bytes:
    """Return the content of that file: the parts with the digests `of`, as far as they are known.

    sources: what is written of parts, by digest, as `TextVersion.sources` has it.
    """
    name = translation.rpartition("/")[2]
    head = [
        "---",
        f"# What {name} was translated from. The program writes this file, to show what has",
        "# changed since.",
        f"title: {flow(sources.get(of.title, '?'))}",
        *([f"dek: {flow(sources[of.dek])}"] if of.dek in sources else []),
        "---",
    ]
    body = "\n\n".join(sources[digest] for digest in of.text if digest in sources)
    return ("\n".join(head) + f"\n{body}\n").encode()
