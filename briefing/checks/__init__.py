"""Rules on content and on finished files."""
