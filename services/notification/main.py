"""Notification, put together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from chassis.directory import DIRECTORY
from chassis.service import Parts, Service, Ticker
from chassis.telemetry_names import SPAN_SEND
from chassis.workplace import Workplace
from ledger.reaction import Reaction, decide_many
from notification.domain.case import case_decider
from notification.domain.commands import NotificationCommand
from notification.edges import router
from notification.intents import PostgresIntents
from notification.maildir import Maildir
from notification.notices import NOTICES
from notification.policies import POLICIES, stream_of
from notification.query_code import KEY_NAME
from notification.recall import recall
from notification.sender import BATCH, Prepared, Record, Sender, Tools, UnitName

INTERVAL_S = 0.1
"""A petitioner at the counter gets the receipt at once."""


def build(workplace: Workplace) -> Parts:
    """Notification with its sender, which writes into the maildir of the state directory."""
    sender = Sender(
        Tools(
            intents=PostgresIntents(workplace.pool),
            lines=workplace.ledger,
            vault=workplace.vault,
            maildir=Maildir(workplace.state / "notices" / "maildir"),
            record=_recorder(workplace),
            unit_name=_names(workplace),
            now=workplace.clock.now,
            receipt_key=workplace.keys[KEY_NAME],
        )
    )
    return Parts(
        router=router(workplace),
        tickers=(Ticker("sender", INTERVAL_S, sender.run, bound=BATCH),),
        pending=sender.pending,
    )


def _recorder(workplace: Workplace) -> Record:
    async def record(told: Sequence[tuple[Prepared, NotificationCommand]]) -> None:
        with ExitStack() as spans:
            reactions = [_reaction(workplace, spans, *each) for each in told]
            if len(reactions) > 1:
                async with workplace.ledger.session(begun=False) as session:
                    await session.append(await decide_many(session, reactions, workplace.clock))
                return
            for (
                each
            ) in reactions:  # Tries again where another writer was faster, and says who is unavailable.
                await workplace.repository.execute(each.decider, each.stream, each.command, each.context)

    return record


def _reaction(
    workplace: Workplace, spans: ExitStack, prepared: Prepared, command: NotificationCommand
) -> Reaction:
    case_id, recorded = prepared.notice.case_id, prepared.recorded
    _, traceparent = spans.enter_context(workplace.telemetry.span(SPAN_SEND, recorded.traceparent))
    context = workplace.context(
        None,
        case_id=case_id,
        division=recorded.division,
        correlation_id=recorded.correlation_id,
        traceparent=traceparent,
    )
    return Reaction(case_decider, stream_of(case_id), command, context)


def _names(workplace: Workplace) -> UnitName:
    async def unit_name(unit_id: str) -> str | None:
        unit = await workplace.directory.get(unit_id)
        return unit.name if unit else None

    return unit_name


SERVICE = Service(
    name="notification",
    zh="告知",
    build=build,
    policies=POLICIES,
    projections=(DIRECTORY, NOTICES),
    recall=recall,
    schema=Path(__file__).parent / "schema",
)
