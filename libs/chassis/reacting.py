"""From a service's declaration to what its consumers do: project, then decide, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from bus.incoming import Incoming, React
from chassis.service import Intention, Moment, Service
from chassis.statutes import STATUTE
from chassis.workplace import Workplace, system_actor
from huiyin.codec import name_of
from huiyin.envelope.v1.envelope import CausedBy
from huiyin.registry import DECODERS
from huiyin.upcasts import UPCASTS
from ledger.context import Context
from ledger.lines import Append
from ledger.ports import Session
from ledger.reaction import Reaction, decide_many


def reacting(service: Service, source: str, workplace: Workplace) -> React:
    """What `service` does with a batch of events of `source`."""
    projections = [each for each in service.projections if source in each.sources]
    keeps_statute = STATUTE in projections
    policies = service.policies.get(source, {})

    async def react(session: Session, events: Sequence[Incoming]) -> Sequence[Append]:
        for projection in projections:
            if heeded := _of_kinds(events, projection.kinds):
                await projection.project(await session.begin(), heeded)
        if keeps_statute:
            await workplace.statutes.heard(session.begin, events)
        moment = Moment(now=workplace.clock.now(), statute=workplace.statute)
        reactions = [
            _reaction(workplace.service, incoming, intention)
            for incoming in events
            if (policy := policies.get(type(incoming.event))) is not None
            for intention in policy(incoming, moment)
        ]
        return await decide_many(session, reactions, workplace.clock) if reactions else ()

    return react


def ignored(service: Service, source: str) -> frozenset[str]:
    """The types of events of `source` about which `service` does nothing.

    A type that this program does not know is none of them: it may be newer than the program, and waits for that.
    """
    kinds = set(service.policies.get(source, {})).union(UPCASTS)
    for projection in service.projections:
        if source in projection.sources:
            if projection.kinds is None:
                return frozenset()
            kinds |= projection.kinds
    return frozenset(DECODERS) - {name_of(kind) for kind in kinds}


def _of_kinds(events: Sequence[Incoming], kinds: frozenset[type] | None) -> Sequence[Incoming]:
    return events if kinds is None else [each for each in events if type(each.event) in kinds]


def _reaction(service: str, incoming: Incoming, intention: Intention) -> Reaction:
    recorded = incoming.recorded
    context = Context(
        actor=system_actor(service),
        case_id=recorded.case_id,
        legal_basis=intention.legal_basis,
        caused_by=CausedBy(service=incoming.source, position=incoming.position),
        correlation_id=recorded.correlation_id,
        origin=recorded.origin,
        traceparent=incoming.traceparent,
        division=recorded.division,
        occurred_at=intention.occurred_at,
        after=recorded.recorded_at,
        intents=intention.intents,
    )
    return Reaction(intention.decider, intention.stream, intention.command, context)
