"""Events and their context become lines, and lines events again."""

from dataclasses import replace

import pytest

from huiyin.codec import Malformed, decode_envelope
from huiyin.testing.v1.events import NoteTaken
from huiyin.testing.v2.events import NoteTaken as NoteTakenV2
from ledger.envelopes import TICK, event_of, instant_after, new_lines, recorded
from ledger.lines import Line, NewLine
from ledger.notebook import CONTEXT, NOON, STREAM

EVENTS = [NoteTaken(case_id="1", words=word) for word in ("salt", "water", "tea")]


def stored(line: NewLine) -> Line:
    return Line(7, line.stream, line.version, line.type, line.bytes, bytes(32), line.recorded_at)


def test_events_of_one_append_count_on_and_are_recorded_one_after_the_other() -> None:
    lines = new_lines(EVENTS, STREAM, 4, NOON, CONTEXT)
    assert [(line.stream, line.version) for line in lines] == [(STREAM, 5), (STREAM, 6), (STREAM, 7)]
    assert [line.recorded_at for line in lines] == [NOON, NOON + TICK, NOON + 2 * TICK]


def test_the_columns_are_what_the_bytes_say() -> None:
    for line in new_lines(EVENTS, STREAM, 0, NOON, CONTEXT):
        envelope = decode_envelope(line.bytes)
        assert (envelope.stream, envelope.version, envelope.type, envelope.recorded_at) == (
            line.stream,
            line.version,
            line.type,
            line.recorded_at,
        )


def test_every_event_has_an_id_of_its_own_and_they_rise() -> None:
    ids = [decode_envelope(line.bytes).event_id for line in new_lines(EVENTS, STREAM, 0, NOON, CONTEXT)]
    assert ids == sorted(set(ids))


def test_all_events_of_an_append_occurred_when_the_context_says() -> None:
    early = replace(CONTEXT, occurred_at=NOON - TICK)
    assert {
        decode_envelope(line.bytes).occurred_at for line in new_lines(EVENTS, STREAM, 0, NOON, early)
    } == {NOON - TICK}


def test_a_line_gives_its_event_back_in_the_newest_shape() -> None:
    line = stored(new_lines(EVENTS, STREAM, 0, NOON, CONTEXT)[1])
    assert event_of(line) == recorded(line).event == NoteTakenV2(case_id="1", words=("water",))
    assert recorded(line).position == 7


def test_bytes_that_are_no_envelope_are_malformed() -> None:
    line = replace(stored(new_lines(EVENTS, STREAM, 0, NOON, CONTEXT)[0]), bytes=b"\xff\xff\xff")
    with pytest.raises(Malformed, match="testing-case-1 1"):
        event_of(line)


def test_an_instant_comes_after_all_that_it_must_follow() -> None:
    assert instant_after(NOON) == NOON
    assert instant_after(NOON, None, NOON - TICK) == NOON
    assert instant_after(NOON, NOON) == NOON + TICK
    assert instant_after(NOON, NOON, NOON + 5 * TICK) == NOON + 6 * TICK
