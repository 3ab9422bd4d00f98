"""The version of the program: pyproject.toml takes it from here, and `--version` shows it."""

VERSION = "0.1.0"
