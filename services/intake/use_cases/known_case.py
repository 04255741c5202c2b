"""A case that must be there before anything is sealed for it."""

from __future__ import annotations

from chassis.workplace import Workplace
from intake.domain import refusals
from intake.domain.case import Case, case_decider


async def known_case(workplace: Workplace, case_id: str) -> Case:
    """The case as it stands. Raises UnknownCase."""
    loaded = await workplace.repository.load(case_decider, f"intake-case-{case_id}")
    if loaded.state.received is None:
        raise refusals.UnknownCase()
    return loaded.state
