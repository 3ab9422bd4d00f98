"""The built site, put on a branch and pushed."""
