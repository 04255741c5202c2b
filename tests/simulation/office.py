"""Who listens to whom in the simulation, with the product's own policies, and the petitioners' letter box."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bus.incoming import Incoming
from chassis.service import Projection, Service
from chassis.workplace import Workplace
from notification import policies as notification_policies
from notification.intents import Due
from notification.main import _recorder
from notification.sender import Tools
from oversight import policies as oversight_policies
from revisit import policies as revisit_policies
from routing.use_cases import policies as routing_policies

if TYPE_CHECKING:
    from tests.simulation.world import World

LISTENS: Mapping[str, Sequence[str]] = {
    "intake": ("routing",),
    "routing": ("intake", "oversight"),
    "oversight": ("intake", "revisit", "routing"),
    "notification": ("intake", "revisit", "routing"),
    "revisit": ("routing",),
}
"""As the product's, without audit; intake and routing listen to one another."""

_POLICIES: Mapping[str, Any] = {
    "routing": routing_policies.POLICIES,
    "oversight": oversight_policies.POLICIES,
    "notification": notification_policies.POLICIES,
    "revisit": revisit_policies.POLICIES,
}


async def _project(connection: Any, events: Sequence[Incoming]) -> None:
    connection.project(events)


def _no_edges(_workplace: Any) -> Any:
    raise NotImplementedError


SERVICES = {
    name: Service(
        name=name,
        zh=name,
        build=_no_edges,
        policies=_POLICIES.get(name, {}),
        projections=(Projection("seen", frozenset(sources), (), _project),),
    )
    for name, sources in LISTENS.items()
}


class LetterBox:
    """What petitioners hold in hands: a file once there is never another one (notification.maildir)."""

    def __init__(self) -> None:
        self.letters: dict[str, bytes] = {}

    def deliver_many(self, documents: Mapping[str, bytes]) -> dict[str, bytes]:
        return {name: self.letters.setdefault(name, document) for name, document in documents.items()}


class LedgerIntents:
    """`notification.intents.Intents` beside the simulated ledger."""

    def __init__(self, ledger: Any) -> None:
        self._ledger = ledger

    async def due(self, limit: int, *, without: Collection[str]) -> Sequence[Due]:
        everything = await self._ledger.intents_due(1000)
        return [Due(key, at) for key, at in everything if key not in without][:limit]

    async def done(self, notice_keys: Sequence[str], at: datetime) -> None:
        await self._ledger.intents_done(notice_keys, at)

    async def open(self) -> int:
        return len(await self._ledger.intents_due(1000))


class NoTelemetry:
    """Where a span would begin, the trace just goes on."""

    @contextmanager
    def span(self, _name: str, traceparent: str = "") -> Iterator[tuple[None, str]]:
        yield None, traceparent


def sender_tools(world: World, workplace: Workplace) -> Tools:
    """What notification's sender works with, in one process: its own way of recording among it."""

    async def unit_name(unit_id: str) -> str | None:
        return unit_id

    ledger: Any = workplace.ledger
    letters: Any = world.letters
    return Tools(
        intents=LedgerIntents(ledger),
        lines=ledger,
        vault=world.vault,
        maildir=letters,
        record=_recorder(workplace),
        unit_name=unit_name,
        now=workplace.clock.now,
        receipt_key=b"k" * 32,
    )
