"""The live preview: the site in a browser, as it is saved."""
