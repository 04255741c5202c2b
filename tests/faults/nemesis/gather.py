"""Reads the world when all is quiet: ledgers and streams with the auditor's and observer's own read-only access."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from hashlib import sha256
from typing import Any

import asyncpg
import httpx
import nats

from bus.subjects import stream_name
from chassis.clock import SHANGHAI, WallClock
from chassis.installation import SERVICES, service_named
from chassis.topology import listens
from tests.faults.nemesis.history import History
from tests.faults.nemesis.stage import Stage
from tests.faults.nemesis.world import RECEIVE, Ledger, Line, Message, Notice, Stream, World
from tests.platforms import UNITS

AT_ONCE = 32
"""Messages asked for at a time."""
REBUILD_LIMIT_S = 600.0
PAGE = 200


async def gather(stage: Stage, history: History, lag_s: float) -> World:
    """The whole world; then every read model is rebuilt, and what that changed is read too."""
    runtime = stage.running.runtime
    auditor = await asyncpg.connect(runtime["postgres"])
    owner = await asyncpg.connect(runtime["owner"])
    client = await nats.connect(runtime["nats"], allow_reconnect=False)
    try:
        ledgers = {name: await _ledger(auditor, name) for name in SERVICES}
        streams = {name: await _stream(client.jetstream(), name) for name in SERVICES}
        numbers = [n["value"]["receipt_number"] for n in history.of_type("ok") if n["path"] == RECEIVE]
        world = World(
            history=history.notes,
            ledgers=ledgers,
            streams=streams,
            timeline=await _timeline(owner),
            intents={
                row["key"]: row["done_at"] is not None
                for row in await owner.fetch("SELECT * FROM notification.intents")
            },
            notices=_notices(stage),
            notices_after=[],
            views=await _views(owner),
            views_after={},
            worklists={unit["unit_id"]: await _worklist(stage, unit["unit_id"]) for unit in UNITS},
            found=await _found(stage, list(dict.fromkeys(numbers))),
            parked={name: await owner.fetchval(f"SELECT count(*) FROM {name}.parked") for name in SERVICES},
            listens=listens(),
            today=WallClock().now().astimezone(SHANGHAI).date(),
            lag_s=lag_s,
        )
        await _rebuild(stage)
        world.views_after, world.notices_after = await _views(owner), _notices(stage)
        return world
    finally:
        await client.close()
        await owner.close()
        await auditor.close()


async def _ledger(db: Any, service: str) -> Ledger:
    async with db.transaction(isolation="repeatable_read", readonly=True):
        columns = "position, stream, version, type, bytes, hash, recorded_at"
        rows = await db.fetch(f"SELECT {columns} FROM {service}.ledger ORDER BY position")
        head = await db.fetchrow(f"SELECT position, hash FROM {service}.head")
        installation = await db.fetchval(f"SELECT installation FROM {service}.origin")
        inbox = await db.fetch(f"SELECT source, position FROM {service}.inbox")
        registers = await db.fetch(f"SELECT name, serial FROM {service}.registers")
    lines = [Line(service, *row) for row in rows]
    return Ledger(
        service, installation, lines, (head["position"], head["hash"]), dict(map(tuple, inbox)), dict(map(tuple, registers))
    )  # fmt: skip


async def _stream(jetstream: Any, service: str) -> Stream:
    name = stream_name(service)
    state = (await jetstream.stream_info(name)).state
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(sequence: int) -> Message | None:
        async with gate:
            try:
                found = await jetstream.get_msg(name, seq=sequence)
            except nats.js.errors.NotFoundError:
                return None
            return Message(found.seq, found.subject, found.headers or {}, found.data or b"")

    found = await asyncio.gather(*(one(each) for each in range(1, state.last_seq + 1)))
    return Stream([each for each in found if each], state.last_seq, state.messages, state.num_deleted or 0)


async def _timeline(owner: Any) -> dict[tuple[str, int], tuple[bytes, bytes]]:
    rows = await owner.fetch("SELECT service, position, hash, bytes FROM audit.timeline")
    return {(row["service"], row["position"]): (row["hash"], row["bytes"]) for row in rows}


async def _views(owner: Any) -> dict[str, list[str]]:
    found = {}
    for service in SERVICES:
        for table in (table for each in service_named(service).projections for table in each.tables):
            rows = await owner.fetch(f"SELECT t::text AS row FROM {service}.{table} t ORDER BY 1")
            found[f"{service}.{table}"] = [row["row"] for row in rows]
    return found


def _notices(stage: Stage) -> list[Notice]:
    found = []
    for path in stage.running.notices():
        content = path.read_bytes()
        headers = message_from_bytes(content)
        found.append(
            Notice(
                headers["X-Huiyin-Notice"],
                headers["X-Huiyin-Case"],
                headers["X-Huiyin-Template"],
                sha256(content).digest(),
            )
        )
    return found


async def _worklist(stage: Stage, unit: str) -> list[str]:
    cases: list[str] = []
    cursor: str | None = None
    while True:
        query = {"holder": unit, "limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
        answer = await stage.http.get(f"{stage.base}/audit/v1/cases", params=query, timeout=60)
        page = answer.raise_for_status().json()
        cases += [case["case_id"] for case in page["cases"]]
        cursor = page["next"]
        if cursor is None:
            return cases


async def _found(stage: Stage, numbers: list[str]) -> dict[str, str]:
    gate = asyncio.Semaphore(4)

    async def one(number: str) -> tuple[str, str]:
        async with gate:
            answer = await stage.http.get(f"{stage.base}/audit/v1/cases/{number}", timeout=60)
            return number, answer.json().get("case_id", "") if answer.is_success else str(answer.status_code)

    return dict(await asyncio.gather(*map(one, numbers)))


async def _rebuild(stage: Stage) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=REBUILD_LIMIT_S) as http:
        for name in SERVICES:
            base = f"http://127.0.0.1:{stage.desk.answers_at(name)}/{name}/v1/projections"
            for projection in (await http.get(base)).raise_for_status().json():
                (await http.post(f"{base}/{projection}/rebuilds")).raise_for_status()
