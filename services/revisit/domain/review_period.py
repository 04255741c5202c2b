"""The petitioner's period for asking a review (复查), as far as closing depends on it."""

from __future__ import annotations

from datetime import date

from statute.in_force import Statute


def last_day_for_review(served_on: date, statute: Statute) -> date:
    """The last day on which a review can be asked for (K7); the period ends at its 24:00."""
    return statute.compute("K7", served_on).due_on
