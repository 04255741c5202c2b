"""The one error for bytes that do not hold what the contract promises."""

from __future__ import annotations


class Malformed(ValueError):
    """The bytes are not an event of the contract: a part is missing or cannot be read."""
