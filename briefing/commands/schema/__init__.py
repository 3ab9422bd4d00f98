"""The command `schema`: JSON Schemas of the site for editors, and the setting that names them."""
