"""The contract huiyin.audit.v1. Generated from huiyin/audit/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from huiyin.quick import quick

__all__ = ["AuditEvent", "ChainBroken"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ChainBroken:
    """Audit found a line that does not fit its chain."""

    service: str
    position: int
    finding: str


AuditEvent: TypeAlias = ChainBroken
"""Every event of audit's own log."""
