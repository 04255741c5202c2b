"""What a measurement says, and how it is written down."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One measurement: ours, its latencies, and what others reached in the same run, in the same unit."""

    id: str
    unit: str
    ours: float
    p50_ms: float | None
    p99_ms: float | None
    baselines: Mapping[str, float]
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further keys of the row: `cpu_ms`, `note` …"""

    def as_json(self) -> dict[str, Any]:
        """With the ratios ours ÷ baseline: of rates more is better, of times less."""
        return {
            "id": self.id,
            "unit": self.unit,
            "ours": shortened(self.ours),
            "p50_ms": None if self.p50_ms is None else round(self.p50_ms, 4),
            "p99_ms": None if self.p99_ms is None else round(self.p99_ms, 4),
            "baselines": {name: shortened(value) for name, value in self.baselines.items()},
            "ratios": {name: shortened(self.ours / value) for name, value in self.baselines.items()},
            **self.extra,
        }


def shortened(value: float) -> float:
    """As many decimals as a reader can use: more where the value is small."""
    return round(value, 1 if value >= 1000 else 2 if value >= 1 else 4)


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many per cent of the others lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
