"""Compare the shipped calendars of China with two public packages, day by day (part of `make check`).

`chinesecalendar` must agree on every day whether it is worked. `holidays` is a second opinion, compared where
it says something comparable: worked or not, make-up working days, named public holidays. Differences that are
explained here are printed; any other ends with exit code 1.
"""

import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version

import chinese_calendar
import holidays

from huiyin.common.v1.types import DayKind
from statute.calendar import Calendar, load

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)

EXPLAINED = {
    (date(2005, 12, 31), "worked"): (
        "a weekend in the files, as in chinesecalendar; a working Saturday in holidays, and in the notice for"
        " 2006 (国办发明电〔2005〕35号: 12月31日（星期六）上班); to be decided"
    ),
    (date(2005, 12, 31), "make-up working day"): "the same question",
    (date(2012, 6, 23), "public holiday"): (
        "Dragon Boat Festival, on a Saturday; a weekend in the files, as in chinesecalendar; a day off either way"
    ),
}
"""Known differences from `holidays`, with the reason; an entry that no longer differs is reported as well."""


def main() -> int:
    """Exit code 0 if every difference is explained."""
    calendar = load("cn")
    broken = list(_against_chinesecalendar(calendar))
    found = set(_against_holidays(calendar))
    for day, what in sorted(found & EXPLAINED.keys()):
        sys.stdout.write(f"explained: {day} ({what}): {EXPLAINED[day, what]}\n")
    broken += [
        f"{day}: holidays differs ({what}), unexplained" for day, what in sorted(found - EXPLAINED.keys())
    ]
    broken += [
        f"{day}: explained ({what}), but no longer differs" for day, what in sorted(EXPLAINED.keys() - found)
    ]
    for line in broken:
        sys.stderr.write(line + "\n")
    packages = " and ".join(f"{name} {version(name)}" for name in ("chinesecalendar", "holidays"))
    days = LAST.toordinal() - FIRST.toordinal() + 1
    count = len(broken) or "no"
    sys.stdout.write(f"{calendar.version}, {days} days: {count} unexplained differences from {packages}\n")
    return 1 if broken else 0


def _days() -> Iterator[date]:
    return map(date.fromordinal, range(FIRST.toordinal(), LAST.toordinal() + 1))


def _against_chinesecalendar(calendar: Calendar) -> Iterator[str]:
    for day in _days():
        if not calendar.is_published(day.year):
            yield f"{day}: calendars/cn/{day.year}.toml is missing"
        elif calendar.is_working_day(day) != chinese_calendar.is_workday(day):
            yield f"{day}: chinesecalendar differs on whether the day is worked"


def _against_holidays(calendar: Calendar) -> Iterator[tuple[date, str]]:
    other = holidays.country_holidays("CN", years=range(FIRST.year - 1, LAST.year + 2))
    makeup = other.weekend_workdays
    for day in _days():
        kind = calendar.day_kind(day)
        if calendar.is_working_day(day) != other.is_working_day(day):
            yield day, "worked"
        if (kind is DayKind.MAKEUP_WORKDAY) != (day in makeup):
            yield day, "make-up working day"
        if day in other and kind is not DayKind.HOLIDAY:
            yield day, "public holiday"


if __name__ == "__main__":
    sys.exit(main())
