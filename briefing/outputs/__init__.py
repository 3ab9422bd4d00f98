"""One module for each kind of output file: which files, from what, and their bytes."""
