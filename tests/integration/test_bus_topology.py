"""The topology program on a real server: declared, idempotent, its drift shown."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator

import pytest
from nats.aio.client import Client

from bus import topology
from bus.connection import connect
from bus.jetstream import ApiError, call, consumers, delete_consumer, stream_info
from bus.publisher import Publisher
from bus.relay import batch_of
from bus.topology import EMBEDDED, PRODUCTION, Limits, apply, check
from chassis.embedded.nats import EmbeddedNats
from tests.conftest import PrivateNats
from tests.integration.bus_sending import MadeUpLedger, differences

SERVICES = ["intake", "routing", "oversight"]
LISTENS = {"routing": ["intake"], "oversight": ["intake", "routing"], "intake": ["routing"]}


@pytest.fixture
async def client(private_nats: PrivateNats) -> AsyncIterator[Client]:
    server: EmbeddedNats = await private_nats()
    there = await connect(server.url, name="topology")
    yield there
    await there.close()


async def shown(client: Client) -> list[str]:
    return [str(difference) for difference in await check(client, SERVICES, LISTENS)]


async def test_everything_that_is_missing_is_shown_then_made_and_the_second_time_nothing_is_left(
    client: Client,
) -> None:
    missing = await shown(client)
    assert "stream HUIYIN_INTAKE: missing" in missing
    assert "durable oversight-on-routing: missing" in missing
    assert len(missing) == 3 + 4
    assert [str(done) for done in await apply(client, SERVICES, LISTENS)] == missing
    assert await shown(client) == []
    assert await apply(client, SERVICES, LISTENS) == []


async def test_the_server_keeps_what_is_declared(client: Client) -> None:
    await apply(client, SERVICES, LISTENS)
    info = await stream_info(client, "HUIYIN_INTAKE")
    assert info is not None
    for field in ("deny_delete", "deny_purge", "allow_atomic", "allow_direct"):
        assert info["config"][field] is True
    assert (info["config"]["storage"], info["config"]["discard"]) == ("file", "new")
    durable = (await consumers(client, "HUIYIN_INTAKE"))["routing-on-intake"]["config"]
    assert (durable["ack_policy"], durable["max_deliver"]) == ("explicit", -1)
    assert "filter_subject" not in durable
    assert "filter_subjects" not in durable


async def test_a_changed_stream_and_a_changed_durable_are_shown_with_both_values_and_brought_back(
    client: Client,
) -> None:
    await apply(client, SERVICES, LISTENS)
    info = await stream_info(client, "HUIYIN_INTAKE")
    assert info is not None
    await call(client, "STREAM.UPDATE.HUIYIN_INTAKE", {**info["config"], "discard": "old"})
    found = (await consumers(client, "HUIYIN_ROUTING"))["intake-on-routing"]["config"]
    await call(
        client,
        "CONSUMER.CREATE.HUIYIN_ROUTING.intake-on-routing",
        {"stream_name": "HUIYIN_ROUTING", "config": {**found, "max_deliver": 3}, "action": "update"},
    )
    drift = await shown(client)
    assert drift == [
        "stream HUIYIN_INTAKE: different (discard: declared 'new', found 'old')",
        "durable intake-on-routing: different (max_deliver: declared -1, found 3)",
    ]
    await apply(client, SERVICES, LISTENS)
    assert await shown(client) == []


async def test_a_durable_that_nobody_declares_any_more_is_removed_and_a_missing_one_made(
    client: Client,
) -> None:
    await apply(client, SERVICES, {**LISTENS, "intake": ["routing", "oversight"]})
    await delete_consumer(client, "HUIYIN_INTAKE", "routing-on-intake")
    assert sorted(await shown(client)) == [
        "durable intake-on-oversight: undeclared",
        "durable routing-on-intake: missing",
    ]
    await apply(client, SERVICES, LISTENS)
    assert await shown(client) == []


async def test_an_update_keeps_the_messages_and_the_place_of_a_durable(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await apply(client, SERVICES, LISTENS)
    ledger = MadeUpLedger("intake", 30)
    publisher = Publisher()
    await publisher.publish(client, batch_of(0, ledger.lines))
    await publisher.close()
    before = (await consumers(client, "HUIYIN_INTAKE"))["routing-on-intake"]["created"]
    monkeypatch.setattr(topology, "VERSION", "2")
    await apply(client, SERVICES, LISTENS, dataclasses.replace(EMBEDDED, max_bytes=10**9))
    assert await differences(client, ledger) == []
    assert (await consumers(client, "HUIYIN_INTAKE"))["routing-on-intake"]["created"] == before


async def test_a_new_listener_begins_after_its_position_but_never_beyond_the_stream(client: Client) -> None:
    await apply(client, SERVICES, {})
    ledger = MadeUpLedger("intake", 30)
    publisher = Publisher()
    await publisher.publish(client, batch_of(0, ledger.lines))
    await publisher.close()

    async def position_of(service: str, source: str) -> int:
        return {"routing": 12, "oversight": 99}[service]

    await apply(client, ["intake"], {"routing": ["intake"], "oversight": ["intake"]}, EMBEDDED, position_of)
    found = await consumers(client, "HUIYIN_INTAKE")
    assert found["routing-on-intake"]["config"]["opt_start_seq"] == 13
    assert found["oversight-on-intake"]["config"]["opt_start_seq"] == 31


async def test_a_message_beyond_the_limit_and_a_deletion_are_refused_by_the_stream(client: Client) -> None:
    await apply(client, ["intake"], {})
    ledger = MadeUpLedger("intake")
    ledger.grow(1, size=90_000)
    publisher = Publisher()
    with pytest.raises(ApiError):
        await publisher.publish(client, batch_of(0, ledger.lines))
    await publisher.close()
    with pytest.raises(ApiError):
        await call(client, "STREAM.PURGE.HUIYIN_INTAKE", {})
    with pytest.raises(ApiError):
        await call(client, "STREAM.MSG.DELETE.HUIYIN_INTAKE", {"seq": 1})


async def test_production_asks_for_three_replicas_and_ninety_days() -> None:
    config = topology.stream_config("intake", PRODUCTION)
    assert config["num_replicas"] == 3
    assert config["max_age"] == 90 * 24 * 3600 * 10**9
    assert Limits(replicas=1, max_age_days=None) == EMBEDDED
