"""Least privilege, tried on a real server: every identity does all it must and nothing else.

The matrix is generated: each subject that any identity may use is tried by every other identity. A denied
publish shows only as an asynchronous error, so each client collects its errors.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import nats
import pytest
from nats.aio.client import Client
from nats.errors import AuthorizationError, NoServersError

from bus import jetstream
from bus.connection import Connection, connect
from bus.jetstream import Unavailable, call, delete_stream
from bus.publisher import Publisher
from bus.reconciler import Reconciler
from bus.relay import Relay, batch_of
from bus.stored import read_many, read_one
from bus.subjects import OBSERVER, TOPOLOGY, keeper_name
from bus.topology import apply, check
from bus.users import User, authorization, user_names, users
from chassis.embedded.nats import EmbeddedNats
from tests.conftest import PrivateNats
from tests.integration.bus_sending import MadeUpLedger, differences, eventually

SERVICES = ["intake", "routing", "intake_sealed"]
LISTENS = {"routing": ["intake"], "intake": ["routing"]}
PASSWORDS = {name: f"secret-of-{name}" for name in user_names(SERVICES)}
EVERYONE = users(SERVICES, LISTENS)
BEYOND = [
    "$JS.API.STREAM.PURGE.HUIYIN_INTAKE",
    "$JS.API.STREAM.MSG.DELETE.HUIYIN_INTAKE",
    "$JS.API.STREAM.SNAPSHOT.HUIYIN_INTAKE",
    "$JS.API.STREAM.RESTORE.HUIYIN_INTAKE",
    "$JS.API.STREAM.CREATE.MINE",
    "$JS.API.CONSUMER.DURABLE.CREATE.HUIYIN_INTAKE.mine",
    "$JS.API.CONSUMER.CREATE.HUIYIN_INTAKE",
    "$JS.API.CONSUMER.PAUSE.HUIYIN_INTAKE.routing-on-intake",
    "$JS.API.STREAM.LEADER.STEPDOWN.HUIYIN_INTAKE",
    "$JS.API.META.LEADER.STEPDOWN",
    "$JS.API.ACCOUNT.PURGE.$G",
    "$SYS.REQ.SERVER.PING",
    "_INBOX_intake.forged",
    "_INBOX_routing.forged",
    "elsewhere",
]
"""Nobody's."""


def concrete(subject: str) -> str:
    """A subject that the pattern covers."""
    return subject.replace("*", "anything").replace(">", "any.thing")


def covers(pattern: str, subject: str) -> bool:
    wanted, given = pattern.split("."), subject.split(".")
    for index, token in enumerate(wanted):
        if token == ">":
            return len(given) > index
        if index >= len(given) or token not in ("*", given[index]):
            return False
    return len(wanted) == len(given)


class Tried:
    """A connected identity and the permission errors it was told of."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.errors: list[str] = []
        self.client = Client()

    async def open(self, url: str) -> Tried:
        async def collect(error: Exception) -> None:
            self.errors.append(str(error).lower())

        self.client = await connect(
            url, user=self.user.name, password=PASSWORDS[self.user.name], report=collect
        )
        return self

    def denied(self, what: str, subject: str) -> bool:
        wanted = f'permissions violation for {what} to "{subject}"'.lower()
        return any(wanted in error for error in self.errors)


@pytest.fixture
async def server(private_nats: PrivateNats) -> EmbeddedNats:
    return await private_nats(authorization=authorization(SERVICES, LISTENS, PASSWORDS))


@pytest.fixture
async def topology(server: EmbeddedNats) -> AsyncIterator[Client]:
    client = await connect(server.url, user=TOPOLOGY, password=PASSWORDS[TOPOLOGY])
    await apply(client, SERVICES, LISTENS)
    yield client
    await client.close()


@pytest.mark.parametrize("user", EVERYONE, ids=lambda user: user.name)
async def test_no_identity_publishes_where_it_has_no_business(
    user: User, server: EmbeddedNats, topology: Client
) -> None:
    subjects = {concrete(subject) for other in EVERYONE for subject in other.publish} | set(BEYOND)
    forbidden = sorted(s for s in subjects if not any(covers(mine, s) for mine in user.publish))
    tried = await Tried(user).open(server.url)
    for subject in forbidden:
        await tried.client.publish(subject, b"{}")
    await tried.client.flush()
    await eventually(lambda: all(tried.denied("publish", subject) for subject in forbidden), 10)
    assert len(forbidden) > len(BEYOND)
    await tried.client.close()
    assert await check(topology, SERVICES, LISTENS) == []


@pytest.mark.parametrize("user", EVERYONE, ids=lambda user: user.name)
async def test_no_identity_overhears_events_or_the_answers_to_others(
    user: User, server: EmbeddedNats
) -> None:
    others = {concrete(subject) for other in EVERYONE for subject in other.subscribe}
    foreign = {s for s in others if not any(covers(mine, s) for mine in user.subscribe)}
    forbidden = sorted(foreign | {"huiyin.>", "huiyin.intake.>", ">", "$JS.>", "$SYS.>", "*.>"})
    assert len(foreign) == len(EVERYONE) - 1
    tried = await Tried(user).open(server.url)
    for subject in forbidden:
        await tried.client.subscribe(subject)
    await tried.client.flush()
    what = "subscription"
    await eventually(lambda: all(tried.denied(what, subject) for subject in forbidden), 10)
    await tried.client.close()


async def test_the_matrix_would_notice_a_right_too_many(server: EmbeddedNats, topology: Client) -> None:
    tried = await Tried(next(user for user in EVERYONE if user.name == "intake")).open(server.url)
    await tried.client.publish("huiyin.intake.v1.Allowed.00.00.00", b"")
    await tried.client.publish("huiyin.routing.v1.Denied.00.00.00", b"")
    await tried.client.flush()
    await eventually(lambda: tried.denied("publish", "huiyin.routing.v1.denied.00.00.00"))
    assert not tried.denied("publish", "huiyin.intake.v1.allowed.00.00.00")
    await tried.client.close()


async def test_nobody_connects_without_a_name_or_with_a_wrong_password(server: EmbeddedNats) -> None:
    for credentials in ({}, {"user": "intake", "password": "guess"}):
        with pytest.raises((AuthorizationError, NoServersError, nats.errors.Error)):
            await nats.connect(server.url, allow_reconnect=False, **credentials)


async def test_relay_and_reconciler_can_do_all_they_must(server: EmbeddedNats, topology: Client) -> None:
    def opened(user: str) -> Connection:
        return Connection(lambda: connect(server.url, user=user, password=PASSWORDS[user]))

    async def position_of(service: str, source: str) -> int:
        return 20

    async def record(damage: str) -> None:
        ledger.grow(1)

    ledger = MadeUpLedger("intake", 700)
    service, keeper = opened("intake"), opened(keeper_name("intake"))
    relay = Relay(ledger, service, "intake")
    reconciler = Reconciler(relay, ledger, keeper, listens=LISTENS, position_of=position_of, record=record)
    task = asyncio.create_task(relay.run())
    try:
        await eventually(lambda: relay.state.relayed == 700)
        await reconciler.round()
        await delete_stream(topology, "HUIYIN_INTAKE")
        await reconciler.round()
        await eventually(lambda: relay.state.relayed == 701)
        await reconciler.round()
        assert reconciler.state.phase == "watching"
        assert await differences(await keeper.client(), ledger) == []
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await service.close()
        await keeper.close()
    assert await check(topology, SERVICES, LISTENS) == []


async def test_a_service_fetches_and_acknowledges_through_its_own_durable_only(
    server: EmbeddedNats, topology: Client
) -> None:
    writer = await connect(server.url, user="intake", password=PASSWORDS["intake"])
    publisher = Publisher()
    await publisher.publish(writer, batch_of(0, MadeUpLedger("intake", 5).lines))
    await publisher.close()
    await writer.close()
    reader = await connect(server.url, user="routing", password=PASSWORDS["routing"])
    inbox = reader.new_inbox()
    answers = await reader.subscribe(inbox)
    ask = json.dumps({"batch": 5, "expires": 2 * 10**9}).encode()
    await reader.publish("$JS.API.CONSUMER.MSG.NEXT.HUIYIN_INTAKE.routing-on-intake", ask, reply=inbox)
    for _ in range(5):
        await (await answers.next_msg(timeout=5)).ack()
    await reader.flush()

    async def acknowledged() -> bool:
        info = await call(reader, "CONSUMER.INFO.HUIYIN_INTAKE.routing-on-intake")
        return bool(info["ack_floor"]["stream_seq"] == 5)

    await eventually(acknowledged)
    await reader.close()


async def test_the_observer_reads_everything_with_a_plain_client_and_changes_nothing(
    server: EmbeddedNats, topology: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = await connect(server.url, user="intake", password=PASSWORDS["intake"])
    ledger = MadeUpLedger("intake", 5)
    publisher = Publisher()
    await publisher.publish(writer, batch_of(0, ledger.lines))
    await publisher.close()
    await writer.close()
    url = server.url.replace("nats://", f"nats://{OBSERVER}:{PASSWORDS[OBSERVER]}@")
    observer = await nats.connect(url)
    stored = await read_one(observer, "HUIYIN_INTAKE", 3)
    assert stored is not None
    assert stored.data == ledger.lines[2].bytes
    assert len(await read_many(observer, "HUIYIN_INTAKE", 1, 10)) == 5
    info = await observer.jetstream().stream_info("HUIYIN_INTAKE")
    assert info.state.last_seq == 5
    monkeypatch.setattr(jetstream, "API_TIMEOUT_S", 0.3)
    with pytest.raises(Unavailable):
        await call(observer, "STREAM.DELETE.HUIYIN_INTAKE")
    monkeypatch.undo()
    assert await differences(observer, ledger) == []
    await observer.close()
