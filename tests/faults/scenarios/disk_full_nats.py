"""The disk under the store of NATS is full: petitions are received all the same, and delivered when there is space."""

from __future__ import annotations

import asyncio
import time

import httpx

from tests.faults.scenarios.scene import Scene, own_scene
from tests.faults.scenarios.small_disk import small_disk
from tests.load import Receipt

MEGABYTES = 24
FULL_S = 20.0
"""Long enough for several rounds and batches to come to nothing."""

RECEIVED = 100
"""Petitions while the disk is full: more than the server's buffers hold."""


async def play_alone() -> None:
    """Fill, receive, free."""
    async with own_scene("disk_full_nats") as scene:
        with small_disk(scene.running.state / "nats", MEGABYTES) as disk:
            await scene.started()
            scene.say(f"full disk: {disk.kind}")
            await scene.work(3)
            disk.fill(scene.runtime["pids"]["nats"], scene.runtime["pids"]["services"])
            begun = time.monotonic()
            await _receive(scene)
            scene.say(
                f"{RECEIVED} petitions received in {time.monotonic() - begun:.1f} s while the disk was full"
            )
            found = scene.running.services()["intake"]
            assert found["relay"]["relayed"] < found["head"], "the disk was not full after all"
            scene.say(
                f"relayed {found['relay']['relayed']} of {found['head']}: {found['relay']['last_error']}"
            )
            await asyncio.sleep(FULL_S)
            disk.free()
            await scene.lag_gone()
            await scene.work(3)
            await scene.check()
            scene.running.stop()


async def _receive(scene: Scene) -> None:
    """Every one is acknowledged, without a retry."""
    load = scene.another_load()
    async with httpx.AsyncClient(base_url=scene.runtime["http"], trust_env=False, timeout=10) as http:
        for n in range(RECEIVED):
            petition = {"channel": "web", "receiver_unit_id": "po1", "title": f"路灯{n}", "text": load.text}
            body = {**petition, "petitioner": {"name": load.name}}
            said = await load.act(http, "/intake/v1/cases", body, after=scene.after)
            position = int(said["position"].partition(":")[2])
            load.receipts.append(Receipt(said["case_id"], said["receipt_number"], position, said["hash"]))
    assert not load.retries, f"{load.retries} petitions were not taken at once"
