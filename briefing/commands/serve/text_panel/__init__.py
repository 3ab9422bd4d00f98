"""The panel of the preview with the kept text of an article, in which claims are located."""
