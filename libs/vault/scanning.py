"""Looking for malware in files: a port. Without a scanner the answer is that nobody looked, and that is recorded."""

from enum import Enum
from typing import Protocol


class Verdict(Enum):
    """What a scanner says about a file."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    MALICIOUS = "malicious"


class Scanner(Protocol):
    """Looks at a file before it is stored."""

    async def scan(self, content: bytes) -> Verdict:
        """The verdict. One that cannot be reached says NOT_SCANNED: a petitioner's file never waits for it."""


class NoScanner:
    """Nobody looks: the default, until a scanner is connected."""

    async def scan(self, content: bytes) -> Verdict:
        """Says so."""
        return Verdict.NOT_SCANNED
