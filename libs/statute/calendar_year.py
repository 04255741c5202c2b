"""One published year of a working calendar."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.common.v1.types import DayKind

from .errors import BadData

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One published year: the days that differ from a plain Monday-to-Friday week, with their names."""

    jurisdiction: str
    year: int
    version: int
    holidays: Mapping[date, str]
    makeup_workdays: Mapping[date, str]
    source: str
    verified_by: str

    def __post_init__(self) -> None:
        """Raises BadData for days of another year, days named twice, and make-up days in the week."""
        if faults := list(day_faults(self.year, self.holidays, self.makeup_workdays)):
            raise BadData(*(f"{self.id}: {fault}" for fault in faults))

    @property
    def id(self) -> str:
        """`cn@2025.1`: jurisdiction, year, version."""
        return f"{self.jurisdiction}@{self.year}.{self.version}"

    def kind(self, day: date) -> DayKind:
        if day in self.holidays:
            return DayKind.HOLIDAY
        if day in self.makeup_workdays:
            return DayKind.MAKEUP_WORKDAY
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY


def day_faults(year: int, holidays: Iterable[date], makeup_workdays: Iterable[date]) -> Iterator[str]:
    """Everything in which the days of a year contradict it, or one another."""
    holidays, makeup_workdays = sorted(holidays), sorted(makeup_workdays)
    for day in (*holidays, *makeup_workdays):
        if day.year != year:
            yield f"{day} is not a day of {year}; move it to its own year's file"
    for day in sorted(set(holidays) & set(makeup_workdays)):
        yield f"{day} is listed as holiday and as make-up working day; keep one"
    for day in makeup_workdays:
        if day.weekday() < SATURDAY:
            yield f"{day} is a weekday and needs no entry as make-up working day"
