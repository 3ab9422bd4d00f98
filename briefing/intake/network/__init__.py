"""A page of the web, fetched within bounds and as its host allows."""
