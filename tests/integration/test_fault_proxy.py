"""The proxy that makes links bad does to them what it says, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.faults.nemesis.proxy import Mode, Proxy

SOON_S = 5.0
"""What must happen."""
NOTHING_S = 0.1
"""What must not happen is watched for this long."""


class Ends:
    """A client and the server's side of its connection, with the proxy between them."""

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        self.served: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.served.put_nowait((reader, writer))

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.proxy.port)

    async def pair(self) -> tuple["Wire", "Wire"]:
        """(client, server), each to write to and to read from."""
        client = await self.connect()
        async with asyncio.timeout(SOON_S):
            return Wire(*client), Wire(*await self.served.get())


class Wire:
    """One end of a connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def say(self, data: bytes) -> None:
        self.writer.write(data)

    async def hear(self, data: bytes) -> None:
        async with asyncio.timeout(SOON_S):
            assert await self.reader.readexactly(len(data)) == data

    async def hear_nothing(self) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(NOTHING_S):
                assert await self.reader.read(1) is None

    async def is_reset(self) -> bytes:
        """What still came before the reset."""
        heard = b""
        async with asyncio.timeout(SOON_S):
            try:
                while data := await self.reader.read(100):
                    heard += data
            except ConnectionResetError:
                return heard
        pytest.fail("ended in good order")


@asynccontextmanager
async def _between() -> AsyncIterator[Ends]:
    ports: list[int] = []
    proxy = Proxy("test", lambda: ("127.0.0.1", ports[0]))
    ends = Ends(proxy)
    server = await asyncio.start_server(ends.serve, "127.0.0.1", 0)
    ports.append(server.sockets[0].getsockname()[1])
    await proxy.start()
    try:
        yield ends
    finally:
        await proxy.close()
        server.close()


@pytest.fixture
async def ends() -> AsyncIterator[Ends]:
    async with _between() as made:
        yield made


async def test_it_passes_both_ways_and_ends_in_good_order(ends: Ends) -> None:
    client, server = await ends.pair()
    client.say(b"question" * 10_000)
    await server.hear(b"question" * 10_000)
    server.say(b"answer")
    await client.hear(b"answer")
    server.writer.close()
    async with asyncio.timeout(SOON_S):
        assert await client.reader.read() == b""


async def test_latency_holds_everything_up_and_keeps_the_order(ends: Ends) -> None:
    client, server = await ends.pair()
    ends.proxy.behave(Mode(latency_s=3 * NOTHING_S))
    client.say(b"a")
    await server.hear_nothing()
    client.say(b"b")
    await server.hear(b"ab")


async def test_a_hole_one_way_keeps_what_is_said_until_it_is_healed(ends: Ends) -> None:
    client, server = await ends.pair()
    ends.proxy.behave(Mode(back=False))
    client.say(b"question")
    await server.hear(b"question")
    server.say(b"answer")
    await client.hear_nothing()
    ends.proxy.heal()
    await client.hear(b"answer")


async def test_half_open_means_nobody_hears_anything_not_even_the_end(ends: Ends) -> None:
    client, server = await ends.pair()
    ends.proxy.behave(Mode(forth=False, back=False))
    client.say(b"question")
    await server.hear_nothing()
    server.writer.close()
    await client.hear_nothing()
    ends.proxy.reset()
    assert await client.is_reset() == b""


async def test_a_reset_ends_every_connection_at_both_ends(ends: Ends) -> None:
    pairs = [await ends.pair() for _ in range(2)]
    ends.proxy.reset()
    for client, server in pairs:
        await client.is_reset()
        await server.is_reset()
    client, server = await ends.pair()
    client.say(b"again")
    await server.hear(b"again")


async def test_an_answer_is_cut_after_so_many_bytes(ends: Ends) -> None:
    client, server = await ends.pair()
    ends.proxy.behave(Mode(cut_after=3))
    server.say(b"answer")
    assert b"ans".startswith(await client.is_reset())
    await server.is_reset()


async def test_a_new_connection_is_accepted_and_left_hanging_until_healed(ends: Ends) -> None:
    ends.proxy.behave(Mode(accept="hang"))
    reader, writer = await ends.connect()
    client = Wire(reader, writer)
    client.say(b"anybody?")
    await client.hear_nothing()
    assert ends.served.empty()
    ends.proxy.heal()
    await client.is_reset()
    client, server = await ends.pair()
    client.say(b"now")
    await server.hear(b"now")


async def test_a_server_that_is_away_resets_its_clients() -> None:
    proxy = Proxy("nobody", lambda: ("127.0.0.1", 1))
    await proxy.start()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        await Wire(reader, writer).is_reset()
    finally:
        await proxy.close()
