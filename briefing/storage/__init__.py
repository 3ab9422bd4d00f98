"""The disk, and nothing else touches it."""

REWRITE_NOTE = ".rename.json"
"""File beside site.yaml, while sources are rewritten: what is to be done, `rewrite_note`."""
