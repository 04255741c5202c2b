"""The database is restored to an earlier state: its ledgers lack lines that everybody else has read."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from typing import Any

import httpx

from huiyin.client.platform import SERVICES
from tests.faults.scenarios.scene import DETECTED_WITHIN_S, Scene
from tests.platforms import OFFICE, actor

RECOVERED_WITHIN_S = 60.0


async def play(scene: Scene) -> None:
    """A copy of the data directory after a clean stop is put back after more cases were handled."""
    data = scene.running.state / "postgres" / "data"
    copy = data.with_name("backup")
    await scene.work(5)
    scene.running.down()
    shutil.copytree(data, copy)
    _same_owner(data, copy)
    await scene.running.start()
    await scene.work(6)
    heads = await _heads(scene)
    notices = sorted(path.name for path in scene.running.notices())
    vault = await _vault(scene)
    scene.running.down()
    shutil.rmtree(data)
    copy.rename(data)
    scene.say("data directory of PostgreSQL set back to a copy made 6 cases earlier; the vault with it")
    await scene.running.start()
    restored = await _heads(scene)
    behind = [name for name in SERVICES if restored[name] < heads[name]]
    scene.say(f"behind: {', '.join(f'{name} {restored[name]} of {heads[name]}' for name in behind)}")
    await _halted(scene, behind)
    await _refuses(scene)
    await _listed(scene, behind, restored, heads)
    await _recovered(scene, behind, heads)
    await scene.lag_gone()
    assert sorted(path.name for path in scene.running.notices()) == notices, "a notice was sent again"
    scene.say(
        f"{len(notices)} notices as before: none again, none lost; vault had {vault - await _vault(scene)} more items"
    )
    await _expect_answered_once(scene)
    await scene.check()
    await scene.work(4)
    await _expect_serials(scene)


def _same_owner(original: Any, copy: Any) -> None:
    """The copy belongs to whom the server runs as, like the original."""
    owner = original.stat()
    for path in (copy, *copy.rglob("*")):
        shutil.chown(path, owner.st_uid, owner.st_gid)


async def _heads(scene: Scene) -> dict[str, int]:
    return {name: (await scene.ask(f"SELECT position FROM {name}.head"))[0][0] for name in SERVICES}


async def _vault(scene: Scene) -> int:
    count: int = (await scene.ask("SELECT count(*) FROM vault.items"))[0][0]
    return count


async def _halted(scene: Scene, behind: list[str]) -> None:
    async def all_halted() -> bool:
        found = scene.running.services()
        return all(found[name]["reconciler"]["phase"] == "halted" and found[name]["shut"] for name in behind)

    await scene.within(DETECTED_WITHIN_S, f"halted: {', '.join(behind)}", all_halted)
    assert await _heads(scene) == await _heads(scene)


async def _refuses(scene: Scene) -> None:
    """A new petition would fork the chain: a clear 503, and nothing is appended."""
    before = await _heads(scene)
    async with httpx.AsyncClient(base_url=scene.runtime["http"], trust_env=False) as http:
        petition = {"channel": "web", "receiver_unit_id": "po1", "title": "路灯", "text": "路灯不亮"}
        answer = await http.post("/intake/v1/cases", json=petition, headers=actor(OFFICE))
    assert answer.status_code == 503, answer.text
    assert answer.json()["type"].endswith("ledger-shut"), answer.text
    assert await _heads(scene) == before
    scene.say(f"meanwhile a petition is answered 503: {answer.json()['title']}")


async def _listed(scene: Scene, behind: list[str], restored: dict[str, int], heads: dict[str, int]) -> None:
    """Without --yes the exact list is told and nothing is changed."""
    done = scene.running.command("ledger", "recover", "--from-bus", "all", "--json")
    assert done.returncode == 3, done.stderr
    told = {each["service"]: each for each in json.loads(done.stdout)}
    assert sorted(told) == sorted(behind)
    for name in behind:
        positions = [line["position"] for line in told[name]["lines"]]
        assert positions == list(range(restored[name] + 1, heads[name] + 1)), name
    without = sorted({ref for each in told.values() for ref in each["without_content"]})
    assert await _heads(scene) == restored
    lines = sum(len(each["lines"]) for each in told.values())
    scene.say(f"listed exactly: {lines} lines; {len(without)} vault references without content")


async def _recovered(scene: Scene, behind: list[str], heads: dict[str, int]) -> None:
    done = scene.running.command("ledger", "recover", "--from-bus", "all", "--yes")
    assert done.returncode == 0, done.stderr

    async def going_on() -> bool:
        found = scene.running.services()
        return all(found[name]["shut"] is None for name in behind)

    await scene.within(RECOVERED_WITHIN_S, "recovered, relay and consumers going on", going_on)
    now = await _heads(scene)
    assert all(now[name] >= heads[name] for name in SERVICES)
    scene.say(f"lines recorded anew since: {sum(now.values()) - sum(heads.values())}")
    again = scene.running.command("ledger", "recover", "--from-bus", "all", "--yes")
    assert again.returncode == 0, again.stderr
    assert "Nothing is missing" in again.stdout, again.stdout


async def _expect_answered_once(scene: Scene) -> None:
    """No service says twice what it answers to one event: a clock, a task, a notice are each there once."""
    from huiyin.codec import decode_envelope

    for name in ("routing", "oversight", "revisit", "notification"):
        rows = await scene.ask(f"SELECT bytes FROM {name}.ledger ORDER BY position")
        said: Counter[tuple[str, int, str, str, bytes]] = Counter()
        for row in rows:
            recorded = decode_envelope(row["bytes"])
            cause = recorded.caused_by
            if cause is not None and recorded.actor.role == "system":
                said[cause.service, cause.position, recorded.stream, recorded.type, recorded.payload] += 1
        twice = [each[:4] for each, count in said.items() if count > 1]
        assert not twice, f"{name} answered twice: {twice}"
    scene.say("no event was answered twice")


async def _expect_serials(scene: Scene) -> None:
    numbers = [receipt.receipt_number for load in scene.loads for receipt in load.receipts]
    assert len(set(numbers)) == len(numbers), "a serial was given twice"
    serials = sorted(int(number.rsplit("-", 2)[1]) for number in numbers)
    assert serials == list(range(1, len(serials) + 1)), "serials have a gap"
    scene.say(f"serials 1–{len(serials)} without gap, each once")
