"""When the relay reads: ahead where more is waiting, and a few lines not before the ones before them are stored."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

from bus.connection import Connection, connect
from bus.publisher import MAX_MESSAGES
from bus.relay import Relay
from bus.topology import apply
from ledger.lines import Line
from tests.conftest import PrivateNats
from tests.integration.bus_sending import MadeUpLedger, differences, eventually


class WatchedLedger(MadeUpLedger):
    """Notes how far the stream certainly was when it was first read from each position on."""

    def __init__(self, service: str, count: int = 0) -> None:
        super().__init__(service, count)
        self.relay: Relay | None = None
        self.stored: dict[int, int] = {}

    async def read(self, after: int, limit: int, stream: str | None = None) -> Sequence[Line]:
        if self.relay is not None:
            self.stored.setdefault(after, self.relay.state.relayed)
        return await super().read(after, limit, stream)


async def test_more_is_read_while_a_full_batch_is_stored_and_after_a_few_only_once_they_are(
    private_nats: PrivateNats,
) -> None:
    server = await private_nats()
    connection = Connection(lambda: connect(server.url, name="test"))
    client = await connection.client()
    await apply(client, ["intake"], {})
    few = 2 * MAX_MESSAGES + 3
    ledger = WatchedLedger("intake", few)
    relay = ledger.relay = Relay(ledger, connection, "intake")
    task = asyncio.create_task(relay.run())
    try:
        await eventually(lambda: few in ledger.stored)
        ledger.grow(3)
        await eventually(lambda: few + 3 in ledger.stored)
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    assert await differences(client, ledger) == []
    assert ledger.stored[2 * MAX_MESSAGES] == MAX_MESSAGES
    assert (ledger.stored[few], ledger.stored[few + 3]) == (few, few + 3)
    await connection.close()
