"""Notification, put together."""

from __future__ import annotations

from pathlib import Path

from chassis.directory import DIRECTORY
from chassis.service import Intention, Parts, Service, Ticker
from chassis.telemetry_names import SPAN_SEND
from chassis.workplace import Workplace
from notification.domain.case import case_decider
from notification.domain.commands import NotificationCommand
from notification.edges import router
from notification.intents import PostgresIntents
from notification.maildir import Maildir
from notification.notices import NOTICES
from notification.policies import POLICIES, stream_of
from notification.query_code import KEY_NAME
from notification.sender import Prepared, Record, Sender, Tools, UnitName

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
        tickers=(Ticker("sender", INTERVAL_S, sender.run),),
        pending=sender.pending,
    )


def _recorder(workplace: Workplace) -> Record:
    async def record(prepared: Prepared, command: NotificationCommand) -> None:
        case_id, recorded = prepared.notice.case_id, prepared.recorded
        with workplace.telemetry.span(SPAN_SEND, recorded.traceparent) as (_, traceparent):
            await workplace.record(
                Intention(decider=case_decider, stream=stream_of(case_id), command=command),
                case_id=case_id,
                division=recorded.division,
                correlation_id=recorded.correlation_id,
                traceparent=traceparent,
            )

    return record


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
    schema=Path(__file__).parent / "schema",
)
