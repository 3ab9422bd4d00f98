"""The terms of the site: read from terms.yaml, and found in texts and in what articles say."""
