"""Oversight 督办: whose duty runs until when, who was warned, who is late, who was urged."""
