"""The invented news that is built: its facts and texts, written for the briefing and for Hugo."""
