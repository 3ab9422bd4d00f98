"""The claims of a lead: the point of each, the value and the voice, and where it is said."""
