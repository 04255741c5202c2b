"""The names of warning rungs, and which of them a period can have.

| name | falls on |
|---|---|
| `d10` | the 10th day counted, of calendar days |
| `wd3` | the 3rd working day counted |
| `50%` | when half of the period is over |
| `due`, `due-7` | the due date, seven calendar days before it |
| `q4` | the first day of the fourth quarter, in a yearly duty |
| `min15` | 15 minutes after the start, in an exact duration |
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from .errors import BadData
from .periods import Cadence, CalendarDays, Counting, Every, Exact, Given, WorkingDays


class Form(Enum):
    """How a name is written, with its number as the group."""

    DAY = r"d([1-9][0-9]*)"
    WORKING_DAY = r"wd([1-9][0-9]*)"
    SHARE = r"([1-9][0-9]?)%"
    DUE = r"due(?:-([1-9][0-9]*))?"
    QUARTER = r"q([1-4])"
    MINUTE = r"min([1-9][0-9]*)"


@dataclass(frozen=True, slots=True)
class RungName:
    """A name that was read."""

    form: Form
    number: int


@cache
def read_name(name: str) -> RungName:
    """Raises BadData saying what can be written."""
    for form in Form:
        if found := re.fullmatch(form.value, name):
            return RungName(form, int(found[1] or 0))
    raise BadData(f"warning {name!r} is none of d10, wd3, 50%, due, due-7, q4, min15")


def name_faults(counting: Counting, names: Iterable[str]) -> Iterator[str]:
    """Everything that is wrong with the warnings of a rule that counts so."""
    seen = set()
    for name in names:
        if name in seen:
            yield f"warning {name} is given twice"
        seen.add(name)
        try:
            read = read_name(name)
        except BadData as fault:
            yield str(fault)
            continue
        if read.form not in _fitting(counting):
            yield f"warning {name} does not fit {type(counting).__name__}"
        elif read.form in (Form.DAY, Form.WORKING_DAY) and read.number > _days(counting):
            yield f"warning {name} lies beyond the period"


def _fitting(counting: Counting) -> frozenset[Form]:
    match counting:
        case CalendarDays():
            return frozenset({Form.DAY, Form.SHARE, Form.DUE})
        case WorkingDays():
            return frozenset({Form.WORKING_DAY, Form.SHARE, Form.DUE})
        case Exact():
            return frozenset({Form.MINUTE, Form.SHARE})
        case Given():
            return frozenset({Form.SHARE, Form.DUE})
        case Cadence():
            return frozenset({Form.DUE} | ({Form.QUARTER} if counting.every is Every.YEAR else set()))


def _days(counting: Counting) -> int:
    return counting.days if isinstance(counting, CalendarDays | WorkingDays) else 0
