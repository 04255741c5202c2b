"""One transaction for a reaction: read, project, and as its last statement append.

What only reads and appends needs no BEGIN and no COMMIT: each statement sees what is committed when it starts, in a
transaction (READ COMMITTED) as outside, no lock is held in between, and `append` is whole in itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from ledger.batch import NOTHING_WRITTEN, Answer, Fate, Prepared, answer, check_size, error_for
from ledger.call import arguments
from ledger.limits import MAX_CALL_BYTES, MAX_CALL_LINES, MAX_LINE_BYTES
from ledger.lines import Append, Appended, InboxMove, Refused, Row
from ledger.rows import FOLDED, by_stream

SESSION_ATTEMPTS = 3
"""The first call may have guessed register numbers; it then holds the head row, so the second is right."""


class PostgresSession:
    """`ports.Session`. Errors of the connection come as the driver's own; nothing is then committed, except perhaps
    what was being committed at that moment.
    """

    def __init__(self, db: Any, schema: str, append_sql: str, writer: str) -> None:
        self.last_position = 0
        self._db = db
        self._transaction: Any = None
        self._schema = schema
        self._append_sql = append_sql
        self._writer = writer

    async def __aenter__(self) -> PostgresSession:
        return self

    async def __aexit__(self, *error: Any) -> None:
        if self._transaction is not None:
            await self._transaction.__aexit__(*error)

    @property
    def begun(self) -> bool:
        """Whether locks last until the end of the session."""
        return self._transaction is not None

    async def begin(self) -> Any:
        if self._transaction is None:
            transaction = self._db.transaction()
            await transaction.start()
            self._transaction = transaction
        return self._db

    async def fetch(self, sql: str, *values: Any) -> Sequence[Any]:
        """Rows of one's own tables, in the transaction if it has begun."""
        return await self._db.fetch(sql, *values)  # type: ignore[no-any-return]

    async def load_many(self, streams: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        sql = (
            f"SELECT {FOLDED}, stream FROM {self._schema}.ledger"
            " WHERE stream = ANY($1) ORDER BY stream, version"
        )
        rows = await self._db.fetch(sql, list(dict.fromkeys(streams))) if streams else ()
        return by_stream(streams, rows)

    async def position_of(self, source: str) -> int:
        sql = f"SELECT position FROM {self._schema}.inbox WHERE source = $1"
        return await self._db.fetchval(sql, source) or 0

    async def append(self, appends: Sequence[Append], inbox: InboxMove | None = None) -> Sequence[Appended]:
        results: list[Appended] = []
        parts = portions(appends)
        if len(parts) > 1 or any(append.registers for append in appends):
            await self.begin()  # Several calls, or a second one that has to find the head row still held.
        for n, part in enumerate(parts, start=1):
            results += await self._append(part, inbox if n == len(parts) else None)
        return results

    async def _append(self, appends: Sequence[Append], inbox: InboxMove | None) -> Sequence[Appended]:
        serials: Mapping[str, int] = {}
        for _ in range(SESSION_ATTEMPTS):
            group = prepare(appends, serials)
            written = [each for each in group if each.lines]
            if not written and inbox is None:
                return [NOTHING_WRITTEN for _ in group]
            reply = await self._call(written, inbox)
            refused = [(o, n) for n, o in enumerate(reply.outcomes) if isinstance(o, Fate)]
            if not refused or refused[0][0] is not Fate.STALE:
                break
            serials = reply.serials
        if refused:
            fate, n = refused[0]
            raise error_for(fate, written[n] if n < len(written) else Prepared(()), inbox)
        answers = iter([o for o in reply.outcomes if isinstance(o, Appended)])
        results = [next(answers) if each.lines else NOTHING_WRITTEN for each in group]
        self.last_position = max((r.first_position + r.count - 1 for r in results), default=0)
        return results

    async def _call(self, group: Sequence[Prepared], inbox: InboxMove | None) -> Answer:
        try:
            values = arguments(group, self._writer, together=True, inbox=inbox)
            row = await self._db.fetchrow(self._append_sql, *values)
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, TypeError, ValueError) as error:
            raise Refused(f"{type(error).__name__}: {error}") from error
        return answer(group, row)


def prepare(appends: Sequence[Append], serials: Mapping[str, int]) -> Sequence[Prepared]:
    """Appends with their lines built for the serials that follow those given."""
    given = dict(serials)
    group: list[Prepared] = []
    for append in appends:
        claims = {name: given.get(name, 0) + 1 for name in append.registers}
        lines = append.lines if append.build is None else append.build(claims)
        check_size(lines, append.intents)
        if lines:
            given |= claims
        group.append(Prepared(lines, append.idempotency, claims if lines else {}, append.intents))
    return group


def portions(appends: Sequence[Append]) -> Sequence[Sequence[Append]]:
    """As many appends as one call carries, at least one portion. Only a very large reaction has several."""
    parts: list[list[Append]] = [[]]
    lines = size = 0
    for append in appends:
        count = len(append.lines) or 1
        total = sum(len(line.bytes) for line in append.lines) or MAX_LINE_BYTES  # Not yet built.
        if parts[-1] and (lines + count > MAX_CALL_LINES or size + total > MAX_CALL_BYTES):
            parts.append([])
            lines = size = 0
        parts[-1].append(append)
        lines += count
        size += total
    return parts
