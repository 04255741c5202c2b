"""Revisit: call-backs by a unit that did not handle the case, and closing."""
