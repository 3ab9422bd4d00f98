"""The verbs: init, new, build, check, locate, prove, serve, publish, rename, override."""
