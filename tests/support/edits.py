"""Edits that an editor may make in the small site, and days on which it is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from briefing.content.values import read_moment

Files = dict[str, bytes]
Edit = Callable[[Files], Files]
DAYS = [read_moment(day) for day in ("2024-06-01", "2025-04-01", "2026-01-01", "2031-01-01")]


def topics_of(files: Files) -> list[str]:
    """Give the folders of the topics."""
    paths = (path for path in files if path.startswith("content/") and path.count("/") == 2)
    return sorted({path.split("/")[1] for path in paths})


def append(ending: str, text: str, which: int) -> Edit:
    """Give the edit that adds a text to one of the files with an ending."""

    def edit(files: Files) -> Files:
        paths = sorted(path for path in files if path.endswith(ending))
        path = paths[which % len(paths)]
        return files | {path: files[path] + text.encode()}

    return edit


def change(path: str, old: str, new: str) -> Edit:
    """Give the edit that changes a text wherever it stands in a file."""

    def edit(files: Files) -> Files:
        return files | {path: files[path].replace(old.encode(), new.encode())}

    return edit


def delete(which: int) -> Edit:
    """Give the edit that deletes one of the Markdown files."""

    def edit(files: Files) -> Files:
        paths = sorted(path for path in files if path.endswith(".md"))
        return {path: files[path] for path in files if path != paths[which % len(paths)]}

    return edit


def copy(which: int) -> Edit:
    """Give the edit that copies the files of an article to one of another name."""

    def edit(files: Files) -> Files:
        leads = sorted(path for path in files if path.endswith(".md") and path.count("/") == 2)
        folder, _, name = leads[which % len(leads)].rpartition("/")
        stem = f"{folder}/{name.split('.')[0]}."
        copied = {f"{stem[:-1]}-copy.{p[len(stem) :]}": files[p] for p in files if stem in p}
        return files | copied

    return edit


def add_or_drop_asset(which: int) -> Edit:
    """Give the edit that adds a file that goes out as it is, or takes it away if it is there."""
    path = f"templates/assets/more-{which % 2}.txt"

    def edit(files: Files) -> Files:
        if path in files:
            return {own: files[own] for own in files if own != path}
        return files | {path: b"more"}

    return edit


def rename(which: int) -> Edit:
    """Give the edit that renames a topic, whatever links to it."""

    def edit(files: Files) -> Files:
        topics = sorted(
            {path.split("/")[1] for path in files if path.count("/") == 2 and "content/" in path}
        )
        topic = topics[which % len(topics)]
        return {p.replace(f"/{topic}/", f"/{topic}-moved/"): data for p, data in files.items()}

    return edit


LINKED = "\n\nSee [it](topic:river-talks), [that](point:river-talks/dams).\n"
TEXTS = ["\n\nMore.", LINKED, "\n\n[x](nowhere)"]
number = st.integers(0, 30)
edits = st.one_of(
    st.builds(append, st.just(".md"), st.sampled_from(TEXTS), number),
    st.builds(append, st.just(".html"), st.just("{# more #}\n"), number),
    st.builds(append, st.just("topic.yaml"), st.just("\n# more\n"), number),
    st.builds(delete, number),
    st.builds(copy, number),
    st.builds(rename, number),
    st.builds(add_or_drop_asset, number),
    st.builds(append, st.just(".css"), st.just("/* more */\n"), number),
    st.sampled_from(
        [
            change("site.yaml", "small", "little"),
            change("content/outlets.yaml", "River", "Stream"),
            change("content/voices.yaml", "name", "name "),
            change("templates/words/en.yaml", "Latest", "Newest"),
            change("templates/parts/claim.html", "claim_value", "claim_what"),
            change("templates/base.html", "assets/site.js", "assets/none.js"),
            change("content/vote/topic.vi.md", "title: ", "title: Mới "),
            change("content/river-talks/topic.yaml", "id: dams", "id: weirs"),
        ]
    ),
)
"""An edit an editor may make, a good one or one with a mistake in it."""


def edited(small: Mapping[str, bytes], path: str, old: str, new: str) -> dict[str, bytes]:
    """Give the small site with one text of a file replaced."""
    text = small[path].decode()
    assert text.count(old) == 1
    return {**small, path: text.replace(old, new).encode()}
