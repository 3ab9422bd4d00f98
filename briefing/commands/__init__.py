"""The verbs of the program: init, new, build, check, serve, publish, rename, override."""
