"""Edits that the preview asks for: guarded, written to a source file, and undone."""
