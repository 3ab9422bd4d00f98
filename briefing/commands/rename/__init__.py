"""A topic or an article gets another id: source files to what moves, and what is rewritten."""
