"""When the demonstration's offices are open. This shapes a story; it is no legal calendar and judges nothing.

Deadlines are computed by `statute` alone. Here a period's last day is needed only to plan an act that is to be
in time, on the last day or too late, and a test holds these days against the published calendar.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from huiyin.demo.dice import Dice

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENS = time(9, 0)
SHUTS = time(17, 30)
# The least time between two acts upon a case: somebody has to read it.
LEAST_GAP = timedelta(minutes=5)

_DAY = timedelta(days=1)
# Days off and make-up working days (调休) of the default period and the new year after it. Elsewhere only
# weekends are off.
_SHUT = frozenset(
    {*(date(2025, 10, day) for day in range(1, 9)), *(date(2026, 1, day) for day in range(1, 4))}
)
_MADE_UP = frozenset({date(2025, 9, 28), date(2025, 10, 11), date(2026, 1, 4)})


def is_open(day: date) -> bool:
    """Whether offices work on that day."""
    return day in _MADE_UP or (day not in _SHUT and day.weekday() < 5)


def open_days(first: date, last: date) -> list[date]:
    """The working days from first to last, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_open(day)]


def next_open(day: date) -> date:
    """That day, or the next working day after it. This is also how a period's last day rolls."""
    while not is_open(day):
        day += _DAY
    return day


def last_open(day: date) -> date:
    """That day, or the last working day before it."""
    while not is_open(day):
        day -= _DAY
    return day


def open_day_after(day: date, count: int) -> date:
    """The count-th working day after a day."""
    for _ in range(count):
        day = next_open(day + _DAY)
    return day


def moment(dice: Dice, day: date, after: datetime, until: time = SHUTS) -> datetime:
    """An instant in office hours of the day, before `until` and at least LEAST_GAP later than `after`.

    Where the day is too short for that, the next working day serves.
    """
    low = max(_at(day, OPENS), after + LEAST_GAP)
    high = _at(day, until)
    if low > high:
        return moment(dice, next_open(max(day, after.date()) + _DAY), after, until)
    return low + timedelta(seconds=dice.between(0, int((high - low).total_seconds())))


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SHANGHAI)
