"""Between instants (UTC) and civil dates (Asia/Shanghai), architecture.md §5."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .errors import NaiveInstant

SHANGHAI = ZoneInfo("Asia/Shanghai")


def civil_date(instant: datetime) -> date:
    """The date on the wall in Asia/Shanghai. Raises NaiveInstant: the edges read naive input, nobody else."""
    if instant.tzinfo is None:
        raise NaiveInstant(f"{instant} has no time zone; read naive input as Asia/Shanghai at the edge")
    return instant.astimezone(SHANGHAI).date()


def end_instant(due_on: date) -> datetime:
    """The instant (UTC) at which a period ends: 24:00 Asia/Shanghai of its due date. Missed from then on."""
    return datetime.combine(due_on + timedelta(days=1), time.min, SHANGHAI).astimezone(UTC)
