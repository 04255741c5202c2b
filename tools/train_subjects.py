"""Train the suggestion of the first-level subject: `make train DATA=labelled.csv`.

The file has the columns `tokens` (the words of a message, separated by spaces) and `label` (its subject, as an
official gave it). The model goes into a file outside the repository and is read by `suggestion.model_file.load`.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

from suggestion.model_file import save
from suggestion.training import Message, train

SEED = 20250901
"""Any number; a fixed one makes a training repeatable."""

COLUMNS = ("tokens", "label")

LONGEST_FIELD = 10_000_000
"""Characters in one field of a CSV file. The longest real message has 13,000."""

BAD_INPUT = 2
"""Exit code for a file that cannot be read as such a file."""


def read(file: Path) -> list[Message]:
    """Every row. Raises ValueError naming the columns or the line; nothing is skipped silently."""
    csv.field_size_limit(LONGEST_FIELD)
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            raise ValueError(f"{file.name} has no column {', '.join(missing)}")
        messages = []
        for row in rows:
            if not row["tokens"] or not row["label"]:
                raise ValueError(f"{file.name}, line {rows.line_num}: a message without words or label")
            messages.append(Message(tuple(row["tokens"].split()), row["label"]))
    return messages


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 if a model was written."""
    parser = argparse.ArgumentParser(prog="make train", description="Train the suggestion of subjects.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path(".huiyin/suggestion/subjects.json.gz"))
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(arguments)
    started = perf_counter()
    try:
        messages = read(chosen.data)
        model = train(messages, seed=chosen.seed)
        size = save(model, chosen.out)
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return BAD_INPUT
    for subject, number in Counter(each.subject for each in messages).most_common():
        sys.stdout.write(f"{number:>7}  {subject}\n")
    sys.stdout.write(
        f"{len(messages)} messages, {len(model.weights)} words, seed {chosen.seed}; unknown below a confidence of"
        f" {model.threshold:.3f}; {size / 1e6:.1f} MB in {chosen.out}, {perf_counter() - started:.0f} s ({process_time():.0f} s CPU)\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
