"""Measure the suggestion of subjects: `make evaluate-suggestions DATA=labelled.csv`.

Ten folds, identical texts in one fold. Each fold is judged by a model trained, calibrated and given its threshold on
the other nine. Each message is judged twice: by its words as the file has them, and by its text (the words joined and
cut again by the model's own dictionary, as a petition would be). Prints a table, writes JSON, and ends with exit code
1 if a wanted figure is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import fmean, median
from time import process_time_ns

from suggestion.folds import parts
from suggestion.measures import accuracy, calibration_gap, macro_f1
from suggestion.subjects import Suggestion
from suggestion.training import Message, train
from tools.train_subjects import BAD_INPUT, SEED, read

FOLDS = 10

WANTED_F1, WANTED_ANSWERED, MOST_UNKNOWN, MOST_MS = 0.905, 0.94, 0.10, 5.0
"""Mean macro-F1 of all; accuracy and macro-F1 of what is answered; share unanswered; 99th percentile of CPU time."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One way of reading a fold. `answered_*` leave out the unknown; times are CPU milliseconds a message."""

    macro_f1: float
    accuracy: float
    unknown: float
    answered_accuracy: float
    answered_macro_f1: float
    calibration_gap: float
    median_ms: float
    p99_ms: float
    worst_ms: float


@dataclass(frozen=True, slots=True)
class Fold:
    """One fold, read both ways."""

    fold: int
    messages: int
    training_s: float
    words: Judged
    text: Judged


def judge_fold(messages: Sequence[Message], folds: Sequence[Sequence[int]], seed: int, number: int) -> Fold:
    """Trains on all other folds; judges this one."""
    inside = set(folds[number])
    started = process_time_ns()
    model = train([each for i, each in enumerate(messages) if i not in inside], seed=seed)
    training_s = (process_time_ns() - started) / 1e9
    judged = [messages[i] for i in folds[number]]
    model.suggest("")  # The dictionary is made once, at the first text.
    return Fold(
        fold=number + 1,
        messages=len(judged),
        training_s=round(training_s, 1),
        words=_judge(judged, lambda each: model.suggest_for(each.words)),
        text=_judge(judged, lambda each: model.suggest("".join(each.words))),
    )


def _judge(messages: Sequence[Message], suggest: Callable[[Message], Suggestion]) -> Judged:
    pairs, answered, sure, times = [], [], [], []
    for each in messages:
        started = process_time_ns()
        suggestion = suggest(each)
        times.append((process_time_ns() - started) / 1e6)
        first = suggestion.ranked[0]
        pairs.append((each.subject, first.subject))
        sure.append((first.confidence, first.subject == each.subject))
        if suggestion.subject is not None:
            answered.append((each.subject, suggestion.subject))
    times.sort()
    return Judged(
        macro_f1=macro_f1(pairs),
        accuracy=accuracy(pairs),
        unknown=1 - len(answered) / len(pairs),
        answered_accuracy=accuracy(answered),
        answered_macro_f1=macro_f1(answered),
        calibration_gap=calibration_gap(sure),
        median_ms=median(times),
        p99_ms=times[int(len(times) * 0.99)],
        worst_ms=times[-1],
    )


def mean(judged: Sequence[Judged]) -> Judged:
    """Each figure's mean over the folds; of the longest time, the longest."""
    figures = [asdict(each) for each in judged]
    means = {name: fmean(each[name] for each in figures) for name in figures[0]}
    return Judged(**means | {"worst_ms": max(each.worst_ms for each in judged)})


def missed(total: Judged) -> Iterator[str]:
    """What was wanted and not reached, as sentences."""
    if total.macro_f1 < WANTED_F1:
        yield f"macro-F1 {total.macro_f1:.4f} is below {WANTED_F1}"
    if min(total.answered_accuracy, total.answered_macro_f1) < WANTED_ANSWERED:
        yield f"accuracy or macro-F1 of what is answered is below {WANTED_ANSWERED}"
    if total.unknown > MOST_UNKNOWN:
        yield f"{total.unknown:.1%} are left unanswered, more than {MOST_UNKNOWN:.0%}"
    if total.p99_ms > MOST_MS:
        yield f"the 99th percentile of {total.p99_ms:.1f} ms is above {MOST_MS} ms"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 if every wanted figure is reached on the words as given."""
    parser = argparse.ArgumentParser(prog="make evaluate-suggestions")
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path(".huiyin/suggestion/subjects-evaluation.json"))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args(arguments)
    try:
        messages = read(chosen.data)
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return BAD_INPUT
    folds = parts([each.words for each in messages], FOLDS, seed=chosen.seed)
    with ProcessPoolExecutor(chosen.workers) as pool:
        results = list(pool.map(partial(judge_fold, messages, folds, chosen.seed), range(FOLDS)))
    words, text = mean([each.words for each in results]), mean([each.text for each in results])
    sys.stdout.writelines(f"{line}\n" for line in _table(results, words, text, chosen.seed))
    faults = list(missed(words))
    content = {
        "seed": chosen.seed,
        "messages": len(messages),
        "folds": [asdict(each) for each in results],
        "mean": {"words": asdict(words), "text": asdict(text)},
        "missed": faults,
    }
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.writelines(f"missed: {fault}\n" for fault in faults)
    return 1 if faults else 0


def _table(results: Sequence[Fold], words: Judged, text: Judged, seed: int) -> Iterator[str]:
    yield f"{FOLDS} folds, identical texts in one fold, seed {seed}"
    yield "fold  messages  macro-F1  accuracy  unknown  answered: accuracy  macro-F1   gap  median ms  p99 ms  worst ms"
    for each in results:
        yield _line(f"{each.fold:>4}  {each.messages:>8}", each.words)
    yield _line("mean of words ", words)
    yield _line("mean of texts ", text)
    yield f"training: {max(each.training_s for each in results):.0f} s CPU for the slowest fold"


def _line(name: str, each: Judged) -> str:
    return (
        f"{name}  {each.macro_f1:8.4f}  {each.accuracy:8.4f}  {each.unknown:6.1%}  {each.answered_accuracy:18.4f}"
        f"  {each.answered_macro_f1:8.4f}  {each.calibration_gap:.3f}  {each.median_ms:8.2f}  {each.p99_ms:6.2f}"
        f"  {each.worst_ms:8.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
