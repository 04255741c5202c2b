"""What a period is counted in: five ways, as data. How each becomes a date is said in `deadlines`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeAlias, assert_never

from .errors import BadData


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """日: every day after the start counts."""

    days: int


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """工作日: only working days after the start count, make-up working days 调休 among them."""

    days: int


@dataclass(frozen=True, slots=True)
class Exact:
    """From one instant to another, so many seconds later: no day is counted, nothing rolls. 0: at once."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Given:
    """Whoever starts the period says in the same act when it ends; the rule only checks and warns."""

    by: str


class Every(StrEnum):
    """How often something is owed that nobody asks for."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    HALF_MONTH = "half_month"


@dataclass(frozen=True, slots=True)
class Cadence:
    """Owed once in every year, quarter, month or half-month; due on its last day."""

    every: Every


Counting: TypeAlias = CalendarDays | WorkingDays | Exact | Given | Cadence

HALF = 15
"""The last day of the first half of a month."""

MONTHS = {Every.YEAR: 12, Every.QUARTER: 3, Every.MONTH: 1, Every.HALF_MONTH: 1}
"""How many months end together."""

SECONDS = {"d": 86_400, "h": 3_600, "min": 60, "s": 1}
"""Units in which an exact duration is written: `7d`, `2h`, `60min`, `15s`."""

DURATION_WORDS = {"d": "整日 × 24 h", "h": "小时 hours", "min": "分钟 minutes", "s": "秒 seconds"}

CADENCE_WORDS = {
    Every.YEAR: "每年 every year",
    Every.QUARTER: "每季度 every quarter",
    Every.MONTH: "每月 every month",
    Every.HALF_MONTH: "每半月 every half-month",
}

FORMS = (
    '{ calendar_days = 15 }, { working_days = 5 }, { exact = "2h" }, { given_by = "…" }, { every = "month" }'
)


def first_day(every: Every, day: date) -> date:
    """The first day of the year, quarter, month or half-month (1st to 15th, 16th to end) that holds `day`."""
    if every is Every.HALF_MONTH:
        return day.replace(day=1 if day.day <= HALF else HALF + 1)
    months = MONTHS[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def last_day(every: Every, day: date) -> date:
    """The last day of the year, quarter, month or half-month that holds `day`."""
    if every is Every.HALF_MONTH and day.day <= HALF:
        return day.replace(day=HALF)
    months = -(-day.month // MONTHS[every]) * MONTHS[every]
    return date(day.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def read_counting(data: Any) -> Counting:
    """The counting that a rule file names. Raises BadData saying what can be written."""
    match data:
        case {"calendar_days": days, **rest} if not rest and _is_count(days):
            return CalendarDays(days)
        case {"working_days": days, **rest} if not rest and _is_count(days):
            return WorkingDays(days)
        case {"exact": str(text), **rest} if not rest and (seconds := _seconds(text)) is not None:
            return Exact(seconds)
        case {"given_by": str(by), **rest} if not rest and by:
            return Given(by)
        case {"every": str(every), **rest} if not rest and every in list(Every):
            return Cadence(Every(every))
    raise BadData(f"counting {data!r} cannot be read; write one of {FORMS}, at least one day")


def counting_data(counting: Counting) -> Mapping[str, Any]:
    """What a rule file says for it: `read_counting` gives it back."""
    match counting:
        case CalendarDays():
            return {"calendar_days": counting.days}
        case WorkingDays():
            return {"working_days": counting.days}
        case Exact():
            return {"exact": duration_text(counting.seconds)}
        case Given():
            return {"given_by": counting.by}
        case Cadence():
            return {"every": counting.every.value}
        case _:
            assert_never(counting)


def in_words(counting: Counting) -> str:
    """For people: 15 日 days."""
    match counting:
        case CalendarDays():
            return f"{counting.days} 日 days"
        case WorkingDays():
            return f"{counting.days} 个工作日 working days"
        case Exact():
            return _duration_words(counting.seconds)
        case Given():
            return f"指定 set by {counting.by}"
        case Cadence():
            return CADENCE_WORDS[counting.every]
        case _:
            assert_never(counting)


def _duration_words(seconds: int) -> str:
    text = duration_text(seconds)
    number, unit = text.rstrip("dhmins"), text.lstrip("0123456789")
    return f"{number} {DURATION_WORDS[unit]}"


def duration_text(seconds: int) -> str:
    """7200 -> 2h: the largest unit that needs no fraction, but hours up to two days (24h is no civil day)."""
    unit = next(unit for unit, size in SECONDS.items() if seconds % size == 0 and _usual(unit, seconds))
    return f"{seconds // SECONDS[unit]}{unit}"


def _usual(unit: str, seconds: int) -> bool:
    return unit != "d" or seconds > 2 * SECONDS["d"]


def _is_count(days: Any) -> bool:
    return type(days) is int and days >= 1  # True is an int as well.


def _seconds(text: str) -> int | None:
    found = re.fullmatch(r"([0-9]+)(d|h|min|s)", text)
    return int(found[1]) * SECONDS[found[2]] if found else None
