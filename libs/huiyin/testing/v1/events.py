"""The contract huiyin.testing.v1. Generated from huiyin/testing/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from huiyin.quick import quick

__all__ = ["NoteTaken", "TestingEvent"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken:
    """Only for tests: the first shape of an event that was given a better one later."""

    case_id: str
    words: str


TestingEvent: TypeAlias = NoteTaken
"""Every event of the test stream."""
