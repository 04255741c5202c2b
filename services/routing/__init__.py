"""Routing: the directory of units, transfer, acceptance, handling, opinion."""
