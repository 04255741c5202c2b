"""Statutory and internal periods of petition work, with the derivation of every due date, day by day."""
