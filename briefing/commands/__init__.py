"""The verbs of the program, as build, check and translate."""
