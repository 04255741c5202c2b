"""In what form a petition is handed in: alone or together, openly or in confidence (domain.md §4d, P6, P14)."""

from __future__ import annotations

import re

from huiyin.common.v1.types import Channel
from huiyin.intake.v1.events import CaseReceived, Filing, Jointness
from intake.domain import refusals_reception as refusals

MAX_REPRESENTATIVES = 5
"""信访工作条例 第二十条 [K]; 2005 条例 第十八条 [T05]. It bounds names entered, never signatures or visitors."""

COLLECTIVE_FROM = 5
"""Visitors from whom on a visit is a collective one 集体访 [K]."""

IDENTIFYING = frozenset({"petitioner", "representatives"})
"""Items that say who petitions."""

_EXTERNAL_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_OF_A_PERSON = re.compile(r"1[3-9][0-9]{9}|[0-9]{17}[0-9Xx]|[0-9]{15}")
"""A mobile number; a citizen's number of 18 or, before 1999, of 15 digits."""


def jointness(channel: Channel, petitioners: int) -> Jointness:
    """Computed, not asked."""
    if petitioners == 1:
        return Jointness.SINGLE
    if channel is Channel.VISIT and petitioners >= COLLECTIVE_FROM:
        return Jointness.COLLECTIVE_VISIT
    return Jointness.JOINT


def filing(
    *, channel: Channel, confidential: bool, external_number: str, petitioners: int, representatives: int
) -> Filing:
    """The facets of a filing. Refuses what P6 and P14 forbid; no number of people is too large."""
    if representatives > MAX_REPRESENTATIVES:
        raise refusals.TooManyRepresentatives(MAX_REPRESENTATIVES, representatives)
    if petitioners < max(1, representatives):
        raise refusals.NumberContradicted(petitioners, representatives)
    if external_number and not names_an_order(external_number):
        raise refusals.ExternalNumberUnfit()
    return Filing(
        confidential=confidential,
        external_number=external_number,
        jointness=jointness(channel, petitioners),
        petitioners=petitioners,
        representatives=representatives,
    )


def names_an_order(text: str) -> bool:
    """Whether it can be the number of an order or document; what looks like a person's number cannot."""
    bare = text.replace("-", "")
    return _EXTERNAL_NUMBER.fullmatch(text) is not None and _OF_A_PERSON.fullmatch(bare) is None


def refuse_identity(received: CaseReceived, unit_id: str, items: tuple[str, ...]) -> None:
    """Refuses to name a petitioner who asked for confidence to any unit but the first receiver."""
    confidential = received.filing is not None and received.filing.confidential
    if confidential and IDENTIFYING & set(items) and unit_id != received.first_receiver_unit_id:
        raise refusals.IdentityConfidential(received.first_receiver_unit_id)
