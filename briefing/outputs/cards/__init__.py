"""The picture that is shown where a topic is shared."""
