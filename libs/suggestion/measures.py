"""Measures of a classifier over its answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean


def accuracy(pairs: Sequence[tuple[str, str]]) -> float:
    """Share of (true, answered) pairs that agree; 0 of none."""
    return sum(true == answered for true, answered in pairs) / len(pairs) if pairs else 0.0


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Mean over the true subjects of 2·hits ÷ (given + answered), so that a rare subject counts like a common one."""
    subjects = sorted({true for true, _ in pairs})
    return fmean(_f1(subject, pairs) for subject in subjects) if subjects else 0.0


def calibration_gap(answers: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and share right, over `bins` intervals of confidence."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in answers:
        held[min(int(confidence * bins), bins - 1)].append((confidence, right))
    total = sum(map(len, held))
    gaps = (abs(sum(confidence - right for confidence, right in each)) for each in held)
    return sum(gaps) / total if total else 0.0


def _f1(subject: str, pairs: Sequence[tuple[str, str]]) -> float:
    hits = sum(true == answered == subject for true, answered in pairs)
    given = sum(true == subject for true, _ in pairs)
    answered_so = sum(answered == subject for _, answered in pairs)
    return 2 * hits / (given + answered_so)
