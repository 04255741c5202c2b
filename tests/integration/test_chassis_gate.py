"""The gate of a service: nothing that appends runs before the bus was asked, or while lines are missing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from chassis import gatekeeper as keeping
from chassis.gate import STARTING, Gate
from chassis.gatekeeper import Gatekeeper
from tests.integration.bus_sending import eventually


@asynccontextmanager
async def keeping_gate(keeper: Gatekeeper) -> AsyncIterator[None]:
    task = asyncio.create_task(keeper.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def nothing() -> None:
    """Finds no lines missing; has nothing to settle."""


async def test_it_is_shut_until_the_bus_has_answered() -> None:
    gate, answered = Gate(), asyncio.Event()

    async def ask() -> None:
        await answered.wait()

    async with keeping_gate(keeper := Gatekeeper(gate, ask, nothing)):
        await asyncio.sleep(0)
        assert gate.why == STARTING
        answered.set()
        await keeper.looked.wait()
        assert gate.why is None


async def test_a_bus_that_is_silent_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "FIRST_ANSWER_LIMIT_S", 0.05)

    async def ask() -> None:
        raise ConnectionError

    gate = Gate()
    async with keeping_gate(keeper := Gatekeeper(gate, ask, nothing)):
        await keeper.looked.wait()
        assert gate.why is None


async def test_it_stays_shut_while_lines_are_missing_and_opens_after_what_was_recovered_is_settled() -> None:
    gate, settled = Gate(), []

    async def ask() -> None:
        keeper.told("3 lines are missing")

    async def settle() -> None:
        settled.append(gate.why)
        if len(settled) == 1:
            raise ConnectionError

    keeper = Gatekeeper(gate, ask, settle)
    async with keeping_gate(keeper):
        await keeper.looked.wait()
        assert (gate.why, settled) == ("3 lines are missing", [])
        keeper.told(None)
        await eventually(lambda: gate.why is None)
        assert len(settled) == 2


async def test_what_runs_behind_it_is_ended_when_it_shuts_and_begins_again_when_it_opens() -> None:
    gate, running = Gate(), []

    async def work() -> None:
        running.append(True)
        try:
            await asyncio.sleep(60)
        finally:
            running.pop()

    task = asyncio.create_task(gate.while_open(work))
    await asyncio.sleep(0)
    assert not running
    gate.open()
    await eventually(lambda: bool(running))
    gate.shut("why")
    await task
    assert not running
