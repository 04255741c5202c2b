"""A service's ledger loses lines while everybody runs: it shuts, and gets back from the bus exactly what it lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from tests.faults.scenarios.promises import invariants
from tests.faults.scenarios.scene import Scene
from tests.load import Load
from tests.platforms import OFFICE, actor, found_units, platform
from tests.servers import eventually

PETITION = {"channel": "web", "receiver_unit_id": "po1", "title": "路灯不亮", "text": "路灯坏了三个月。"}
LOST = 3


@pytest.fixture(scope="module")
async def scene() -> AsyncIterator[Scene]:
    """A platform on which three petitions were received last."""
    with platform() as running:
        await running.start()
        yield Scene("recover", running, await found_units(running.runtime["http"]))


async def receive(scene: Scene, load: Load, key: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=scene.runtime["http"], trust_env=False) as http:
        headers = {**actor(OFFICE), "Idempotency-Key": key, "Huiyin-After": scene.after}
        answer = await http.post("/intake/v1/cases", json=PETITION, headers=headers)
    if answer.is_success:
        load.said.append((key, "/intake/v1/cases", answer.json()))
    return answer


async def lose(scene: Scene) -> tuple[int, bytes]:
    """What an older backup of intake's database would lack, nobody else being restored; the head before."""
    database = await asyncpg.connect(scene.runtime["owner"])
    try:
        async with database.transaction():
            head = await database.fetchrow("SELECT position, hash FROM intake.head")
            keep = head["position"] - LOST
            await database.execute("DELETE FROM intake.ledger WHERE position > $1", keep)
            await database.execute("DELETE FROM intake.idempotency WHERE first_position > $1", keep)
            await database.execute("UPDATE intake.registers SET serial = serial - $1", LOST)
            last = await database.fetchrow(
                "SELECT position, hash FROM intake.ledger WHERE position = $1", keep
            )
            await database.execute("UPDATE intake.head SET position = $1, hash = $2", *last)
        return head["position"], head["hash"]
    finally:
        await database.close()


def intake(scene: Scene) -> dict[str, Any]:
    return scene.running.services()["intake"]


async def test_lost_lines_shut_the_service_and_recover_puts_back_each_of_them(scene: Scene) -> None:
    load = scene.another_load()
    for n in range(LOST + 1):
        assert (await receive(scene, load, f"key-{n}")).is_success
    await scene.running.until_idle()
    head, digest = await lose(scene)
    await eventually(lambda: intake(scene)["shut"] is not None)
    assert intake(scene)["reconciler"]["ahead"] == {"after": head - LOST, "lines": LOST}

    refused = await receive(scene, load, "key-new")
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:huiyin:rule:ledger-shut")

    listed = scene.running.command("ledger", "recover", "--from-bus", "intake", "--json")
    assert listed.returncode == 3
    (plan,) = json.loads(listed.stdout)
    assert [line["position"] for line in plan["lines"]] == list(range(head - LOST + 1, head + 1))
    assert plan["without_content"] == []
    assert plan["witnessed_by_audit"] == LOST
    assert intake(scene)["head"] == head - LOST

    done = scene.running.command("ledger", "recover", "--from-bus", "intake", "--yes")
    assert done.returncode == 0, done.stderr
    await eventually(lambda: intake(scene)["shut"] is None)
    assert [tuple(row) for row in await scene.ask("SELECT position, hash FROM intake.head")] == [
        (head, digest)
    ]

    again = await receive(scene, load, f"key-{LOST}")
    assert (again.status_code, again.json()["type"]) == (422, "urn:huiyin:rule:idempotency-key-reused")
    assert (await receive(scene, load, "key-new")).is_success
    await scene.running.until_idle()
    numbers = [said["receipt_number"] for _, _, said in load.said]
    assert [int(number.rsplit("-", 2)[1]) for number in numbers] == list(range(1, LOST + 3))
    await invariants(scene.running, scene.loads, 0.0)


async def test_a_line_of_which_audit_has_seen_another_is_not_put_back(scene: Scene) -> None:
    head, _ = await lose(scene)
    await eventually(lambda: intake(scene)["shut"] is not None)
    of_audit = "audit.timeline WHERE service = 'intake' AND position = $1"
    ((true,),) = await scene.ask(f"SELECT hash FROM {of_audit}", head)
    change = "UPDATE audit.timeline SET hash = $2 WHERE service = 'intake' AND position = $1"
    await scene.ask(change, head, bytes(32))
    done = scene.running.command("ledger", "recover", "--from-bus", "intake", "--yes")
    assert done.returncode == 1
    assert f"audit has seen another line {head}" in done.stderr
    await scene.ask(change, head, true)
    assert scene.running.command("ledger", "recover", "--from-bus", "intake", "--yes").returncode == 0
    await eventually(lambda: intake(scene)["shut"] is None)


async def test_a_ledger_that_lacks_nothing_is_left_alone(scene: Scene) -> None:
    done = scene.running.command("ledger", "recover", "--from-bus", "all", "--yes")
    assert done.returncode == 0
    assert "Nothing is missing" in done.stdout


async def test_a_ledger_that_went_on_by_itself_is_refused_with_what_to_do(scene: Scene) -> None:
    await lose(scene)
    await eventually(lambda: intake(scene)["shut"] is not None)
    # Somebody who gets past the gate: the database's owner.
    await scene.ask(
        "INSERT INTO intake.ledger SELECT h.position + 1, 'intake-case-forged', 1, 'x', '', "
        "sha256(h.hash || int8send(h.position + 1) || sha256('')), now() FROM intake.head h"
    )
    await scene.ask(
        "UPDATE intake.head h SET position = l.position, hash = l.hash FROM intake.ledger l "
        "WHERE l.position = h.position + 1"
    )
    done = scene.running.command("ledger", "recover", "--from-bus", "intake", "--yes")
    assert done.returncode == 1
    assert "went on by itself" in done.stderr
    assert "Restore the backup again" in done.stderr


def test_an_unknown_service_is_named_as_such(scene: Scene) -> None:
    done = scene.running.command("ledger", "recover", "--from-bus", "nobody")
    assert done.returncode == 2
    assert "there is no service 'nobody'" in done.stderr
