"""The reader on nats-py alone: the fallback behind the same port, and the measure for the other one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bus.delivery import Handle, Restore, delivery
from bus.pull import EagerPull, Guard, PullLimits, pump
from bus.subjects import durable_name, inbox_prefix, stream_name


class PlainReader:
    """Reads a source's stream for a service over a connected nats-py client; see bus.delivery.Reader."""

    def __init__(
        self,
        client: Any,
        service: str,
        source: str,
        restore: Restore | None = None,
        limits: PullLimits | None = None,
    ) -> None:
        self._client = client
        self._limits = limits or PullLimits()
        self._inbox = inbox_prefix(service)
        self._stream = stream_name(source)
        self._durable = durable_name(service, source)
        self._guard = Guard(client, self._stream, self._durable, restore)

    @property
    def trouble(self) -> str | None:
        """What the reader is waiting for; None while all is well."""
        return self._guard.trouble

    async def run(self, handle: Handle) -> None:
        """Until cancelled."""

        async def hand_over(batch: Sequence[Any]) -> None:
            await handle([delivery(message) for message in batch])

        await self._guard.require()
        pull = EagerPull(self._client, self._stream, self._durable, self._inbox, self._limits)
        await pull.open()
        try:
            await pump(pull, self._guard, hand_over)
        finally:
            await pull.unsubscribe()

    async def owed(self) -> int | None:
        """Messages still to be brought or acknowledged; None if the server does not say."""
        return await self._guard.owed()
