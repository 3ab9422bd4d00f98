"""The words files of a site, laid over those of the theme, and the words in them."""
