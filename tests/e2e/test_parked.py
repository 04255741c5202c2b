"""An event that nobody can read waits with everything behind it; an operator looks, retries, skips with a reason."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from chassis.stack import running_installation
from huiyin.codec import decode_envelope, encode_envelope
from huiyin.envelope.v1.envelope import Actor, Origin, RecordedEvent
from huiyin.ids import uuid7
from ledger.lines import Append, NewLine
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from tests.platforms import OFFICE, RunningPlatform, actor, found_units
from tests.platforms import platform as own_platform
from tests.servers import PATIENCE_S, eventually

POISON_CASE = "01a1fa63-0000-7000-8000-000000000bad"


@pytest.fixture
async def platform() -> AsyncIterator[RunningPlatform]:
    with own_platform() as platform:
        await platform.start()
        yield platform


async def poison(platform: RunningPlatform) -> int:
    """A line in intake's ledger that chains well and says nothing anybody understands; returns its position."""
    pool = await open_pool(running_installation(platform.state).dsn("intake"), size=1)
    try:
        now = datetime.now(UTC)
        envelope = RecordedEvent(
            event_id=uuid7(now),
            stream=f"intake-case-{POISON_CASE}",
            version=1,
            type="huiyin.intake.v1.CaseClassified",
            payload=b"\xff\xff\xff",
            occurred_at=now,
            recorded_at=now,
            case_id=POISON_CASE,
            actor=Actor(unit_id="", role="system", pseudonym="test"),
            legal_basis="",
            caused_by=None,
            correlation_id="poison",
            idempotency_key="",
            origin=Origin.LIVE,
            traceparent="",
            division="000000",
        )
        line = NewLine(envelope.stream, 1, envelope.type, encode_envelope(envelope), now)
        return (await PostgresLedger(pool, "intake").append(Append(lines=[line]))).first_position
    finally:
        await pool.close()


def parked(platform: RunningPlatform) -> dict[str, list[dict[str, Any]]]:
    done = platform.command("parked", "list", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return {service: events for service, events in found.items() if events}


async def test_a_poison_event_is_parked_and_given_up_only_with_a_reason_that_goes_on_record(
    platform: RunningPlatform,
) -> None:
    position = await poison(platform)
    await eventually(lambda: {"routing", "audit"} <= set(parked(platform)))
    assert "oversight" not in parked(platform), "nothing in it is oversight's concern"
    (event,) = parked(platform)["routing"]
    assert (event["source"], event["position"], event["poison"]) == ("intake", position, True)

    assert platform.command("status", "--wait-idle", "20").returncode == 0, "others must not wait for it"

    assert await asked(platform, position) == {
        "routing": (503, "event-parked"),
        "audit": (503, "event-parked"),
    }

    await receive_another(platform)
    assert platform.command("status", "--wait-idle", "20").returncode == 0
    assert await chains(platform) == {"intake": (position + 1, None)}, "a parked event is no broken link"

    retried = platform.command("parked", "retry", "routing", event["key"])
    assert retried.returncode == 1
    assert "Traceback" not in retried.stderr

    where = ("--source", "intake", "--position", str(position))
    assert (
        platform.command("parked", "skip", "routing", event["key"], *where, "--reason", " ").returncode == 1
    )
    assert "routing" in parked(platform)
    skipped = platform.command(
        "parked", "skip", "routing", event["key"], *where, "--reason", "unreadable line"
    )
    assert skipped.returncode == 0, skipped.stderr
    assert "routing" not in parked(platform)
    await eventually(lambda: platform.services()["routing"]["consumers"]["intake"]["parked"] == 0)
    assert (await asked(platform, position))["routing"] == (409, "lifecycle-4a")

    assert await operations(platform, "routing") == ["EventParked", "ParkedEventSkipped"]


async def asked(platform: RunningPlatform, position: int) -> dict[str, tuple[int, str]]:
    """What somebody is told of the case who has seen the event that waits: status and rule."""
    headers = {**actor(OFFICE), "Huiyin-After": f"intake:{position}"}
    async with httpx.AsyncClient(
        base_url=platform.runtime["http"], trust_env=False, timeout=PATIENCE_S
    ) as http:
        path = f"/v1/cases/{POISON_CASE}"
        answers = {
            "routing": await http.post(
                f"/routing{path}/transfer-case", json={"to_unit_id": "b1"}, headers=headers
            ),
            "audit": await http.get(f"/audit{path}", headers=headers),
        }
    return {
        name: (each.status_code, each.json()["type"].rpartition(":")[2]) for name, each in answers.items()
    }


async def receive_another(platform: RunningPlatform) -> None:
    """A petition whose line follows upon the one that waits."""
    base = platform.runtime["http"]
    after = await found_units(base)
    async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=PATIENCE_S) as http:
        petition = {"channel": "web", "receiver_unit_id": "po1", "text": "路灯不亮"}
        answer = await http.post("/intake/v1/cases", json=petition, headers={"Huiyin-After": after})
        assert answer.status_code == 201, answer.text


async def chains(platform: RunningPlatform) -> dict[str, tuple[int, int | None]]:
    """What audit says of intake's chain: the last line that it has checked, and the first that did not fit."""
    async with httpx.AsyncClient(base_url=platform.runtime["http"], trust_env=False) as http:
        found = (await http.get("/audit/v1/chains")).json()
    return {
        each["service"]: (each["position"], each["broken_at"])
        for each in found
        if each["service"] == "intake"
    }


async def operations(platform: RunningPlatform, service: str) -> list[str]:
    """What the service recorded about its own running."""
    pool = await open_pool(running_installation(platform.state).auditor_dsn, size=1)
    try:
        lines = await PostgresLedger(pool, service).read(0, 1000, f"{service}-stream-{service}")
        return [decode_envelope(line.bytes).type.rpartition(".")[2] for line in lines]
    finally:
        await pool.close()
