"""That readers are told which texts a machine made, and who answers for them."""
