"""Clients for those who use a platform from outside."""
