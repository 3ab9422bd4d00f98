"""A topic for those who cite: the comparison and its articles, as CSL-JSON and as BibTeX."""
