"""Runs the program as `python -m briefing`."""

import sys

from briefing.commands.main import program

if __name__ == "__main__":
    sys.exit(program())
