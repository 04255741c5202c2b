"""What a measurement says, and how it is written down."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One measurement: ours, its latencies, and what others reached in the same run."""

    id: str
    unit: str
    ours: float
    p50_ms: float
    p99_ms: float
    baselines: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """With the ratios ours ÷ baseline."""
        return {
            "id": self.id,
            "unit": self.unit,
            "ours": round(self.ours, 1),
            "p50_ms": round(self.p50_ms, 3),
            "p99_ms": round(self.p99_ms, 3),
            "baselines": {name: round(value, 1) for name, value in self.baselines.items()},
            "ratios": {name: round(self.ours / value, 2) for name, value in self.baselines.items()},
        }


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many per cent of the others lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
