"""Row verify: a ledger checked as `huiyin ledger verify` does it: links, versions, and columns against bytes."""

from __future__ import annotations

import time
from collections.abc import Sequence

from huiyin.chain import genesis
from ledger.columns import disagreement
from ledger.lines import Line
from ledger.verify import Verifier
from tests.bench import examples
from tests.bench.baselines import sha256_alone
from tests.bench.bed import INSTALLATION, Bed
from tests.bench.rows import Row, median

SERVICE = "oversight"
EVENTS = 60_000
"""Of one run: two tenths of a second of ours."""


async def measure(bed: Bed) -> list[Row]:
    """One row, of processor time: the lines are in memory."""
    start = genesis(SERVICE, INSTALLATION)
    lines = examples.chained(SERVICE, bed.size(EVENTS), start)
    ours: list[float] = []
    links: list[float] = []
    alone: list[float] = []
    for _ in range(bed.runs):
        ours.append(_rate(Verifier(start, disagreement), lines))
        links.append(_rate(Verifier(start), lines))
        alone.append(sha256_alone.chain(start, lines))
    extra = {"without_columns": round(median(links), 1)}
    return [Row("verify", "events/s/core", median(ours), None, None, {"sha256": median(alone)}, extra)]


def _rate(verifier: Verifier, lines: Sequence[Line]) -> float:
    begin = time.process_time()
    assert verifier.check(lines) is None
    return len(lines) / (time.process_time() - begin)
