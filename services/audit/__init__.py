"""Audit: follows every stream, checks every chain, and shows a case as all services recorded it. Reads only."""
