"""Bytes to text, YAML, Markdown and URLs, each value with its file, line and column."""
