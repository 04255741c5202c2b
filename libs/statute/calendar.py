"""Working calendars: what kind of day each civil date is in a jurisdiction, and by which version."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from huiyin.common.v1.types import DayKind

from .calendar_year import SATURDAY, CalendarYear
from .daytable import WORKED, DayTable
from .errors import BadData, StartOutOfRange, UnknownJurisdiction
from .year_files import read_year

FOLDER = Path(__file__).parent / "calendars"

HORIZON_YEARS = 25
"""Years after the last published one that can still be counted (provisionally). An office whose calendars
are a few years old must go on registering; a start further off is a typing mistake."""


class Calendar:
    """All published years of one jurisdiction. Immutable; equal only to itself.

    Days of a year that is not published are UNKNOWN from Monday to Friday (taken for working days) and
    WEEKEND otherwise; whoever counts over them says so (`Deadline.provisional`).
    """

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        by_year = {year.year: year for year in sorted(years, key=lambda year: year.year)}
        jurisdictions = {year.jurisdiction for year in by_year.values()}
        if len(jurisdictions) != 1:
            raise BadData(f"a calendar has one jurisdiction, not {sorted(jurisdictions)}")
        self.jurisdiction = jurisdictions.pop()
        self.years: Mapping[int, CalendarYear] = MappingProxyType(by_year)
        self.first_year = min(by_year)
        self.last_year = max(by_year)
        self._used: dict[tuple[int, int], str] = {}

    def __repr__(self) -> str:
        return f"Calendar({self.version!r})"

    @cached_property
    def version(self) -> str:
        """The id of the whole set, equal versions joined: `cn@2004-2026.1`, `cn@2004-2025.1+2026.2`."""
        spans: list[tuple[int, int, int]] = []
        for year, published in self.years.items():
            if spans and spans[-1][1:] == (year - 1, published.version):
                spans[-1] = (spans[-1][0], year, published.version)
            else:
                spans.append((year, year, published.version))
        return f"{self.jurisdiction}@" + "+".join(_span(*span) for span in spans)

    def used(self, first_year: int, last_year: int) -> str:
        """The id of what a period over these years rests on: `cn@2025.1`, `cn@2025.1+2026.1`.

        A year that is not published has version 0 (`cn@2026.1+2027.0`), so that the periods to be computed
        again when it is published can be found by their id.
        """
        key = (first_year, last_year)
        if key not in self._used:
            years = range(first_year, last_year + 1)
            self._used[key] = f"{self.jurisdiction}@" + "+".join(
                f"{year}.{self.years[year].version if year in self.years else 0}" for year in years
            )
        return self._used[key]

    def is_published(self, year: int) -> bool:
        return year in self.years

    def day_kind(self, day: date) -> DayKind:
        """Raises StartOutOfRange outside the years that can be counted."""
        return self.table.kind(self.ordinal(day))

    def is_working_day(self, day: date) -> bool:
        """True from Monday to Friday unless a holiday, and on make-up working days 调休; as `day_kind`."""
        return self.day_kind(day) in WORKED

    def day_name(self, day: date) -> str:
        """The holiday a day belongs to, or that a make-up working day makes up for; else empty."""
        year = self.years.get(day.year)
        return "" if year is None else year.holidays.get(day) or year.makeup_workdays.get(day, "")

    def with_year(self, year: CalendarYear) -> "Calendar":
        """This calendar with a year published, or corrected by a higher version."""
        known = self.years.get(year.year)
        if known is not None and year.version <= known.version:
            raise BadData(f"{year.id} does not replace {known.id}; a correction needs a higher version")
        return Calendar({**self.years, year.year: year}.values())

    def ordinal(self, day: date) -> int:
        """The day's place in `table`; raises StartOutOfRange where the calendar does not reach."""
        ordinal = day.toordinal()
        if not self.table.covers(ordinal):
            raise StartOutOfRange(
                f"{day} is outside {self.first_year}-01-01..{self.last_year + HORIZON_YEARS}-12-31, which"
                f" calendar {self.version} can count; check the date, or publish the calendar of that year"
            )
        return ordinal

    @cached_property
    def table(self) -> DayTable:
        """Every day that can be counted, built on first use (some milliseconds)."""
        first, last = date(self.first_year, 1, 1), date(self.last_year + HORIZON_YEARS, 12, 31)
        return DayTable(first, last, self._kind)

    def _kind(self, day: date) -> DayKind:
        year = self.years.get(day.year)
        if year is not None:
            return year.kind(day)
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.UNKNOWN


@cache
def load(jurisdiction: str) -> Calendar:
    """The shipped calendar of a jurisdiction ("cn"), read once. Raises UnknownJurisdiction, BadData."""
    files = sorted((FOLDER / jurisdiction).glob("*.toml")) if jurisdiction.isidentifier() else []
    if not files:
        raise UnknownJurisdiction(f"no calendar is shipped for {jurisdiction!r}; known: {', '.join(known())}")
    return Calendar(read_year(file) for file in files)


def known() -> list[str]:
    """The jurisdictions a calendar is shipped for."""
    return sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())


def _span(first: int, last: int, version: int) -> str:
    return f"{first}.{version}" if first == last else f"{first}-{last}.{version}"
