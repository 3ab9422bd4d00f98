"""Sources and a previous build to a new build: what is stale is made again, the rest is reused."""
