"""What may be said in a log: one line, what happened and where; never a traceback, which may quote a petition."""

from __future__ import annotations

import logging


class OneLine(logging.Formatter):
    """The first line of the message, and of an error only its kind: its text may quote what was being handled."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        words = record.getMessage().partition("\n")[0]
        kind = record.exc_info[0] if record.exc_info else None
        error = f" ({kind.__name__})" if kind else ""
        return f"{self.formatTime(record)} {record.levelname} {record.name}: {words}{error}"


def say_one_line() -> None:
    """For a process that has configured no logging: what libraries report goes to standard error in one line."""
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(OneLine())
