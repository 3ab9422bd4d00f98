"""The comparison of a topic for programs: JSON, its JSON Schema, and CSV."""
