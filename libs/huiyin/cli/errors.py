"""How a command fails: one line that says what is wrong and what to do."""

from __future__ import annotations


class Failure(Exception):
    """Ends the command with this line on standard error and this exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code
