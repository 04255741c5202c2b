"""The embedded NATS server keeps what it acknowledged, its address and its users."""

import asyncio
import os
import signal
from typing import Any

import nats
import pytest
from nats.js.api import StorageType

from chassis.embedded.errors import ServerDidNotStart
from chassis.embedded.nats import EmbeddedNats
from tests.conftest import PrivateNats
from tests.servers import listening

USERS: dict[str, Any] = {
    "users": [
        {"user": "intake", "password": "p1", "permissions": {"publish": ["huiyin.intake.>"]}},
        {"user": "reader", "password": "p2", "permissions": {"publish": {"deny": [">"]}}},
    ]
}


async def stored(server: EmbeddedNats, stream: str) -> int:
    connection = await nats.connect(server.url)
    try:
        return int((await connection.jetstream().stream_info(stream)).state.messages)
    finally:
        await connection.close()


async def fill(server: EmbeddedNats, stream: str, messages: int) -> None:
    connection = await nats.connect(server.url)
    try:
        bus = connection.jetstream()
        await bus.add_stream(name=stream, subjects=[f"{stream}.>"], storage=StorageType.FILE)
        for number in range(messages):
            await bus.publish(f"{stream}.x", str(number).encode())
    finally:
        await connection.close()


async def test_streams_and_address_survive_a_stop_and_a_start(private_nats: PrivateNats) -> None:
    server = await private_nats()
    url = server.url
    await fill(server, "KEPT", 10)
    await server.stop()
    assert not server.alive()
    assert server.pid is None
    assert await server.start() == url
    assert await stored(server, "KEPT") == 10


async def test_what_was_acknowledged_survives_a_kill(private_nats: PrivateNats) -> None:
    server = await private_nats(fsync=True)
    await fill(server, "KEPT", 100)
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    assert await server.exited() == -signal.SIGKILL
    await server.start()
    assert await stored(server, "KEPT") == 100


async def test_it_syncs_always_unless_a_test_says_otherwise(private_nats: PrivateNats) -> None:
    server = await private_nats(fsync=True)
    assert '"sync_interval": "always"' in (server.state.path / "nats" / "server.json").read_text()


async def test_a_server_left_behind_is_ended_before_its_store_is_used_again(
    private_nats: PrivateNats,
) -> None:
    left_behind = await private_nats()
    await fill(left_behind, "KEPT", 3)
    new = EmbeddedNats(left_behind.state.path, fsync=False)
    try:
        await new.start()
        assert not left_behind.alive()
        assert await stored(new, "KEPT") == 3
    finally:
        await new.stop()


async def test_users_get_what_they_are_allowed_and_strangers_nothing(private_nats: PrivateNats) -> None:
    server = await private_nats(authorization=USERS)
    with pytest.raises((nats.errors.Error, OSError)):
        await nats.connect(server.url, allow_reconnect=False, error_cb=quiet)
    refused: asyncio.Queue[str] = asyncio.Queue()

    async def heard(error: Exception) -> None:
        refused.put_nowait(str(error))

    connection = await nats.connect(server.url, user="intake", password="p1", error_cb=heard)
    try:
        await connection.publish("huiyin.intake.v1.x", b"")
        await connection.publish("huiyin.routing.v1.x", b"")
        assert "huiyin.routing.v1.x" in await refused.get()
        assert refused.empty()
    finally:
        await connection.close()


async def test_users_can_be_replaced_while_it_runs(private_nats: PrivateNats) -> None:
    server = await private_nats(authorization=USERS)
    pid = server.pid
    await server.reload({"users": [{"user": "audit", "password": "p3"}]})
    async with asyncio.timeout(30):
        while True:
            try:
                connection = await nats.connect(
                    server.url, user="audit", password="p3", allow_reconnect=False, error_cb=quiet
                )
                break
            except (nats.errors.Error, OSError):
                await asyncio.sleep(0.02)
    await connection.close()
    assert server.pid == pid


async def test_a_taken_port_is_refused_if_it_was_asked_for_and_replaced_if_not(
    private_nats: PrivateNats,
) -> None:
    server = await private_nats()
    old = server.port
    await server.stop()
    with listening(old):
        with pytest.raises(ServerDidNotStart, match=f"port {old}"):
            await EmbeddedNats(server.state.path, port=old).start()
        await server.start()
        assert server.port != old


async def test_a_configuration_it_does_not_accept_is_shown(state_path: Any) -> None:
    server = EmbeddedNats(state_path, settings={"max_payload": "many"})
    with pytest.raises(ServerDidNotStart, match=r"server\.json:9"):
        await server.start()
    assert not server.alive()


async def test_the_shared_server_serves(nats_server: EmbeddedNats) -> None:
    connection = await nats.connect(nats_server.url)
    try:
        assert (await connection.jetstream().account_info()).limits.max_storage != 0
    finally:
        await connection.close()


async def quiet(_: Exception) -> None:
    """nats-py prints refused connections unless told where to put them."""
