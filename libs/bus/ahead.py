"""A stream that holds what its ledger lacks: a database restored from an older backup. The only copy is on the bus.

Genuine lines are told from rubbish by the chain: a message that carries its own sequence as position and whose
hash follows upon the message before it was written by a ledger. One such message forbids any rebuild.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nats.aio.client import Client

from bus.agreement import State, continues, line_at, same
from bus.lines import Lines
from bus.messages import POSITION_HEADER
from bus.stored import MAX_READ, Stored, read_many, read_one
from bus.subjects import stream_name
from huiyin.codec import Malformed, decode_envelope
from ledger.lines import Line

MOST_NAMED = 20
"""Lines that the text names; `huiyin ledger recover` lists them all."""


class NotRecoverable(Exception):
    """What the stream holds cannot be put back into this ledger; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class StreamAhead:
    """The stream's genuine messages that are not in the ledger. Nothing is published until they are."""

    service: str
    agreed_up_to: int
    """The last position at which stream and ledger hold the same line."""
    ledger_head: int
    messages: Sequence[Stored]

    def __str__(self) -> str:
        listed = ", ".join(
            f"{stored.sequence} {stored.headers.get('ce-type', '?')} {stored.headers.get('ce-id', '?')}"
            for stored in self.messages[:MOST_NAMED]
        )
        more = f" and {len(self.messages) - MOST_NAMED} more" if len(self.messages) > MOST_NAMED else ""
        return (
            f"{stream_name(self.service)} holds {len(self.messages)} lines that its ledger "
            f"(head {self.ledger_head}) lacks, after {self.agreed_up_to}: {listed}{more}"
        )

    def lines(self) -> list[Line]:
        """The messages as the lines they were, in order, to be put back after the ledger's head.

        Raises NotRecoverable where the ledger went on by itself, or where one of them is missing.
        """
        if self.agreed_up_to != self.ledger_head:
            raise NotRecoverable(
                f"the ledger of {self.service} agrees with its stream up to {self.agreed_up_to} and went on by itself "
                f"to {self.ledger_head}: one of the two is not the record. Restore the backup again, and recover "
                "before anything is written"
            )
        for expected, stored in enumerate(self.messages, self.ledger_head + 1):
            if stored.sequence != expected:
                raise NotRecoverable(
                    f"{stream_name(self.service)} does not hold line {expected} any more, but later ones: look for it "
                    "in a newer backup, or in audit.timeline"
                )
        return [_line(stored) for stored in self.messages]


async def what_is_ahead(client: Client, ledger: Lines, service: str, state: State) -> StreamAhead | None:
    """The exact list of what the stream has and the ledger lacks; None if there is nothing of the kind.

    To be asked before a stream is deleted. Costs three questions for a stream whose end is in the ledger:
    through the chain one equal line vouches for all before it.
    """
    if not state.messages:
        return None
    head, _ = await ledger.head()
    if state.last <= head and await _agree_at(client, ledger, service, state.last):
        return None
    agreed = await _last_agreement(client, ledger, service, state.first - 1, min(state.last, head))
    genuine = await _genuine_after(client, ledger, service, agreed, state.last)
    return StreamAhead(service, agreed, head, genuine) if genuine else None


async def _agree_at(client: Client, ledger: Lines, service: str, position: int) -> bool:
    line = await line_at(ledger, position)
    stored = await read_one(client, stream_name(service), position)
    return line is not None and stored is not None and same(line, stored)


async def _last_agreement(client: Client, ledger: Lines, service: str, low: int, high: int) -> int:
    """By halving: lines agree up to some position and then no more. Where holes break that, any answer serves."""
    while low < high:
        middle = (low + high + 1) // 2
        if await _agree_at(client, ledger, service, middle):
            low = middle
        else:
            high = middle - 1
    return low


async def _genuine_after(client: Client, ledger: Lines, service: str, agreed: int, last: int) -> list[Stored]:
    line = await line_at(ledger, agreed) if agreed else None
    before = line.hash if line is not None else b""
    genuine: list[Stored] = []
    position = agreed
    while position < last:
        found = await read_many(client, stream_name(service), position + 1, MAX_READ)
        lines = {line.position: line for line in await ledger.read(position, MAX_READ)}
        for stored in found:
            if _is_line(stored, before) and not _is_in(lines.get(stored.sequence), stored):
                genuine.append(stored)
            before = stored.chain
        if not found:
            break
        position = found[-1].sequence
    return genuine


def _is_line(stored: Stored, before: bytes) -> bool:
    return stored.headers.get(POSITION_HEADER) == str(stored.sequence) and (
        continues(before, stored) if before else bool(stored.chain)
    )


def _is_in(line: object, stored: Stored) -> bool:
    return line is not None and getattr(line, "bytes", None) == stored.data


def _line(stored: Stored) -> Line:
    try:
        recorded = decode_envelope(stored.data)
    except Malformed as error:
        raise NotRecoverable(f"message {stored.sequence} is no ledger line: {error}") from error
    return Line(
        position=stored.sequence,
        stream=recorded.stream,
        version=recorded.version,
        type=recorded.type,
        bytes=stored.data,
        hash=stored.chain,
        recorded_at=recorded.recorded_at,
    )
