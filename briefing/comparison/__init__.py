"""The claims of a topic to rows, verdicts, audits and provenance: docs/comparison.md as code."""
