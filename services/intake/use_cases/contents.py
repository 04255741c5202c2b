"""What of a case lies in the vault, by the names under which it is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.common.v1.types import Sealed
from intake.domain.case import Case
from intake.use_cases.petition import PETITION, PETITIONER, REPRESENTATIVES
from intake.use_cases.supplement import ATTACHMENT, CORRECTIONS, MATERIAL


def contents(case: Case) -> Mapping[str, Sealed | None]:
    """Name -> where it lies; None where the petitioner gave nothing. `material/1`, `attachment/2` in their order."""
    received, added = case.received, case.reception
    if received is None:
        return {}
    return {
        PETITION: received.petition,
        PETITIONER: received.petitioner,
        REPRESENTATIVES: received.representatives,
        CORRECTIONS: added.confirmed.corrections if added.confirmed else None,
        **{f"{MATERIAL}/{n}": each for n, each in enumerate(added.materials, start=1)},
        **{f"{ATTACHMENT}/{n}": each.attachment for n, each in enumerate(added.attachments, start=1)},
    }
