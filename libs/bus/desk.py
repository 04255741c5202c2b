"""What an operator does about parked events: look, retry in order, or skip one with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bus.backoff import reason
from bus.delivery import Delivery
from bus.effect import Record, record_nothing
from bus.incoming import Item, React
from bus.parking import Parking, Retried, Skipped
from ledger.ports import Ledger


class NotParked(LookupError):
    """There is no such parked event; perhaps it was retried or skipped meanwhile."""


class NotFirst(ValueError):
    """Only the event that has waited longest can be skipped: the order of the others depends on it."""


class ReasonMissing(ValueError):
    """Whoever gives an event up says why."""


@dataclass(frozen=True, slots=True)
class RetryOutcome:
    """How far a retry came. `failure` says what stopped it; None: nothing of the key is parked any more."""

    key: str
    applied: int
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The parked events of one service. `reacts`: source -> the same reaction as its consumer has."""

    ledger: Ledger
    parking: Parking
    reacts: Mapping[str, React]
    record: Record = record_nothing

    async def retry(self, key: str) -> RetryOutcome:
        """Apply the parked events of a key in the order of their arrival, one transaction each, until one fails.

        The position is not moved: it has long passed them. What was applied is recorded at the end.
        """
        applied, failure, last_source = 0, None, ""
        while True:
            try:
                source = await self._apply_first(key)
            except Exception as error:
                failure = reason(error)
                break
            if source is None:
                break
            applied, last_source = applied + 1, source
        if applied:
            async with self.ledger.session() as session:
                await session.append(await self.record(session, Retried(last_source, key, applied)))
        return RetryOutcome(key, applied, failure)

    async def skip(self, key: str, source: str, position: int, why: str) -> None:
        """Give up the first parked event of a key, for ever; it is recorded with the reason.

        Raises ReasonMissing, NotParked or NotFirst. What waits behind it is not applied: retry() does that.
        """
        if not why.strip():
            raise ReasonMissing("say why the event is given up")
        async with self.ledger.session() as session, self.parking.within(session) as lot:
            parked = await lot.first(key)
            if parked is None:
                raise NotParked(f"nothing is parked under {key}")
            if (parked.source, parked.position) != (source, position):
                raise NotFirst(f"the first parked event of {key} is {parked.source} {parked.position}")
            await lot.remove(source, position)
            appends = await self.record(session, Skipped(source, position, key, why.strip()))
            await session.append(appends)

    async def _apply_first(self, key: str) -> str | None:
        """The source of the event that was applied; None when there is none left."""
        async with self.ledger.session() as session, self.parking.within(session) as lot:
            parked = await lot.first(key)
            if parked is None:
                return None
            delivery = Delivery(parked.position, parked.bytes, parked.hash)
            incoming = Item(parked.source, delivery, None).decoded()
            await lot.remove(parked.source, parked.position)
            appends = await self.reacts[parked.source](session, [incoming])
            await session.append(appends)
            return parked.source
