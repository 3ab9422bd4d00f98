"""The verbs of `build.py`: build, check, serve, publish, rename, override."""
