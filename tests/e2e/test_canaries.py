"""Names, contacts and texts, also those of requests that were refused, are in the vault and in letters; nowhere else."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx

from tests.load import Load, steps
from tests.platforms import OFFICE, UNIT, actor
from tests.servers import eventually

if TYPE_CHECKING:
    from tests.e2e.conftest import Traced

CONTROL = "云岭区信访局"
"""A name that is public: a search that does not find it would find no canary either."""

BYTEA = re.compile(r"\\x((?:[0-9a-f]{2})+)")
"""How PostgreSQL writes a byte string as text; in a row, its backslash is doubled."""

STEM = "Kanarienzeisig"
"""How every canary begins, so that one search tells of a large file that there is none."""

TOO_LONG = 30_000
TOO_LARGE = 9 * 1024 * 1024


class Canaries:
    """Words that no program could have made up, each remembered with the place where it was planted."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        word = f"{STEM}{token_hex(9)}"
        self.planted[word] = place
        return word

    def forms(self) -> dict[bytes, str]:
        """Every way in which one could lie in a file."""
        return {form: place for word, place in self.planted.items() for form in forms_of(word)}


def forms_of(word: str) -> Iterator[bytes]:
    """Plain, as UTF-16, in hex (as `bytea` is shown), and in base64 at each of its three alignments."""
    data = word.encode()
    yield data
    yield word.encode("utf-16-le")
    yield data.hex().encode()
    yield data.hex().upper().encode()
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + data).rstrip(b"=")
        yield coded[4 if shift else 0 : -1]


async def test_personal_data_is_nowhere_but_in_the_vault_and_in_letters(together: Traced) -> None:
    canaries = Canaries()
    running = together.running
    async with httpx.AsyncClient(base_url=together.http, timeout=30, trust_env=False) as http:
        answered = await a_whole_case(http, together, canaries)
        await what_is_refused(http, together, canaries, answered)
    await running.until_idle()
    await eventually(lambda: len(together.collected.bodies) > 0)

    exported = b"".join(together.collected.bodies)
    tables = await everything_in_the_database(running.runtime["owner"])
    assert running.stop() == 0
    letters = b"".join(path.read_bytes() for path in running.notices())
    for place in ("name", "contact", "opinion"):
        assert_found(canaries, place, letters)
    expect_none(canaries, "the exported traces", exported)
    expect_none(canaries, "a table", tables)
    assert CONTROL.encode() in tables
    expect_no_file_with_one(canaries, running.state)


async def a_whole_case(http: httpx.AsyncClient, traced: Traced, canaries: Canaries) -> str:
    """A case whose every text is a canary, disclosed and answered; its id."""
    petition = {
        "channel": "web",
        "receiver_unit_id": "po1",
        "title": canaries("title"),
        "text": canaries("text") + "，" * 3000,  # Long enough that PostgreSQL stores it apart, compressed.
        "petitioner": {
            "name": canaries("name"),
            "contact": canaries("contact"),
            "address": canaries("address"),
        },
    }
    load = Load(traced.http, traced.after)
    given = await load.act(http, "/intake/v1/cases", petition, after=traced.after)
    case_id: str = given["case_id"]
    for path, body, who in steps(case_id):
        if path.endswith("serve-opinion"):
            body["text"] = canaries("opinion")
        given = await load.act(http, path, body, who, after=given["position"])
    opened = await http.post(
        f"/intake/v1/cases/{case_id}/disclosures",
        json={"items": ["petition", "petitioner"], "purpose": "办理"},
        headers=actor(OFFICE),
    )
    assert opened.is_success, opened.text
    assert_found(canaries, "title", opened.content)
    assert_found(canaries, "address", opened.content)
    return case_id


async def what_is_refused(http: httpx.AsyncClient, traced: Traced, canaries: Canaries, closed: str) -> None:
    """Requests that are wrong in every way there is, each with a canary in it; none leaves a trace of it."""
    good = {"channel": "web", "receiver_unit_id": "po1", "title": "", "text": "路灯"}
    reused = {"Idempotency-Key": f"reused-{token_hex(4)}"}
    assert (
        await http.post("/intake/v1/cases", json=good, headers={**reused, **actor(OFFICE)})
    ).status_code == 201
    opinion = f"/routing/v1/cases/{closed}/serve-opinion"
    refused: list[tuple[str, Any, dict[str, str]]] = [
        ("/intake/v1/cases", {**good, "channel": canaries("enum")}, {}),
        ("/intake/v1/cases", {**good, canaries("field"): canaries("value")}, {}),
        ("/intake/v1/cases", {**good, "text": "\0" + canaries("text with NUL")}, {}),
        ("/intake/v1/cases", {**good, "title": canaries("title with NUL") + "\0"}, {}),
        ("/intake/v1/cases", {**good, "petitioner": {"name": "\0" + canaries("name with NUL")}}, {}),
        ("/intake/v1/cases", {**good, "text": canaries("long text") + "长" * TOO_LONG}, {}),
        ("/intake/v1/cases", {**good, "petitioner": {"name": canaries("long name") * 20}}, {}),
        ("/intake/v1/cases", {**good, "petitioner": canaries("not an object")}, {}),
        ("/intake/v1/cases", {**good, "text": [canaries("not a text")]}, {}),
        ("/intake/v1/cases", {**good, "text": canaries("half a character") + "\ud83d"}, {}),
        ("/intake/v1/cases", {**good, "received_at": canaries("no date")}, {}),
        ("/intake/v1/cases", {**good, "receiver_unit_id": canaries("no unit")}, {}),
        ("/intake/v1/cases", {**good, "text": canaries("too large") + "x" * TOO_LARGE}, {}),
        ("/intake/v1/cases", b'{"text": "' + canaries("broken JSON").encode(), {}),
        ("/intake/v1/cases", b"\xff\xfe" + canaries("no UTF-8").encode(), {}),
        ("/intake/v1/cases", {**good, "text": canaries("other content for a key")}, reused),
        ("/intake/v1/cases", good, {"Huiyin-Actor": canaries("actor")}),
        ("/intake/v1/cases", good, {"Huiyin-After": canaries("after")}),
        ("/intake/v1/cases", good, {"Idempotency-Key": canaries("long key") * 20}),
        (f"/intake/v1/cases/{closed}/disclosures", {"items": [canaries("item")], "purpose": "办理"}, {}),
        (f"/intake/v1/cases?q={canaries('query')}", {}, {}),
        (f"/intake/v1/{canaries('path')}", {}, {}),
        (f"/intake/v1/cases/{canaries('case')}/register-case", {}, {}),
        (opinion, {"outcome": "supported", "text": canaries("opinion of a closed case")}, {}),
        (opinion, {"outcome": canaries("outcome"), "text": canaries("opinion with a wrong outcome")}, {}),
        (opinion, {"outcome": "supported", "text": canaries("long opinion") + "长" * TOO_LONG}, {}),
        (opinion, {"outcome": "supported", "text": canaries("opinion with NUL") + "\0"}, {}),
        (
            "/routing/v1/cases/no-case/serve-opinion",
            {"outcome": "supported", "text": canaries("no case")},
            {},
        ),
        ("/intake/v1/imports", {"cases": [{"text": canaries("import")}]}, {}),
    ]
    for path, body, headers in refused:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        who = actor(UNIT if "/routing/" in path else OFFICE)
        sent = {"Content-Type": "application/json", "User-Agent": canaries("browser"), **who, **headers}
        answer = await http.post(path, content=content, headers=sent)
        assert 400 <= answer.status_code < 500, (
            f"{path} {canaries.planted.popitem()[1]}: {answer.status_code}"
        )
    harmless = {"traceparent": canaries("traceparent"), "tracestate": canaries("tracestate")}
    assert (await http.post("/intake/v1/cases", json=good, headers=harmless)).status_code == 201


async def everything_in_the_database(dsn: str) -> bytes:
    """Every row of every table as text, whatever the files hide by compressing it, and every byte string of one; then
    all is written to the files."""
    database = await asyncpg.connect(dsn)
    try:
        tables = await database.fetch(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        assert len(tables) > 40
        rows = [await database.fetch(f"SELECT whole::text FROM {table} AS whole") for (table,) in tables]
        await database.execute("CHECKPOINT")
        text = "\n".join(text for table in rows for (text,) in table)
        return text.encode() + b"\n".join(map(bytes.fromhex, BYTEA.findall(text)))
    finally:
        await database.close()


def expect_no_file_with_one(canaries: Canaries, state: Path) -> None:
    """Every file of the state directory: logs, database and its log, stream store, secrets; letters left out."""
    control = []
    for path in state.rglob("*"):
        if path.is_file() and "maildir" not in path.parts:
            content = path.read_bytes()
            expect_none(canaries, str(path.relative_to(state)), content)
            if CONTROL.encode() in content:
                control.append(str(path.relative_to(state)))
    assert any(name.startswith("postgres/data/base") for name in control), control
    assert any(name.startswith("postgres/data/pg_wal") for name in control), control
    assert any(name.startswith("nats/jetstream") for name in control), control


def expect_none(canaries: Canaries, where: str, content: bytes) -> None:
    """No canary in any form; says which was found where."""
    if not any(form in content for form in forms_of(STEM)):
        return
    for form, place in canaries.forms().items():
        assert form not in content, f"the canary of the {place} is in {where} as {form!r}"


def assert_found(canaries: Canaries, place: str, content: bytes) -> None:
    """The positive half: the canary is where it belongs."""
    (word,) = [word for word, planted in canaries.planted.items() if planted == place]
    assert word.encode() in content, place
