"""What the commands of sorting need to know besides what is said: the directory, another case, the ledger's own line."""

from __future__ import annotations

from datetime import date

from chassis.workplace import Workplace
from intake.use_cases.known_case import known_case

MOST_LEVELS = 8
"""Nation, province, city, county, township, and offices within them: no unit stands deeper."""

SEALED_FIELDS = ("notice", "reason", "reply", "accused", "report")


def sealed_item(field: str) -> str:
    """Its name in the vault, where no other service seals under it."""
    return f"sorting_{field}"


SEALED_ITEMS = tuple(map(sealed_item, SEALED_FIELDS))
"""What intake seals when it sorts."""


async def is_above(workplace: Workplace, unit_id: str, lower_unit_id: str) -> bool:
    """Whether a unit stands above another in the territory."""
    above = await workplace.directory.get(lower_unit_id)
    for _ in range(MOST_LEVELS):
        if above is None or above.parent_unit_id is None:
            return False
        if above.parent_unit_id == unit_id:
            return True
        above = await workplace.directory.get(above.parent_unit_id)
    return False


async def other_registration(workplace: Workplace, case_id: str) -> tuple[bool, date]:
    """Whether that registration is open, and its date of receipt. Raises UnknownCase."""
    other = await known_case(workplace, case_id)
    assert other.received is not None
    return other.sorting.ended is None, other.received.transfer_deadline.start_on
