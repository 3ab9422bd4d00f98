"""The readers of the content to JSON Schemas, by which an editor completes and checks files."""
