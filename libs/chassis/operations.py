"""What a service records about its own running, in its own ledger: rebuilt streams, parked and skipped events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import httpx

from bus.connection import Connection, connect
from bus.parking import Parked, Retried, Skipped
from bus.reconciler import OnHalt, Reconciler
from bus.relay import Relay
from bus.subjects import keeper_name
from chassis.installation import Installation
from chassis.topology import listens, position_of
from chassis.workplace import Workplace
from huiyin.platform.v1.events import (
    EventParked,
    OperationEvent,
    ParkedEventSkipped,
    ParkedEventsRetried,
    StreamRebuilt,
)
from ledger.decider import Decider
from ledger.lines import Append, IdempotencyKey
from ledger.ports import Session
from ledger.reaction import Reaction, decide_many


def _fact(_: None, event: OperationEvent) -> Sequence[OperationEvent]:
    return [event]


def _nothing(state: None, _: OperationEvent) -> None:
    return state


operations_decider: Decider[None, OperationEvent, OperationEvent] = Decider(
    initial=None, decide=_fact, evolve=_nothing
)
"""What happened is recorded as it is: nothing is decided about it."""


class Operations:
    """Records what happened to the running of one service."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._stream = f"{workplace.service}-stream-{workplace.service}"

    async def parked(self, session: Session, fact: Parked | Retried | Skipped) -> Sequence[Append]:
        """The append that records what happened to a parked event, in the transaction in which it happens."""
        reaction = Reaction(
            operations_decider, self._stream, _event(fact), self._workplace.context(None, case_id=None)
        )
        return await decide_many(session, [reaction], self._workplace.clock)

    async def rebuilt(self, damage: str) -> None:
        """The stream is about to be rebuilt. The same damage told again is recorded once."""
        workplace = self._workplace
        head, _ = await workplace.ledger.head()
        event = StreamRebuilt(service=workplace.service, damage=damage, head=head)
        digest = sha256(damage.encode()).digest()
        context = replace(
            workplace.context(None, case_id=None),
            idempotency=IdempotencyKey(workplace.service, "rebuild", digest.hex(), digest),
        )
        await workplace.repository.execute(operations_decider, self._stream, event, context)

    def reconciler(
        self, relay: Relay, installation: Installation, *, on_halt: OnHalt
    ) -> tuple[Reconciler, Connection, httpx.AsyncClient]:
        """The reconciler of the service's stream, and what must be closed after it."""
        keeper = keeper_name(self._workplace.service)
        connection = Connection(
            lambda: connect(installation.nats, user=keeper, password=installation.password(keeper))
        )
        http = httpx.AsyncClient(trust_env=False)

        async def applied(service: str, source: str) -> int:
            return await position_of(installation, http, service, source)

        reconciler = Reconciler(
            relay,
            self._workplace.ledger,
            connection,
            listens=listens(),
            position_of=applied,
            record=self.rebuilt,
            on_halt=on_halt,
        )
        return reconciler, connection, http


def _event(fact: Parked | Retried | Skipped) -> Any:
    match fact:
        case Parked():
            return EventParked(
                source=fact.source, position=fact.position, stream=fact.key, reason=fact.reason
            )
        case Retried():
            return ParkedEventsRetried(source=fact.source, stream=fact.key, count=fact.count)
        case Skipped():
            return ParkedEventSkipped(
                source=fact.source, position=fact.position, stream=fact.key, reason=fact.reason
            )
