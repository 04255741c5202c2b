"""How lines are put together into batches, and what is read from the server's answers."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from nats.aio.msg import Msg

from bus.agreement import Disagreement, Meeting, State
from bus.jetstream import ApiError, Unavailable
from bus.publisher import MAX_BYTES, Refused, Unknown, acknowledged, wire
from bus.relay import RelayState, batch_of, expect_to_follow
from bus.topology import Difference, compare
from bus.users import authorization, user_names, users
from huiyin.chain import link
from ledger.lines import Line


def lines(count: int, size: int = 10, start: bytes = b"start") -> list[Line]:
    found: list[Line] = []
    for position in range(1, count + 1):
        previous = found[-1].hash if found else start
        data = b"x" * size
        found.append(
            Line(
                position=position,
                stream="intake-case-1",
                version=position,
                type="huiyin.intake.v1.CaseReceived",
                bytes=data,
                hash=link(previous, position, data),
                recorded_at=datetime(2025, 8, 18, tzinfo=UTC),
            )
        )
    return found


def commands_of(run: bytes) -> list[tuple[str, dict[str, str], bytes]]:
    """A run of HPUB commands, read back by the protocol's own rules."""
    found = []
    while run:
        command, _, run = run.partition(b"\r\n")
        verb, *to, header_size, total = command.decode().split()
        assert verb == "HPUB"
        head, data = run[: int(header_size)], run[int(header_size) : int(total)]
        assert run[int(total) : int(total) + 2] == b"\r\n"
        run = run[int(total) + 2 :]
        status, *rows, end, last = head.decode().split("\r\n")
        assert (status, end, last) == ("NATS/1.0", "", "")
        found.append((" ".join(to), dict(row.split(": ", 1) for row in rows), data))
    return found


def test_only_the_first_message_expects_a_sequence_and_only_the_last_commits_and_asks() -> None:
    commands = commands_of(wire(batch_of(4, lines(7)[4:]), "b", "inbox.b"))
    assert [headers.get("Nats-Expected-Last-Sequence") for _, headers, _ in commands] == ["4", None, None]
    assert [headers.get("Nats-Batch-Commit") for _, headers, _ in commands] == [None, None, "1"]
    assert [headers["Nats-Batch-Sequence"] for _, headers, _ in commands] == ["1", "2", "3"]
    assert [to.endswith(" inbox.b") for to, _, _ in commands] == [False, False, True]
    assert {headers["Nats-Batch-Id"] for _, headers, _ in commands} == {"b"}
    assert not any("Nats-Msg-Id" in headers for _, headers, _ in commands)


def test_a_batch_of_one_is_still_a_batch() -> None:
    [(_, headers, data)] = commands_of(wire(batch_of(0, lines(1)), "b", "inbox.b"))
    assert headers["Nats-Expected-Last-Sequence"] == "0"
    assert headers["Nats-Batch-Commit"] == "1"
    assert data == b"x" * 10


@pytest.mark.parametrize("size", [1, 400, 30_000, 65_536])
def test_a_batch_stays_below_its_bytes_and_takes_at_least_one_line(size: int) -> None:
    waiting = lines(512, size)
    batch = batch_of(0, waiting)
    assert 1 <= len(batch.messages) <= 512
    assert len(wire(batch, "b" * 16, "i" * 60)) <= MAX_BYTES
    if len(batch.messages) < 512:
        one_more = len(wire(batch, "b" * 16, "i" * 60)) + size + 1000
        assert one_more > MAX_BYTES


def test_lines_that_follow_are_taken() -> None:
    waiting = lines(5)
    expect_to_follow(Meeting(0, None), waiting)
    expect_to_follow(Meeting(2, waiting[1].hash), waiting[2:])


@pytest.mark.parametrize("position", [1, 3, 5])
def test_a_changed_line_is_not_taken(position: int) -> None:
    waiting = lines(5)
    waiting[position - 1] = dataclasses.replace(waiting[position - 1], bytes=b"forged")
    with pytest.raises(Disagreement, match=f"line {position} "):
        expect_to_follow(Meeting(0, b"start"), waiting)


def test_a_gap_and_another_history_are_not_taken() -> None:
    waiting = lines(5)
    with pytest.raises(Disagreement, match="line 2 where 1"):
        expect_to_follow(Meeting(0, None), waiting[1:])
    with pytest.raises(Disagreement, match="line 3 "):
        expect_to_follow(Meeting(2, lines(2, start=b"another")[1].hash), waiting[2:])


def answer(body: Mapping[str, Any] | None) -> Msg:
    data = b"" if body is None else json.dumps(body).encode()
    return cast(Msg, SimpleNamespace(data=data))


def test_an_acknowledgement_counts_only_for_the_whole_batch_at_its_place() -> None:
    batch = batch_of(4, lines(7)[4:])
    acknowledged(answer({"stream": "S", "seq": 7, "batch": "b", "count": 3}), batch)
    for wrong in ({"seq": 6, "count": 3}, {"seq": 7, "count": 2}, {"seq": 8}):
        with pytest.raises(Unknown):
            acknowledged(answer(wrong), batch)


def test_each_refusal_says_what_to_do_next() -> None:
    batch = batch_of(0, lines(1))

    def refusal(code: int, err_code: int) -> Msg:
        return answer({"error": {"code": code, "err_code": err_code, "description": "no"}, "seq": 0})

    with pytest.raises(Refused):
        acknowledged(refusal(400, 10071), batch)
    with pytest.raises(ApiError):
        acknowledged(refusal(400, 10210), batch)
    with pytest.raises(Unavailable):
        acknowledged(refusal(503, 10008), batch)
    with pytest.raises(Unavailable):
        acknowledged(answer(None), batch)


def test_the_lag_is_what_is_not_yet_relayed() -> None:
    assert RelayState(relayed=7, head=10).lag == 3
    assert RelayState(relayed=10, head=7).lag == 0


@pytest.mark.parametrize(
    ("first", "last", "messages", "deleted", "whole"),
    [
        (0, 0, 0, 0, True),
        (1, 9, 9, 0, True),
        (5, 9, 5, 0, True),
        (10, 9, 0, 0, True),
        (1, 9, 8, 1, False),
        (1, 9, 8, 0, False),
    ],
)
def test_a_stream_with_a_hole_is_not_contiguous(
    first: int, last: int, messages: int, deleted: int, whole: bool
) -> None:
    assert State("", first, last, messages, deleted, {}).contiguous is whole


def test_drift_names_the_field_and_both_values_and_ignores_what_the_server_adds() -> None:
    declared = {"discard": "new", "max_age": 0, "metadata": {"huiyin.topology": "1"}}
    found = {"discard": "old", "metadata": {"huiyin.topology": "1", "_nats.level": "5"}, "sealed": False}
    assert compare(declared, found) == ("discard: declared 'new', found 'old'",)
    assert str(Difference("stream", "S", "different", ("a: 1",))) == "stream S: different (a: 1)"


def test_every_user_has_a_password_of_its_own_and_a_missing_one_is_an_error() -> None:
    services = ["intake", "routing"]
    names = user_names(services)
    assert names == [user.name for user in users(services, {})]
    assert len(set(names)) == len(names)
    block = authorization(services, {}, {name: name[::-1] for name in names})
    assert [entry["user"] for entry in block["users"]] == names
    with pytest.raises(KeyError):
        authorization(services, {}, {})


def test_only_topology_identities_may_create_or_delete_and_only_a_service_may_publish_its_events() -> None:
    services = ["intake", "routing"]
    for user in users(services, {"routing": ["intake"]}):
        administers = any(".CREATE." in right or ".DELETE." in right for right in user.publish)
        assert administers == user.name.startswith("topology")
        publishes = [right for right in user.publish if right.startswith("huiyin.")]
        assert publishes == ([f"huiyin.{user.name}.>"] if user.name in services else [])
        assert not any("PURGE" in right or "MSG.DELETE" in right for right in user.publish)
