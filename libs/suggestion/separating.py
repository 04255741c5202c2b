"""Finds the plane between one subject and all others: a linear support vector machine on the standard library.

Dual coordinate descent for the squared hinge loss: Hsieh, Chang, Lin, Keerthi, Sundararajan, "A dual coordinate
descent method for large-scale linear SVM", ICML 2008, algorithm 1, with a simple form of its shrinking.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from random import Random
from typing import TypeAlias

Row: TypeAlias = tuple[list[int], list[float]]
"""A sparse row: columns and their values."""

PENALTY = 1.0
"""C: what a message on the wrong side costs. The usual value; 0.5 and 2 differ by less than a fold does."""

ROUNDS = 30
"""Most passes over the messages."""

CLOSE_ENOUGH = 0.1
"""Largest remaining violation at which the plane stands; smaller ones moved no figure."""


def plane(rows: Sequence[Row], inside: Sequence[bool], columns: int, *, seed: int) -> list[float]:
    """Weights of the columns; positive on the side of the rows that are `inside`. Same seed, same plane."""
    weights, share = [0.0] * columns, 1 / (2 * PENALTY)
    alpha = [0.0] * len(rows)
    signs = [1.0 if each else -1.0 for each in inside]
    curvature = [sum(map(mul, values, values)) + share for _, values in rows]
    dice, active, bound = Random(seed), list(range(len(rows))), float("inf")
    for _ in range(ROUNDS):
        dice.shuffle(active)
        worst, resting = 0.0, set()
        for i in active:
            at, values = rows[i]
            slope = signs[i] * sum(map(mul, map(weights.__getitem__, at), values)) - 1 + share * alpha[i]
            if alpha[i] == 0.0 and slope >= 0.0:
                if slope > bound:
                    resting.add(i)
                continue
            worst = max(worst, abs(slope))
            new = max(alpha[i] - slope / curvature[i], 0.0)
            step, alpha[i] = (new - alpha[i]) * signs[i], new
            for column, value in zip(at, values, strict=True):
                weights[column] += step * value
        active, bound = [i for i in active if i not in resting], worst
        if worst < CLOSE_ENOUGH:
            break
    return weights
