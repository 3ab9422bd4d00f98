"""Whether a site that was built holds the whole corpus: its pages, and each file beside them."""
