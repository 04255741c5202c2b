"""The reconciler on a real server: whatever happens to a stream, it becomes its ledger's copy again, unaided."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from pathlib import Path

import pytest

from bus import reconciler as reconciling
from bus.jetstream import call, consumers, delete_consumer, delete_stream
from bus.relay import Relay
from bus.topology import apply
from chassis.embedded.nats import EmbeddedNats
from ledger.lines import Line
from tests.integration.bus_sending import eventually
from tests.integration.reconciling import LISTENS, STREAM, Installation


def blocks(server: EmbeddedNats) -> list[Path]:
    return sorted((server._home / "jetstream").rglob("*.blk"), key=lambda path: int(path.stem))


async def test_a_deleted_stream_is_rebuilt_with_its_durables(installation: Installation) -> None:
    client = await installation.start()
    await delete_stream(client, STREAM)
    await installation.mended()


async def test_a_stray_publish_is_detected_and_the_stream_made_again(installation: Installation) -> None:
    client = await installation.start()
    await client.jetstream().publish("huiyin.intake.v1.Stray.00.00.00", b"rubbish")
    await installation.mended()
    assert all(b"rubbish" not in line.bytes for line in installation.ledger.lines)


async def test_a_wiped_store_is_rebuilt_after_the_server_was_killed(installation: Installation) -> None:
    await installation.start()
    assert installation.server.pid is not None
    os.kill(installation.server.pid, signal.SIGKILL)
    await asyncio.sleep(0.1)
    shutil.rmtree(installation.server._home / "jetstream")
    await installation.server.stop()
    await installation.server.start()
    await installation.mended()


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.99])
async def test_a_truncated_block_file_is_detected_without_the_scan_and_mended(
    installation: Installation, keep: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "SCAN_LEAST", 0)
    monkeypatch.setattr(reconciling, "SCAN_MOST", 0)
    await installation.start()
    await installation.server.stop()
    block = blocks(installation.server)[0]
    os.truncate(block, int(block.stat().st_size * keep))
    await installation.server.start()
    await installation.mended()


async def test_a_hole_in_the_middle_is_detected_without_the_scan(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "SCAN_LEAST", 0)
    monkeypatch.setattr(reconciling, "SCAN_MOST", 0)
    installation.ledger.grow(600, size=20_000)
    await installation.start()
    await installation.server.stop()
    first, *others = blocks(installation.server)
    assert others
    os.truncate(first, first.stat().st_size // 2)
    await installation.server.start()
    await installation.mended()
    assert "messages are missing" in installation.recorded[0]


async def test_changed_bytes_are_found_by_the_rolling_scan(installation: Installation) -> None:
    await installation.start()
    await installation.server.stop()
    block = blocks(installation.server)[0]
    content = bytearray(block.read_bytes())
    content[len(content) // 2] ^= 0xFF
    block.write_bytes(content)
    await installation.server.start()
    await installation.mended()


async def test_a_deleted_durable_comes_back_at_its_position(installation: Installation) -> None:
    client = await installation.start()
    installation.applied = 1200
    await delete_consumer(client, STREAM, "routing-on-intake")
    await eventually(lambda: installation.reconciler.state.durables_restored == 1)
    durable = (await consumers(client, STREAM))["routing-on-intake"]
    assert durable["config"]["opt_start_seq"] == 1201
    assert installation.recorded == []


async def test_an_emptied_stream_is_noticed_because_someone_had_consumed_it(
    installation: Installation,
) -> None:
    client = await installation.start()
    installation.tasks.pop().cancel()
    await installation.relay.pause()
    await delete_stream(client, STREAM)
    await apply(client, ["intake"], LISTENS)
    await installation.reconciler.round()
    assert "ends before what routing has already received" in installation.recorded[0]
    await installation.whole()


async def test_two_reconcilers_and_two_relays_mend_the_same_damage_together(
    installation: Installation,
) -> None:
    client = await installation.start()
    other_relay = Relay(installation.ledger, installation.connection, "intake")
    other = installation.another_reconciler(other_relay)
    installation.tasks += [asyncio.create_task(other_relay.run()), asyncio.create_task(other.run())]
    await client.jetstream().publish("huiyin.intake.v1.Stray.00.00.00", b"rubbish")
    await eventually(lambda: installation.reconciler.state.rebuilds + other.state.rebuilds >= 1)
    await installation.whole()
    await eventually(lambda: {installation.reconciler.state.phase, other.state.phase} == {"watching"})
    assert len(set(installation.recorded)) == 1


async def test_while_a_stream_is_refilled_it_is_not_mistaken_for_damaged(installation: Installation) -> None:
    client = await installation.start()
    other_relay = Relay(installation.ledger, installation.connection, "intake")
    onlooker = installation.another_reconciler(other_relay)
    await installation.relay.pause()
    installation.tasks[0].cancel()
    await delete_stream(client, STREAM)
    await eventually(lambda: installation.reconciler.state.rebuilds == 1)
    await onlooker.round()
    assert onlooker.state.phase == "filling"
    installation.tasks.append(asyncio.create_task(other_relay.run()))
    await installation.whole()

    async def unmarked() -> bool:
        info = await call(client, f"STREAM.INFO.{STREAM}")
        return "huiyin.fill" not in info["config"]["metadata"]

    await eventually(unmarked)
    assert isinstance(installation.ledger.lines[0], Line)


async def test_an_idle_relay_refills_a_stream_that_another_replica_made_again(
    installation: Installation,
) -> None:
    client = await installation.start()
    installation.tasks.pop().cancel()
    installation.tasks[1].cancel()
    await installation.whole()
    ended = Relay(installation.ledger, installation.connection, "intake")
    await delete_stream(client, STREAM)
    installation.ledger.grow = lambda *_: None  # type: ignore[method-assign]
    await installation.another_reconciler(ended).round()
    await asyncio.sleep(0.5)
    await installation.reconciler.round()
    await installation.whole()


async def test_a_store_that_was_set_back_is_noticed_before_the_relay_fills_it_up(
    installation: Installation,
) -> None:
    await installation.start()
    store = installation.server._home / "jetstream"
    await installation.server.stop()
    shutil.copytree(store, store.with_name("earlier"))
    await installation.server.start()
    await installation.whole()
    reach = installation.relay.state.relayed
    await eventually(lambda: installation.relay.state.relayed > reach + 50)
    assert installation.server.pid is not None
    os.kill(installation.server.pid, signal.SIGSTOP)
    shutil.rmtree(store)
    store.with_name("earlier").rename(store)
    os.kill(installation.server.pid, signal.SIGKILL)
    await installation.server.stop()
    await installation.server.start()
    await installation.mended()
    assert "it ends earlier than it did" in installation.recorded[0]
