"""What the server answers to those who read a stream by sequence, without a durable."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from bus.jetstream import MESSAGE_NOT_FOUND
from tests.simulation.stream import Refusal, Stream


def one(stream: Stream, sequence: int) -> Mapping[str, Any]:
    """STREAM.MSG.GET. Raises Refusal."""
    kept = stream.messages.get(sequence)
    if kept is None:
        raise Refusal(404, MESSAGE_NOT_FOUND, "no message found")
    rows = "".join(f"{name}: {value}\r\n" for name, value in kept.headers.items())
    block = f"NATS/1.0\r\n{rows}\r\n"
    message = {
        "subject": kept.subject,
        "seq": sequence,
        "hdrs": base64.b64encode(block.encode()).decode(),
        "data": base64.b64encode(kept.data).decode(),
    }
    return {"message": message}


def direct(stream: Stream, question: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, str], bytes]]:
    """DIRECT.GET of a batch: the messages, then a status."""
    known = sorted(sequence for sequence in stream.messages if sequence >= question["seq"])
    for sequence in known[: question["batch"]]:
        kept = stream.messages[sequence]
        place = {"Nats-Stream": stream.name, "Nats-Sequence": str(sequence), "Nats-Subject": kept.subject}
        yield {**kept.headers, **place}, kept.data
    yield {"Status": "204" if known else "404"}, b""
