"""I1, I2, I3, I9: what was acknowledged is there, once; ledgers are gapless chains; streams equal them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from bus.messages import message, reproducible
from ledger.lines import Line as LedgerLine
from tests.faults.nemesis.world import RECEIVE, Ledger, Line, Stream, Violation, World


def receipts(world: World) -> Iterator[Violation]:
    """I1: every acknowledged petition exists exactly once, as its receipt says, and is found by its number."""
    lines = {line.position: line for line in world.ledgers["intake"].lines}
    numbers: Counter[str] = Counter(
        event.event.receipt_number for event in world.events["intake"] if event.name == "CaseReceived"
    )
    for note in world.acknowledged(RECEIVE):
        receipt = note["value"]
        case, number = receipt["case_id"], receipt["receipt_number"]
        line = lines.get(_position(receipt["position"]))
        if line is None or line.stream != f"intake-case-{case}" or line.hash.hex() != receipt["hash"]:
            yield Violation("I1", f"the petition of receipt {number} is not where it says", case, ("intake",))
        elif numbers[number] != 1:
            yield Violation("I1", f"receipt {number} was given {numbers[number]} times", case, ("intake",))
        elif world.found.get(number) != case:
            what = f"receipt {number} leads to {world.found.get(number)}"
            yield Violation("I1", what, case, ("intake",))
    registered = sum(world.ledgers["intake"].registers.values())
    if registered != sum(numbers.values()):
        yield Violation("I1", f"{registered} numbers were used up for {sum(numbers.values())} petitions")


def acts(world: World) -> Iterator[Violation]:
    """I1: an act that was acknowledged is on record once; one whose outcome is unknown, at most once."""
    by_key: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for service, events in world.events.items():
        for event in events:
            if event.recorded.idempotency_key:
                line = event.line
                by_key[event.recorded.idempotency_key].append((service, line.position, line.stream))
    answers: dict[str, Any] = {}
    for note in world.acknowledged():
        said, case = note["value"], note["value"]["case_id"]
        if note["act"] in answers and answers[note["act"]] != said:
            what = (
                f"{note['act']} was answered differently when asked again: {answers[note['act']]} and {said}"
            )
            yield Violation("I1", what, case, (_service(note),))
        answers[note["act"]] = said
        if said.get("events") != [] and not by_key.get(note["act"]):
            what = f"{note['act']} {note['path']} was acknowledged at {said['position']} and is not on record"
            yield Violation("I1", what, case, (_service(note),))
    for act, lines in by_key.items():
        positions = [position for _, position, _ in lines]
        together = list(range(positions[0], positions[0] + len(positions)))
        if len({(service, stream) for service, _, stream in lines}) != 1 or positions != together:
            case = lines[0][2].partition("-case-")[2]
            what = f"{act} is on record more than once: {lines}"
            yield Violation("I1", what, case, tuple({service for service, _, _ in lines}))


def versions(world: World) -> Iterator[Violation]:
    """I2: every stream counts 1, 2, 3 …, in the order of the ledger."""
    for service, ledger in world.ledgers.items():
        last: Counter[str] = Counter()
        for line in ledger.lines:
            last[line.stream] += 1
            if line.version != last[line.stream]:
                what = f"{line.stream} has version {line.version} where {last[line.stream]} should be"
                case = line.stream.partition("-case-")[2]
                yield Violation("I2", what, case, (service,), ((service, line.position),))
                last[line.stream] = line.version


def streams(world: World) -> Iterator[Violation]:
    """I3: every stream holds its ledger's lines, byte for byte, headers too, and nothing else."""
    for service, ledger in world.ledgers.items():
        yield from _stream(service, ledger, world.streams[service])


def _stream(service: str, ledger: Ledger, stream: Stream) -> Iterator[Violation]:
    if not stream.last == stream.count == len(ledger.lines) or stream.deleted:
        what = f"{service}: {stream.count} messages up to {stream.last}, {stream.deleted} deleted"
        yield Violation("I3", f"{what}, and {len(ledger.lines)} lines", "", (service,))
    stored = {each.sequence: each for each in stream.messages}
    for line in ledger.lines:
        found = stored.get(line.position)
        where = ((service, line.position),)
        if found is None:
            yield Violation("I3", f"{service} {line.position} is not on the stream", "", (service,), where)
            continue
        # By the page for auditors first, then by the whole definition of a message.
        told = (found.headers.get("huiyin-position"), found.headers.get("huiyin-chain"))
        expected = message(LedgerLine(*line[1:]))
        if found.data != line.bytes or told != (str(line.position), line.hash.hex()):
            yield Violation("I3", f"{service} {line.position} differs on the stream", "", (service,), where)
        elif (found.subject, reproducible(found.headers)) != (expected.subject, dict(expected.headers)):
            yield Violation("I3", f"{service} {line.position} has other headers", "", (service,), where)


def chains(world: World) -> Iterator[Violation]:
    """I9: every ledger verifies as docs/ledger.md says. (Leaves in a transparency log are not built yet.)"""
    for service, ledger in world.ledgers.items():
        broken = _broken(ledger)
        if broken is not None:
            what = f"{service}: position {broken} is missing, changed, inserted or swapped"
            yield Violation("I9", what, "", (service,), ((service, broken),))


def _broken(ledger: Ledger) -> int | None:
    last = sha256(f"huiyin-ledger-v1{ledger.service}{ledger.installation}".encode()).digest()
    for position, line in enumerate(ledger.lines, 1):
        last = _link(last, position, line)
        if (line.position, line.hash) != (position, last):
            return position
    return None if ledger.head == (len(ledger.lines), last) else len(ledger.lines)


def _link(last: bytes, position: int, line: Line) -> bytes:
    return sha256(last + position.to_bytes(8, "big") + sha256(line.bytes).digest()).digest()


def _position(text: str) -> int:
    return int(text.partition(":")[2])


def _service(note: dict[str, Any]) -> str:
    return str(note["path"]).split("/")[1]
