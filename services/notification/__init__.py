"""Notification: every notice owed to a petitioner, handed over once, with proof of it."""
