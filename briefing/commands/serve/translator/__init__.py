"""Translations written in the preview, paragraph by paragraph, beside their originals.

part_edits     the Markdown of one part of a text is replaced, and nothing else
standing       how a translation stands to its original: which part is behind, and why
edits          an edit of a translation -> the files that are written
view           a page -> the parts of its translations that can be written, and what has changed
handlers       what a page asks for
"""
