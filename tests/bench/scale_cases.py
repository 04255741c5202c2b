"""One service's lines and rows for many cases, made from those of one case, and copied into its tables."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, NamedTuple, TypeAlias

import asyncpg

from huiyin.chain import link
from huiyin.codec import decode, decode_envelope, encode, encode_envelope
from huiyin.envelope.v1.envelope import CausedBy, RecordedEvent
from intake.domain.receipt import SERIAL_DIGITS, receipt_number

FILLED = ("intake", "routing", "oversight", "revisit", "notification")
AT_ONCE = 500
"""Cases of one COPY: some 4,000 rows, 2 MB."""

APART = timedelta(microseconds=10)
"""Between two cases: a million of them end ten seconds after the first, which is still in the past."""

SERIALS = 10**SERIAL_DIGITS // 2
FIRST_YEAR = 2020
COMMAND_TIMEOUT_S = 600.0

Rows: TypeAlias = list[tuple[Any, ...]]


class Place(NamedTuple):
    """Where a ledger ends."""

    position: int
    hash: bytes


@dataclass(frozen=True)
class Template:
    """One case: its lines by service (position, stream, version, type, bytes, recorded_at) and its rows by table."""

    case_id: str
    receipt_number: str
    lines: Mapping[str, Sequence[tuple[Any, ...]]]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    _found: dict[tuple[str, int], int | None] = field(default_factory=dict)

    def index(self, service: str, position: int) -> int | None:
        """Which of the case's lines in a ledger this is; None if it is not about the case."""
        key = (service, position)
        if key not in self._found:
            of_case = [line[0] for line in self.lines[service]]
            self._found[key] = of_case.index(position) if position in of_case else None
        return self._found[key]


@dataclass(frozen=True)
class Case:
    """One of the many."""

    number: int
    template: Template
    places: Mapping[str, Place]

    @property
    def case_id(self) -> str:
        """As long as any, and older than those of today (RFC 9562 §5.7)."""
        return f"{self.number:08x}-0000-7000-8000-{self.number:012x}"

    @property
    def receipt_number(self) -> str:
        """Of a register of its own, so that the one in use goes on as it was."""
        organ = self.template.receipt_number.split("-")[0]
        year, serial = divmod(self.number, SERIALS)
        return receipt_number(organ, FIRST_YEAR + year, serial + 1)

    @property
    def later(self) -> timedelta:
        """Than the template."""
        return self.number * APART

    def position(self, service: str, of_template: int) -> int:
        """Where a line of the template stands for this case: each case has a run of lines in each ledger.

        Lines about a unit stand where they stand.
        """
        lines = self.template.lines[service]
        index = self.template.index(service, of_template)
        if index is None:
            return of_template
        return self.places[service].position + self.number * len(lines) + index + 1

    def key(self, notice_key: str) -> str:
        """receipt-intake-12, as it is for this case."""
        rest, _, position = notice_key.rpartition("-")
        return f"{rest}-{self.position(rest.rpartition('-')[2], int(position))}"

    def own(self, text: bytes) -> bytes:
        """Bytes of the template with the ids of this case, which are as long."""
        text = text.replace(self.template.case_id.encode(), self.case_id.encode())
        return text.replace(self.template.receipt_number.encode(), self.receipt_number.encode())


def copied(
    owner: str, service: str, template: Template, places: Mapping[str, Place], cases: int
) -> tuple[str, Place]:
    """Fill one service's ledger, its lines in audit and its read models; where the ledger ends. In a process of its own."""
    return service, asyncio.run(_copied(owner, service, template, places, cases))


async def _copied(
    owner: str, service: str, template: Template, places: Mapping[str, Place], cases: int
) -> Place:
    db = await asyncpg.connect(owner, command_timeout=COMMAND_TIMEOUT_S)
    try:
        await db.execute("SET synchronous_commit = off")
        place = places[service]
        envelopes = [decode_envelope(line[4]) for line in template.lines[service]]
        makers = _row_makers(service, template)
        for first in range(0, cases, AT_ONCE):
            several = [Case(n, template, places) for n in range(first, min(first + AT_ONCE, cases))]
            lines, timeline, place = _lines(service, several, envelopes, place)
            await _copy(db, f"{service}.ledger", LEDGER, lines)
            await _copy(db, "audit.timeline", TIMELINE, timeline)
            for table, columns, rows_of in makers:
                await _copy(db, table, columns, [row for case in several for row in rows_of(case)])
        return place
    finally:
        await db.close()


LEDGER = ("position", "stream", "version", "type", "bytes", "hash", "recorded_at")
TIMELINE = (
    "service",
    "position",
    "case_id",
    "stream",
    "type",
    "occurred_at",
    "recorded_at",
    "hash",
    "bytes",
)


async def _copy(db: Any, table: str, columns: Sequence[str], rows: Rows) -> None:
    schema, _, name = table.partition(".")
    await db.copy_records_to_table(name, schema_name=schema, columns=columns, records=rows)


def _lines(
    service: str, cases: Sequence[Case], envelopes: Sequence[RecordedEvent], place: Place
) -> tuple[Rows, Rows, Place]:
    lines: Rows = []
    timeline: Rows = []
    position, digest = place
    for case in cases:
        for envelope in envelopes:
            position += 1
            own = _envelope(service, case, envelope, position)
            encoded = encode_envelope(own)
            digest = link(digest, position, encoded)
            head = (position, own.stream, own.version, own.type)
            lines.append((*head, encoded, digest, own.recorded_at))
            timeline.append(
                (
                    service,
                    position,
                    own.case_id,
                    own.stream,
                    own.type,
                    own.occurred_at,
                    own.recorded_at,
                    digest,
                    encoded,
                )
            )
    return lines, timeline, Place(position, digest)


def _envelope(service: str, case: Case, envelope: RecordedEvent, position: int) -> RecordedEvent:
    """A line of the template as it is for this case."""
    payload = envelope.payload
    if service == "notification":  # Its keys name positions, whose length varies.
        event = decode(envelope.type, payload)
        payload = encode(replace(event, notice_key=case.key(event.notice_key)))
    cause = envelope.caused_by
    return replace(
        envelope,
        event_id=f"{case.number:08x}-{envelope.version:04x}-7000-8000-{position:012x}",
        stream=f"{service}-case-{case.case_id}",
        payload=case.own(payload),
        occurred_at=envelope.occurred_at + case.later,
        recorded_at=envelope.recorded_at + case.later,
        case_id=case.case_id,
        caused_by=CausedBy(service=cause.service, position=case.position(cause.service, cause.position))
        if cause
        else None,
        correlation_id=f"{case.number:08x}-0000-7000-8000-{position:012x}",
    )


RowMaker: TypeAlias = tuple[str, Sequence[str], Callable[[Case], Rows]]


def _row_makers(service: str, template: Template) -> list[RowMaker]:
    """Of each read model that is filled together with a service's ledger: table, columns, and the rows of a case."""
    made = [_of_table(table, template) for table in template.rows if table.startswith(f"{service}.")]
    if service == "intake":
        made.append(_of_table("audit.cases", template))
    if service == "notification":
        notices = template.rows["notification.notices"]

        def intents(case: Case) -> Rows:
            return [
                (
                    case.key(n["notice_key"]),
                    case.position(service, n["position"]),
                    n["settled_at"] + case.later,
                )
                for n in notices
            ]

        made.append(("notification.intents", ("key", "position", "done_at"), intents))
    return made


def _of_table(table: str, template: Template) -> RowMaker:
    rows = template.rows[table]

    def rows_of(case: Case) -> Rows:
        return [tuple(_value(case, name, value) for name, value in row.items()) for row in rows]

    return table, tuple(rows[0]), rows_of


def _value(case: Case, name: str, value: Any) -> Any:
    match name:
        case "case_id":
            return case.case_id
        case "receipt_number":
            return case.receipt_number
        case "notice_key":
            return case.key(value)
        case "position":
            return case.position("notification", value)
        case "received_at" | "served_at" | "recorded_at" | "settled_at":
            return value + case.later
        case _:
            return value
