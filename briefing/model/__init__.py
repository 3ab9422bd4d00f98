"""The frozen types of the domain, their values, prose and fingerprints."""
