"""The petitioner's period for asking a review (复查), as far as closing depends on it."""

from __future__ import annotations

from datetime import date
from typing import Final

from statute.calendar import Calendar
from statute.counting import after_calendar_days, roll

REVIEW_PERIOD_DAYS: Final = 30
"""K7: 30 calendar days from service of the opinion, the last day rolled. 信访工作条例 Art 35 [K]; 2005 Art 34."""


def last_day_for_review(served_on: date, calendar: Calendar) -> date:
    """The last day on which a review can be asked for; the period ends at its 24:00."""
    return roll(calendar, after_calendar_days(served_on, REVIEW_PERIOD_DAYS))
