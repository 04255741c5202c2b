"""The disk under PostgreSQL is full: whoever asks is told 503, nothing acknowledged is lost, and it goes on by itself."""

from __future__ import annotations

import asyncio
import time

import httpx

from tests.faults.scenarios.scene import DETECTED_WITHIN_S, Scene, own_scene
from tests.faults.scenarios.small_disk import small_disk
from tests.platforms import OFFICE, actor

MEGABYTES = 320
"""A new cluster takes some 40, its write-ahead log 64 and more."""

TEXT = "路灯不亮。" * 3_000
"""Big petitions: the write-ahead log's free space is used up soon."""

FULL_S = 8.0


async def play_alone() -> None:
    """Fill under load, look at what is answered, free."""
    async with own_scene("disk_full_postgres") as scene:
        with small_disk(scene.running.state / "postgres", MEGABYTES) as disk:
            await scene.started()
            scene.say(f"full disk: {disk.kind}")
            await scene.work(3)
            async with scene.load() as load:
                await load.more(2)
                disk.fill(scene.runtime["pids"]["postgres"], scene.runtime["pids"]["services"])
                answers = await _until_refused(scene)
                scene.say(f"while full: {answers}")
                await asyncio.sleep(FULL_S)
                disk.free()
                begun = time.monotonic()
                await load.more(4)
                scene.say(f"receiving again {time.monotonic() - begun:.1f} s after there was space")
            await scene.lag_gone()
            await scene.check()
            scene.running.stop()


async def _until_refused(scene: Scene) -> dict[str, int]:
    """Petitions until one is refused; what was answered, by status and rule. Nothing but success and 503 may be."""
    answers: dict[str, int] = {}
    petition = {"channel": "web", "receiver_unit_id": "po1", "title": "路灯", "text": TEXT}
    limit = time.monotonic() + DETECTED_WITHIN_S
    async with httpx.AsyncClient(base_url=scene.runtime["http"], trust_env=False, timeout=40) as http:
        while True:
            answer = await http.post("/intake/v1/cases", json=petition, headers=actor(OFFICE))
            rule = "" if answer.is_success else f" {answer.json()['type'].rpartition(':')[2]}"
            name = f"{answer.status_code}{rule}"
            answers[name] = answers.get(name, 0) + 1
            assert answer.is_success or answer.status_code == 503, answer.text
            if not answer.is_success and "Retry-After" in answer.headers:
                return answers
            assert time.monotonic() < limit, f"the disk was never full: {answers}"
