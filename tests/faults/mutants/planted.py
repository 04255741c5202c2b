"""The planted bugs. Five are named by the project's promises; the others are what one would get wrong next."""

from __future__ import annotations

from collections.abc import Sequence

from tests.faults.mutants.mutant import Change, Layer, Mutant

SIMULATION = Layer("simulation", ("tests/simulation/test_simulation.py",), seeded=True)
READERS = Layer("readers on a real server", ("tests/integration/test_bus_reader.py",))
LEDGER = Layer("ledger on a real PostgreSQL", ("tests/integration/test_ledger_postgres.py",))

MUTANTS: Sequence[Mutant] = (
    Mutant(
        "ack-before-commit",
        "What a reader holds when it is killed is never delivered again.",
        (
            Change(
                "libs/bus/pull.py",
                "        while True:\n            try:\n                await hand_over(batch)\n",
                "        await pull.acknowledge(batch)\n"
                "        while True:\n            try:\n                await hand_over(batch)\n",
            ),
        ),
        (SIMULATION,),
    ),
    Mutant(
        "default-ack-policy",
        "FastStream answers for the handler: an event is given up at its first exception.",
        (
            Change("libs/bus/reader.py", "            ack_policy=AckPolicy.MANUAL,\n", ""),
            Change("libs/bus/reader.py", '        "ack_policy": AckPolicy.MANUAL,\n', ""),
        ),
        (READERS,),
    ),
    Mutant(
        "position-outside-the-transaction",
        "Killed between the two commits, a consumer applies the same events again.",
        (
            Change(
                "libs/bus/effect.py",
                "            await session.append(appends, InboxMove(self.source, first - 1, last))\n",
                "            await session.append(appends)\n"
                "        async with self.ledger.session() as session:\n"
                "            await session.append((), InboxMove(self.source, first - 1, last))\n",
            ),
        ),
        (SIMULATION,),
    ),
    Mutant(
        "watermark",
        "A consumer ignores what is lower and believes what is higher: gaps are skipped for ever.",
        (
            Change(
                "libs/bus/consumer.py",
                "            if each.position != position + 1 or len(each.hash) != HASH_BYTES:\n",
                "            if each.position <= position or len(each.hash) != HASH_BYTES:\n",
            ),
            Change(
                "libs/bus/consumer.py",
                "            if digest is not None and link(digest, each.position, each.bytes) != each.hash:\n",
                "            if each.position <= position:\n",
            ),
            Change(
                "libs/bus/effect.py",
                "            await session.append(appends, InboxMove(self.source, first - 1, last))\n",
                "            at = await session.position_of(self.source)\n"
                "            await session.append(appends, InboxMove(self.source, at, max(at, last)))\n",
            ),
        ),
        (SIMULATION,),
    ),
    Mutant(
        "relay-without-expected-sequence",
        "Two relays, or one that did not hear the answer, publish the same lines twice.",
        (
            Change(
                "libs/bus/publisher.py",
                '            own += f"Nats-Expected-Last-Sequence: {batch.after}\\r\\n"\n',
                "            pass\n",
            ),
        ),
        (SIMULATION,),
    ),
    Mutant(
        "watermark-in-the-database",
        "The append function believes whoever is ahead: two replicas leave out what neither of them applied.",
        (
            Change(
                "libs/ledger/schema/002_append.sql",
                "        IF coalesce(inbox_at, 0) <> expected THEN\n",
                "        IF coalesce(inbox_at, 0) > expected THEN\n",
            ),
        ),
        (LEDGER,),
    ),
    Mutant(
        "answered-before-commit",
        "A receipt is handed out for a petition that a crash then forgets.",
        (
            Change(
                "libs/ledger/repository.py",
                "        appended = await self._ledger.append(append)\n        if appended.replayed:\n",
                "        head, digest = await self._ledger.head()\n"
                "        asyncio.ensure_future(self._ledger.append(append))\n"
                "        appended = Appended(head + 1, len(decision.events), digest)\n"
                "        if appended.replayed:\n",
            ),
        ),
        (SIMULATION,),
    ),
    Mutant(
        "request-without-its-key",
        "A repeated request is recorded a second time.",
        (
            Change(
                "libs/ledger/repository.py",
                "append = Append(lines=lines, idempotency=context.idempotency, intents=decision.intents())\n",
                "append = Append(lines=lines, intents=decision.intents())\n",
            ),
        ),
        (SIMULATION,),
    ),
    Mutant(
        "reaction-without-inbox-move",
        "An effect is committed without its position: it happens again and again.",
        (
            Change(
                "libs/bus/effect.py",
                "            await session.append(appends, InboxMove(self.source, first - 1, last))\n",
                "            await session.append(appends)\n",
            ),
        ),
        (SIMULATION,),
    ),
    Mutant(
        "parked-case-does-not-block",
        "Later events of a case overtake the one that could not be applied.",
        (
            Change(
                "libs/bus/effect.py",
                "        blocked = await lot.blocked({item.key for item in items})\n",
                "        blocked: set[str] = set()\n",
            ),
        ),
        (SIMULATION,),
    ),
    Mutant(
        "cause-not-waited-for",
        "A service hears the answer before the question.",
        (
            Change(
                "libs/bus/consumer.py",
                "        return service not in self._follows or self._progress.reached(service, position)\n",
                "        return True\n",
            ),
        ),
        (SIMULATION,),
    ),
    Mutant(
        "intent-done-before-the-letter",
        "A sender that is killed in between never sends the notice.",
        (
            Change(
                "services/notification/sender.py",
                "        ready = await self._handed_over(told)\n",
                "        await self._tools.intents.done(list(told), self._tools.now())\n"
                "        ready = await self._handed_over(told)\n",
            ),
        ),
        (SIMULATION,),
    ),
)
