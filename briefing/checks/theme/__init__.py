"""What a site has in place of the theme, and whether it still fits: warnings of `check`."""
