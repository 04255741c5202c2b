"""The read model notification.notices: every notice, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.notification.v1.events import NoticeDelivered, NoticePrepared, NoticeUndeliverable


@dataclass(frozen=True, slots=True)
class Notice:
    """One row. `settled_at`: when it was delivered or found undeliverable."""

    notice_key: str
    case_id: str
    kind: str
    state: str
    position: int
    recorded_at: datetime
    settled_at: datetime | None = None
    means: str = ""
    document_sha256: str = ""
    reason: str = ""


_EVENTS = (NoticePrepared, NoticeDelivered, NoticeUndeliverable)


def notice_after(notice: Notice | None, incoming: Incoming) -> Notice:
    """The row after an event about the notice."""
    event, at = incoming.event, incoming.recorded.recorded_at
    match event:
        case NoticePrepared():
            return _new(incoming, "prepared")
        case NoticeDelivered():
            if notice is None:
                raise ValueError("a delivery of what was not prepared: the ledger is not read from its start")
            return replace(
                notice,
                state="delivered",
                settled_at=at,
                means=event.means,
                document_sha256=event.document_sha256.hex(),
            )
        case NoticeUndeliverable():
            known = notice or _new(incoming, "undeliverable")
            return replace(known, state="undeliverable", settled_at=at, reason=event.reason)
        case _:
            raise TypeError(f"{type(event).__name__} is not about a notice")


def _new(incoming: Incoming, state: str) -> Notice:
    event = incoming.event
    return Notice(
        notice_key=event.notice_key,
        case_id=event.case_id,
        kind=event.kind.name.lower(),
        state=state,
        position=incoming.position,
        recorded_at=incoming.recorded.recorded_at,
    )


def fold(notices: Mapping[str, Notice], events: Sequence[Incoming]) -> dict[str, Notice]:
    """The rows after these events, by key."""
    after = dict(notices)
    for incoming in events:
        key = incoming.event.notice_key
        after[key] = notice_after(after.get(key), incoming)
    return after


_NAMES = tuple(field.name for field in fields(Notice))
_values = attrgetter(*_NAMES)
COLUMNS = ", ".join(_NAMES)
_LOAD = f"SELECT {COLUMNS} FROM notices WHERE notice_key = ANY($1::text[])"
_UPSERT = f"""
INSERT INTO notices ({COLUMNS})
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[],
                     $7::timestamptz[], $8::text[], $9::text[], $10::text[])
ON CONFLICT (notice_key) DO UPDATE SET
    state = excluded.state, settled_at = excluded.settled_at, means = excluded.means,
    document_sha256 = excluded.document_sha256, reason = excluded.reason
"""


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Fold the events onto the rows of their notices."""
    own = [incoming for incoming in events if isinstance(incoming.event, _EVENTS)]
    if not own:
        return
    rows = await connection.fetch(_LOAD, sorted({incoming.event.notice_key for incoming in own}))
    after = fold({row["notice_key"]: Notice(*row.values()) for row in rows}, own)
    await connection.execute(_UPSERT, *map(list, zip(*map(_values, after.values()), strict=True)))


NOTICES = Projection(
    name="notification.notices", sources=frozenset({"notification"}), tables=("notices",), project=project
)
