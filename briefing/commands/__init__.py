"""The verbs of the program: init, new, build, check, locate, prove, serve, publish, rename, override."""
