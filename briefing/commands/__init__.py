"""Verbs: init, new, translate, ack, build, check, locate, prove, serve, publish, rename, override."""
