"""The interval beside every share."""

from __future__ import annotations

import pytest

from oversight.compliance import wilson


def test_nothing_decided_has_no_interval() -> None:
    assert wilson(0, 0) == (None, None)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (80, 100, 0.7112, 0.8666)],
)
def test_the_interval_is_wilsons(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson(successes, trials) == pytest.approx((low, high), abs=1e-4)
