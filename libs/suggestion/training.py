"""Trains a `SubjectModel` from messages cut into words, each with the subject an official gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from suggestion.confidence import confidences, sharpness_of, threshold_of
from suggestion.folds import parts
from suggestion.separating import Row, plane
from suggestion.subjects import SubjectModel
from suggestion.vectors import Vocabulary, learn

HELD_OUT_PARTS = 4
"""Each quarter is judged once by a model of the other three: every message is held out once for four trainings."""

UNKNOWN_SHARE = 0.085
"""Share of held-out messages left unanswered. One in ten is the most a clerk should meet, on any larger lot of messages
(a fold, say), not only on average; the rest is room for chance."""

FEWEST = 2
"""Subjects needed; with one there is nothing to tell apart."""


@dataclass(frozen=True, slots=True)
class Message:
    """Words in their order, and the subject."""

    words: tuple[str, ...]
    subject: str


def train(messages: Sequence[Message], *, seed: int) -> SubjectModel:
    """The planes from all messages; sharpness and threshold from messages held out of planes drawn without them.

    Same messages and seed, same model. Raises ValueError with fewer than two subjects, or with too few texts.
    """
    if len({each.subject for each in messages}) < FEWEST:
        raise ValueError("at least two subjects are needed to tell them apart")
    if len({each.words for each in messages}) < HELD_OUT_PARTS:
        raise ValueError(f"at least {HELD_OUT_PARTS} different texts are needed")
    model = _planes(messages, seed)
    margins, truth = _held_out(messages, model.subjects, seed)
    sharpness = sharpness_of(margins, truth)
    best = [max(confidences(each, sharpness)) for each in margins]
    return replace(model, sharpness=sharpness, threshold=threshold_of(best, UNKNOWN_SHARE))


def _held_out(
    messages: Sequence[Message], subjects: tuple[str, ...], seed: int
) -> tuple[list[list[float]], list[int]]:
    """Margins of every message under planes that have not seen it, and its true subject's place."""
    margins, truth = [], []
    for part in parts([each.words for each in messages], HELD_OUT_PARTS, seed=seed):
        out = set(part)
        model = _planes([each for i, each in enumerate(messages) if i not in out], seed, subjects)
        for i in part:
            margins.append(model.margins(model.vocabulary.vector(messages[i].words)))
            truth.append(subjects.index(messages[i].subject))
    return margins, truth


def _planes(messages: Sequence[Message], seed: int, subjects: tuple[str, ...] = ()) -> SubjectModel:
    subjects = subjects or tuple(sorted({each.subject for each in messages}))
    vocabulary = learn([each.words for each in messages])
    rows = _rows(messages, vocabulary)
    columns = len(vocabulary.rarity) + 1
    planes = [
        plane(rows, [each.subject == subject for each in messages], columns, seed=seed)
        for subject in subjects
    ]
    by_column = list(zip(*planes, strict=True))
    return SubjectModel(
        subjects=subjects,
        vocabulary=vocabulary,
        weights=dict(zip(vocabulary.rarity, by_column[1:], strict=True)),
        bias=by_column[0],
        sharpness=1.0,
        threshold=0.0,
    )


def _rows(messages: Sequence[Message], vocabulary: Vocabulary) -> list[Row]:
    """Column 0 is the same in every row: the bias."""
    column = {word: i for i, word in enumerate(vocabulary.rarity, start=1)}
    rows = []
    for message in messages:
        vector = vocabulary.vector(message.words)
        rows.append(([0, *(column[word] for word, _ in vector)], [1.0, *(value for _, value in vector)]))
    return rows
