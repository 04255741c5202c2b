"""Proposals a clerk confirms: the subject of a new petition, and earlier cases about the same matter. It never acts."""
