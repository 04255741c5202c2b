"""A clerk who classified a case and transfers it at once may be ahead of the bus: wait for it a little."""

from __future__ import annotations

import asyncio

from chassis.workplace import Workplace
from huiyin.codec import decode_envelope
from routing.use_cases.policies import stream_of

WAIT_S = 3.0
"""The bus brings an event within milliseconds; after this time the case is simply not classified."""
STEP_S = 0.02


async def until_queued(workplace: Workplace, case_id: str) -> tuple[str, int] | None:
    """The line of intake by which the case came here; None if it did not come in time."""
    deadline = asyncio.get_running_loop().time() + WAIT_S
    while True:
        lines = await workplace.ledger.read(0, 1, stream_of(case_id))
        if lines:
            return _cause(lines[0].bytes)
        if asyncio.get_running_loop().time() >= deadline:
            return None
        await asyncio.sleep(STEP_S)


def _cause(line: bytes) -> tuple[str, int] | None:
    cause = decode_envelope(line).caused_by
    return (cause.service, cause.position) if cause else None
