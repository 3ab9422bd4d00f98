"""Source files to a `Site` and its topics, or every problem in them; what is public at a time."""
