"""What can be written after each command: a module for each, with its options and an example."""
