"""Huiyin for everyone outside it: contracts, the fold of a case, clients, verifiers and the command line."""
