"""What the commands share: the costs of a process, servers, and where programs are."""
