"""What was asked and what was answered, in order, also on disk: the checker believes nothing else."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any, TextIO


class History:
    """Notes, each with its time in seconds since the beginning. With a path, also as JSON lines."""

    def __init__(self, path: Path | None = None) -> None:
        self.notes: list[dict[str, Any]] = []
        self.counts: Counter[str] = Counter()
        self._began = time.monotonic()
        self._file: TextIO | None = path.open("w", encoding="utf-8") if path else None

    def note(self, **facts: Any) -> None:
        """Invoke, ok, fail, info (unknown), read, closed, given-up; or fault, healed."""
        noted = {"t": round(time.monotonic() - self._began, 3), **facts}
        self.notes.append(noted)
        self.counts[facts["type"]] += 1
        if self._file is not None:
            self._file.write(json.dumps(noted, ensure_ascii=False) + "\n")
            self._file.flush()

    def of_type(self, *types: str) -> list[dict[str, Any]]:
        """In order."""
        return [each for each in self.notes if each["type"] in types]

    def close(self) -> None:
        """No more notes."""
        if self._file is not None:
            self._file.close()
            self._file = None
