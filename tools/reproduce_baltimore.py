"""Reproduce another authority's due dates: `make reproduce-limits DATA=baltimore311.csv`.

The file holds service requests with the due date that the authority itself set. Every type of request has a limit in
days, taken here from the first row of the type (column `allowed_days`) and made a rule of exact duration; under these
rules `statute` computes the due date of every row, and which closures were late. Both must equal what the file says:
due dates to the second, and the set of late closures. Rows without a due date are left out. Any difference is printed
and ends with exit code 1.

The times in the file name no time zone. They are read as instants of one unchanging offset (UTC), because that is how
the authority counted: a limit is so many times 24 hours on the clock on the wall, also where daylight saving time
begins or ends between creation and due date. Read as the local time of Baltimore, the due dates of those rows would be
an hour off; how many these are is printed.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from statute.deadlines import compute_exact
from statute.periods import Exact
from statute.rule_files import shipped
from statute.rules import Rule, Rules

COLUMNS = ("id", "type", "created", "due", "closed", "allowed_days", "overdue")

LOCAL = ZoneInfo("America/New_York")

SHOWN = 20
"""Differences printed; the rest are counted."""

BAD_INPUT = 2
"""Exit code for a file that cannot be read as such a file."""


@dataclass(frozen=True, slots=True)
class Request:
    """A row with a due date."""

    id: str
    type: str
    created_at: datetime
    due_at: datetime
    closed_at: datetime | None
    limit: timedelta
    late: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted, and every difference as a sentence."""

    types: int
    requests: int
    late: int
    across_clock_changes: int
    differences: Sequence[str]


def read(file: Path) -> tuple[list[Request], int]:
    """The rows with a due date, and how many have none. Raises ValueError naming the line or the columns."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            raise ValueError(f"{file.name} has no column {', '.join(missing)}")
        requests, left_out = [], 0
        for row in rows:
            if not row["due"]:
                left_out += 1
                continue
            try:
                requests.append(_request(row))
            except ValueError as problem:
                raise ValueError(f"{file.name}, line {rows.line_num}: {problem}") from None
    return requests, left_out


def reproduce(requests: Iterable[Request]) -> Outcome:
    """Compute every due date and the late closures under the limits of the types, and compare."""
    requests = list(requests)
    rules = limits(requests)
    due_at = {request.id: _computed(request, rules) for request in requests}
    late = {each.id for each in requests if each.closed_at is not None and each.closed_at > due_at[each.id]}
    return Outcome(
        types=len(rules.clocks),
        requests=len(requests),
        late=len(late),
        across_clock_changes=sum(map(_crosses_a_clock_change, requests)),
        differences=[*_due_differences(requests, due_at), *_late_differences(requests, late)],
    )


def limits(requests: Iterable[Request]) -> Rules:
    """One rule for each type of request: the limit that stands in its first row."""
    first: dict[str, Request] = {}
    for request in requests:
        first.setdefault(request.type, request)
    return Rules((_rule(each) for each in first.values()), shipped().ladder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 if nothing differs."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if len(arguments) != 1:
        sys.stderr.write("give the file: make reproduce-limits DATA=baltimore311.csv\n")
        return BAD_INPUT
    try:
        requests, left_out = read(Path(arguments[0]))
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return BAD_INPUT
    outcome = reproduce(requests)
    sys.stdout.writelines(f"{line}\n" for line in _report(outcome, left_out))
    return 1 if outcome.differences or not outcome.requests else 0


def _report(outcome: Outcome, left_out: int) -> Iterator[str]:
    yield f"{outcome.requests} requests of {outcome.types} types; {left_out} rows without a due date left out"
    yield f"{outcome.requests - outcome.types} due dates predicted by the limit of an earlier row of the type"
    yield (
        f"{outcome.across_clock_changes} due dates would be an hour off if the times were read as local time of"
        " Baltimore; the authority counts on the clock on the wall, and so do the rules here"
    )
    yield f"{outcome.late} late closures"
    yield from outcome.differences[:SHOWN]
    if len(outcome.differences) > SHOWN:
        yield f"... and {len(outcome.differences) - SHOWN} more"
    yield f"{len(outcome.differences) or 'no'} differences"


def _request(row: Mapping[str, str]) -> Request:
    return Request(
        id=row["id"],
        type=row["type"],
        created_at=_instant(row["created"]),
        due_at=_instant(row["due"]),
        closed_at=_instant(row["closed"]) if row["closed"] else None,
        limit=timedelta(days=float(row["allowed_days"])),
        late=row["overdue"] == "1",
    )


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)


def _rule(request: Request) -> Rule:
    return Rule(
        rule_id=request.type,
        version=1,
        clock=request.type,
        name_zh=request.type,
        name_en=request.type,
        law="the limit of the type in the file",
        article="—",
        effective_from=date.min,
        counting=Exact(round(request.limit.total_seconds())),
        roll_last_day=False,
        starts="creation",
        who_must="agency",
        consequence="—",
        warnings=(),
        verified_by="[D]",
    )


def _computed(request: Request, rules: Rules) -> datetime:
    due_at = compute_exact(request.type, request.created_at, rules=rules).due_at
    assert due_at is not None
    return due_at


def _due_differences(requests: Iterable[Request], due_at: Mapping[str, datetime]) -> Iterator[str]:
    for request in requests:
        if due_at[request.id] != request.due_at:
            yield (
                f"{request.id} ({request.type}): due {_said(request.due_at)}, computed {_said(due_at[request.id])}"
            )


def _late_differences(requests: Iterable[Request], late: set[str]) -> Iterator[str]:
    for request in requests:
        if request.late != (request.id in late):
            yield f"{request.id} ({request.type}): {'late' if request.late else 'not late'} in the file only"


def _crosses_a_clock_change(request: Request) -> bool:
    local = (at.replace(tzinfo=LOCAL).utcoffset() for at in (request.created_at, request.due_at))
    return len(set(local)) > 1


def _said(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


if __name__ == "__main__":
    sys.exit(main())
