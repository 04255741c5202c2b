"""From margins to honest confidences, and from confidences to "unknown"; both chosen on messages held out."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

SHARPEST, FLATTEST = 20.0, 0.05
"""Bounds of the sharpness that is looked for."""

STEPS = 60
"""Halvings of that interval; far below what a confidence is shown with."""

GOLDEN = 0.618


def confidences(margins: Sequence[float], sharpness: float) -> list[float]:
    """Softmax of the margins: positive, together 1."""
    top = max(margins)
    powers = [exp(sharpness * (margin - top)) for margin in margins]
    total = sum(powers)
    return [power / total for power in powers]


def sharpness_of(margins: Sequence[Sequence[float]], truth: Sequence[int]) -> float:
    """The sharpness at which the confidence of the true subjects is likeliest (golden section; one minimum)."""

    def surprise(logarithm: float) -> float:
        sharpness = exp(logarithm)
        return -sum(
            log(max(confidences(each, sharpness)[true], 1e-12))
            for each, true in zip(margins, truth, strict=True)
        )

    low, high = log(FLATTEST), log(SHARPEST)
    for _ in range(STEPS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if surprise(left) < surprise(right):
            high = right
        else:
            low = left
        if high - low < 1e-3:
            break
    return exp((low + high) / 2)


def threshold_of(best: Sequence[float], unknown: float) -> float:
    """The confidence below which the share `unknown` of these best confidences lies."""
    ordered = sorted(best)
    return ordered[int(len(ordered) * unknown)] if ordered else 0.0
