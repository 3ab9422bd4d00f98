"""The terms of the site, terms.yaml: words that every text uses alike."""
