"""Markdown to prose: by a fast parser where a text is plain, by markdown-it-py where it is not."""
