"""What revisit does about what other services recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bus.incoming import Incoming
from chassis.service import Intention, Moment, Policy
from huiyin.envelope.v1.envelope import Origin
from huiyin.routing.v1.events import OpinionServed
from revisit.domain.case import AssignRevisit, QueueRevisit, case_decider
from statute.instants import civil_date

LEGAL_BASIS = "K18@1"


def stream_of(case_id: str) -> str:
    """The stream in which revisit records a case."""
    return f"revisit-case-{case_id}"


def when_opinion_served(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The unit that sent the case on calls back. Where it was the handler too, the revisit waits for another unit.

    Imported cases are history: nobody is called back about them.
    """
    if incoming.recorded.origin is Origin.IMPORT:
        return []
    served: OpinionServed = incoming.event
    return [
        Intention(
            decider=case_decider,
            stream=stream_of(served.case_id),
            command=_command(served, incoming, moment),
            legal_basis=LEGAL_BASIS,
        )
    ]


def _command(served: OpinionServed, incoming: Incoming, moment: Moment) -> AssignRevisit | QueueRevisit:
    served_on = civil_date(incoming.recorded.occurred_at)
    # The sender is the first receiver, so the event names no third unit to turn to.
    if served.from_unit_id in ("", served.unit_id):
        return QueueRevisit(
            at=moment.now,
            case_id=served.case_id,
            handler_unit_id=served.unit_id,
            served_on=served_on,
            statute=moment.statute,
        )
    return AssignRevisit(
        at=moment.now,
        case_id=served.case_id,
        unit_id=served.from_unit_id,
        handler_unit_id=served.unit_id,
        served_on=served_on,
        statute=moment.statute,
    )


POLICIES: Mapping[str, Mapping[type, Policy]] = {"routing": {OpinionServed: when_opinion_served}}
