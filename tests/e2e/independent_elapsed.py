"""Counts from the CSV file alone, with nothing of ours, how long answers took; compares them with a report.

    python tests/e2e/independent_elapsed.py FILE.csv REPORT.json

Exit code 0: every figure is equal. 1: some are not. 3: one of the files is not there.
"""

import csv
import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

DAYS = (15, 30, 60, 90)
MOST_REJECTIONS = 20
LONGEST_FIELD = 100_000_000


def elapsed(path: Path, left_out: set[int]) -> list[timedelta]:
    """From message to reply, of every row but those left out (counted below the header from 1)."""
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for n, row in enumerate(csv.DictReader(file), start=1) if n not in left_out]
    return [
        datetime.fromisoformat(row["reply_time"]) - datetime.fromisoformat(row["time"])
        for row in rows
        if row["reply_time"]
    ]


def main(file: str, report_file: str) -> int:
    """Compare, say what was found, return the exit code."""
    path = Path(file)
    for needed in (path, Path(report_file)):
        if not needed.exists():
            sys.stdout.write(f"{needed} is not there: nothing was compared\n")
            return 3
    report = json.loads(Path(report_file).read_text(encoding="utf-8"))
    rejected = {each["row"] for each in report["rejected"]}
    taken = elapsed(path, rejected)
    expected = {str(days): sum(time > timedelta(days=days) for time in taken) for days in DAYS}
    answered = sum(report["by_state"].get(state, 0) for state in ("replied", "revisited", "closed"))
    checks = {
        "elapsed_over": (expected, report["elapsed_over"]),
        "answered cases": (len(taken), answered),
        "cases": (len(taken), report["cases"]),
        f"at most {MOST_REJECTIONS} rejections": (True, len(rejected) <= MOST_REJECTIONS),
    }
    for what, (wanted, found) in checks.items():
        sys.stdout.write(
            f"{'ok' if wanted == found else 'WRONG'} {what}: from the file {wanted}, reported {found}\n"
        )
    return 0 if all(wanted == found for wanted, found in checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
