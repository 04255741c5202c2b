"""The books of a service, as far as lines of its ledger tell them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from chassis.service import Service
from huiyin.codec import decode, decode_envelope
from huiyin.common.v1.types import Sealed
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.platform.v1.events import EventParked, ParkedEventSkipped, ParkedEventsRetried
from ledger.lines import Line
from ledger.recovery import Books, KnownKey


@dataclass(frozen=True, slots=True)
class Opened:
    """A line with its envelope and event."""

    position: int
    recorded: RecordedEvent
    event: Any


def opened(lines: Iterable[Line]) -> list[Opened]:
    """The lines, decoded. Raises Malformed."""
    found = []
    for line in lines:
        recorded = decode_envelope(line.bytes)
        found.append(Opened(line.position, recorded, decode(recorded.type, recorded.payload)))
    return found


def books_of(service: Service, lines: Sequence[Opened], *, parked: bool) -> Books:
    """What stood beside these lines. `parked`: events wait at this service, so its inbox is left where it is."""
    serials: dict[str, int] = {}
    due: dict[str, int] = {}
    done: dict[str, datetime] = {}
    for line in lines:
        told = service.recall(line.recorded, line.event)
        for register, serial in told.serials.items():
            serials[register] = max(serial, serials.get(register, 0))
        due |= dict.fromkeys(told.due, line.position)
        done |= dict.fromkeys(told.done, line.recorded.recorded_at)
    waiting = parked or any(
        isinstance(line.event, EventParked | ParkedEventsRetried | ParkedEventSkipped) for line in lines
    )
    return Books(
        keys=list(known_keys(service, lines)),
        serials=serials,
        due=due,
        done=done,
        inbox={} if waiting else answered(lines),
    )


def answered(lines: Sequence[Opened]) -> dict[str, int]:
    """Source -> up to where its events were answered for certain, every answer being among these lines or before.

    Answers are written in the order of what they answer, in one transaction with the position. Only the last
    transaction may have reached the bus in part, so the last event that is answered here is decided once more.
    An event that waited, parked, is not in that order: hence `books_of` asks for such first.
    """
    last: dict[str, int] = {}
    for line in lines:
        cause = line.recorded.caused_by
        if cause is not None:
            last[cause.service] = max(cause.position, last.get(cause.service, 0))
    return {source: position - 1 for source, position in last.items() if position > 1}


def known_keys(service: Service, lines: Sequence[Opened]) -> Iterator[KnownKey]:
    """The keys of the requests that led to these lines. One append stands in a row, under one key of one caller."""
    for (key, unit_id, pseudonym, _), group in groupby(lines, _request):
        row = list(group)
        told = (service.recall(each.recorded, each.event).operation for each in row)
        operation = next(filter(None, told), "")
        if key and operation:
            yield KnownKey(f"{unit_id}/{pseudonym}", operation, key, row[0].position, len(row))


def _request(line: Opened) -> tuple[str, str, str, str]:
    recorded = line.recorded
    return recorded.idempotency_key, recorded.actor.unit_id, recorded.actor.pseudonym, recorded.stream


def sealed_refs(event: Any) -> Iterator[str]:
    """The vault references of an event, wherever they stand in it."""
    if isinstance(event, Sealed):
        yield event.ref
    elif isinstance(event, tuple):
        for each in event:
            yield from sealed_refs(each)
    elif is_dataclass(event):
        for field in fields(event):
            yield from sealed_refs(getattr(event, field.name))
