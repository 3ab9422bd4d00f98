"""That texts and their translations say the terms of the site by the words it has for them."""
