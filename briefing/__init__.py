"""A bilingual news briefing that shows who said what: ARCHITECTURE.md is the map."""
