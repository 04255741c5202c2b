"""The reader on FastStream: its batch pull subscriber, with another way of pulling.

FastStream's own loop lingers for a full batch, creates a missing durable without a word, ignores the broker's
inbox prefix, swallows a failed handler and goes on with the next batch. What is kept of it is the rest: the
broker's connection, its middlewares (telemetry among them), parsing, and the life cycle of a subscriber.
`PRIVATE_NAMES` lists what this file relies on beyond FastStream's documentation; a test pins it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.subscriber.usecases import BatchPullStreamSubscriber
from faststream.security import SASLPlaintext

from bus.delivery import Delivery, Handle, Restore, delivery
from bus.pull import EagerPull, Guard, PullLimits, pump
from bus.subjects import all_subjects, durable_name, inbox_prefix, stream_name

FASTSTREAM_VERSION = "0.7.8"
PRIVATE_NAMES = (
    "_create_subscription",
    "_consume_pull",
    "process_message",
    "add_task",
    "tasks",
    "subscription",
)

PING_INTERVAL_S = 10
"""A half-open connection is noticed after two of them, not after the library's four minutes."""
CONNECT_TIMEOUT_S = 5


def make_broker(
    url: str, service: str, *, user: str | None = None, password: str | None = None, **options: Any
) -> NatsBroker:
    """A broker for a service's readers: waits for its server for ever, decodes nothing, logs nothing.

    Start it before its readers, stop it after them. `options` go to NatsBroker (middlewares …) and win over
    what is set here.
    """
    settings: dict[str, Any] = {
        "name": f"{service}-reader",
        "inbox_prefix": inbox_prefix(service),
        "apply_types": False,
        "logger": None,
        "connect_timeout": CONNECT_TIMEOUT_S,
        "ping_interval": PING_INTERVAL_S,
        "max_reconnect_attempts": -1,
        "reconnect_time_wait": 0.5,
        "ack_policy": AckPolicy.MANUAL,
    }
    if user is not None:
        settings["security"] = SASLPlaintext(user, password or "", use_ssl=False)
    return NatsBroker(url, **{**settings, **options})


class EagerBatchSubscriber(BatchPullStreamSubscriber):  # type: ignore[misc]
    """FastStream's batch subscriber with one request outstanding and acknowledgement after the handler."""

    pull: EagerPull
    guard: Guard
    subscription: Any

    async def _create_subscription(self) -> None:
        if self.subscription:
            return
        await self.pull.open()
        self.subscription = self.pull
        self.add_task(self._consume_pull, restart_on_failure=False)

    async def _consume_pull(self) -> None:
        await pump(self.pull, self.guard, self.process_message)


async def _deliveries(message: Any) -> list[Delivery]:
    """FastStream's decoder slot: raw messages in, deliveries out, no guessing at content types."""
    return [delivery(raw) for raw in message.raw_message]


class StreamReader:
    """Reads a source's stream for a service over a started broker; see bus.delivery.Reader."""

    def __init__(
        self,
        broker: NatsBroker,
        service: str,
        source: str,
        restore: Restore | None = None,
        limits: PullLimits | None = None,
    ) -> None:
        self._broker = broker
        self._service = service
        self._source = source
        self._stream = stream_name(source)
        self._durable = durable_name(service, source)
        self._restore = restore
        self._limits = limits or PullLimits()
        self._guard: Guard | None = None

    @property
    def trouble(self) -> str | None:
        """What the reader is waiting for; None while all is well."""
        return self._guard.trouble if self._guard else None

    async def run(self, handle: Handle) -> None:
        """Until cancelled."""
        guard = self._looked_after()
        await guard.require()
        subscriber = self._subscriber(guard, handle)
        await subscriber.start()
        (reading,) = subscriber.tasks
        try:
            await reading
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await reading
            await subscriber.stop()

    async def owed(self) -> int | None:
        """Messages still to be brought or acknowledged; None if the server does not say."""
        return await self._looked_after().owed()

    def _looked_after(self) -> Guard:
        if self._guard is None:
            client = self._broker.config.connection_state.connection
            self._guard = Guard(client, self._stream, self._durable, self._restore)
        return self._guard

    def _subscriber(self, guard: Guard, handle: Handle) -> EagerBatchSubscriber:
        """FastStream builds and registers its own subscriber; ours takes its place with the same parts."""
        subscriber: Any = self._broker.subscriber(
            all_subjects(self._source),
            stream=JStream(self._stream, declare=False),
            durable=self._durable,
            pull_sub=PullSub(batch_size=self._limits.batch, batch=True),
            inbox_prefix=f"{inbox_prefix(self._service)}.".encode(),
            ack_policy=AckPolicy.MANUAL,
            decoder=_deliveries,
            no_reply=True,
            persistent=False,
        )

        async def hand_over(batch: Sequence[Delivery]) -> None:
            await handle(batch)

        subscriber(hand_over)
        subscriber.__class__ = EagerBatchSubscriber
        subscriber.guard = guard
        subscriber.pull = EagerPull(
            self._broker.config.connection_state.connection,
            self._stream,
            self._durable,
            inbox_prefix(self._service),
            self._limits,
        )
        return subscriber  # type: ignore[no-any-return]
