"""What builds, saves and the preview cost: commands to be run with `python -m benchmarks.NAME`."""
