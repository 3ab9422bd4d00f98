"""Pages, the links between them, words, templates: what a template is given, and its bytes."""
