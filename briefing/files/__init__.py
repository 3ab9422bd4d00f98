"""The disk. Nothing else in the engine reads or writes it.

reading     the sources: regular files only, no link followed
plan        what is in the output folder, and what is to become of it
exchange    two folders change places in one step
at_once     the new site made beside the old one, and put in its place
one_by_one  files put in their places where folders cannot change theirs
writing     the site written: all at once or not at all, strangers left alone
rewriting   sources moved and rewritten: all of them, or none
lock        one build at a time
"""

from briefing.files.lock import only_build
from briefing.files.plan import FILE_MODE, MANIFEST
from briefing.files.reading import (
    KEPT,
    append_to,
    is_litter,
    read_changed,
    read_kept,
    read_list,
    read_tree,
)
from briefing.files.writing import Change, write_tree

__all__ = [
    "FILE_MODE",
    "KEPT",
    "MANIFEST",
    "Change",
    "append_to",
    "is_litter",
    "only_build",
    "read_changed",
    "read_kept",
    "read_list",
    "read_tree",
    "write_tree",
]
