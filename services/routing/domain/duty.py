"""What is owed for a case at this moment."""

from __future__ import annotations

from huiyin.common.v1.types import Deadline
from routing.domain.case import Case


def duty(case: Case) -> Deadline | None:
    """The deadline under which the case stands now; None before a transfer and after the opinion."""
    if case.served is not None:
        return None
    if case.accepted is not None:
        return case.accepted.handling_deadline
    return case.transferred.acceptance_deadline if case.transferred else None
