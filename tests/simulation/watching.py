"""What must hold at every moment, and what is left to do before the world is at rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bus.messages import message, reproducible
from bus.subjects import stream_name
from huiyin.chain import link
from huiyin.codec import decode, decode_envelope
from huiyin.intake.v1.events import CaseReceived
from huiyin.notification.v1.events import NoticeDelivered, NoticePrepared
from intake.domain.receipt import serial_of
from notification.message import file_name
from tests.simulation.database import Database, Effect
from tests.simulation.office import LISTENS
from tests.simulation.stream import Durable, Stream

if TYPE_CHECKING:
    from tests.simulation.world import World


RUBBISH = b"rubbish"
"""What somebody who may not writes into a stream."""


class Violation(AssertionError):
    """A promise was broken."""


def must(holds: bool, words: str) -> None:
    """Raise Violation unless it holds."""
    if not holds:
        raise Violation(words)


class Watching:
    """Looks at what is new since the last look."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lines: dict[str, int] = dict.fromkeys(LISTENS, 0)
        self._hash: dict[str, bytes] = {}
        self._versions: dict[str, int] = {}
        self._recorded: dict[tuple[str, int], Any] = {}
        self._last_at: dict[str, Any] = {}
        self._effects: dict[str, int] = dict.fromkeys(LISTENS, 0)
        self._applied: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self._order: dict[tuple[str, str, str], int] = {}
        self._streams: dict[str, tuple[str, int]] = {}
        self._rubbish: set[tuple[str, str]] = set()
        self._keys: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._serials: dict[str, int] = defaultdict(int)
        self._prepared: set[str] = set()
        self._delivered: set[str] = set()
        self._letters = 0
        self._seen_ack = 0
        world.bus.on_ack = self._acknowledged

    def look(self) -> None:
        """At everything that may have changed. Raises Violation."""
        world = self._world
        for name, database in world.databases.items():
            if len(database.ledger._tables.lines) != self._lines[name]:
                self._look_at_lines(name, database)
            if len(database.effects) != self._effects[name]:
                self._look_at_effects(name, database)
        for stream in world.bus.streams.values():
            seen = self._streams.get(stream.name)
            if seen is None or seen[1] != stream.last or seen[0] != stream.created:
                self._look_at_stream(stream)
        if len(world.letters.letters) != self._letters:
            self._letters = len(world.letters.letters)
            must(set(world.letters.letters) <= self._prepared, "a letter that no ledger prepared was sent")
        while self._seen_ack < len(world.acknowledged):
            self._look_at_answer(self._seen_ack)
            self._seen_ack += 1
        if world.loop.broken is not None:
            raise world.loop.broken
        if world.loop.complaints or world.defects:
            raise Violation(str([*world.loop.complaints, *world.defects]))

    def rubbish_in(self, stream: Stream) -> None:
        """Somebody wrote into it: until it is made again it differs from its ledger."""
        self._rubbish.add((stream.name, stream.created))

    def _holds_rubbish(self, stream: Stream) -> bool:
        if (stream.name, stream.created) not in self._rubbish:
            return False
        return any(kept.data == RUBBISH for kept in stream.messages.values())

    # Ledgers: gapless positions, versions, chain, time; register numbers; notices once

    def _look_at_lines(self, name: str, database: Database) -> None:
        for line in database.lines[self._lines[name] :]:
            position = self._lines[name] = self._lines[name] + 1
            must(line.position == position, f"{name}: line {line.position} where {position} should be")
            before = self._hash.get(name, database.ledger._genesis)
            must(link(before, position, line.bytes) == line.hash, f"{name} {position}: the chain is broken")
            self._hash[name] = line.hash
            version = self._versions.get(line.stream, 0) + 1
            must(line.version == version, f"{line.stream}: version {line.version} where {version} should be")
            self._versions[line.stream] = version
            self._look_at_event(name, position, line)

    def _look_at_event(self, name: str, position: int, line: Any) -> None:
        recorded = decode_envelope(line.bytes)
        event = decode(recorded.type, recorded.payload)
        at = self._recorded[name, position] = recorded.recorded_at
        must(
            at > self._last_at.get(line.stream, at.min.replace(tzinfo=at.tzinfo)),
            f"{line.stream}: time ran back",
        )
        self._last_at[line.stream] = at
        if (cause := recorded.caused_by) is not None:
            known = self._recorded.get((cause.service, cause.position))
            must(known is not None and known < at, f"{name} {position} was recorded before its cause")
        if recorded.idempotency_key:
            self._keys[name, recorded.idempotency_key].append(position)
        if isinstance(event, CaseReceived):
            register, serial = serial_of(event.receipt_number)
            self._serials[register] += 1
            must(serial == self._serials[register], f"{register}: number {serial} is out of its turn")
        elif isinstance(event, NoticePrepared):
            name_of_letter = file_name(event.notice_key)
            must(name_of_letter not in self._prepared, f"{event.notice_key} was prepared twice")
            self._prepared.add(name_of_letter)
        elif isinstance(event, NoticeDelivered):
            must(event.notice_key not in self._delivered, f"{event.notice_key} was delivered twice")
            must(
                file_name(event.notice_key) in self._world.letters.letters,
                f"{event.notice_key} is said to be delivered, and is not",
            )
            self._delivered.add(event.notice_key)

    # Effects: once, in order, causes first, position and effects together

    def _look_at_effects(self, name: str, database: Database) -> None:
        parked = {(each.source, each.position) for each in database.parked}
        blocked = {each.key for each in database.parked}
        applied = self._applied[name]
        new = database.effects[self._effects[name] :]
        self._effects[name] = len(database.effects)
        for effect in new:
            self._look_at_effect(name, effect, applied, parked)
        for source in LISTENS[name]:
            dealt_with = sum(1 for each in applied if each[0] == source)
            dealt_with += sum(1 for each in parked if each[0] == source)
            position = database.inbox.get(source, 0)
            must(
                dealt_with == position,
                f"{name}: position {position} on {source}, but {dealt_with} events applied or parked",
            )
        del blocked

    def _look_at_effect(
        self, name: str, effect: Effect, applied: set[tuple[str, int]], parked: set[tuple[str, int]]
    ) -> None:
        what = f"{name}: {effect.source} {effect.position}"
        must((effect.source, effect.position) not in applied, f"{what} was applied twice")
        order = (name, effect.source, effect.key)
        must(
            effect.position > self._order.get(order, 0), f"{what} was applied after a later event of its case"
        )
        self._order[order] = effect.position
        if effect.cause is not None and effect.cause[0] in LISTENS[name]:
            must(effect.cause in applied or effect.cause in parked, f"{what} was applied before its cause")
        applied.add((effect.source, effect.position))

    # Streams: the message at n is the ledger's line n

    def _look_at_stream(self, stream: Stream) -> None:
        created, seen = self._streams.get(stream.name, ("", 0))
        self._streams[stream.name] = (stream.created, stream.last)
        if self._holds_rubbish(stream):
            return
        begin = seen if created == stream.created and seen <= stream.last else 0
        lines = self._lines_of(stream)
        for sequence in range(begin + 1, stream.last + 1):
            kept = stream.messages.get(sequence)
            if kept is None:
                must(sequence < stream.first, f"{stream.name}: nothing at {sequence}")
                continue
            must(sequence <= len(lines), f"{stream.name}: {sequence} messages, {len(lines)} lines")
            wanted = message(lines[sequence - 1])
            same = (kept.subject, reproducible(kept.headers), kept.data) == tuple(wanted)
            must(same, f"{stream.name}: message {sequence} is not the ledger's line")

    def _lines_of(self, stream: Stream) -> Any:
        return self._world.databases[stream.name.removeprefix("HUIYIN_").lower()].lines

    def _acknowledged(self, stream: Stream, durable: Durable, sequence: int) -> None:
        """Nothing is acknowledged to the bus before its effect is committed."""
        kept, lines = stream.messages.get(sequence), self._lines_of(stream)
        if kept is None or sequence > len(lines) or kept.data != lines[sequence - 1].bytes:
            return
        service, _, source = durable.name.partition("-on-")
        position = self._world.databases[service].inbox.get(source, 0)
        must(position >= sequence, f"{durable.name}: {sequence} was acknowledged at position {position}")

    # Answers

    def _look_at_answer(self, number: int) -> None:
        told = self._world.acknowledged[number]
        lines = self._world.databases[told.service].lines
        what = f"{told.key}, acknowledged at {told.service} {told.first_position}"
        if not told.count:
            return  # It was so already, by a request that is still under way or whose answer was lost.
        must(told.first_position <= len(lines), f"{what}, is not there")
        line = lines[told.first_position - 1]
        must((line.stream, line.hash) == (told.stream, told.first_hash), f"{what}, is another line")
        positions = self._keys[told.service, told.key]
        wanted = list(range(told.first_position, told.first_position + told.count))
        must(positions == wanted, f"{what}, stands at {positions}")

    # Rest

    def left_to_do(self) -> list[str]:
        """Nothing, when the world is at rest."""
        return list(self._open())

    def _open(self) -> Iterator[str]:
        world = self._world
        for clerk in world.clerks:
            if not clerk.finished:
                yield f"case {clerk.case_id[-3:]} stands after step {clerk.done} of {clerk.steps}"
        for name, database in world.databases.items():
            stream = world.bus.streams.get(stream_name(name))
            head = len(database.lines)
            if stream is None or stream.last != head:
                yield f"stream {name} at {stream.last if stream else None}, its ledger at {head}"
            elif self._holds_rubbish(stream):
                yield f"stream {name} still holds what somebody wrote into it"
            elif any(sequence not in stream.messages for sequence in range(1, head + 1)):
                yield f"stream {name} has holes"
            for service in LISTENS:
                if name in LISTENS[service] and world.databases[service].inbox.get(name, 0) != head:
                    yield f"{service} on {name} at {world.databases[service].inbox.get(name, 0)} of {head}"
            if database.parked:
                yield f"{name} has {len(database.parked)} parked"
        unsent = self._prepared - set(world.letters.letters)
        if unsent or len(self._delivered) != len(self._prepared):
            yield f"{len(self._prepared) - len(self._delivered)} notices are not delivered"
