"""What of a stream can be put back into its ledger."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bus.ahead import MOST_NAMED, NotRecoverable, StreamAhead
from bus.stored import Stored
from huiyin.chain import link
from huiyin.envelope.v1.envelope_pb2 import RecordedEvent

START = b"\x01" * 32
AT = datetime(2025, 8, 18, tzinfo=UTC)


def stored(position: int) -> Stored:
    envelope = RecordedEvent(event_id=f"e{position}", stream="intake-case-1", version=position, type="T")
    envelope.actor.role = "clerk"
    envelope.recorded_at.FromDatetime(AT)
    envelope.occurred_at.FromDatetime(AT)
    data = envelope.SerializeToString()
    headers = {"huiyin-chain": link(START, position, data).hex(), "ce-type": "T", "ce-id": f"e{position}"}
    return Stored(position, "huiyin.intake.v1.T.00.00.00", headers, data)


def ahead(*positions: int, agreed: int = 6, head: int = 6) -> StreamAhead:
    return StreamAhead("intake", agreed, head, [stored(each) for each in positions])


def test_messages_become_the_lines_that_they_were() -> None:
    first, second = ahead(7, 8).lines()
    assert (first.position, first.stream, first.version, first.type) == (7, "intake-case-1", 7, "T")
    assert (second.bytes, second.hash, second.recorded_at) == (stored(8).data, stored(8).chain, AT)


@pytest.mark.parametrize("positions", [(8, 9), (7, 9)])
def test_a_line_that_the_stream_does_not_hold_either_is_named(positions: tuple[int, int]) -> None:
    with pytest.raises(NotRecoverable, match=f"line {8 if positions[0] == 7 else 7} any more"):
        ahead(*positions).lines()


def test_a_ledger_that_went_on_by_itself_is_not_overwritten() -> None:
    with pytest.raises(NotRecoverable, match="went on by itself to 9"):
        ahead(7, 8, head=9).lines()


def test_what_is_no_line_is_not_put_back() -> None:
    rubbish = StreamAhead("intake", 6, 6, [Stored(7, "s", {}, b"\xff\xff rubbish")])
    with pytest.raises(NotRecoverable, match="message 7 is no ledger line"):
        rubbish.lines()


def test_the_text_names_a_bounded_number_of_lines() -> None:
    told = str(ahead(*range(7, 7 + MOST_NAMED + 5)))
    assert "holds 25 lines" in told
    assert told.endswith("and 5 more")
