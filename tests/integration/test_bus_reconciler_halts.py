"""A ledger that lacks what its stream holds: everything halts, nothing is touched, and goes on once it is whole."""

from __future__ import annotations

from bus.agreement import stream_state
from bus.jetstream import delete_stream
from tests.integration.bus_sending import eventually, forge
from tests.integration.reconciling import STREAM, Installation


async def test_a_stream_ahead_of_its_ledger_halts_with_the_exact_list_and_nothing_is_touched(
    installation: Installation,
) -> None:
    client = await installation.start()
    installation.tasks[1].cancel()
    await installation.whole()
    lost = installation.ledger.lines[-40:]
    before = await stream_state(client, "intake")
    del installation.ledger.lines[-40:]
    await eventually(lambda: installation.reconciler.state.phase == "halted")
    ahead = installation.reconciler.state.ahead
    assert ahead is not None
    assert [(stored.sequence, stored.data, stored.chain) for stored in ahead.messages] == [
        (line.position, line.bytes, line.hash) for line in lost
    ]
    assert await stream_state(client, "intake") == before
    assert installation.recorded == []
    installation.ledger.lines += lost
    installation.ledger.grow(1)
    await installation.whole()
    await eventually(lambda: installation.reconciler.state.phase == "watching")


async def test_a_halted_relay_goes_on_after_recovery_though_a_round_failed_meanwhile(
    installation: Installation,
) -> None:
    await installation.start()
    installation.tasks[1].cancel()
    await installation.whole()
    lost = installation.ledger.lines[-40:]
    del installation.ledger.lines[-40:]
    await eventually(lambda: installation.reconciler.state.phase == "halted")
    installation.database_away = True
    await eventually(lambda: installation.reconciler.state.phase == "waiting")
    installation.ledger.lines += lost
    installation.ledger.grow(1)
    installation.database_away = False
    await installation.whole()


async def test_a_restored_ledger_that_grew_again_is_ahead_even_where_the_stream_is_also_damaged(
    installation: Installation,
) -> None:
    client = await installation.start()
    installation.tasks[1].cancel()
    await installation.whole()
    del installation.ledger.lines[-40:]
    installation.ledger.grow(60, size=99)
    await eventually(lambda: installation.reconciler.state.phase == "halted")
    assert installation.reconciler.state.ahead is not None
    assert len(installation.reconciler.state.ahead.messages) == 40
    assert installation.recorded == []
    assert (await stream_state(client, "intake")) is not None


async def test_a_line_changed_in_the_database_halts_and_does_not_overwrite_the_true_copy(
    installation: Installation,
) -> None:
    client = await installation.start()
    installation.ledger.lines[99] = forge(installation.ledger.lines[99])
    await eventually(lambda: installation.reconciler.state.phase == "halted")
    assert "line 100" in (installation.reconciler.state.halted or "")
    assert installation.recorded == []
    state = await stream_state(client, "intake")
    assert state is not None
    assert state.first == 1


async def test_a_consumer_that_applied_more_than_a_restored_ledger_holds_halts_the_rebuild(
    installation: Installation,
) -> None:
    client = await installation.start()
    installation.tasks[1].cancel()
    await installation.whole()
    installation.applied = len(installation.ledger.lines)
    installation.tasks[0].cancel()
    del installation.ledger.lines[-40:]
    await delete_stream(client, STREAM)
    await eventually(lambda: installation.reconciler.state.phase == "halted")
    assert "routing has applied" in (installation.reconciler.state.halted or "")
