"""Proposes the first-level subject of a petition, with its confidence and the words that spoke for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from suggestion.confidence import confidences
from suggestion.segmentation import Segmenter
from suggestion.vectors import Vector, Vocabulary

REASONS = 5
"""Words shown as reasons: a clerk reads them at a glance."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A subject, and the share of such proposals that turned out right on messages held out."""

    subject: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reason:
    """A word of the text, and how much further it moved the proposed subject than the others on average."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a clerk may confirm or ignore. Nothing follows from it by itself.

    `subject` is None when the confidence is below the model's threshold (不确定 unknown); `ranked` holds every
    subject either way, the likeliest first, and `reasons` speak for the first of them.
    """

    subject: str | None
    ranked: tuple[Ranked, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SubjectModel:
    """A trained model: for each word one weight a subject, in the order of `subjects`; `bias` likewise."""

    subjects: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Mapping[str, tuple[float, ...]]
    bias: tuple[float, ...]
    sharpness: float
    threshold: float

    def suggest(self, text: str) -> Suggestion:
        """For a text as it was received: title and body, one after the other."""
        return self.suggest_for(self.segmenter.cut(text))

    def suggest_for(self, words: Sequence[str]) -> Suggestion:
        """For a text already cut into words."""
        vector = self.vocabulary.vector(words)
        sure = confidences(self.margins(vector), self.sharpness)
        order = sorted(range(len(sure)), key=lambda k: -sure[k])
        return Suggestion(
            subject=self.subjects[order[0]] if vector and sure[order[0]] >= self.threshold else None,
            ranked=tuple(Ranked(self.subjects[k], sure[k]) for k in order),
            reasons=self._reasons(vector, order[0]),
        )

    def margins(self, vector: Vector) -> list[float]:
        """On which side of each subject's plane the vector lies, and how far."""
        sums, weights, every = list(self.bias), self.weights, range(len(self.bias))
        for word, value in vector:
            row = weights[word]
            for k in every:
                sums[k] += value * row[k]
        return sums

    @cached_property
    def segmenter(self) -> Segmenter:
        """Cuts by the words this model knows."""
        return Segmenter(self.vocabulary.counts)

    def _reasons(self, vector: Vector, chosen: int) -> tuple[Reason, ...]:
        others = max(len(self.subjects) - 1, 1)
        spoke = []
        for word, value in vector:
            row = self.weights[word]
            weight = value * (row[chosen] - (sum(row) - row[chosen]) / others)
            if weight > 0:
                spoke.append(Reason(word, weight))
        return tuple(sorted(spoke, key=lambda reason: (-reason.weight, reason.word))[:REASONS])
