"""Rows codec.encode, codec.decode: an event of twelve fields and its envelope, to the bytes of a line and back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from huiyin.codec import decode, decode_envelope, encode, encode_envelope
from ledger.envelopes import envelopes_for
from tests.bench import examples
from tests.bench.baselines import json_pydantic, json_stock, protobuf
from tests.bench.bed import Bed
from tests.bench.rows import Row, median

ROUNDS = 4_000
"""Conversions of one run: some tenths of a second for all four ways."""

BASELINES = {"protobuf": protobuf, "pydantic_json": json_pydantic, "eventsourcing_json": json_stock}


async def measure(bed: Bed) -> list[Row]:
    """Both rows."""
    event = examples.notice(12)
    context = examples.context(event.case_id, 12)
    (envelope,) = envelopes_for([event], f"notification-case-{event.case_id}", 3, examples.START, context)
    line = _encoded(event, envelope)
    others = {name: module.prepared(event, envelope) for name, module in BASELINES.items()}
    rows = []
    for index, direction in enumerate(("encode", "decode")):
        ours = (lambda: _encoded(event, envelope), lambda: _decoded(line))[index]
        ways: dict[str, Callable[[], Any]] = {"ours": ours}
        ways |= {name: made[index] for name, made in others.items()}
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(max(bed.runs, 5) if bed.share == 1 else bed.runs):
            for name, once in ways.items():
                taken[name].append(_microseconds(once, bed.size(ROUNDS)))
        times = {name: median(values) for name, values in taken.items()}
        mine = times.pop("ours")
        rows.append(
            Row(f"codec.{direction}", "µs/event", mine, None, None, times, extra={"bytes": len(line)})
        )
    return rows


def _encoded(event: Any, envelope: Any) -> bytes:
    """As the ledger does it: the payload first, then the envelope around it."""
    made = type(envelope)(
        event_id=envelope.event_id,
        stream=envelope.stream,
        version=envelope.version,
        type=envelope.type,
        payload=encode(event),
        occurred_at=envelope.occurred_at,
        recorded_at=envelope.recorded_at,
        case_id=envelope.case_id,
        actor=envelope.actor,
        legal_basis=envelope.legal_basis,
        caused_by=envelope.caused_by,
        correlation_id=envelope.correlation_id,
        idempotency_key=envelope.idempotency_key,
        origin=envelope.origin,
        traceparent=envelope.traceparent,
        division=envelope.division,
    )
    return encode_envelope(made)


def _decoded(line: bytes) -> Any:
    envelope = decode_envelope(line)
    return envelope, decode(envelope.type, envelope.payload)


def _microseconds(once: Callable[[], Any], rounds: int) -> float:
    begin = time.process_time()
    for _ in range(rounds):
        once()
    return (time.process_time() - begin) / rounds * 1e6
