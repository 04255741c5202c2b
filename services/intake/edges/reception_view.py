"""What is shown of a case's reception: how it came in, how late it was keyed in, what was added. Nothing personal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.clock import shown
from huiyin.intake.v1.events import CaseReceived, Filing, Jointness, UrgentMatterFlagged, UrgentMatterReported
from intake.domain.case import Case
from intake.domain.oral_record import standing
from intake.domain.receipt_text import key_in_gap_days
from ledger.envelopes import Recorded
from statute.instants import civil_date

_BEFORE = Filing(
    confidential=False, external_number="", jointness=Jointness.SINGLE, petitioners=1, representatives=0
)
"""What was recorded before this was asked."""


def reception_view(case: Case, history: Sequence[Recorded[Any]]) -> dict[str, Any]:
    """`history` is everything recorded about the case, in order; its first is the receipt."""
    first = history[0]
    received: CaseReceived = first.event
    filing, added = received.filing or _BEFORE, case.reception
    return {
        "anonymous": received.anonymous,
        "confidential": filing.confidential,
        "jointness": filing.jointness.name.lower(),
        "petitioners": filing.petitioners,
        "representatives": filing.representatives,
        "external_number": filing.external_number or None,
        **_key_in(first),
        "oral_record": standing(received, added.confirmed),
        "materials": len(added.materials),
        "attachments": [
            {
                "item": f"attachment/{n}",
                "media_type": each.media_type,
                "size_bytes": each.size_bytes,
                "scan": each.scan.name.lower(),
                "by": each.unit_id or "petitioner",
            }
            for n, each in enumerate(added.attachments, start=1)
        ],
        "urgent_matter": _urgent(history),
    }


def _key_in(first: Recorded[Any]) -> dict[str, Any]:
    """K0: when it arrived against when it was keyed in."""
    envelope, deadline = first.envelope, first.event.key_in_deadline
    return {
        "received_at": shown(envelope.occurred_at),
        "recorded_at": shown(envelope.recorded_at),
        "key_in_gap_days": key_in_gap_days(envelope.occurred_at, envelope.recorded_at),
        "key_in_due_on": deadline.due_on.isoformat() if deadline else None,
        "keyed_in_late": bool(deadline) and civil_date(envelope.recorded_at) > deadline.due_on,
    }


def _urgent(history: Sequence[Recorded[Any]]) -> dict[str, Any] | None:
    """K12, P12: known when, told whom and when, recorded when, side by side. No report: the gap is there to see."""
    flag = next((each for each in history if isinstance(each.event, UrgentMatterFlagged)), None)
    if flag is None:
        return None
    due_at = flag.event.report_deadline.due_at
    return {
        "aware_at": shown(flag.event.aware_at),
        "flagged_at": shown(flag.envelope.recorded_at),
        "flagged_by": flag.event.unit_id,
        "report_due_at": shown(due_at) if due_at else None,
        "reports": [
            {
                "by": each.event.unit_id,
                "to": list(each.event.to_unit_ids),
                "reported_at": shown(each.event.reported_at),
                "recorded_at": shown(each.envelope.recorded_at),
                "after_s": int((each.event.reported_at - each.event.aware_at).total_seconds()),
                "recorded_late": due_at is not None and each.envelope.recorded_at > due_at,
            }
            for each in history
            if isinstance(each.event, UrgentMatterReported)
        ],
    }
