"""Instants in requests (architecture.md §5)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator

from chassis.clock import SHANGHAI


def in_shanghai(at: datetime) -> datetime:
    """The same instant with the offset of Asia/Shanghai; one without an offset is of there. Raises ValueError."""
    try:
        return at.astimezone(SHANGHAI) if at.tzinfo else at.replace(tzinfo=SHANGHAI)
    except OverflowError:
        raise ValueError("不在历法范围之内 beyond the years 1 to 9999") from None


Instant = Annotated[datetime, AfterValidator(in_shanghai)]
"""An instant in a request; without an offset it is Asia/Shanghai."""
