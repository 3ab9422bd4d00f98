"""The values of claims, held to the passages that they were read from."""
