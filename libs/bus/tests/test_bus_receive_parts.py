"""The small parts: what is tried again, what a reason may say, and what we rely on in other people's code."""

import importlib.metadata
import inspect

import asyncpg
import pytest
from asyncpg.exceptions import DataError as ClientSideDataError
from faststream import AckPolicy
from faststream.nats import JStream, PullSub
from faststream.nats.subscriber.usecases import BatchPullStreamSubscriber
from hypothesis import given
from hypothesis import strategies as st
from nats.aio.client import Client
from nats.aio.msg import Msg

from bus.backoff import Transient, is_transient, reason
from bus.delivery import delivery
from bus.headers import Headers, parse_header_lines
from bus.pull import PullLimits
from bus.reader import FASTSTREAM_VERSION, PRIVATE_NAMES, EagerBatchSubscriber, make_broker
from huiyin.malformed import Malformed
from ledger.lines import Conflict, InboxMoved, KeyReused, LedgerUnavailable, Refused


@pytest.mark.parametrize(
    "error",
    [
        Conflict(),
        LedgerUnavailable(),
        Transient(),
        ConnectionResetError(),
        TimeoutError(),
        asyncpg.DeadlockDetectedError(),
        asyncpg.SerializationError(),
        asyncpg.LockNotAvailableError(),
        asyncpg.TooManyConnectionsError(),
        asyncpg.AdminShutdownError(),
        asyncpg.CannotConnectNowError(),
        asyncpg.ConnectionDoesNotExistError(),
        asyncpg.IdleInTransactionSessionTimeoutError(),
        asyncpg.QueryCanceledError(),
        asyncpg.InterfaceError("connection is closed"),
    ],
)
def test_it_is_worth_trying_again_after(error: Exception) -> None:
    assert is_transient(error)


@pytest.mark.parametrize(
    "error",
    [
        Refused(),
        KeyReused(),
        InboxMoved(),
        Malformed(),
        ValueError(),
        KeyError(),
        AssertionError(),
        asyncpg.UniqueViolationError(),
        asyncpg.UndefinedTableError(),
        asyncpg.exceptions.InvalidTextRepresentationError(),
        ClientSideDataError("invalid input for query argument $1"),
    ],
)
def test_it_is_not_worth_trying_again_after(error: Exception) -> None:
    assert not is_transient(error)


def test_a_reason_never_quotes_what_foreign_code_said() -> None:
    try:
        raise ValueError("张某 13900000000")
    except ValueError as error:
        told = reason(error)
    assert "张某" not in told
    assert told.startswith("ValueError at test_a_reason_never_quotes")
    assert reason(Malformed("unknown event type")) == "Malformed: unknown event type"
    assert "23505" in reason(asyncpg.UniqueViolationError("Key (name)=(张某) already exists"))


def message(reply: str, headers: dict[str, str] | None) -> Msg:
    return Msg(_client=None, subject="huiyin.x", reply=reply, data=b"line", headers=headers)


PLAIN = "$JS.ACK.HUIYIN_INTAKE.audit-on-intake.1.42.7.1755478800000000000.0"
LONG = "$JS.ACK.hub.ACCOUNT.HUIYIN_INTAKE.audit-on-intake.1.42.7.1755478800000000000.0.random"


@pytest.mark.parametrize("reply", [PLAIN, LONG])
def test_the_position_is_the_streams_sequence(reply: str) -> None:
    headers = {"huiyin-position": "42", "huiyin-chain": "ab" * 32}
    assert delivery(message(reply, headers)).position == 42
    assert delivery(message(reply, headers)).hash == b"\xab" * 32


@pytest.mark.parametrize(
    "headers",
    [
        None,
        {},
        {"huiyin-position": "42"},
        {"huiyin-position": "41", "huiyin-chain": "ab" * 32},
        {"huiyin-position": "42", "huiyin-chain": "no hex"},
        {"huiyin-position": "42", "huiyin-chain": "abcd"},
    ],
)
def test_a_message_that_does_not_say_what_it_is_has_no_hash(headers: dict[str, str] | None) -> None:
    assert delivery(message(PLAIN, headers)).hash == b""


def test_faststream_is_the_version_whose_private_names_we_use() -> None:
    assert importlib.metadata.version("faststream") == FASTSTREAM_VERSION
    for name in PRIVATE_NAMES:
        assert (
            name in dir(BatchPullStreamSubscriber)
            or name in BatchPullStreamSubscriber.__annotations__
            or (name == "tasks")
        ), name
    assert list(inspect.signature(BatchPullStreamSubscriber._create_subscription).parameters) == ["self"]
    assert list(inspect.signature(BatchPullStreamSubscriber.process_message).parameters) == ["self", "msg"]
    assert "restart_on_failure" in inspect.signature(BatchPullStreamSubscriber.add_task).parameters


def test_a_stock_subscriber_can_become_ours() -> None:
    stock = make_broker("nats://127.0.0.1:1", "audit").subscriber(
        "huiyin.intake.>",
        stream=JStream("HUIYIN_INTAKE", declare=False),
        durable="audit-on-intake",
        pull_sub=PullSub(batch_size=256, batch=True),
        ack_policy=AckPolicy.MANUAL,
        persistent=False,
    )
    assert type(stock) is BatchPullStreamSubscriber
    stock.__class__ = EagerBatchSubscriber
    assert stock.ack_policy is AckPolicy.MANUAL
    assert stock.tasks == []


def test_the_default_of_a_broker_without_policy_would_drop_events() -> None:
    """Why every subscriber states its own: if this ever changes, the comment in reader.py may go."""
    from faststream.nats import NatsBroker

    stock = NatsBroker().subscriber("x", stream="S", durable="d", pull_sub=PullSub(batch=True))
    assert stock.ack_policy is AckPolicy.REJECT_ON_ERROR


def test_nats_has_the_private_names_we_use() -> None:
    assert inspect.iscoroutinefunction(Client._send_command)
    assert inspect.iscoroutinefunction(Client._flush_pending)


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=12),
            st.tuples(
                st.sampled_from([b"ce-id", b" a b ", b"x\t", b"", b"\xc3\xa9"]), st.binary(max_size=8)
            ).map(b": ".join),
        ),
        max_size=6,
    ).map(b"\r\n".join)
)
def test_headers_are_parsed_as_the_library_parses_them(raw: bytes) -> None:
    assert Headers(raw) == parse_header_lines(raw) == Client._parse_header_lines(raw)
    assert Headers(raw).copy() == parse_header_lines(raw)
    assert "_parse_header_lines" in inspect.getsource(Client._process_headers)


def test_two_headers_are_told_without_parsing_the_others() -> None:
    raw = b"ce-id: a\r\nhuiyin-position: 7\r\nnot-huiyin-position: 8\r\nhuiyin-chain: ff\r\n"
    assert Headers(raw).told(b"huiyin-position") == b"7"
    assert Headers(raw).told(b"huiyin-chain") == b"ff"
    assert Headers(raw[:-2]).told(b"huiyin-chain") == b"ff"
    assert Headers(raw).told(b"position") == Headers(b"").told(b"huiyin-chain") == b""
    assert Headers(raw + b"huiyin-position: 9\r\n").told(b"huiyin-position") == b"9"
    assert not Headers(b"")


def test_silence_is_longer_than_two_heartbeats() -> None:
    assert PullLimits().silence_s > 2 * PullLimits().heartbeat_s
    assert PullLimits().expires_s > 2 * PullLimits().heartbeat_s
