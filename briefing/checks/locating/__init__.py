"""Words that an editor looks for -> their places in a kept text, and a locator of each."""
