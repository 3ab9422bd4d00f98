"""Markdown to prose: by a fast reader where a text is plain, by the parser where it is not."""
