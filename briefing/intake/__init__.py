"""An address or a saved page to the lead of an article and the text of it that we keep."""
