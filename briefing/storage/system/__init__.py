"""What systems do in different ways: names in an open folder, locks, the exchange of folders."""
