"""The sources of a site, in its own folder and in that of the theme of the engine."""
