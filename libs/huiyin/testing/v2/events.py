"""The contract huiyin.testing.v2. Generated from huiyin/testing/v2/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.quick import quick

__all__ = ["NoteTaken"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken:
    """Only for tests: the second shape. A v1 event is read as one of these."""

    case_id: str
    words: tuple[str, ...] = ()
